"""The words of the documents to sign: spelt right, one way of writing, nothing of the software."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.official.conftest import words_of
from tests.spec.test_language import BODIES, LOANS
from tests.support.syllables import strange_words

SIGNED = "0[1-5]-*.docx"
OURS_ALONE = ("dư địa", "biên độ", "ngưỡng", "headroom", "threshold", "tự động")
"""Words of the analysis, which no report of an office uses."""
QUOTED = re.compile(r"^a\) Yêu cầu của tiêu chí:.*$", re.M)
"""What the law says in its own words."""


@pytest.fixture(scope="module")
def signed(written: Callable[[str], Path]) -> dict[str, str]:
    return {
        path.stem: QUOTED.sub("", words_of(path.read_bytes()))
        for path in sorted(written("vi").glob(SIGNED))
    }


def faults(text: str) -> Iterator[str]:
    """Give what no text of a signed document may have."""
    yield from re.findall(r"\bdòng \d+", text)
    yield from (one for one in re.findall(r"(?<![\d/.,-])\d{4,}(?![\d/-])", text)
                if not 1990 <= int(one) <= 2035)  # fmt: skip
    for name in BODIES:
        yield from re.findall(rf"\b{name[0].lower()}{name[1:]}\b", text)
    yield from (word for word in OURS_ALONE if re.search(rf"\b{word}\b", text, re.I))
    yield from re.findall(r"\bhàng năm\b|\bđảm bảo trở lên\b|\bbởi\b|điểm %", text)
    yield from re.findall(r"(?<!\.)\.\.(?!\.)|;;|: [.;]|\( | \)|\s,| ;", text)


def test_signed_documents_have_none(signed: dict[str, str]) -> None:
    assert len(signed) >= 8
    assert {
        stem: found for stem, text in signed.items() if (found := sorted(set(faults(text))))
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        "(dòng 173)", "2751 hộ", "ủy ban nhân dân huyện", "còn dư địa 27 căn nhà",
        "vừa bằng ngưỡng", "được tính tự động", "hàng năm", "công nhận bởi", "+0,03 điểm %",
        "đạt;;", "xã ; thôn",
    ],
)  # fmt: skip
def test_each_fault_is_seen(text: str) -> None:
    assert list(faults(text))


def test_words_of_templates_are_vietnamese(repository: Path) -> None:
    words = yaml.safe_load(
        (repository / "tools" / "document_templates.yaml").read_text(encoding="utf-8")
    )["vi"]
    plain = [re.sub(r"\{\{.*?\}\}", " ", text) for text in words.values()]
    assert [w for text in plain for w in strange_words(text, LOANS) if not w.isascii()] == []


def test_no_sentence_of_a_signed_document_is_a_stock_sentence(signed: dict[str, str]) -> None:
    for stem, text in signed.items():
        if stem.startswith("03"):
            continue  # a letter's table may repeat what is to be sent
        said = [s.strip() for s in re.split(r"(?<=[.;])\s", text) if len(s.strip()) > 40]
        assert {s for s in said if said.count(s) > 3} == set(), stem

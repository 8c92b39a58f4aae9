"""The Vietnamese that people read: spelt right, one way of writing, names with their capitals."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ntm_analysis.communes import Case
from ntm_analysis.narrative import Report
from ntm_analysis.paths import Project
from tests.spec.test_numbers_in_text import plain, sections
from tests.support.syllables import is_syllable, strange_words

LOANS = frozenset({"camera", "internet", "km", "kg", "wifi", "facebook", "zalo", "biogas", "pano"})
_CODE = re.compile(
    r"\{[{%#].*?[}%#]\}"  # of Jinja
    r"|\{[^}]*\}|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|@[\w-]+"  # attributes, code, formulas, references
    r'|^::: \{[^}]*lang="en".*?^:::$|\[[^\]]*\](?=\{lang="en"\})',
    re.S | re.M,
)
BODIES = (
    "Ban Chỉ huy", "Ban Chỉ đạo", "Ủy ban nhân dân", "Ủy ban Mặt trận", "Hội đồng nhân dân",
    "Phòng Tài chính", "Phòng Văn hóa", "Sở Nông nghiệp", "Bộ Công Thương", "Bộ Quốc phòng",
    "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hà Nam", "Liêm Cần", "Thanh Liêm", "Thủ tướng",
)  # fmt: skip


def _vietnamese(node: Any) -> Iterator[str]:
    """Yield the texts under the keys `vi` of a rulebook file."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value) if key == "vi" else _vietnamese(value)
    elif isinstance(node, list):
        for value in node:
            yield from _vietnamese(value)


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from _leaves(value)
    elif isinstance(node, str):
        yield node


def _texts(repository: Path) -> Iterator[tuple[str, str]]:
    locale = repository / "ntm_analysis" / "locale" / "vi.yaml"
    for text in _leaves(yaml.safe_load(locale.read_text(encoding="utf-8"))):
        yield "locale", text
    for folder in ("ntm_analysis/narrative/templates/vi", "book"):
        for path in sorted((repository / folder).glob("*.*")):
            if path.suffix in (".j2", ".qmd"):
                yield path.name, path.read_text(encoding="utf-8")
    for path in sorted((repository / "data" / "rulebook").rglob("*.yaml")):
        for text in _vietnamese(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield path.name, text
    for name in ("facts", "evidence", "figures"):
        path = repository / "data" / "communes" / "liem-can" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield name, " ".join(row.get(c) or "" for c in ("text", "place", "note"))


def test_every_word_with_a_mark_is_a_vietnamese_syllable(repository: Path) -> None:
    """A slip of the keyboard (“nghành”, “đảm bào”) seldom leaves a syllable that exists."""
    strange = {
        f"{where}: {word}"
        for where, text in _texts(repository)
        for word in strange_words(_CODE.sub(" ", text), LOANS)
        if not word.isascii() and "²" not in word
    }
    assert strange == set()


@pytest.mark.parametrize(
    "word", ["nghành", "kỷêu", "quýêt", "bặch", "ngĩa", "tỉnhh", "xat", "gỉup"]
)
def test_a_slip_is_noticed(word: str) -> None:
    assert not is_syllable(word)


@pytest.fixture(scope="module")
def report_text(repository: Path, request: pytest.FixtureRequest) -> str:
    case: Case = request.getfixturevalue("liem_can")
    report = Report(case, Project(repository), "vi")
    return "\n".join(plain(text) for text in sections(report))


def test_no_line_of_a_text_file_is_a_source(report_text: str) -> None:
    assert re.findall(r"\bdòng \d+", report_text) == []


def test_thousands_are_marked(report_text: str) -> None:
    bare = re.findall(r"(?<![\d/.,-])\d{4,}(?![\d/-])", report_text)
    assert [one for one in bare if not 1990 <= int(one) <= 2035] == []


def test_names_of_bodies_and_places_keep_their_capitals(report_text: str) -> None:
    for name in BODIES:
        lowered = name[0].lower() + name[1:]
        assert not re.search(rf"\b{lowered}\b", report_text), lowered


def test_what_the_law_words_in_two_ways_we_write_in_one(repository: Path) -> None:
    """Names of indicators and documents are quoted as they are."""
    ours = [text for where, text in _texts(repository) if where == "locale" or "." in where]
    quoted = {text for where, text in _texts(repository) if where.endswith(".yaml")}
    assert not [text for text in ours if text not in quoted and re.search(r"\bhàng năm\b", text)]


def test_no_phrase_is_a_translation(report_text: str) -> None:
    """No passive with “bởi”, no result that “affirms”."""
    assert re.findall(r"[^.]*\bbởi\b[^.]*|[^.]*khẳng định điều đó", report_text) == []

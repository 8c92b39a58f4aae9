"""The repository's own plan, written chapters, labels and Word styles."""

from __future__ import annotations

import importlib.util
import io
import shutil
import unicodedata
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from ntm_analysis.book import build_book
from ntm_analysis.book.config import read_config
from tests.book.page import broken_links, read
from tests.support.node import ROOT

WRITTEN = ["index.qmd", *sorted(f"book/{p.name}" for p in (ROOT / "book").glob("*.qmd"))]


def labels(lang: str) -> dict[str, str]:
    data = yaml.safe_load((ROOT / f"book/lang-{lang}.yml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def test_label_files_are_in_step() -> None:
    assert labels("vi").keys() == labels("en").keys()
    assert all(isinstance(text, str) and text for text in labels("vi").values())


def test_labels_are_vietnamese() -> None:
    same = {key for key, text in labels("vi").items() if text == labels("en")[key]}
    assert same == set()


def test_plan() -> None:
    config = read_config(ROOT)
    assert config.lang == "vi"
    assert config.formats == ("html", "typst", "docx")
    assert config.author
    paths = [entry.path for entry in config.entries]
    assert paths[:2] == ["index.qmd", "book/methods.qmd"]
    assert "book/glossary.qmd" in paths


@pytest.mark.parametrize("name", WRITTEN)
def test_written_chapters_are_composed_and_without_raw_html(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "<" not in text.replace("“<”", "").replace("{{<", "")


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = "\u0300\u0309\u0303\u0301\u0323"


def dictionary_order(term: str) -> list[tuple[list[int], int]]:
    """Vietnamese dictionaries go syllable by syllable: letters first, then the tone."""
    order = []
    for syllable in term.split(" ([", maxsplit=1)[0].lower().replace(",", "").split():
        marks = unicodedata.normalize("NFD", syllable)
        plain = unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES))
        tone = max(TONES.find(mark) for mark in marks)
        order.append(([LETTERS.index(letter) for letter in plain], tone))
    return order


def test_glossary_is_in_vietnamese_order() -> None:
    lines = (ROOT / "book/glossary.qmd").read_text(encoding="utf-8").splitlines()
    terms = [lines[n - 1] for n, line in enumerate(lines) if line.startswith(":   ")]
    assert len(terms) > 25
    assert terms == sorted(terms, key=dictionary_order)


def test_written_chapters_render(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "book", tmp_path / "book")
    for name in ("_quarto.yml", "index.qmd"):
        shutil.copy(ROOT / name, tmp_path / name)
    result = build_book(tmp_path, renderer="builtin")
    assert broken_links(result.output_dir) == []
    home = read(result.output_dir / "index.html")
    assert [e.text for e in home.find("th") if e.find("span")] == [
        "Đạt",
        "Đạt, chưa đủ minh chứng",
        "Đạt, số liệu chưa thống nhất",
        "Chưa đạt",
        "Đang hoàn thiện",
        "Chưa có số liệu",
        "Không phát sinh",
    ]
    assert b"pdfuaid" in result.files[1].read_bytes()


def reference_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made", ROOT / "tools/reference_docx.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_word_styles_are_those_of_the_tool() -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    kept = parts((ROOT / "book/reference.docx").read_bytes())
    assert kept == parts(reference_maker().make())

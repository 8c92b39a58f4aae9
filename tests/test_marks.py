"""Every verdict is marked alike in pages, PDF, Word, charts, tables and on a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_analysis.charts.style import VERDICT_STYLES
from ntm_analysis.cli.data import SHAPES
from ntm_analysis.marks import MARKS
from ntm_analysis.tables.markdown import VERDICT_SIGNS

COLOURS = {verdict.replace("_", "-"): mark.colour.lower() for verdict, mark in MARKS.items()}
SIGNS = {verdict.replace("_", "-"): mark.sign for verdict, mark in MARKS.items()}


def read(repository: Path, file: str) -> str:
    return (repository / "ntm_analysis" / "book" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("assets/book.css", r"--([a-z-]+): (#[0-9a-f]{6});"),
        ("templates/report.typ", r'\n  ([a-z-]+): rgb\("(#[0-9a-f]{6})"\),'),
    ],
)
def test_colours_are_the_same(repository: Path, file: str, pattern: str):
    found: dict[str, str] = {}
    for verdict, colour in re.findall(pattern, read(repository, file)):
        found.setdefault(verdict, colour)  # those on a dark ground come after
    assert {verdict: found.get(verdict) for verdict in COLOURS} == COLOURS


def test_a_page_takes_each_colour_for_its_own_verdict(repository: Path):
    found = dict(
        re.findall(
            r"\.ntm-([a-z-]+) \{ --tone: var\(--([a-z-]+)\)", read(repository, "assets/book.css")
        )
    )
    assert found == {verdict: verdict for verdict in COLOURS}


def test_signs_are_the_same(repository: Path):
    word = re.findall(r"\['([a-z-]+)'\] = '(.)'", read(repository, "filters/docx.lua"))
    assert dict(word) == SIGNS
    drawn = re.search(r"local SIGNS = \{([^}]*)\}", read(repository, "filters/number.lua"))
    assert drawn
    assert set(re.findall(r"\['(.)'\]", drawn[1])) == set(SIGNS.values())
    assert {verdict: sign for verdict, (sign, _) in SHAPES.items()} == VERDICT_SIGNS
    assert len(set(VERDICT_SIGNS.values())) == len(MARKS) == len(VERDICT_STYLES)

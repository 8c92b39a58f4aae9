"""A project of many small reports in several places, without data: only what books are made of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from ntm_analysis.batch.card import Card, read_cards
from ntm_analysis.batch.plan import CARD
from ntm_analysis.book import shelf_build
from ntm_analysis.book.shelf import Division, plan
from ntm_analysis.book.shelf_build import ShelfResult, build_shelf
from ntm_analysis.paths import Project
from tests.book.project import METHODS, PREFACE, RESULT, markdown_output, notebook, write_project


def card(commune: str, name: str, district: str, province: str, year: int = 2024) -> Card:
    """Return the card of a report."""
    return Card(
        id=f"{commune}-{year}",
        title=f"Xã {name}, {district or province} – năm {year}",
        lang="vi",
        commune=commune,
        name=name,
        district=district,
        province=province,
        year=year,
        set="advanced",
        on=dt.date(year, 11, 8),
        synthetic=commune.startswith("gia-dinh"),
        verdicts={"met": 70, "not_applicable": 1, "no_data": 3},
        firm=60,
        concluded=61,
    )


def write_report(root: Path, about: Card, words: str = "") -> None:
    """Write the executed notebook of a report, and its card."""
    folder = root / "reports" / about.id
    folder.mkdir(parents=True, exist_ok=True)
    text = RESULT.replace("-mau-", f"-{about.id}-") + f"\n{words or about.name}\n"
    made_up = "synthetic: true\n" if about.synthetic else ""
    front = f'---\ntitle: "{about.title}"\nlang: vi\n{made_up}---'
    book = notebook(markdown_output(text), front=front)
    (folder / f"{about.id}.ipynb").write_text(book, encoding="utf-8")
    content = json.dumps(about.model_dump(mode="json"), ensure_ascii=False)
    (folder / CARD).write_text(content, encoding="utf-8")


def write_shelf(root: Path, cards: Iterable[Card]) -> Project:
    """Write a project with the reports of some cards."""
    # What stands in every book refers to no single report.
    methods = METHODS.replace("[bảng của xã](../reports/mau/mau.ipynb#tbl-mau-ket-qua), ", "")
    preface = PREFACE.replace("@tbl-mau-ket-qua; -@tbl-cach-tinh", "@tbl-cach-tinh")
    write_project(root, **{"book/cach-tinh.qmd": methods, "book/mo-dau.qmd": preface})
    for about in cards:
        write_report(root, about)
    return Project(root)


def build(
    project: Project,
    names: Sequence[str],
    by: Division = "district",
    formats: Sequence[str] = ("html",),
) -> ShelfResult:
    """Make the shelf of some reports with the built-in renderer."""
    volumes = plan(read_cards(project, names), by, "vi")
    return build_shelf(project, volumes, {}, [], formats, "builtin", "vi")


SEVEN = [
    card("liem-can", "Liêm Cần", "Thanh Liêm", "Hà Nam"),
    card("liem-can", "Liêm Cần", "Thanh Liêm", "Hà Nam", 2025),
    card("thanh-ha", "Thanh Hà", "Thanh Liêm", "Hà Nam"),
    card("dinh-xa", "Đinh Xá", "Phủ Lý", "Hà Nam"),
    card("gia-dinh-0001", "Giả Định 1", "Giả Định A", "Hà Nam"),
    card("thanh-phong", "Thanh Phong", "Thanh Liêm", "Thanh Hóa"),
    card("tan-lap", "Tân Lập", "", "Thanh Hóa", 2026),
]
IDS = [about.id for about in SEVEN]


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make books without processes of their own, so that their making can be disturbed."""
    monkeypatch.setattr(shelf_build, "apart", lambda function, *arguments: function(*arguments))

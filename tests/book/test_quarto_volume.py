"""Books of a shelf by Quarto: what it is given, and what becomes of the result."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ntm_analysis.batch.card import read_cards
from ntm_analysis.book import quarto, quarto_volume, shelf_build
from ntm_analysis.book.shelf import plan
from ntm_analysis.book.shelf_build import ShelfResult, build_shelf
from ntm_analysis.paths import Project
from tests.book.page import read
from tests.book.shelf_project import IDS, SEVEN, card, write_report, write_shelf
from tests.book.stand_in import install
from tests.book.test_search import arguments

STAND_IN = """\
#!{python}
import json, pathlib, sys, yaml
{docx}
args = sys.argv[1:]
if args == ["--version"]:
    print("1.10.0")
    sys.exit()
plan = yaml.safe_load(open("_quarto.yml", encoding="utf-8"))
assert "pre-render" not in plan["project"] and "profile" not in plan, plan
book = plan["book"]
html = plan["format"]["html"]
assert html["css"][-1] == "reports/.print/report.css", html
assert html["filters"] == [{{"path": "reports/.print/fold.lua", "at": "pre-ast"}}], html
if pathlib.Path("book/warn").exists():
    print("WARN: something is odd")
out = pathlib.Path(args[args.index("--output-dir") + 1])
out.mkdir(parents=True)
records = []
chapters = [one if isinstance(one, str) else one["chapters"] for one in book["chapters"]]
paths = [path for one in chapters for path in ([one] if isinstance(one, str) else one)]
for path in paths + book["appendices"]:
    text = pathlib.Path(path).read_text(encoding="utf-8")
    page = str(pathlib.PurePosixPath(path).with_suffix(".html"))
    (out / page).parent.mkdir(parents=True, exist_ok=True)
    (out / page).write_text("<title>" + book["subtitle"] + "</title>", encoding="utf-8")
    for anchor in ("", "#sec-x"):
        records.append({{"objectID": page + anchor, "href": page + anchor, "title": "3 " + page,
                        "section": anchor and "Section", "text": "Quarto " + text[:40]}})
wanted = args[args.index("--to") + 1] if "--to" in args else "all"
if wanted in ("html", "all"):
    (out / "search.json").write_text(json.dumps(records), encoding="utf-8")
for kind, name in (("pdf", "typst"), ("docx", "docx")):
    if wanted in (name, "all"):
        target = out / (book["output-file"] + "." + kind)
        docx(target) if kind == "docx" else target.write_text("x")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    install(tmp_path, monkeypatch, STAND_IN)
    quarto.version.cache_clear()
    quarto_volume.settings_digest.cache_clear()
    return write_shelf(tmp_path / "project", SEVEN)


def build(project: Project, formats: tuple[str, ...] = ("html", "pdf", "docx")) -> ShelfResult:
    volumes = plan(read_cards(project, IDS), "district", "vi")
    return build_shelf(project, volumes, {}, [], formats, "auto", "vi")


def test_a_book_a_district_and_an_index_of_our_own(project: Project) -> None:
    result = build(project)
    assert (result.renderer, result.made, result.failed) == ("quarto", 5, {})
    site = project.root / "_book"
    book = site / "ha-nam/phu-ly"
    assert read(book / "index.html").text == "Huyện Phủ Lý, tỉnh Hà Nam"
    assert (book / "reports/dinh-xa-2024/dinh-xa-2024.html").is_file()
    assert (book / "sach-thu-ha-nam-phu-ly.pdf").is_file()
    assert read(site / "index.html").find("input")  # the search over all books


def test_the_name_of_a_district_is_no_markdown(project: Project) -> None:
    """The stand-in shows the subtitle as it is set: as Markdown that shows the name."""
    name = "Thanh *Liêm* $x$ <b>"
    write_report(project.root, card("la-o", "Lạ", name, "Hà Nam"))
    volumes = plan(read_cards(project, [*IDS, "la-o-2024"]), "district", "vi")
    (odd,) = [volume for volume in volumes if "*" in volume.title]
    build_shelf(project, volumes, {}, [], ("html",), "auto", "vi")
    page = (project.root / "_book" / odd.slug / "index.html").read_text(encoding="utf-8")
    assert r"Thanh \*Liêm\* \$x\$ \<b\>" in page


def test_warnings_are_told_with_their_book(project: Project) -> None:
    (project.root / "book" / "warn").touch()
    result = build(project, ("html",))
    assert len(result.warnings) == result.made
    assert "ha-nam/phu-ly: something is odd" in result.warnings
    assert build(project, ("html",)).warnings == []


def test_the_index_searches_what_quarto_says(project: Project) -> None:
    build(project)
    folder = project.root / "_book/site/search"
    page = "ha-nam/phu-ly/reports/dinh-xa-2024/dinh-xa-2024.html"
    (_, pages) = arguments(
        (folder / "pages-0.js").read_text(encoding="utf-8").replace("ntmShelf", "ntmSearch"),
        "pages",
    )
    assert [page, "3 reports/dinh-xa-2024/dinh-xa-2024.html"] in pages
    # What stands in every book is the index's.
    assert not [p for p, _ in pages if "cach-tinh" in p and p != "book/cach-tinh.html"]
    text = (project.root / "_book" / page).with_suffix(".text.js").read_text(encoding="utf-8")
    assert [section[:2] for section in arguments(text, "text")[2]] == [
        ["", ""],
        ["sec-x", "Section"],
    ]


def test_pages_of_made_up_communes_say_so(project: Project) -> None:
    volumes = plan(read_cards(project, IDS), "province", "vi")
    build_shelf(project, volumes, {}, [], ["html"], "auto", "vi")
    flagged = {
        path.name.partition(".")[0]: arguments(path.read_text(encoding="utf-8"), "text")[3:]
        for path in (project.root / "_book/ha-nam/reports").rglob("*.text.js")
    }
    assert len(flagged) == 5
    assert {name for name, flag in flagged.items() if flag} == {"gia-dinh-0001-2024"}


def test_only_what_changed(project: Project) -> None:
    build(project)
    assert build(project).made == 0
    write_report(project.root, SEVEN[3], "một câu khác")
    assert build(project).made == 1
    style = project.root / "book" / "styles.css"
    style.write_text("body {}", encoding="utf-8")  # the settings may refer to it
    quarto_volume.settings_digest.cache_clear()
    assert build(project).made == 5


def test_what_changed_while_quarto_ran_is_made_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = quarto.render

    def edited(*args: Any) -> list[str]:
        warnings = run(*args)
        write_report(project.root, SEVEN[3], "một câu khác")
        return warnings

    with monkeypatch.context() as patch:
        patch.setattr(shelf_build, "apart", lambda function, *arguments: function(*arguments))
        patch.setattr(quarto, "render", edited)
        build(project)
    assert build(project).made == 1
    assert build(project).made == 0


def test_printed_forms_that_show_something_else_are_not_offered(project: Project) -> None:
    build(project, ("html", "docx"))
    site = project.root / "_book"
    assert build(project, ("html",)).stale == []
    assert "phu-ly.docx" in (site / "ha-nam/index.html").read_text(encoding="utf-8")
    write_report(project.root, SEVEN[3], "một câu khác")
    assert build(project, ("html",)).stale == ["ha-nam/phu-ly/sach-thu-ha-nam-phu-ly.docx"]
    assert "phu-ly.docx" not in (site / "ha-nam/index.html").read_text(encoding="utf-8")
    assert build(project, ("html", "docx")).stale == []


def test_a_broken_reference_is_found_before_quarto_runs(project: Project) -> None:
    write_report(project.root, SEVEN[3], "xem @tbl-khong-co")
    result = build(project)
    assert list(result.failed) == ["ha-nam/phu-ly"]
    assert "@tbl-khong-co" in result.failed["ha-nam/phu-ly"]


@pytest.mark.quarto
def test_with_the_real_one(tmp_path: Path) -> None:
    if shutil.which("quarto") is None:
        pytest.skip("quarto is not on PATH")
    quarto.version.cache_clear()
    quarto_volume.settings_digest.cache_clear()
    project = write_shelf(tmp_path, SEVEN)
    volumes = plan(read_cards(project, IDS[:3]), "district", "vi")
    result = build_shelf(project, volumes, {}, [], ("html",), "quarto", "vi")
    assert (result.made, result.failed) == (1, {})
    page = tmp_path / "_book/ha-nam/thanh-liem/reports/liem-can-2024/liem-can-2024.html"
    assert "hỏa táng" in page.read_text(encoding="utf-8")
    assert page.with_suffix(".text.js").is_file()
    home = (tmp_path / "_book/ha-nam/thanh-liem/index.html").read_text(encoding="utf-8")
    assert 'href="../../index.html"' in home

"""`ntm publish`: what it writes, what it refuses, what it finds."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from ntm_analysis.publish import Published, publish_site
from ntm_analysis.publish.address import address, read_base
from ntm_analysis.publish.check import check_site
from ntm_analysis.publish.folder import finish
from ntm_analysis.publish.people import found_in

BASE = "https://example.org/ntm/"
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main id="main"><h1 id="17.8">{title}</h1>{body}</main></body></html>
"""
ATOM = "{http://www.w3.org/2005/Atom}"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_book(folder: Path, lang: str, at: str = "", body: str = "") -> None:
    """A book of one page about Xã Cần, and its first page."""
    report = f"{at}reports/can-2024/can-2024.html"
    home = PAGE.format(lang=lang, title="Sách", body=f'<a href="{report}#17.8">Cần</a>')
    write(folder / "index.html", home)
    write(folder / report, PAGE.format(lang=lang, title="Xã Cần", body=body or "<p>…</p>"))
    write(folder / "old.pdf", "no page offers it")
    write(folder / "site/made.json", "{}")


def write_report(root: Path, verdict: str = "met", *, synthetic: bool = False) -> None:
    card = {
        "id": "can-2024", "title": "Xã Cần – năm 2024", "lang": "vi", "commune": "can",
        "name": "Cần", "district": "", "province": "Hà Nam", "year": 2024, "set": "advanced",
        "on": "2024-11-26", "synthetic": synthetic, "verdicts": {verdict: 1}, "firm": 0,
        "concluded": 0,
    }  # fmt: skip
    write(root / "reports/can-2024/card.json", json.dumps(card))
    table = f"indicator,verdict,conclusion\n17.8,{verdict},{verdict}\n"
    write(root / "reports/can-2024/results.csv", table)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose book is built; figures and notebooks do not matter here."""
    monkeypatch.setenv("NTM_LANG", "en")
    monkeypatch.setattr("ntm_analysis.publish.edition.split_current", lambda _, ids: (ids, []))
    monkeypatch.setattr(
        "ntm_analysis.dataset.export", lambda _, out, ids: write(out / "ids.txt", " ".join(ids))
    )
    root = tmp_path / "project"
    write(root / "_quarto.yml", 'project: {output-dir: _book}\nbook: {title: "S", chapters: [a]}\n')
    write(root / "params/can-2024.yaml", "")
    write(root / "data/communes/can/figures.csv", "variable,value\n")
    write(root / "reports/can-2024/can-2024.ipynb", "{}")
    write_report(root)
    write_book(root / "_book", "vi")
    return Project(root)


@pytest.fixture
def publish(project: Project, tmp_path: Path) -> Callable[..., Published]:
    def run(base: str = BASE, out: str = "out", **more: object) -> Published:
        return publish_site(project, base, tmp_path / out, **more)  # type: ignore[arg-type]

    return run


def problems(run: Callable[..., Published], **given: object) -> str:
    with pytest.raises(DataErrors) as caught:
        run(**given)
    return str(caught.value)


def test_what_is_written(publish: Callable[..., Published], tmp_path: Path) -> None:
    made = publish()
    assert (made.pages, made.reports, made.hidden, made.faults) == (2, 1, 0, [])
    out = tmp_path / "out"
    page = (out / "reports/can-2024/can-2024.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{BASE}reports/can-2024/can-2024.html">' in page
    assert f'content="{BASE}can-2024/picture.png"' in page
    assert 'href="../../can-2024/results.csv"' in page
    assert "noindex" not in page
    assert (out / "can-2024/picture.png").read_bytes().startswith(b"\x89PNG")
    assert 'url=../reports/can-2024/can-2024.html"' in (out / "can-2024/index.html").read_text()
    assert f"{BASE}sitemap.xml" in (out / "robots.txt").read_text()
    places = [one.text for one in ET.parse(out / "sitemap.xml").iter() if one.tag.endswith("loc")]
    assert places == [BASE, f"{BASE}reports/can-2024/can-2024.html"]
    assert f'href="{BASE}"' in (out / "404.html").read_text()
    assert not (out / "old.pdf").exists(), "a printed form that no page offers is out of date"
    assert (out / "data/ntm-dataset.zip").is_file()


def test_lasting_addresses_do_not_depend_on_the_split(
    publish: Callable[..., Published], project: Project, tmp_path: Path
) -> None:
    shutil.rmtree(project.root / "_book")
    write_book(project.root / "_book", "vi", at="ha-nam/thanh-liem/")
    publish()
    stub = (tmp_path / "out/can-2024/index.html").read_text(encoding="utf-8")
    assert 'href="../ha-nam/thanh-liem/reports/can-2024/can-2024.html"' in stub


def test_feed_tells_changed_verdicts(
    publish: Callable[..., Published], project: Project, tmp_path: Path
) -> None:
    def titles() -> list[str]:
        feed = ET.parse(tmp_path / "out/feed.xml")
        return [one.findtext(f"{ATOM}title") or "" for one in feed.iter(f"{ATOM}entry")]

    assert publish().news == 1
    assert publish().news == 0
    write_report(project.root, "not_met")
    publish()
    assert titles() == [
        "Xã Cần – năm 2024: chỉ tiêu 17.8 từ “Đạt” sang “Chưa đạt”",
        "Xã Cần – năm 2024: báo cáo mới, 1 chỉ tiêu",
    ]


def test_made_up_communes_stay_out_of_search_engines(
    publish: Callable[..., Published], project: Project, tmp_path: Path
) -> None:
    write_report(project.root, synthetic=True)
    assert publish().hidden == 1
    out = tmp_path / "out"
    page = (out / "reports/can-2024/can-2024.html").read_text()
    assert '<meta name="robots" content="noindex">' in page
    assert "can-2024" not in (out / "sitemap.xml").read_text()
    assert "<entry>" not in (out / "feed.xml").read_text()


def test_two_languages(publish: Callable[..., Published], project: Project, tmp_path: Path) -> None:
    write_book(tmp_path / "en/_book", "en")
    publish(books=[project.root / "_book", tmp_path / "en/_book"])
    page = (tmp_path / "out/reports/can-2024/can-2024.html").read_text(encoding="utf-8")
    there = f"{BASE}en/reports/can-2024/can-2024.html"
    assert f'<link rel="alternate" hreflang="en" href="{there}">' in page
    assert 'hreflang="en" href="../../en/reports/can-2024/can-2024.html">English</a>' in page
    other = (tmp_path / "out/en/index.html").read_text(encoding="utf-8")
    assert 'href="../index.html">Tiếng Việt</a>' in other
    assert "en/feed.xml" in other


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "ftp://example.org", "https://", "https://a b.org", "https://u:p@a.org",
     "https://a.org/?x", "https://a.org/#x", "https://a.org/../x", "https://a.org:99999", "http://["],
)  # fmt: skip
def test_bad_addresses(url: str, publish: Callable[..., Published], tmp_path: Path) -> None:
    assert "--base-url" in problems(publish, base=url)
    assert not (tmp_path / "out").exists()


def test_addresses() -> None:
    assert read_base("HTTPS://Example.org") == "https://example.org/"
    assert address("https://a.org/", "x/index.html") == "https://a.org/x/"
    assert address("https://a.org/", "my-index.html") == "https://a.org/my-index.html"
    assert address("https://a.org/", "xã/a.html") == "https://a.org/x%C3%A3/a.html"


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda root: shutil.rmtree(root / "_book"), "ntm build"),
        (lambda root: (root / "params/can-2024.yaml").unlink(), "no longer has"),
        (lambda root: os.utime(root / "_book/reports/can-2024/can-2024.html", (1, 1)), "older"),
        (lambda root: write(root.parent / "out/mine.txt", "x"), "mine.txt"),
        (lambda root: write(root.parent / "out", "x"), "not a folder"),
    ],
    ids=["unbuilt", "gone", "stale", "foreign", "file"],
)
def test_what_is_refused(
    spoil: Callable[[Path], object],
    word: str,
    publish: Callable[..., Published],
    project: Project,
    tmp_path: Path,
) -> None:
    spoil(project.root)
    before = sorted(tmp_path.rglob("*"))
    assert word in problems(publish)
    assert sorted(tmp_path.rglob("*")) == before, "nothing is written"


@pytest.mark.parametrize(
    "out", ["project", ".", "project/_book/x", "project/data/communes", "project/_book"]
)
def test_folders_of_the_project_are_safe(out: str, publish: Callable[..., Published]) -> None:
    assert "lose data" in problems(publish, out=out)


def test_it_replaces_its_own_and_keeps_a_users(
    publish: Callable[..., Published], project: Project, tmp_path: Path
) -> None:
    publish()
    out = tmp_path / "out"
    for name in (".git/HEAD", "CNAME", "notes/mine.txt", "site/mine.css"):
        write(out / name, "mine")
    write(out / "index.html", "spoilt")
    (project.root / "_book/old.pdf").unlink()
    publish()
    for name in (".git/HEAD", "CNAME", "notes/mine.txt", "site/mine.css"):
        assert (out / name).read_text() == "mine"
    assert "Sách" in (out / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_killed_publication_is_gone_on_with(
    publish: Callable[..., Published], tmp_path: Path
) -> None:
    publish()
    out, old = tmp_path / "out", tmp_path / ".out.ntm-old"
    write(out / "CNAME", "mine")
    out.replace(old)
    finish(out)
    assert (out / "CNAME").read_text() == "mine"
    shutil.copytree(out, old)
    (out / "CNAME").unlink()
    finish(out)
    assert (out / "CNAME").read_text() == "mine"
    assert not old.exists()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<a href="nowhere.html">x</a>', "nowhere.html"),
        ('<a href="../../index.html#lost">x</a>', "index.html#lost"),
        ('<p id="main">x</p>', "more than once"),
        ("<p><b>x</p>", "against the standard"),
        ('<p onclick="x()">x</p>', "onclick"),
        ('<img src="https://elsewhere.org/a.png" alt="">', "elsewhere"),
    ],
)
def test_faults_stop_it_unless_told_otherwise(
    body: str,
    what: str,
    publish: Callable[..., Published],
    project: Project,
    tmp_path: Path,
) -> None:
    write_book(project.root / "_book", "vi", body=body)
    assert what in problems(publish)
    assert not (tmp_path / "out").exists()
    assert len(publish(despite=True).faults) >= 1


def test_persons_are_told_with_their_place(
    publish: Callable[..., Published], project: Project
) -> None:
    body = '<section id="sec-3"><p>Hộ ông <b>Trần Văn</b> Ba</p></section>'
    write_book(project.root / "_book", "vi", body=body)
    [person] = publish().persons
    assert (person.anchor, person.kind, person.value) == ("sec-3", "name", "Trần Văn Ba")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bà Lò Thị Mỷ", ["Lò Thị Mỷ"]),
        ("Nguyễn Văn A, 0912.345.678", ["Nguyễn Văn A", "0912.345.678"]),
        ("CCCD 035090001234", ["035090001234"]),
        ("a.b@c.gov.vn", ["a.b@c.gov.vn"]),
        ("đường Nguyễn Văn Cừ; trường THCS Lê Hồng Phong", []),
        ("Chủ tịch Ủy ban nhân dân xã Liêm Cần; 2.751 hộ; 72,403 triệu đồng", []),
        ("tư tưởng Hồ Chí Minh; QĐ 43/2022/QĐ-UBND; 0,0912345678", []),
    ],
)
def test_what_may_tell_who_somebody_is(text: str, found: list[str]) -> None:
    assert [value for _, value in found_in(text)] == found


def test_many_pages_are_read_by_several_processes(tmp_path: Path) -> None:
    pages = [f"{number}.html" for number in range(45)]
    for name in pages:
        write(tmp_path / name, PAGE.format(lang="vi", title=name, body='<a href="44.html#x">x</a>'))
    found = check_site(tmp_path, pages, frozenset(pages))
    assert [one.page for one in found] == pages
    assert {fault.what for one in found for fault in one.faults} == {"anchor"}

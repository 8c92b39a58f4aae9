"""`ntm build --split-by`: the real project as small books with an index."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book.page import broken_links, read
from tests.end_to_end.conftest import copy_project, ntm

HOME = "ha-nam/thanh-liem/index.html"

BY_DISTRICT = (
    "--renderer", "builtin", "--split-by", "district", "--profile", "demo",
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The project, its books made by district."""

    def make(folder: Path) -> None:
        copy_project(repository, folder)
        done = ntm(
            folder, "build", "--renderer", "builtin", "--split-by", "district", "--profile", "demo"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Quyển: 2 đã dựng, 0 không thay đổi, 0 bị lỗi." in done.stdout

    return once_per_run("shelf-of-the-project", make)


def test_books_and_index(shelf: Path) -> None:
    site = shelf / "_book-demo"
    assert broken_links(site) == []
    rows = [row.text for row in read(site / HOME).find("tr")[1:]]
    assert rows == ["Liêm Cần 2024 66/74 33 33/74 0 2 6"]
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html")}
    assert {
        "index.html",
        "catalogue.html",
        "book/methods.html",
        "reports/comparison/comparison.html",  # of all communes
        "reports/book/rulebook.html",
        HOME,
        "ha-nam/thanh-liem/reports/liem-can-2024/liem-can-2024.html",
    } <= pages
    # The made-up communes share a district: they are compared in its book, too.
    assert [p for p in pages if "gia-dinh" in p and p.endswith("comparison.html")]


def test_each_book_can_be_signed_by_itself(shelf: Path) -> None:
    from pypdf import PdfReader

    pdf = PdfReader(shelf / "_book-demo/ha-nam/thanh-liem/bao-cao-ntm-ha-nam-thanh-liem.pdf")
    text = "\n".join(page.extract_text() for page in pdf.pages)
    for words in (
        "Huyện Thanh Liêm, tỉnh Hà Nam",
        "Phương pháp tính và đánh giá",
        "Xã Liêm Cần",
        "Bộ tiêu chí và ngưỡng",
        "Các phép kiểm tra số liệu",
    ):
        assert words in text
    assert "Giả Định" not in text


def test_again_and_nothing_is_made(shelf: Path) -> None:
    done = ntm(
        shelf, "build", "--renderer", "builtin", "--split-by", "district", "--profile", "demo"
    )
    assert done.returncode == 0
    assert "Sổ tay: 0 đã chạy, 4 không thay đổi" in done.stdout
    assert "Quyển: 0 đã dựng, 2 không thay đổi, 0 bị lỗi." in done.stdout


def test_an_unknown_division_is_wrong_usage(shelf: Path) -> None:
    done = ntm(shelf, "book", "--split-by", "village")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_with_bad_data_of_one_the_others_can_still_be_published(
    shelf: Path, tmp_path: Path
) -> None:
    place = tmp_path / "project"
    shutil.copytree(shelf, place, symlinks=True)
    figures = place / "data/communes/gia-dinh-0002/figures.csv"
    with figures.open("a", encoding="utf-8") as rows:
        rows.write("no_such_variable,1\n")
    report = place / "reports/gia-dinh-0002-2024/gia-dinh-0002-2024.ipynb"
    before = report.read_bytes()
    split = ("--renderer", "builtin", "--split-by", "district", "--to", "html", "--profile", "demo")

    whole = ntm(place, "build", *split)
    assert whole.returncode == 1
    assert "gia-dinh-0002/figures.csv" in whole.stderr and "Quyển" not in whole.stdout

    run = ntm(place, "run")
    assert run.returncode == 1
    assert "Sổ tay: 0 đã chạy, 3 không thay đổi, 1 bị lỗi." in run.stdout
    assert report.read_bytes() == before

    book = ntm(place, "book", *split)
    assert book.returncode == 0, book.stderr
    assert "1 báo cáo không khớp" in book.stderr and "gia-dinh-0002-2024" in book.stderr
    assert "Chương so sánh không tính 1 báo cáo" in book.stderr
    said = "không được so sánh vì số liệu hiện có lỗi: gia-dinh-0002-2024"
    pages = [*(place / "_book-demo").rglob("comparison.html")]
    assert len(pages) == 2  # of all, and of the district of the made-up ones
    assert all(said in page.read_text(encoding="utf-8") for page in pages)
    assert broken_links(place / "_book-demo") == []

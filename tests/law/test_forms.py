"""Annexes of further forms, each with what a person reads in it written before it was read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ntm_analysis.law.draft import draft_annex
from ntm_analysis.law.load import read_law, try_law
from ntm_analysis.law.workbook import LawSheet, write_law
from tests.law.annex_tables import rows
from tests.law.conftest import ROOT
from tests.law.score import score

REGIONS = ("TDMN phía Bắc", "ĐB sông Hồng", "Tây Nguyên")
HEAD = ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu chung")
Truth = dict[tuple[str, str, str], str]


def moved(text: str, by: int) -> str:
    """Return a value or a requirement of a region of its own; what all have alike stays so."""
    number = re.search(r"\d+", text)
    if number is None or not 10 <= int(number[0]) < 95:
        return text
    return f"{text[: number.start()]}{int(number[0]) + by}{text[number.end() :]}"


def typed(text: str) -> str:
    """Return a text as a cell of typst."""
    return "[" + re.sub(r"([\\#\[\]*_$<>@~=/-])", r"\\\1", text) + "]"


def compiled(path: Path, source: str) -> None:
    """Write what typst makes of a source."""
    import typst

    path.with_suffix(".typ").write_text(source, encoding="utf-8")
    typst.compile(str(path.with_suffix(".typ")), output=str(path))


def national(path: Path) -> Truth:
    """Write a Word annex: four value columns, heads repeated, limbs as bullets, rows of years."""
    from docx import Document

    document = Document()
    table = document.add_table(0, 7)

    def head() -> None:
        table.add_row(), table.add_row()
        at = len(table.rows) - 2
        for column, text in enumerate(HEAD):
            table.cell(at, column).merge(table.cell(at + 1, column)).text = text
        table.cell(at, 4).merge(table.cell(at, 6)).text = "Chỉ tiêu theo vùng"
        for column, region in enumerate(REGIONS, 4):
            table.cell(at + 1, column).text = region

    truth: Truth = {}
    criterion = ("", "")
    for number, (code, name, printed, limbs) in enumerate(rows("national")):
        if number % 24 == 0:
            head()
        if code.isdigit() and not printed:
            criterion = (code, name)
            continue
        cells = table.add_row().cells
        bare = code.rstrip("ab")
        cells[0].text, cells[1].text = criterion
        cells[2].text = f"- {name}" if bare != code else f"{code}. {name}" if "." in code else name
        if code == "10":
            for year in (2024, 2025):
                below = table.add_row().cells
                below[0].text, below[1].text, below[2].text = (*criterion, f"Năm {year}")
                for column in range(3, 7):
                    below[column].text = f"≥ {year - 1970 + column}"
            truth |= {(bare, "own", region): "person" for region in ("", *REGIONS)}
            continue
        for column, region in enumerate(("", *REGIONS)):
            cells[3 + column].text = moved(printed, column)
            truth |= {(bare, limb, region): moved(text, column) for limb, text in limbs.items()}
    document.save(str(path))
    return truth


def two_columns(path: Path) -> Truth:
    """Write a landscape PDF of two text columns, the table going on from one to the other."""
    cells, truth, last = [], {}, ""
    titles = {code: name for code, name, printed, _ in rows("national") if not printed}
    for code, name, printed, limbs in rows("reworded"):
        if (number := code.split(".")[0]) != last:
            last = number
            title = f"TIÊU CHÍ {number}: {titles[number].upper()}"
            cells.append(f"table.cell(colspan: 3){typed(title)}")
        cells += [typed(code.replace(".", "-")), typed(name), typed(printed)]
        truth |= {(code, limb, ""): text for limb, text in limbs.items()}
    source = (
        '#set page(paper: "a4", flipped: true, margin: 1.5cm, columns: 2)\n'
        '#set text(font: "Be Vietnam Pro", size: 9pt)\nPhụ lục (dựng để kiểm thử)\n'
        "#table(columns: (1.1cm, 1fr, 2.6cm), table.header([TT], [Nội dung tiêu chí], "
        "[Mức phải đạt]), " + ", ".join(cells) + ")\n"
        "_Ghi chú: chỉ tiêu 17.5 áp dụng từ năm 2024 ở mức 55%; xã khu vực III giảm 10%._\n"
    )
    compiled(path, source)
    return truth


def unruled(path: Path) -> Truth:
    """Write a PDF whose table has no lines: long names in several lines, titles over columns."""
    cells, truth = [], {}
    for code, name, printed, limbs in rows("national"):
        if code.isdigit() and not printed:
            cells.append(f"table.cell(colspan: 3){typed(f'{code}. {name}')}")
            continue
        bare = code.rstrip("ab")
        cells += [typed("-" if bare != code else code), typed(name), typed(printed)]
        truth |= {(bare, limb, ""): text for limb, text in limbs.items()}
    compiled(
        path,
        '#set page(paper: "a4", margin: 2cm, numbering: "1", header: [Phụ lục II])\n'
        '#set text(font: "Be Vietnam Pro", size: 10pt)\n'
        "#table(stroke: none, columns: (1.2cm, 1fr, 3.2cm), table.header([Mã], "
        "[Nội dung chỉ tiêu], [Mức đạt]), " + ", ".join(cells) + ")\n",
    )
    return truth


@pytest.mark.parametrize(
    ("make", "name"),
    [(national, "a.docx"), (two_columns, "b.pdf"), (unruled, "c.pdf")],
    ids=["national", "columns", "unruled"],
)
def test_most_rows_are_drafted_right_and_none_wrong_without_a_mark(book, tmp_path, make, name):
    path = tmp_path / name
    truth = make(path)
    wanted = {key: text for key, text in truth.items() if text != "person"}
    draft = draft_annex(path, book, "advanced")
    result = score(draft, wanted)
    assert not result.wrong, result.wrong
    assert len(result.wrong_marked) <= 0.01 * result.all, result.wrong_marked
    assert result.right >= 0.95 * result.all, (str(result), result.lefts)
    sure = {(one.code, one.limb, one.division): one.reading.sure for one in draft.items}
    assert {sure[key] for key, text in truth.items() if text == "person"} <= {"person"}


NEW = (
    ("1.1", "Có quy hoạch chung xã được công khai", ("Đạt", "Đạt", "Đạt"), "yes_no"),
    ("2.1", "Tỷ lệ đường xã được cứng hóa", ("100%", "100%", "≥ 90%"), "rate"),
    ("2.2", "Số trường học đạt chuẩn", ("≥ 2 trường", "≥ 1 trường", "≥ 1 trường"), "count"),
    ("2.3", "Chợ nông thôn", ("Đạt", "Đạt", "UBND cấp tỉnh quy định cụ thể"), "yes_no"),
    ("3.1", "Thu nhập bình quân đầu người (triệu đồng/người/năm)", ("≥ 90", "≥ 75", "≥ 60"),
     "amount"),
    ("3.2", "Hợp tác xã hoạt động hiệu quả", ("≥ 2 HTX", "≥ 1 HTX", "≥ 1 HTX"), "count"),
    ("8.1", "Hộ dùng nước sạch", ("≥ 95% (≥ 70% từ công trình tập trung)", "≥ 80%", "≥ 70%"),
     "rate"),
)  # fmt: skip


def test_a_set_without_names_so_far_takes_them_from_the_annex(book, tmp_path):
    from docx import Document

    document, path = Document(), tmp_path / "a.docx"
    table = document.add_table(1, 5)
    heads = ("TT", "Nội dung, chỉ tiêu", "Xã nhóm 1", "Xã nhóm 2", "Xã nhóm 3")
    for texts in (heads, *((code, name, *values) for code, name, values, _ in NEW)):
        cells = table.rows[0].cells if texts is heads else table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    draft = draft_annex(path, book, "2026")
    kinds = {one.code: one.unlisted.kind for one in draft.items if one.unlisted}
    assert kinds == {code: kind for code, _, _, kind in NEW}
    assert {one.reading.sure for one in draft.items} == {"likely", "person"}
    about = {"set": "2026", "place": "Cả nước", "decision": "51/2025/QĐ-TTg",
             "from": "15/02/2026", "source": "phụ lục dựng để kiểm thử"}  # fmt: skip
    filled = tmp_path / "law.xlsx"
    filled.write_bytes(write_law(LawSheet("2026", about, draft.items, draft.divisions), book, "vi"))
    law = read_law(filled, book)
    try_law(law, ROOT / "data" / "rulebook", filled.name)
    assert (law.count, law.unread) == (20, ("8.1 (Xã nhóm 1)",))
    assert "divisions" not in law.content, "the groups are the set's own"
    assert law.content["thresholds"]["3.1"][2]["division"] == "group-3"
    assert law.content["thresholds"]["2.2"][0]["requires"] == ">= 2"

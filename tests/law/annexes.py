"""Made-up annexes that differ in form: each cell with the requirement that a person reads in it.

Numbers and wording are changed from those of the report; none of them is the law of a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.rulebook import Rulebook
from tests.rulebook.printed_values import printed_values

ABBREVIATIONS = (
    ("Tỷ lệ", "TL"), ("an toàn thực phẩm", "ATTP"), ("bảo hiểm y tế", "BHYT"),
    ("nông thôn mới", "NTM"), ("chất thải rắn", "CTR"), ("cơ sở vật chất", "CSVC"),
    ("công nghệ thông tin", "CNTT"), ("đảm bảo", "bảo đảm"), ("hàng năm", "hằng năm"),
    ("hộ gia đình", "hộ"), ("thủ tục hành chính", "TTHC"), ("Hợp tác xã", "HTX"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One indicator of a made-up annex."""

    code: str
    name: str
    printed: str
    requires: dict[str, str]


def altered(number: int) -> list[Row]:
    """Return the 72 printed requirements with other numbers."""
    rows = []
    for code, _, printed, limbs in printed_values():

        def other(match: re.Match[str]) -> str:
            value = float(match[0].replace(",", "."))
            whole = int(value) - (number if value > 20 and value != 100 else 0)
            return f"{whole}" if "," not in match[0] else f"{value + number / 2}".replace(".", ",")

        keep = "mức độ" in printed or "2023" in printed or "m2" in printed
        changed = printed if keep else re.sub(r"\d+(?:,\d+)?", other, printed)
        requires = {}
        for key, text in limbs.items():
            moved = (
                text
                if keep
                else re.sub(
                    r"\d+(?:\.\d+)?",
                    lambda m: other(m) if "." not in m[0] else f"{float(m[0]) + number / 2}",
                    text,
                )
            )
            requires[key] = moved
        rows.append(Row(code, "", changed, requires))
    return rows


def shortened(name: str) -> str:
    """Return a name as an office might shorten it."""
    for full, short in ABBREVIATIONS:
        name = name.replace(full, short)
    return re.sub(r"\s*\([^()]*\)", "", name)


def worded(printed: str, number: int) -> str:
    """Return a printed value in other words of the same meaning."""
    ways = (
        (r"^≥\s*(\d[\d,]*%)", (r"từ \1 trở lên", r"tối thiểu \1", r"không dưới \1", r">= \1")),
        (r"^>\s*(\d[\d,]*)", (r"trên \1", r"hơn \1")),
        (r"^<\s*(\d[\d,]*\s*%)", (r"dưới \1",)),
        (r"^≥\s*(\d+) (\D+)$", (r"ít nhất \1 \2", r"có từ \1 \2 trở lên")),
        (r"^Có$", ("Đạt", "Có", "Đảm bảo", "Thực hiện")),
    )
    for pattern, forms in ways:
        if re.search(pattern, printed):
            return re.sub(pattern, forms[number % len(forms)], printed)
    return printed


def docx_codes(book: Rulebook, path: Path) -> dict[tuple[str, str, str], str]:
    """Write a Word annex with codes, merged criterion cells, a header of two lines, notes."""
    from docx import Document

    loaded = book.sets["advanced"]
    document = Document()
    document.add_paragraph("PHỤ LỤC (văn bản dựng để kiểm thử)")
    table = document.add_table(0, 5)
    for texts in (
        ("TT", "Tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu", "Cơ quan hướng dẫn"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    truth, start = {}, {}
    for row in altered(3):
        indicator = loaded.indicators[row.code]
        cells = table.add_row().cells
        cells[2].text = f"{row.code}. {indicator.name.vi}" if "." in row.code else indicator.name.vi
        cells[3].text, cells[4].text = row.printed, "Sở Xây dựng"
        start.setdefault(indicator.criterion, []).append(len(table.rows) - 1)
        truth |= {(row.code, limb, ""): text for limb, text in row.requires.items()}
    for number, rows in start.items():
        for column, text in ((0, str(number)), (1, loaded.criterion[number].name.vi)):
            first = table.cell(rows[0], column)
            first.text = text
            first.merge(table.cell(rows[-1], column))
    note = table.add_row()
    note.cells[0].merge(note.cells[4]).text = "Ghi chú: Mức 95% áp dụng đến hết năm 2025."
    document.save(str(path))
    return truth


def docx_names(book: Rulebook, path: Path) -> dict[tuple[str, str, str], str]:
    """Write a Word annex without codes: names shortened, criteria as rows, two zones, reordered."""
    from docx import Document

    loaded = book.sets["advanced"]
    document = Document()
    table = document.add_table(2, 4)
    for column, text in enumerate(("STT", "Tên chỉ tiêu", "Mức yêu cầu")):
        table.cell(0, column).text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(1, 2).text, table.cell(1, 3).text = "Vùng 1", "Vùng 2"
    truth, last = {}, None
    one, two = altered(9), altered(2)
    order = sorted(range(len(one)), key=lambda n: (-int(one[n].code.split(".")[0]), -n))
    for stt, n in enumerate(order, 1):
        indicator = loaded.indicators[one[n].code]
        if indicator.criterion != last:
            last, head = indicator.criterion, table.add_row()
            cell = head.cells[0].merge(head.cells[3])
            cell.text = f"Tiêu chí {loaded.criterion[last].name.vi.upper()}"
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(stt), shortened(indicator.name.vi)
        for column, zone, row in ((2, "Vùng 1", one[n]), (3, "Vùng 2", two[n])):
            cells[column].text = worded(row.printed, n)
            truth |= {(row.code, limb, zone): text for limb, text in row.requires.items()}
        if stt % 20 == 0:  # the header once more, as on a new page
            for cell, text in zip(
                table.add_row().cells,
                ("STT", "Tên chỉ tiêu", "Mức yêu cầu", "Mức yêu cầu"),
                strict=True,
            ):
                cell.text = text
    document.save(str(path))
    return truth


def xlsx_formats(book: Rulebook, path: Path) -> dict[tuple[str, str, str], str]:
    """Write a workbook whose signs stand in number formats, with merged cells and a title."""
    import xlsxwriter

    loaded = book.sets["advanced"]
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("Phụ lục I")
    sheet.merge_range(0, 0, 0, 4, "BỘ TIÊU CHÍ (dựng để kiểm thử)")
    for column, text in enumerate(("Mã", "Tiêu chí", "Chỉ tiêu", "ĐVT", "Mức đạt chuẩn")):
        sheet.write(2, column, text)
    truth, spans = {}, {}
    for line, row in enumerate(altered(5), 3):
        indicator = loaded.indicators[row.code]
        spans.setdefault(indicator.criterion, []).append(line)
        sheet.write_string(line, 0, row.code)
        sheet.write_string(line, 2, shortened(indicator.name.vi))
        sheet.write_string(line, 3, book.units[indicator.unit].label.vi)
        share = re.fullmatch(r"([≥<>])\s*(\d[\d,]*)\s*%", row.printed)
        bare = re.fullmatch(r"(\d[\d,]*)\s*%", row.printed)
        counted = re.fullmatch(r"≥\s*(\d+) (\D+)", row.printed)
        if share:
            form = "0.0%" if "," in share[2] else "0%"
            number = float(share[2].replace(",", ".")) / 100
            sheet.write_number(
                line, 4, number, workbook.add_format({"num_format": f'"{share[1]} "{form}'})
            )
        elif bare:
            sheet.write_number(
                line, 4, float(bare[1]) / 100, workbook.add_format({"num_format": "0%"})
            )
        elif counted:
            form = workbook.add_format({"num_format": f'"≥ "0" {counted[2]}"'})
            sheet.write_number(line, 4, int(counted[1]), form)
        else:
            sheet.write_string(line, 4, row.printed)
        truth |= {(row.code, limb, ""): text for limb, text in row.requires.items()}
    for number, lines in spans.items():
        name = loaded.criterion[number].name.vi
        if len(lines) > 1:
            sheet.merge_range(lines[0], 1, lines[-1], 1, name)
        else:
            sheet.write_string(lines[0], 1, name)
    workbook.close()
    return truth


def pdf_table(book: Rulebook, path: Path) -> dict[tuple[str, str, str], str]:
    """Write a PDF over several pages: a repeated header, criterion rows, three groups."""
    import typst

    loaded = book.sets["advanced"]
    groups = ("Nhóm 1", "Nhóm 2", "Nhóm 3")
    sets = [altered(n) for n in (1, 4, 8)]
    cells, truth, last = [], {}, None

    def cell(text: str) -> str:
        return "[" + re.sub(r"([\\#\[\]*_$<>@~=/-])", r"\\\1", text) + "]"

    for n, row in enumerate(sets[0]):
        indicator = loaded.indicators[row.code]
        if indicator.criterion != last:
            last = indicator.criterion
            title = cell(f"{last}. {loaded.criterion[last].name.vi}")
            cells.append(f"table.cell(colspan: 5){title}")
        code = row.code if "." in row.code else f"{row.code}.1"
        cells += [cell(code), cell(indicator.name.vi)]
        for group, rows in zip(groups, sets, strict=True):
            cells.append(cell(worded(rows[n].printed, n)))
            truth |= {(row.code, limb, group): text for limb, text in rows[n].requires.items()}
    head = ", ".join(
        ["table.cell(rowspan: 2)[Mã số]", "table.cell(rowspan: 2)[Nội dung chỉ tiêu]",
         "table.cell(colspan: 3)[Yêu cầu theo nhóm xã]", *map(cell, groups)]
    )  # fmt: skip
    source = (
        '#set page(paper: "a4", margin: 2cm)\n#set text(font: "Be Vietnam Pro", size: 9pt)\n'
        "#table(columns: (1.4cm, 1fr, 2.4cm, 2.4cm, 2.4cm),\n"
        f"  table.header({head}),\n" + ",\n".join(cells) + ")\n"
    )
    Path(path).with_suffix(".typ").write_text(source, encoding="utf-8")
    typst.compile(str(Path(path).with_suffix(".typ")), output=str(path))
    return truth

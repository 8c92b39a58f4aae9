"""Every hostile value through every reader: read as it stands, or refused by name and place."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import yaml

from ntm_analysis.communes.table import read_table
from ntm_analysis.documents import read_document
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.problems import Collector
from ntm_analysis.yamlfile import read_yaml
from tests.hostile import bombs
from tests.hostile.values import VALUES, printed

WANTED = [printed(value) for value in VALUES]
# In lines of text these divide cells, or are the rule below a table's head.
DIVIDED = [value for value in VALUES if "|" in value]


def _same(texts: list[str]) -> list[str]:
    return [printed(text) for text in texts]


def test_yaml(tmp_path: Path) -> None:
    path = tmp_path / "commune.yaml"
    path.write_text(yaml.safe_dump(VALUES, allow_unicode=True), encoding="utf-8")
    assert _same(read_yaml(path).data) == WANTED


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("variable", "note"), *(("x", one) for one in VALUES)])
    problems = Collector()
    rows = read_table(path, path.name, ("variable",), ("note",), problems)
    assert problems.problems == []
    assert _same([row["note"] for row in rows]) == WANTED
    (grid,) = read_grids(path)
    assert _same([row[1] for row in grid.rows[1:]]) == WANTED


def _xlsx(path: Path) -> None:
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = workbook.add_worksheet("Số liệu")
    for row, value in enumerate(VALUES):
        sheet.write_string(row, 0, value)
    workbook.close()


def _ods(path: Path) -> None:
    path.write_bytes(
        bombs.ods(
            "".join(
                '<table:table-row><table:table-cell office:value-type="string"><text:p>'
                f"{escape(value)}</text:p></table:table-cell></table:table-row>"
                for value in VALUES
            )
        )
    )


@pytest.mark.parametrize("write", [_xlsx, _ods], ids=["xlsx", "ods"])
def test_a_workbook(write, tmp_path: Path) -> None:
    path = tmp_path / f"bieu.{write.__name__[1:]}"
    write(path)
    (grid,) = read_grids(path)
    assert _same([str(row[0]) for row in grid.rows]) == WANTED
    blocks = read_document(path).blocks
    cells = [printed(cell.text) for block in blocks for cell in block.cells]
    assert [one for one in WANTED if one not in cells] == []


def test_docx(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "bao-cao.docx"
    document = docx.Document()
    for value in VALUES:
        document.add_paragraph(value)
    document.save(str(path))
    assert _same([block.text for block in read_document(path).blocks]) == WANTED


def test_txt(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text("\n".join(f"{value}\n" for value in VALUES), encoding="utf-8")
    found = _same([block.text for block in read_document(path).blocks])
    assert [
        printed(one) for one in VALUES if one not in DIVIDED and printed(one) not in found
    ] == []


def test_pdf(tmp_path: Path) -> None:
    import typst

    source = tmp_path / "bao-cao.typ"
    lines = [f"#{json.dumps(value, ensure_ascii=False)}" for value in VALUES]
    source.write_text("#set page(width: 60cm)\n" + "\n\n".join(lines), encoding="utf-8")
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(typst.compile(source, format="pdf"))
    found = "".join("".join(block.text.split()) for block in read_document(path).blocks)
    plain = [one for one in VALUES if all(letter < "\u2000" for letter in one)]
    assert len(plain) > 200
    right_to_left = [one for one in plain if "עברית" in one or "Z̷" in one]
    missing = [one for one in plain if "".join(printed(one).split()) not in found]
    assert [one for one in missing if one not in right_to_left] == []

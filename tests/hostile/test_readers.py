"""Every hostile value through every reader: read as it stands, or refused by name and place."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import yaml

from ntm_analysis.communes import load_case
from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.communes.exhibits import exhibits
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.table import read_table
from ntm_analysis.documents import read_document
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.official.own import own_templates
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.yamlfile import load, read_yaml
from tests.hostile import bombs, legacy
from tests.hostile.spoiled import ID
from tests.hostile.spoiled_law import names_of_files
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


def _xls(path: Path) -> None:
    path.write_bytes(legacy.xls(VALUES))


@pytest.mark.parametrize("write", [_xlsx, _ods, _xls], ids=["xlsx", "ods", "xls"])
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


def test_parameters(tmp_path: Path, repository: Path) -> None:
    """Each is refused by its name and line, or names something that is then not there."""
    (tmp_path / "params").mkdir()
    path = tmp_path / "params" / "x-2024.yaml"
    (tmp_path / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    given = yaml.safe_load((repository / "params" / f"{ID}-2024.yaml").read_text(encoding="utf-8"))
    project, rulebook = Project(repository), load_rulebook(repository / "data" / "rulebook")
    taken: dict[str, list[str]] = {}
    for name in Params.model_fields:
        for value in VALUES:
            path.write_text(yaml.safe_dump(given | {name: value}), encoding="utf-8")
            try:
                load(path, Params)
                taken.setdefault(name, []).append(value)
            except DataErrors as error:
                assert all(one.column == name and one.row for one in error.problems)
    assert taken.pop("set") == taken.pop("documents") == VALUES
    assert {one for many in taken.values() for one in many} <= PLAIN
    for value in VALUES:
        with pytest.raises(DataErrors) as refused:
            load_case(project, f"{ID}-2024", rulebook, {"set": value})
        assert [(one.column, one.value) for one in refused.value.problems] == [("set", value)]
        path.write_text(yaml.safe_dump({"documents": value}), encoding="utf-8")
        problems = Collector()
        assert own_templates(Project(tmp_path), "vi", "x-2024", ["report"], problems) == {}
        assert [one.column for one in problems.problems] == ["documents"]
    path.write_text(yaml.safe_dump({"documents": "W" * 300}), encoding="utf-8")
    own_templates(Project(tmp_path), "vi", "x-2024", ["report"], problems)
    assert [one.column for one in problems.problems] == ["documents"] * 2


PLAIN = {"null", "true", "no", "1.", "2024-11-26"}
"""What may be a commune's name in lower case, a number, a day, or yes and no."""


ROW = Evidence(
    indicator="1.1", claimed_value="", claimed_verdict="", document="Biên bản", number="",
    issuer="", issued_on=None, valid_until=None, grade="B", note="", note_en="", document_en="",
    issuer_en="", year=None, row=0,
)  # fmt: skip


def test_names_of_files_of_evidence(tmp_path: Path) -> None:
    """A name is that of a file in the folder, or refused with its row; never one elsewhere."""
    names = [f"{printed(value)}.pdf" for value in VALUES]
    usable = set(names_of_files())
    assert len(usable) >= 90
    folder = tmp_path / ID / "evidence"
    folder.mkdir(parents=True)
    for name in usable:
        (folder / name).write_bytes(f"%PDF-1.4 {name}".encode())
    rows = [replace(ROW, file=name, row=row) for row, name in enumerate(names, 2)]
    problems = Collector()
    found = exhibits(tmp_path / ID, "evidence.csv", rows, problems)
    assert set(found) == usable
    assert all(one.path.parent == folder for one in found.values())
    told = {one.value for one in problems.problems}
    assert told == {name for name in names if name not in usable}
    assert all(one.row and one.column == "file" for one in problems.problems)

"""Characters that no one sees are refused by name, in every kind of file, with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.communes.table import read_table
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.limits import forbidden
from ntm_analysis.problems import Collector, DataErrors
from ntm_analysis.yamlfile import read_yaml
from tests.hostile import bombs
from tests.hostile.values import VALUES

BAD = {
    "\x00": "U+0000 NULL", "\x07": "U+0007 CONTROL", "\x1b": "U+001B ESCAPE",
    "\x7f": "U+007F DELETE", "\x9b": "U+009B CONTROL", "\u00ad": "U+00AD SOFT HYPHEN",
    "\u200b": "U+200B ZERO WIDTH SPACE", "\u200d": "U+200D ZERO WIDTH JOINER",
    "\u200e": "U+200E LEFT-TO-RIGHT MARK", "\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u2028": "U+2028 LINE SEPARATOR", "\u2066": "U+2066 LEFT-TO-RIGHT ISOLATE",
    "\ufeff": "U+FEFF ZERO WIDTH NO-BREAK SPACE", "\uffff": "U+FFFF CONTROL",
    "\ud800": "U+D800 SURROGATE", "\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "en")


@pytest.mark.parametrize(("letter", "name"), BAD.items())
def test_it_is_named(letter: str, name: str) -> None:
    assert forbidden(f"Liêm Cần{letter}, Thanh Liêm") == (8, name)


def test_what_people_write_is_let_through() -> None:
    assert [value for value in VALUES if forbidden(value)] == []


@pytest.mark.parametrize("letter", [one for one in BAD if one not in "\u2028\ud800"])
def test_a_csv_file_tells_row_and_column(letter: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(f"variable,note\na,b\nc,Li{letter}êm\n", encoding="utf-8")
    problems = Collector()
    read_table(path, path.name, ("variable",), ("note",), problems)
    (problem,) = problems.problems
    assert (problem.row, problem.column) == (3, "note")
    assert BAD[letter] in problem.problem and "Li" in problem.problem
    with pytest.raises(DataErrors) as wide:
        read_grids(path)
    assert [(one.row, one.column) for one in wide.value.problems] == [(3, "B")]


# A line separator is a space in a cell; the last two cannot stand in XML.
@pytest.mark.parametrize(
    "letter", [one for one in BAD if one > "\x1f" and one not in "\u2028\ud800\uffff"]
)
def test_a_workbook_tells_sheet_and_cell(letter: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(bombs.xlsx(bombs.cell("C4", f"Li{letter}êm")))
    with pytest.raises(DataErrors) as error:
        read_grids(path)
    (problem,) = error.value.problems
    assert (problem.sheet, problem.row, problem.column) == ("Số liệu", 4, "C")
    assert BAD[letter] in problem.problem


@pytest.mark.parametrize("letter", BAD)
def test_a_yaml_file_tells_line_and_entry(letter: str, tmp_path: Path) -> None:
    path = tmp_path / "commune.yaml"
    code = ord(letter)
    written = f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    if code > 0xFFFF:
        written = f"\\U{code:08x}"
    path.write_text(f'id: a\nhamlets:\n- Một\n- "Li{written}êm"\n', encoding="utf-8")
    with pytest.raises(DataErrors) as error:
        read_yaml(path)
    (problem,) = error.value.problems
    assert problem.row == 4
    if letter != "\ud800":  # which the parser itself refuses
        assert problem.column == "hamlets[1]"
        assert BAD[letter] in problem.problem

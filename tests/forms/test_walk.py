"""From a blank form to a commune that can be assessed, as a statistician goes."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from ntm_analysis.assessment import assess
from ntm_analysis.cli.app import app
from ntm_analysis.communes import load_case
from ntm_analysis.forms.workbook import letters
from tests.forms.spoil import find, grids, write
from tests.support import sample_project

PROFILE = {"id": "xa-thu", "name": "Thử", "province": "Hà Nam", "district": "Mẫu",
           "synthetic": "có", "hamlets": "Thôn 1; Thôn 2",
           "appraisals.2024.appraiser.vi": "UBND huyện Mẫu",
           "appraisals.2024.period.from": "21/11/2024",
           "appraisals.2024.period.until": "26/11/2024"}  # fmt: skip


@pytest.mark.parametrize("few", [True, False])
def test_blank_form_filled_in_imported_and_assessed(few, case, empty, tmp_path, monkeypatch):
    monkeypatch.setenv("NTM_PROJECT", str(empty.root))
    blank = tmp_path / "form.xlsx"
    options = ["--place", "Hà Nam", "--on", "2024-11-26", "--out", str(blank)]
    assert CliRunner().invoke(app, ["form", *options]).exit_code == 0
    sheets = grids(blank.read_bytes())
    changes = {find(sheets, "Thông tin chung", k, "value"): v for k, v in PROFILE.items()}
    sample = sample_project.one(sample_project.rules(case.rules.rulebook), 3)
    figures = {row["variable"]: row["value"] for row in sample.figures}
    words = {"yes": "có", "no": "không", "good": "tốt"}
    absences = {"yes": "Không xảy ra", "no": "Có xảy ra"}
    variables = case.rules.rulebook.variables
    for name, value in list(figures.items())[: 5 if few else None]:
        answers = absences if variables[name].absence else words
        typed = answers.get(value) or float(value)
        changes[find(sheets, "Số liệu", name, "value")] = typed
    path = write(tmp_path / "filled.xlsx", sheets, changes)
    done = CliRunner().invoke(app, ["import", str(path)])
    assert done.exit_code == 0, done.output
    made = load_case(empty, "xa-thu-2024")
    assert made.commune.synthetic and made.commune.hamlets == ("Thôn 1", "Thôn 2")
    assert len({r.variable for r in made.readings}) == (5 if few else len(figures))
    assert assess([made]).tally(made)["met"] == (
        74 if not few else assess([made]).tally(made)["met"]
    )
    for reading in made.readings:  # without a source of its own, the cell that was typed into
        _, row, column = find(sheets, "Số liệu", reading.variable, "value")
        assert reading.source == f"form:{letters(column)}{row + 1}"


def test_an_existing_file_is_not_overwritten(empty, tmp_path, monkeypatch):
    monkeypatch.setenv("NTM_PROJECT", str(empty.root))
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"mine")
    assert CliRunner().invoke(app, ["form", "--out", str(path)]).exit_code == 1
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "options", [["--place", "Atlantis"], ["--set", "none"], ["--fill", "no-2024"]]
)
def test_a_form_for_nowhere(options, empty, tmp_path, monkeypatch):
    monkeypatch.setenv("NTM_PROJECT", str(empty.root))
    path = tmp_path / "form.xlsx"
    assert CliRunner().invoke(app, ["form", "--out", str(path), *options]).exit_code == 1
    assert not path.exists()

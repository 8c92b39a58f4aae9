"""What is given to the report's notebook wins and shows; what is not comes from the file."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError
from papermill.inspection import inspect_notebook

from ntm_analysis import narrative
from ntm_analysis.batch.parameters import check_given, check_parameters
from ntm_analysis.narrative import Report
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors

OTHER = "gia-dinh-0002"


def _report(repository: Path, **given: object) -> Report:
    return Report.load(OTHER, 2024, Project(repository), **given)


def test_the_notebook_gives_no_law_of_its_own(repository: Path) -> None:
    notebook = nbformat.read(repository / "notebooks" / "commune.ipynb", as_version=4)
    cell = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", ()))
    names: dict[str, object] = {}
    exec(cell.source, names)
    given = {key: names[key] for key in ("set", "on", "lang", "thin_margin", "evidence_floor")}
    assert set(given.values()) == {None}
    report = _report(repository, **given)
    assert str(report.case.params.on) == "2024-11-08"
    assert report.case.by_hand == ()
    assert "nhập tay" not in narrative.summary(report) + narrative.provenance(report)


def test_what_the_file_says_too_is_not_given_by_hand(repository: Path) -> None:
    report = _report(repository, set="advanced", on="2024-11-08", thin_margin=0.02)
    assert report.case.by_hand == ()


def test_what_is_given_wins_and_shows(repository: Path) -> None:
    report = _report(repository, on="2024-11-09", lang="en")
    assert report.case.by_hand == (("on", "2024-11-09", "2024-11-08"), ("lang", "en", "vi"))
    for section in (narrative.summary, narrative.provenance):
        text = section(report)
        assert "Given by hand" in text
        assert "on is 2024-11-09 (the file has 2024-11-08)" in text


@pytest.mark.parametrize(
    ("given", "column"),
    [({"on": "2024-13-45"}, "on"), ({"set": "nang-cao"}, "set"), ({"lang": "fr"}, "lang")],
)
def test_a_bad_value_is_blamed_on_itself(
    repository: Path, given: dict[str, str], column: str
) -> None:
    with pytest.raises(DataErrors) as caught:
        _report(repository, **given)
    (problem,) = caught.value.problems
    assert (problem.column, problem.row) == (column, None)
    assert "params/" not in problem.file


def test_an_unknown_parameter_is_told_with_the_nearest(repository: Path) -> None:
    with pytest.raises(DataErrors, match="thin_margin"):
        _report(repository, thin_margim=0.1)
    text = (repository / "notebooks" / "commune.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    notebook["metadata"]["papermill"] = {"parameters": {"commune": "x", "PAPERMILL_INPUT_PATH": ""}}
    check_given(notebook)
    notebook["metadata"]["papermill"] = {"parameters": {"comune": "x"}}
    with pytest.raises(DataErrors, match="commune"):
        check_given(notebook)


PARAMETERS = "# Which report\ncommune: str = 'a'  # a folder\nthin_margin: float = None"


@pytest.mark.parametrize(
    ("executed", "unknown"),
    [
        (["", PARAMETERS, "# Parameters\ncommune = 'b'\n", "check_parameters(In)"], ""),
        (["", PARAMETERS, "# Parameters\nPAPERMILL_INPUT_PATH = 'x'\n", "…"], ""),
        (["", PARAMETERS, "check_parameters(In)"], ""),  # in Lab, papermill was not there
        (["", "%pip list", "# Parameters\ncomune = 'b'\n", "…"], ""),  # cannot be told
        (["", PARAMETERS, "# Parameters\ncomune = 'b'\n", "…"], "comune"),
        (["", "1", PARAMETERS, "# Parameters\nthin_margin = 1\nthin = 2\n", "…"], "“thin”"),
    ],
)
def test_a_notebook_refuses_what_it_does_not_have(executed: list[str], unknown: str) -> None:
    if not unknown:
        check_parameters(executed)
        return
    with pytest.raises(DataErrors, match=unknown) as caught:
        check_parameters(executed)
    (problem,) = caught.value.problems
    assert ("commune" if unknown == "comune" else "thin_margin") in problem.wanted


@pytest.mark.parametrize("name", ["commune", "comparison", "research"])
def test_plain_papermill_stops_at_an_unknown_parameter(
    repository: Path, tmp_path: Path, name: str
) -> None:
    """Papermill as it comes only warns; the notebook itself stops, before it computes anything."""
    with pytest.raises(PapermillExecutionError, match="DataErrors") as caught:
        papermill.execute_notebook(
            repository / "notebooks" / f"{name}.ipynb",
            tmp_path / "out.ipynb",
            parameters={"langg": "vi"},
            cwd=repository,
            progress_bar=False,
        )
    assert "langg" in str(caught.value.evalue) and "lang" in str(caught.value.evalue)


@pytest.mark.parametrize("name", ["commune", "comparison", "research"])
def test_papermill_explains_every_parameter(repository: Path, name: str) -> None:
    found = inspect_notebook(str(repository / "notebooks" / f"{name}.ipynb"))
    assert found
    assert [key for key, one in found.items() if one["inferred_type_name"] == "None"] == []
    assert [key for key, one in found.items() if not one["help"]] == []

"""Results in pandas, and the research notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient

from ntm_analysis import load_results
from ntm_analysis.dataset import research
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors
from tests.dataset.conftest import COMMUNES, YEARS

NOTEBOOK = Path("notebooks/research.ipynb")


def test_results_load_the_same_from_folder_and_project(
    exported: Path, sampled: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_PROJECT", str(sampled.root))
    computed = load_results()
    pd.testing.assert_frame_equal(load_results(exported), computed)
    assert computed["synthetic"].all()
    assert computed.groupby(["commune", "year"]).ngroups == COMMUNES * len(YEARS)
    assert computed["value"].dtype == np.float64


def test_a_folder_without_a_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataErrors) as caught:
        load_results(tmp_path)
    assert str(tmp_path) in str(caught.value)


def frame(*rows: tuple[str, int, str, str, float]) -> pd.DataFrame:
    names = ["commune", "year", "indicator", "verdict", "relative_margin"]
    table = pd.DataFrame(rows, columns=names)
    about = {"criterion": 1, "name": "tên", "name_en": "name", "kind": "rate", "value": 96.0}
    thinness = table["relative_margin"].where(table["verdict"] == "met")
    about |= {"thinness": thinness, "thin": thinness < 0.02}
    about["standing"] = table["verdict"].map({"met": "unproven"}).fillna("")
    return table.assign(**about, district="Mẫu A", province="Hà Nam", synthetic=True)


def test_what_binds() -> None:
    rows = frame(
        ("a", 2024, "1.1", "not_met", -0.1),
        ("a", 2024, "1.2", "met", 0.01),
        ("a", 2024, "1.3", "met", 0.05),
        ("a", 2024, "1.4", "pending", np.nan),
        ("a", 2024, "1.5", "no_data", np.nan),
        ("a", 2024, "1.6", "not_applicable", np.nan),
        ("a", 2024, "1.7", "met", np.nan),
    )
    found = research.binding(rows)
    assert found.astype(object).where(found.notna(), None).tolist() == [
        *(True, True, False, True),
        *(None, None, False),
    ]
    full = frame(("a", 2024, "1.1", "met", 0.0)).assign(thinness=np.nan, thin=False)
    assert research.binding(full).tolist() == [False]
    near = frame(("a", 2024, "1.1", "met", 0.03))
    assert [research.binding(near, limit).tolist() for limit in (None, 0.02, 0.05)] == [
        [False], [False], [True],
    ]  # fmt: skip


def test_shares_and_changes() -> None:
    rows = frame(
        ("a", 2023, "1.2", "not_met", -0.1),
        ("b", 2023, "1.2", "not_met", -0.1),
        ("c", 2023, "1.2", "met", 0.5),
        ("a", 2024, "1.2", "met", 0.5),
        ("b", 2024, "1.2", "not_met", -0.1),
        ("d", 2024, "1.2", "not_met", -0.1),
        ("a", 2023, "1.10", "met", 0.5),
        ("a", 2024, "1.10", "no_data", np.nan),
    )
    table = research.shares(rows).set_index(["year", "indicator"])
    assert table["share"].to_dict() == {
        (2023, "1.2"): pytest.approx(2 / 3),
        (2023, "1.10"): 0.0,
        (2024, "1.2"): pytest.approx(2 / 3),
    }
    (row,) = research.moved(rows).to_dict("records")
    assert (row["indicator"], row["communes"]) == ("1.2", 2)
    assert (row["first"], row["last"], row["change"]) == (1.0, 0.5, -0.5)
    assert research.moved(rows[rows["year"] == 2024]).empty


def test_the_answer_names_ties_and_made_up_communes() -> None:
    rows = frame(("a", 2024, "1.1", "not_met", -1), ("a", 2024, "1.2", "not_met", -1))
    text = research.answer(rows, "en")
    assert "1.1 (name): 100% of 1 communes" in text
    assert "same share: 1.2" in text
    assert ".callout-warning" in text
    calm = frame(("a", 2024, "1.1", "met", 0.5)).assign(synthetic=False, district=None)
    assert research.answer(calm, "en").strip() == (
        "No indicator binds. Of the 1 results of 2024 that are met or not applicable, 0 are firm, "
        "1 unproven and 0 disputed."
    )
    assert "No district (Hà Nam)" in research.district_table(calm, "en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_notebook_runs_and_is_stored_without_outputs(
    exported: Path, repository: Path, lang: str
) -> None:
    notebook = nbformat.read(repository / NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    (place,) = (
        n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    )
    chosen = f"dataset = {str(exported)!r}\nlang = {lang!r}"
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(chosen))
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = "\n".join(
        output["data"]["text/markdown"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/markdown" in output.get("data", {})
    )
    results = load_results(exported)
    assert research.moved_table(results, lang) in shown
    assert research.district_table(results, lang) in shown
    assert f"{COMMUNES}" in research.answer(results, lang) and ".callout-warning" in shown


def test_what_few_communes_have_is_not_ranked() -> None:
    """Three of two hundred that all lack something are not the most."""
    rows = [(f"c{n}", 2024, "1.1", "met" if n % 4 else "not_met", 0.5) for n in range(200)]
    rows += [(f"c{n}", 2024, "1.2", "not_met", -0.5) for n in range(9)]
    rows += [(f"c{n}", 2024, "1.3", "not_met" if n else "met", 0.5) for n in range(10)]
    table = frame(*rows)
    ranked = research.share_table(table, "en", thin=0.02)
    assert "1.2" not in ranked and ranked.index("1.3") < ranked.index("1.1")
    said = research.answer(table, "en", 0.02)
    assert "is 1.3 (name): 90% of 10 communes" in said
    assert "with data of fewer than 10 communes: 1.2 (9)." in said


def test_of_few_communes_half_are_enough() -> None:
    rows = [(f"c{n}", 2024, "1.1", "not_met", -0.5) for n in range(2)]
    rows += [(f"c{n}", 2024, "1.2", "met", 0.5) for n in range(4)]
    assert "1.1" in research.share_table(frame(*rows), "en", thin=0.02)
    assert "1.1" not in research.share_table(frame(*rows[1:]), "en", thin=0.02)

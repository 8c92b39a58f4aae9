"""Whatever the files of a commune hold comes back from the form as it was."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ntm_analysis.communes import Case, load_case
from ntm_analysis.forms import filling_of, import_file, write_form
from ntm_analysis.forms.layout import flatten
from ntm_analysis.paths import Project
from ntm_analysis.records.files import TABLES, Record
from ntm_analysis.records.merge import merge_year
from ntm_analysis.rulebook import load_rulebook, rules_in_force
from tests.forms.communes import ON, records

ROOT = Path(__file__).resolve().parents[2]
BOOK = load_rulebook(ROOT / "data" / "rulebook")
RULES = rules_in_force(BOOK, "advanced", "Hà Nam", ON)


def said(case: Case) -> dict[str, Any]:
    """Return what a case says, so that it can be compared."""
    readings = [replace(r, low=0, high=0) if r.status != "number" else r for r in case.readings]
    commune = dict(flatten(case.commune.model_dump(mode="json")))
    return {"params": case.params, "commune": commune, "readings": readings,
            "evidence": list(case.evidence), "decisions": list(case.decisions),
            "requests": list(case.requests), "facts": list(case.facts)}  # fmt: skip


def differing(now: Any, was: Any) -> Any:
    if isinstance(was, dict):
        return {key: (now.get(key), was.get(key)) for key in {**now, **was}
                if now.get(key) != was.get(key)}  # fmt: skip
    return [pair for pair in zip(now, was, strict=False) if pair[0] != pair[1]][:2]


def project_in(folder: Path) -> Project:
    shutil.copytree(ROOT / "data" / "rulebook", folder / "data" / "rulebook")
    shutil.copy2(ROOT / "_quarto.yml", folder)
    return Project(folder)


def put(project: Project, record: Record) -> None:
    for name, text in record.texts().items():
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def through_the_form(record: Record, lang: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        before, after = (project_in(Path(name) / one) for one in ("before", "after"))
        put(before, record)
        case = load_case(before, "xa-mau-2024", BOOK)
        path = Path(name) / "form.xlsx"
        path.write_bytes(write_form(case.rules, lang, filling_of(before, case)))
        import_file(after, path)
        again = said(load_case(after, "xa-mau-2024", BOOK))
        for part, what in said(case).items():
            assert again[part] == what, (part, differing(again[part], what))


@pytest.mark.parametrize("lang", ["vi", "en"])
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
@given(data=st.data())
def test_every_commune_comes_back(lang, data):
    through_the_form(data.draw(records(RULES, lang)), lang)


@settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)
@given(data=st.data())
def test_one_year_of_several_comes_back_and_leaves_the_other(data):
    first, second = (data.draw(records(RULES, "vi")) for _ in range(2))
    own = second.profile["appraisals"].pop(2024)
    second.profile["appraisals"][2025] = own
    for row in second.decisions:
        row["on"] = row["on"].replace("2024", "2025")
    own["period"] = {key: day.replace("2024", "2025") for key, day in own["period"].items()}
    second.params = {2025: {**second.params[2024], "year": 2025, "on": dt.date(2025, 6, 30)}}
    both = merge_year(first, second, 2025, TABLES).record
    with tempfile.TemporaryDirectory() as name:
        project = project_in(Path(name))
        put(project, both)
        years = ("xa-mau-2024", "xa-mau-2025")
        was = {one: said(load_case(project, one, BOOK)) for one in years}
        case = load_case(project, "xa-mau-2024", BOOK)
        path = Path(name) / "form.xlsx"
        path.write_bytes(write_form(case.rules, "vi", filling_of(project, case)))
        (stored,) = import_file(project, path, force=True).stored
        for one in years:
            now = said(load_case(project, one, BOOK))
            for table in ("readings", "evidence", "decisions", "requests", "facts"):
                rows = [replace(r, row=0) for r in now.pop(table)]
                assert rows == [replace(r, row=0) for r in was[one].pop(table)], (one, table)
            assert now == was[one], (one, differing(now["commune"], was[one]["commune"]))
        assert not (stored.change.figures.moves or stored.change.requests.moves)

"""A made-up commune that meets everything, and what a test changes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ntm_analysis.communes import Case
from ntm_analysis.communes.profile import Appraisal
from ntm_analysis.narrative import Report
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import Rulebook, load_rulebook
from tests.support import sample_project as sample

Changed = Callable[..., Report]


@pytest.fixture(scope="package")
def book(repository: Path) -> Rulebook:
    return load_rulebook(repository / "data" / "rulebook")


@pytest.fixture(scope="package")
def perfect(repository: Path, book: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """74 of 74 indicators, of which one is not applicable; three conditions met; a claim of 74."""
    folder = tmp_path_factory.mktemp("perfect")
    (case,) = sample.cases([sample.one(sample.rules(book), 1)], folder, repository)
    return case


def _condition(given: str | dict[str, Any]) -> dict[str, Any]:
    """What changes of a condition: its status, or several entries."""
    return {"status": given} if isinstance(given, str) else given


@pytest.fixture
def changed(perfect: Case, repository: Path) -> Changed:
    """`changed(lang, figures=…, without=…, claims=…, conditions=…, **appraisal)`: a report."""

    def make(
        lang: str = "vi",
        figures: Mapping[str, str] | None = None,
        without: tuple[str, ...] = (),
        claims: Mapping[str, str] | None = None,
        conditions: Mapping[str, Any] | None = None,
        **appraisal: Any,
    ) -> Report:
        case = perfect.with_figures(figures or {})
        readings = tuple(r for r in case.readings if r.variable not in without)
        evidence = case.evidence
        if claims is not None:
            evidence = tuple(
                replace(e, claimed_verdict=claims.get(e.indicator, claims.get("*", "")))
                for e in evidence
            )
        year, old = case.params.year, case.appraisal
        if conditions is not None:
            appraisal["conditions"] = {
                key: one.model_copy(update=_condition(conditions.get(key, one.status)))
                for key, one in old.conditions.items()
                if conditions.get(key) != "absent"
            }
        new: Appraisal = old.model_copy(update=appraisal)
        commune = case.commune.model_copy(update={"appraisals": {year: new}})
        case = replace(case, readings=readings, evidence=evidence, commune=commune)
        return Report(case, Project(repository), lang)  # type: ignore[arg-type]

    return make

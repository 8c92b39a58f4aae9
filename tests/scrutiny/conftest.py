from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import Case, load_case
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import Rulebook, RulesInForce, load_rulebook
from ntm_analysis.scrutiny import Finding, scrutinise
from tests.support import sample_project


@pytest.fixture(scope="session")
def book(repository: Path) -> Rulebook:
    return load_rulebook(repository / "data" / "rulebook")


@pytest.fixture(scope="session")
def in_force(book: Rulebook) -> RulesInForce:
    return sample_project.rules(book)


@pytest.fixture(scope="session")
def liem_can(repository: Path, book: Rulebook) -> Case:
    return load_case(Project(repository), "liem-can-2024", book)


@pytest.fixture(scope="session")
def liem_can_findings(liem_can: Case) -> tuple[Finding, ...]:
    return scrutinise(liem_can, assess([liem_can]))

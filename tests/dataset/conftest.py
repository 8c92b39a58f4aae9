"""Made-up communes over two years, and their exported dataset."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.dataset import export
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import generator, make, plant
from tests.support import sample_project

YEARS = (2023, 2024)
COMMUNES = 5


@pytest.fixture(scope="session")
def sampled(once_per_run: Callable[..., Path], repository: Path) -> Project:
    """A project of five made-up communes, each appraised twice."""

    def fill(folder: Path) -> None:
        rules = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
        samples = [make(rules, number, generator(3, number), YEARS) for number in range(COMMUNES)]
        for sample in samples:  # something to find in every year
            for check, year in (("S14", YEARS[0]), ("S14", YEARS[1]), ("S08", YEARS[1])):
                plant(sample, check, year, generator(4, 0))
        sample_project.write(samples, folder, repository)

    return Project(once_per_run("dataset-project", fill))


@pytest.fixture(scope="session")
def exported(once_per_run: Callable[..., Path], sampled: Project) -> Path:
    """The dataset of these communes."""
    return once_per_run("dataset", lambda folder: export(sampled, folder) and None)


@pytest.fixture(scope="session")
def real(once_per_run: Callable[..., Path], repository: Path) -> Path:
    """The dataset of the communes in the repository."""
    return once_per_run("dataset-real", lambda folder: export(Project(repository), folder) and None)

"""Projects of several provinces: each with a decision, and so requirements, of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ntm_analysis.communes import Case
from ntm_analysis.comparison import Comparison, compare
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import RulesInForce, load_rulebook, rules_in_force
from ntm_analysis.samples import Sample, generator, make
from tests.support import sample_project

HOME = "Hà Nam"
OTHER = "Mẫu"
THIRD = "Đông Mẫu"
HOUSING = {HOME: ">= 97", OTHER: ">= 60", THIRD: ">= 97"}
"""What indicator 9 asks for in each place."""


def province(folder: Path, place: str, housing: str, amended: str = "") -> None:
    """Give a place the requirements of Hà Nam but for 9 and 17.10, if need be amended in 2024."""
    book = load_rulebook(folder)
    rules = rules_in_force(book, "advanced", HOME, dt.date(2024, 11, 8)).rules
    asked: dict[str, object] = {}
    for rule in rules:
        texts = {key: one.text for key, one in rule.requirements.items()}
        asked[rule.code] = texts if len(texts) > 1 else next(iter(texts.values()))
    del asked["17.10"]
    slug = f"tinh-{len(list(folder.rglob('provinces/*.yaml')))}"
    for number, (since, until, text) in enumerate(
        (("2022-09-01", "2024-05-31" if amended else None, housing), ("2024-06-01", None, amended))
    ):
        if not text:
            continue
        key = f"{number + 7}/{since[:4]}/QĐ-UBND@{slug}"
        about = {
            "number": key.partition("@")[0], "place": place, "date": since,
            "issuer": {"vi": "UBND tỉnh", "en": "the province"},
            "title": {"vi": "Bộ tiêu chí giả định", "en": "A made-up set"},
            "source": "unverified",
        }  # fmt: skip
        data = {
            "place": place, "decisions": {key: about}, "decision": key, "from": since,
            "except": ["12.3", "17.10"], "thresholds": {**asked, "9": text},
            "source": "unverified",
        }  # fmt: skip
        if until:
            data["until"] = until
        file = folder / "advanced" / "provinces" / f"{slug}-{number}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def in_place(
    rules: RulesInForce, number: int, district: str | None, years: Iterable[int] = (2024,)
) -> Sample:
    """Return a made-up commune of a place and district that meets all but a few indicators."""
    sample = make(rules, number, generator(5, number), years)
    if district is None:
        del sample.profile["district"]
    else:
        sample.profile["district"] = district
    return sample


@pytest.fixture(scope="module")
def folder(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of three provinces, without communes."""
    root = tmp_path_factory.mktemp("provinces")
    sample_project.write([], root, repository)
    province(root / "data" / "rulebook", OTHER, HOUSING[OTHER])
    province(root / "data" / "rulebook", THIRD, ">= 60", amended=">= 97")
    return root


@pytest.fixture(scope="module")
def rules_of(folder: Path) -> Callable[[str], RulesInForce]:
    """Return what gives a place's rules."""
    book = load_rulebook(folder / "data" / "rulebook")
    return lambda place: rules_in_force(book, "advanced", place, dt.date(2024, 11, 8))


def load(samples: Iterable[Sample], folder: Path, repository: Path) -> list[Case]:
    """Write communes and load them, and only them."""
    for old in folder.glob("params/*.yaml"):
        old.unlink()
    return sample_project.cases(samples, folder, repository)


@pytest.fixture(scope="module")
def provinces(
    folder: Path, repository: Path, rules_of: Callable[[str], RulesInForce]
) -> Comparison:
    """Return two communes in each of three provinces, whose districts bear the same name.

    The last commune has no district; the first of each place has two years.
    """
    samples = [
        in_place(
            rules_of(place),
            10 * one + two,
            None if (one, two) == (2, 2) else "Kim Bảng",
            (2023, 2024) if two == 1 else (2024,),
        )
        for one, place in enumerate((HOME, OTHER, THIRD))
        for two in (1, 2)
    ]
    return compare(load(samples, folder, repository), "vi")


@pytest.fixture
def project(folder: Path) -> Project:
    """Return the project of three provinces."""
    return Project(folder)


def renamed(case: Case, number: int, **entries: object) -> Case:
    """Return a case as that of another commune."""
    key = f"mau-{number:05d}"
    update = {"id": key, "name": f"Mẫu {number:05d}", **entries}
    commune = case.commune.model_copy(update=update)
    params = case.params.model_copy(update={"commune": key})
    return replace(case, commune=commune, params=params)


def many(cases: Iterable[Case], count: int, provinces: int, districts: int) -> list[Case]:
    """Return cases as those of `count` communes, spread over places."""
    given = list(cases)
    return [
        renamed(
            given[n % len(given)], n, province=f"Tỉnh {n % provinces:02d}",
            district=f"Huyện {n // provinces % districts}" if districts else None,
        )
        for n in range(count)
    ]  # fmt: skip

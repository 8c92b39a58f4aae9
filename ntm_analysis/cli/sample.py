"""`ntm sample`: made-up communes, always marked synthetic."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ntm_analysis.batch.atomic import write_all
from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import WRONG_USAGE, err, out, progress, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.rules import in_force
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import RulesInForce, load_rulebook
from ntm_analysis.samples import FAULTS, LAST_DAY, Sample, files, generator, make, plant

_SORTS = 4
"""Of so many communes the first meets everything, and the third is close to its thresholds."""
_MOST_FAULTS = 5


def make_samples(
    count: int, seed: int, years: str, faults: float, set_key: str, place: str, *, force: bool
) -> None:
    """Write made-up communes as files of the project; the same seed gives the same files."""
    project = project_here()
    chosen = _years(years)
    with told(), alone(project, "sample"):
        book = load_rulebook(project.rulebook)
        rules = [in_force(book, set_key, place, dt.date(year, *LAST_DAY)) for year in chosen][-1]
        made: dict[Path, str] = {}
        planted: Counter[str] = Counter()
        with progress() as bar:
            task = bar.add_task(say("sample.making"), total=count)
            for number in range(1, count + 1):
                sample = _sample(rules, number, seed, chosen, faults)
                planted.update(fault.check for fault in sample.planted)
                made |= {project.root / name: text for name, text in files(sample).items()}
                bar.advance(task)
        there = sorted({path for path in made if path.exists()})
        if there and not force:
            named = [p for p in there if p.name == "commune.yaml" or p.parent == project.params]
            wanted = say("sample.exists_wanted")
            raise DataErrors(
                [
                    Problem(project.relative(path), say("sample.exists"), wanted)
                    for path in named or there
                ]
            )
        write_all(project.root, {project.relative(p): t.encode() for p, t in made.items()})
    years_said = ", ".join(map(str, chosen))
    out.print(say("sample.done", count=count, years=years_said, seed=seed), markup=False)
    if planted:
        told_of = ", ".join(f"{check}: {number}" for check, number in sorted(planted.items()))
        out.print(say("sample.planted", planted=told_of), markup=False)


def _sample(
    rules: RulesInForce, number: int, seed: int, years: Sequence[int], faults: float
) -> Sample:
    """Return a commune, in some cases with faults in its last year."""
    rng = generator(seed, number)
    sort = number % _SORTS
    sample = make(rules, number, rng, years, perfect=sort == 1, close=sort == 3)
    if rng.random() < faults:
        wanted = int(rng.integers(1, _MOST_FAULTS + 1))
        for check in rng.permutation(list(FAULTS)):
            if len(sample.planted) < wanted:
                plant(sample, str(check), years[-1], rng)
    return sample


def _years(text: str) -> Sequence[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or any(not (p.isdecimal() and len(p) == 4) for p in parts):
        err.print(say("sample.years", text=text), style="red", markup=False)
        stop(WRONG_USAGE)
    return sorted({int(part) for part in parts})

"""`ntm sample`: made-up communes, always marked synthetic."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.cli.console import WRONG_USAGE, err, out, progress, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.rules import in_force
from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import FAULTS, files, generator, make, plant
from ntm_analysis.samples.commune import LAST_DAY

_PERFECT = 4
"""Every so many-th commune meets everything, so that there is something to recognise."""


def make_samples(
    count: int, seed: int, years: str, faults: float, set_key: str, place: str, *, force: bool
) -> None:
    """Write made-up communes as files of the project; the same seed gives the same files."""
    project = project_here()
    chosen = _years(years)
    with told():
        book = load_rulebook(project.rulebook)
        rules = in_force(book, set_key, place, dt.date(max(chosen), *LAST_DAY))
        made: dict[Path, str] = {}
        planted: Counter[str] = Counter()
        with progress() as bar:
            task = bar.add_task(say("sample.making"), total=count)
            for number in range(1, count + 1):
                rng = generator(seed, number)
                sample = make(rules, number, rng, chosen, perfect=number % _PERFECT == 0)
                if rng.random() < faults:
                    check = list(FAULTS)[int(rng.integers(len(FAULTS)))]
                    plant(sample, check, chosen[-1], rng)
                planted.update(check for check, _ in sample.planted)
                made |= {project.root / name: text for name, text in files(sample).items()}
                bar.advance(task)
        there = sorted({path for path in made if path.exists()})
        if there and not force:
            raise DataErrors(
                [
                    Problem(
                        project.relative(path), say("sample.exists"), say("sample.exists_wanted")
                    )
                    for path in there
                    if path.name == "commune.yaml" or path.parent.name == "params"
                ]
            )
        for path, text in made.items():
            write_text(path, text)
    years_said = ", ".join(map(str, chosen))
    out.print(say("sample.done", count=count, years=years_said, seed=seed), markup=False)
    if planted:
        told_of = ", ".join(f"{check}: {number}" for check, number in sorted(planted.items()))
        out.print(say("sample.planted", planted=told_of), markup=False)


def _years(text: str) -> Sequence[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or any(not (p.isdecimal() and len(p) == 4) for p in parts):
        err.print(say("sample.years", text=text), style="red", markup=False)
        stop(WRONG_USAGE)
    return sorted({int(part) for part in parts})

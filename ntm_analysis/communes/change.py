"""Readings under changed figures, for what-if questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.figures import Reading, read_value
from ntm_analysis.communes.table import Row
from ntm_analysis.language import say
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook

OPTION = "--with"


def changed_readings(
    rulebook: Rulebook, readings: Iterable[Reading], changes: Mapping[str, str]
) -> tuple[Reading, ...]:
    """Return the readings with every reading of some variables replaced by one value.

    Parameters
    ----------
    rulebook : Rulebook
        Gives the variables.
    readings : iterable of Reading
    changes : mapping of variable to value
        Values in the syntax of `figures.csv`.

    Raises
    ------
    DataErrors
        With one problem for each change that cannot be made.
    """
    problems = Collector()
    new: list[Reading] = []
    for name, text in changes.items():
        variable = rulebook.variables.get(name)
        if variable is None:
            problems.add(
                Problem(
                    OPTION,
                    say("figures.variable_unknown", name=name),
                    closest(name, rulebook.variables, "figures.variable_unknown_wanted"),
                    column=name,
                    value=text,
                )
            )
            continue
        row = Row(OPTION, 0, {"variable": name, "value": text, "unit": variable.unit})
        here = Collector()
        value = read_value(row, variable, here)
        for problem in here.problems:  # of an option, which has no rows
            problems.add(replace(problem, row=None, column=name))
        if value is not None:
            new.append(
                Reading(
                    name,
                    *value,
                    text=text,
                    unit=variable.unit,
                    as_of=None,
                    indicator="",
                    source=OPTION,
                    primary=True,
                    note="",
                    note_en="",
                    year=None,
                    row=0,
                )
            )
    problems.raise_if_any()
    return (*(reading for reading in readings if reading.variable not in changes), *new)

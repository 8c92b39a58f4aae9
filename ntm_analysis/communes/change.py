"""Readings under changed figures, for what-if questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.figures import Reading, read_value
from ntm_analysis.communes.table import Row
from ntm_analysis.language import say
from ntm_analysis.numbers.answers import Status
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import Rulebook

OPTION = "--with"


def general_reading(
    unit: str,
    row: Row,
    value: tuple[float, float, bool, bool, Status],
    source: str,
    *,
    primary: bool = True,
) -> Reading:
    """Return a figure that no file of a commune holds: a general one, of no day and no year.

    Parameters
    ----------
    unit : str
        The variable's.
    row : Row
        Its name and words, and the line where they stand.
    value : tuple
        What `read_value` made of the row.
    source : str
    primary : bool
    """
    return Reading(
        row["variable"],
        *value,
        text=row["value"],
        unit=unit,
        as_of=None,
        indicator="",
        source=source,
        primary=primary,
        note="",
        note_en="",
        year=None,
        row=row.number,
    )


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
            new.append(general_reading(variable.unit, row, value, OPTION))
    problems.raise_if_any()
    return (*(reading for reading in readings if reading.variable not in changes), *new)

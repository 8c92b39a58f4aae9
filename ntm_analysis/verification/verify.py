"""Making a report anew, and comparing it with what lies there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.batch.outputs import Task, run_task
from ntm_analysis.batch.plan import BESIDE
from ntm_analysis.communes import load_case
from ntm_analysis.communes.figures import choose
from ntm_analysis.language import say
from ntm_analysis.limits import TEXT
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.verification.causes import causes
from ntm_analysis.verification.differences import RESULTS, Difference, differences
from ntm_analysis.verification.inputs import (
    RECORD,
    RULES,
    Input,
    Record,
    find_report,
    inputs_now,
    read_record,
)
from ntm_analysis.yamlfile import read_text

Make = Callable[[Project, str], Mapping[str, bytes]]
_OF_FIGURES = ("value", "margin", "relative_margin", "headroom", "verdict", "stability", "standing",
               "conclusion", "thinness", "reason")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes
    ----------
    id : str
    folder : Path
        The report's.
    record : Record
    inputs : tuple of Input
    made : bool
        Whether the report could be made anew.
    differences : tuple of (Difference, tuple of str)
        Each with the changed inputs from which it may come, figures with their rows.
    """

    id: str
    folder: Path
    record: Record
    inputs: tuple[Input, ...]
    made: bool
    differences: tuple[tuple[Difference, tuple[str, ...]], ...]

    @property
    def changed(self) -> tuple[Input, ...]:
        """The inputs that are not as they were."""
        return tuple(one for one in self.inputs if one.state != "same")

    @property
    def missing(self) -> tuple[str, ...]:
        """The inputs without which nothing can be made anew."""
        needed = (*self.record.files, RULES)
        return tuple(one.name for one in self.inputs if one.state == "missing" and
                     (one.name in needed or one.name.endswith(".ipynb")))  # fmt: skip

    @property
    def holds(self) -> bool:
        """Whether the report was made anew and every byte agrees."""
        return self.made and self.record.agrees and not self.differences


def verify(project: Project, given: str, make: Make | None = None) -> Verification:
    """Make a report anew from the project's files as they are, and compare.

    Parameters
    ----------
    project : Project
    given : str
        An ID, a report's folder, or a file in it.
    make : callable, optional
        Makes the files of a report; by default its notebook is run.

    Raises
    ------
    DataErrors
        If there is no such report, its record cannot be read, or the data have faults now.
    """
    folder = find_report(project, given)
    record = read_record(folder, project.relative(folder / RECORD))
    name = record.name
    inputs = tuple(inputs_now(project, record))
    empty = Verification(name, folder, record, inputs, made=False, differences=())
    if not name or empty.missing:
        return empty
    load_case(project, name)  # whose problems are told whole, with their places
    now = {file: content.decode() for file, content in (make or _make)(project, name).items()}
    changed = [one.name for one in empty.changed]
    found = []
    for file in (*BESIDE, f"{name}.ipynb"):
        try:
            here: str | None = read_text(folder / file, file, TEXT * 4)
        except DataErrors:
            here = None
        found += [
            (one, tuple(_placed(project, name, one, causes(one, changed))))
            for one in differences(file, here, now[file])
        ]
    return Verification(name, folder, record, inputs, made=True, differences=tuple(found))


def _make(project: Project, name: str) -> Mapping[str, bytes]:
    made = run_task(Task(name, str(project.root)))
    if made.message:
        wanted = say("verify.failed_wanted", id=name)
        raise DataErrors([Problem(name, made.message, wanted)])
    return made.files


def _placed(project: Project, name: str, difference: Difference, found: list[str]) -> list[str]:
    """Return causes, of `figures.csv` with the rows that the indicator is assessed with now."""
    figures = next((one for one in found if one.endswith("/figures.csv")), None)
    if figures is None or difference.file != RESULTS or difference.column not in _OF_FIGURES:
        return found
    case = load_case(project, name)
    rule = case.rules.by_code.get(difference.what)
    rows = set()
    for variable in rule.indicator.variables if rule else ():
        reading = choose(case.readings, variable, difference.what)
        if reading is not None:
            rows.add(reading.row)
    if not rows:
        return found
    words = f"{figures} ({say('verify.rows', rows=', '.join(map(str, sorted(rows))))})"
    return [words if one == figures else one for one in found]

"""Importing a filled-in form, a wide table or a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.forms.cells import Place, Reader
from ntm_analysis.forms.files import Bundle, Stored, bundle, check, store
from ntm_analysis.forms.tables import Form, is_form, read_form
from ntm_analysis.forms.wide import find_table, read_many
from ntm_analysis.forms.workbook import Grid, read_grids
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import Rulebook, load_rulebook

_ANY_YEAR = 2024


@dataclass(frozen=True)
class Imported:
    """What an import gave.

    Attributes
    ----------
    stored : list of Stored
    conversions : list of (place, written, read)
        Cells that were read as something else than they look like.
    """

    stored: list[Stored]
    conversions: list[tuple[str, str, str]]


def import_file(
    project: Project, path: Path, *, force: bool = False, defaults: dict[str, str] | None = None
) -> Imported:
    """Read a file and write the communes' data, if all of it is valid.

    Parameters
    ----------
    project : Project
    path : Path
        A filled-in form, a workbook or CSV file with a row a commune.
    force : bool
        Whether existing data are replaced; the old files are kept in `data/backup`.
    defaults : dict, optional
        `set` and `on` for wide tables that have no such columns.

    Raises
    ------
    DataErrors
        With everything wrong, each problem with sheet and cell; nothing is written.
    """
    book = load_rulebook(project.rulebook)
    grids = read_grids(path)
    reader = Reader(book, path.name, Collector())
    forms = _forms(grids, reader, defaults or {})
    bundles = _checked(forms, reader, book, path.name)
    reader.problems.raise_if_any()
    stored = store(project, bundles, force=force, file=path.name)
    return Imported(stored, reader.conversions)


def _forms(grids: Sequence[Grid], reader: Reader, defaults: dict[str, str]) -> list[Form]:
    if is_form(list(grids)):
        wide = find_table(grids, reader)
        if wide is not None and not any(g.name == "_ntm" for g in grids):
            return read_many(*wide, reader, defaults)
        return [read_form(list(grids), reader)]
    wide = find_table(grids, reader)
    if wide is not None:
        return read_many(*wide, reader, defaults)
    place = Place(grids[0].name if grids else "", 1, "A")
    reader.problem(place, say("forms.not_a_form"), say("forms.not_a_form_wanted"))
    return []


def _checked(forms: Sequence[Form], reader: Reader, book: Rulebook, file: str) -> list[Bundle]:
    bundles = []
    seen: set[tuple[str | None, int | None, str | None]] = {
        (p.sheet, p.row, p.column) for p in reader.problems.problems
    }

    def tell(error: DataErrors) -> None:
        for problem in error.problems:
            # A cell that is already told of is empty in the would-be file: no second word.
            cell = (problem.sheet, problem.row, problem.column)
            if cell not in seen:
                seen.add(cell)
                reader.problems.add(problem)

    for form in forms:
        try:
            one = bundle(form, file)
        except DataErrors as error:
            tell(error)
            # With a name to go by, the rest can be checked in the same run.
            form.profile["id"] = "xa"
            form.about["year"] = form.about["year"] if form.about.get("year") else str(_ANY_YEAR)
            try:
                one = bundle(form, file)
            except DataErrors:
                continue
        try:
            check(one, book, file)
            bundles.append(one)
        except DataErrors as error:
            tell(error)
    return bundles


__all__ = ["Imported", "Problem", "import_file"]

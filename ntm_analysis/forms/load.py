"""Importing a filled-in form, a wide table or a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ntm_analysis.forms.bundle import Bundle, bundle, named_soundly
from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.check import faults
from ntm_analysis.forms.form import read_form
from ntm_analysis.forms.layout import HIDDEN, sheet_name
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.store import Confirm, Stored, store
from ntm_analysis.forms.tables import Form, is_form
from ntm_analysis.forms.wide import find_table, read_many
from ntm_analysis.forms.workbook import Grid, read_grids
from ntm_analysis.language import LANGUAGES, say, workbook_words
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import Rulebook, load_rulebook
from ntm_analysis.yamlfile import read_yaml


@dataclass(frozen=True)
class Imported:
    """What an import gave.

    Attributes
    ----------
    stored : list of Stored
    conversions : list of (place, written, read)
        Cells that were read as something else than they look like.
    sheets : list of str
        The sheets that were read.
    left : list of str
        The others; those that a form has for reading only are not among them.
    blanks : dict of place to written
        Cells that count as empty, as a dash, dots or words say that there is nothing.
    """

    stored: list[Stored]
    conversions: list[tuple[str, str, str]]
    sheets: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    blanks: dict[str, str] = field(default_factory=dict)


def import_file(
    project: Project,
    path: Path,
    *,
    force: bool = False,
    defaults: dict[str, str] | None = None,
    confirm: Confirm | None = None,
) -> Imported:
    """Read a file and write the communes' data, if all of it is valid.

    Parameters
    ----------
    project : Project
    path : Path
        A filled-in form, a workbook or CSV file with a row a commune.
    force : bool
        Whether a year that is there is replaced; a backup is kept in `data/backup`.
    defaults : dict, optional
        `set` and `on` for wide tables that have no such columns.
    confirm : callable, optional
        Asked, with what would be lost, before more is taken away than is brought; without it that
        is refused.

    Raises
    ------
    DataErrors
        With everything wrong, each problem with sheet and cell; nothing is written.
    """
    with workbook_words():
        return _imported(project, path, force, defaults or {}, confirm)


def _imported(
    project: Project, path: Path, force: bool, defaults: dict[str, str], confirm: Confirm | None
) -> Imported:
    book = load_rulebook(project.rulebook)
    reader = Reader(book, path.name, Collector())
    grids = read_grids(path, reader.problems)
    forms = _forms(grids, reader, defaults)
    bundles = _checked(forms, reader, project, book, path.name)
    reader.problems.raise_if_any()
    stored = store(project, bundles, book, force=force, file=path.name, confirm=confirm)
    sheets, left = _sheets(grids, forms)
    return Imported(stored, reader.conversions, sheets, left, reader.blanks)


def _sheets(grids: Sequence[Grid], forms: Sequence[Form]) -> tuple[list[str], list[str]]:
    """Return the names of the sheets that were read, and of those that were not."""
    used = {name for form in forms for name in form.sheets}
    shown = {sheet_name(kind, lang) for kind in ("guide", "checks", "unread") for lang in LANGUAGES}
    left = [
        g.name for g in grids if g.name not in used | shown | {HIDDEN} and any(map(any, g.rows))
    ]
    return [g.name for g in grids if g.name in used and g.name], left


def _forms(grids: Sequence[Grid], reader: Reader, defaults: dict[str, str]) -> list[Form]:
    if is_form(list(grids)):
        wide = find_table(grids, reader)
        if wide is not None and not any(g.name == "_ntm" for g in grids):
            return _many(wide, reader, defaults)
        return [read_form(list(grids), reader, defaults)]
    wide = find_table(grids, reader)
    if wide is not None:
        return _many(wide, reader, defaults)
    place = Place(grids[0].name if grids else "", 1, "A")
    reader.problem(place, say("forms.not_a_form"), say("forms.not_a_form_wanted"))
    return []


def _many(
    wide: tuple[Grid, int, dict[int, str]], reader: Reader, defaults: dict[str, str]
) -> list[Form]:
    forms = read_many(*wide, reader, defaults)
    for form in forms:
        form.sheets = (wide[0].name,)
    return forms


def _checked(
    forms: Sequence[Form], reader: Reader, project: Project, book: Rulebook, file: str
) -> list[Bundle]:
    """Return the sound communes; what is wrong with the others goes to the reader."""
    bundles = []
    # A cell that is already told of is empty in the would-be file: no second word.
    seen: set[tuple[str | None, int | None, str | None]] = {
        (p.sheet, p.row, p.column) for p in reader.problems.problems
    }

    def tell(problems: Sequence[Problem]) -> None:
        for problem in problems:
            cell = (problem.sheet, problem.row, problem.column)
            if cell not in seen or problem.row is None:
                seen.add(cell)
                reader.problems.add(problem)

    for form in forms:
        misnamed = named_soundly(form, file)
        tell(misnamed)
        if "on" in form.lacks and not misnamed:
            _keep_day(form, project)
        one = bundle(form, book)
        found = faults(one, project, book, file)
        tell(found)
        if not misnamed and not found:
            bundles.append(one)
    return bundles


def _keep_day(form: Form, project: Project) -> None:
    """Leave a year that is there the day whose law it is judged by, where nobody says another."""
    year = form.about["year"]
    held = project.params / f"{form.profile['id']}-{year}.yaml"
    if held.is_file():
        with suppress(DataErrors):
            found = read_yaml(held, project.relative(held)).data
            if isinstance(found, dict) and found.get("on"):
                form.about["on"] = str(found["on"])


__all__ = ["Imported", "Problem", "import_file"]

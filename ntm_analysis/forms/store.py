"""Putting the years of forms that have been checked beside the years that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.forms.bundle import Bundle, at
from ntm_analysis.forms.place import Place
from ntm_analysis.language import say, user_lang
from ntm_analysis.localities import district_in
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.records.files import TABLES, Record, is_unnamed, read_record
from ntm_analysis.records.merge import Change, Tally, merge_year
from ntm_analysis.records.same import holds_same
from ntm_analysis.records.write import write_records
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.spelling import bare_name, fold


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import did to one year of a commune.

    Attributes
    ----------
    id : str
    change : Change
    files : tuple of Path
        What was written; nothing where nothing differs.
    kept : Path or None
        The backup of what was there.
    pruned : int
        Old backups that went.
    """

    id: str
    change: Change
    files: tuple[Path, ...]
    kept: Path | None
    pruned: int = 0


Confirm = Callable[[Sequence[Problem]], bool]
"""Asked before more is taken away than is brought; False leaves all as it is."""


def store(
    project: Project,
    bundles: Sequence[Bundle],
    book: Rulebook,
    *,
    force: bool,
    file: str,
    confirm: Confirm | None = None,
) -> list[Stored]:
    """Put the years of bundles that have been checked beside the years that are there.

    Raises
    ------
    DataErrors
        If a year is there already and `force` is not given, if another commune bears the id, or
        if more would be taken away than is brought and nobody confirms it; then nothing is
        written.
    """
    now: dict[str, Record | None] = {}
    held: dict[str, Record | None] = {}
    changes: list[tuple[Bundle, Change]] = []
    problems = Collector()
    for one in bundles:
        try:
            if one.commune not in now:
                now[one.commune] = held[one.commune] = read_record(project, one.commune)
        except DataErrors as error:
            problems.extend(error)
            continue
        old = now[one.commune]
        change = merge_year(old, one.record, one.year, one.brings)
        changes.append((one, change))
        if not force:
            problems.problems.extend(_in_the_way(old, one, change, file))
        now[one.commune] = change.record
    problems.raise_if_any()
    losses = [_loss(one, change, file) for one, change in changes if takes_more(change)]
    if losses and not (confirm is not None and confirm(losses)):
        raise DataErrors(losses)
    moving = [
        (one, change) for one, change in changes if _moves(project, held[one.commune], change)
    ]
    records = {
        one.commune: (
            now[one.commune] or one.record,
            [c.year for other, c in moving if other.commune == one.commune],
        )
        for one, _ in moving
    }
    written = {w.commune: w for w in write_records(project, records, book, f"ntm import {file}")}
    stored = []
    for one, change in changes:
        done = written.get(one.commune) if (one, change) in moving else None
        own = f"{one.id}.yaml"
        files = [
            path for path in (done.files if done else ())
            if path.parent != project.params or path.name == own
        ]  # fmt: skip
        kept, pruned = (done.kept, done.pruned) if done else (None, 0)
        stored.append(Stored(one.id, change, tuple(files), kept, pruned))
    return stored


def takes_more(change: Change) -> bool:
    """Return whether a change takes away more rows of a table than it brings."""
    return any(getattr(change, name).takes_more for name in TABLES)


def _loss(one: Bundle, change: Change, file: str) -> Problem:
    name = next(name for name in TABLES if getattr(change, name).takes_more)
    tally: Tally = getattr(change, name)
    told = say(f"forms.loss_{name}", id=one.id, removed=tally.removed, read=tally.read)
    return Problem(file, told, say("forms.loss_wanted"))


def _in_the_way(old: Record | None, one: Bundle, change: Change, file: str) -> Iterator[Problem]:
    if old is None:
        return
    if change.existed and not holds_same(old, change.record, [one.year]):
        told = say("forms.exists", id=one.id, folder=f"data/communes/{one.commune}")
        yield Problem(file, told, say("forms.exists_wanted", id=one.id))
    for key in ("name", "district"):
        was, now = old.profile.get(key), one.record.profile.get(key)
        kind = "commune" if key == "name" else key
        if not was or not now or is_unnamed(was) or one.year in old.years:
            continue
        if fold(bare_name(str(was), kind)) != fold(bare_name(str(now), kind)):
            place = one.places.get(("profile", key), Place("", 1, ""))
            names = (str(was), str(now))
            if key == "district":
                names = (district_in(names[0], user_lang()), district_in(names[1], user_lang()))
            told = say(f"forms.other_{key}", id=one.commune, was=names[0], now=names[1])
            yield at(file, place, told, say("forms.other_wanted"), str(now))


def _moves(project: Project, held: Record | None, change: Change) -> bool:
    record = change.record
    if held is not None and change.year in held.params:
        # A file that says the same keeps its comments and its order.
        return not holds_same(held, record, [change.year])
    texts = record.texts([change.year])
    for path, text in texts.items():
        target = project.root / path
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            return True
    return False

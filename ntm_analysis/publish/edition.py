"""What was built: the pages of a book or shelf in one language, and the reports among them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.batch import split_current
from ntm_analysis.batch.card import Card, read_cards
from ntm_analysis.batch.plan import executed
from ntm_analysis.book.made import RECORD, Made, read_made, read_record
from ntm_analysis.communes import list_ids
from ntm_analysis.language import Lang, say
from ntm_analysis.paths import MARKER, Project
from ntm_analysis.problems import Collector, Problem

_REPORT = re.compile(r"(?:^|/)reports/([^/]+)/\1\.html$")
_LANG = re.compile(r"<html\b[^>]*\blang=[\"']?(vi|en)\b")
TABLES = ("results.csv", "findings.csv")


@dataclass(frozen=True, slots=True)
class Report:
    """One appraisal in an edition.

    Attributes
    ----------
    card : Card
    page : str
        Its page, relative to the edition.
    files : mapping of str to Path
        What a reader may take away, by the name that it gets.
    verdicts : mapping of str to tuple of str
        Verdict and conclusion by indicator.
    """

    card: Card
    page: str
    files: Mapping[str, Path]
    verdicts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A built book or shelf.

    Attributes
    ----------
    folder : Path
    lang : {"vi", "en"}
    at : str
        Where it stands in the site: empty, or `en/`.
    files : tuple of str
        All of its files, relative to its folder.
    reports : tuple of Report
    """

    folder: Path
    lang: Lang
    at: str
    files: tuple[str, ...]
    reports: tuple[Report, ...]

    @property
    def pages(self) -> list[str]:
        """Its HTML pages."""
        return [name for name in self.files if name.endswith(".html")]


def read_editions(project: Project, folders: Sequence[Path], problems: Collector) -> list[Edition]:
    """Read built books: the first is the site's own, each other stands in a folder by language.

    Parameters
    ----------
    project : Project
        Of the first; the others may come from copies of the project.
    folders : sequence of Path
    problems : Collector
        Told of each folder that is no built book, or one older than its reports or data.
    """
    editions: list[Edition] = []
    for number, folder in enumerate(folders):
        home = folder / "index.html"
        if not home.is_file() or not (folder / RECORD).is_file():
            wanted = say("publish.unbuilt_wanted")
            problems.add(Problem(str(folder), say("publish.unbuilt"), wanted))
            continue
        found = _LANG.search(home.read_text(encoding="utf-8")[:4000])
        lang: Lang = "en" if found and found[1] == "en" else "vi"
        if lang in [one.lang for one in editions]:
            problems.add(Problem(str(folder), say("publish.same_lang"), say("publish.same_wanted")))
            continue
        own = project if not number else _project_of(folder, project)
        made = read_made(own.root, folder, "")
        files = _files(folder, made)
        reports = _reports(own, folder, files, problems)
        editions.append(Edition(folder, lang, f"{lang}/" if number else "", files, reports))
    return editions


def _project_of(folder: Path, otherwise: Project) -> Project:
    own = folder.resolve().parent
    return Project(own) if (own / MARKER).is_file() else otherwise


def _files(folder: Path, made: Made) -> tuple[str, ...]:
    """Return the files of a built book; hidden ones and its record are nobody's to read."""
    found = (path for path in folder.rglob("*") if path.is_file())
    names = (path.relative_to(folder) for path in found)
    shown = {n.as_posix() for n in names if not any(part.startswith(".") for part in n.parts)}
    ours = shown & made.files if read_record(folder / RECORD).get("files") else shown
    return tuple(sorted(ours - {RECORD}))


def _reports(
    project: Project, site: Path, files: Sequence[str], problems: Collector
) -> tuple[Report, ...]:
    pages = {m[1]: name for name in files if (m := _REPORT.search(name))}
    known = [name for name in pages if executed(project, name).is_file()]
    gone = sorted(set(pages) - set(known) | (set(pages) - set(list_ids(project))))
    _, behind = split_current(project, [name for name in known if name not in gone])
    stale = set(behind) | {name for name in known if _differs(project, site / pages[name], name)}
    for name in gone:
        place, what = pages[name], say("publish.gone", id=name)
        problems.add(Problem(place, what, say("publish.stale_wanted")))
    for name in sorted(stale - set(gone)):
        what = say("publish.stale", id=name)
        problems.add(Problem(pages[name], what, say("publish.stale_wanted")))
    fresh = [name for name in sorted(pages) if name not in stale and name not in gone]
    made = []
    for card in read_cards(project, fresh):
        beside = executed(project, card.id).parent
        held = {name: beside / name for name in TABLES}
        held["figures.csv"] = project.communes / card.commune / "figures.csv"
        there = {name: path for name, path in held.items() if path.is_file()}
        verdicts = _verdicts(beside / TABLES[0])
        made.append(Report(card, pages[card.id], there, verdicts))
    return tuple(made)


def _differs(project: Project, page: Path, name: str) -> bool:
    """Whether a page shows something else than the report beside its notebook."""
    notebook = executed(project, name)
    beside = [(page.with_name(table), notebook.with_name(table)) for table in TABLES]
    both = [(shown, made) for shown, made in beside if shown.is_file() and made.is_file()]
    if both:
        return any(shown.read_bytes() != made.read_bytes() for shown, made in both)
    return page.stat().st_mtime < notebook.stat().st_mtime


def _verdicts(table: Path) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    with table.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["indicator"], (row["verdict"], row["conclusion"]))
    return found

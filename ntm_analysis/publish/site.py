"""A public site made of built books, checked, and put in its place as a whole."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ntm_analysis.book.config import read_config
from ntm_analysis.book.made import PRINTED
from ntm_analysis.language import Lang, say, translate
from ntm_analysis.numbers import format_date
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.publish import extras
from ntm_analysis.publish.address import read_base
from ntm_analysis.publish.check import HEAVY, Fault, Read, check_site
from ntm_analysis.publish.edition import Edition, Report, read_editions
from ntm_analysis.publish.folder import check_folder, put_in_place, stage
from ntm_analysis.publish.page import Dress, dress, is_made_up
from ntm_analysis.publish.people import Person
from ntm_analysis.publish.picture import report_picture, site_picture
from ntm_analysis.publish.record import (
    KIND,
    NAME,
    NEWS,
    Publication,
    kept,
    news_of,
    read_publication,
)

DATA = "data/ntm-dataset.zip"
PICTURE = "picture.png"
STYLE = "site/book.css"
_PRINTED_NAME = re.compile(r'href="(?:[^"]*/)?([^"/]+\.(?:pdf|docx))"')
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and what its checks say.

    Attributes
    ----------
    out : Path
    pages, reports, files : int
    hidden : int
        Pages of made-up communes, which search engines are told to leave out.
    news : int
        Changes since the last publication.
    faults : list of Fault
        Empty, unless it was published despite them.
    persons : list of Person
        What may tell who somebody is, for a person to look at.
    heavy : list of tuple
        Pages with the bytes of their first view, heaviest first.
    heaviest : tuple of str and int
    """

    out: Path
    pages: int
    reports: int
    files: int
    hidden: int
    news: int
    faults: list[Fault] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    heavy: list[tuple[str, int]] = field(default_factory=list)
    heaviest: tuple[str, int] = ("", 0)


def publish_site(
    project: Project,
    base_url: str,
    out: Path,
    books: Sequence[Path] = (),
    *,
    despite: bool = False,
    on_progress: Progress | None = None,
) -> Published:
    """Make the folder of a public site from built books, and check it.

    Parameters
    ----------
    project : Project
    base_url : str
        Where it will stand.
    out : Path
        The folder; replaced as a whole where it holds an earlier publication.
    books : sequence of Path, optional
        Built books, one a language; by default the project's own.
    despite : bool
        Publish although the checks find faults.
    on_progress : callable, optional

    Raises
    ------
    DataErrors
        If the address or the folder is unfit, a book is not built or not up to date, or the
        checks find faults; nothing is written then.
    """
    problems = Collector()
    base = ""
    try:
        base = read_base(base_url)
    except DataErrors as error:
        problems.extend(error)
    config = read_config(project.root)
    folders = list(books) or [project.root / config.output_dir]
    check_folder(out, project, folders, problems)
    editions = read_editions(project, folders, problems)
    problems.raise_if_any()
    with stage(out) as new:
        maker = _Maker(project, base, out, new, editions, on_progress or (lambda *_: None))
        made = maker.make()
        found = check_site(new, maker.to_check, frozenset(maker.files))
        faults = [fault for one in found for fault in one.faults]
        if faults and not despite:
            raise DataErrors(map(_problem, faults))
        put_in_place(out)
    return _result(made, out, found, faults)


@dataclass
class _Maker:
    project: Project
    base: str
    out: Path
    new: Path
    editions: Sequence[Edition]
    told: Progress
    files: set[str] = field(default_factory=set)
    to_check: list[str] = field(default_factory=list)
    hidden: int = 0
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)

    def make(self) -> Published:
        before = read_publication(self.out)
        now = extras.now()
        on, day = now.isoformat().replace("+00:00", "Z"), now.date().isoformat()
        old = before.pages if before else {}
        for edition in self.editions:
            for report in edition.reports:
                self._report(report, edition)
            self._dataset(edition)
            self._pages(edition, old, day, format_date(now.date(), edition.lang))
        own = kept(self.editions[0].reports)
        fresh = news_of(before, own, on)
        news = [*fresh, *(before.news if before else [])][:NEWS]
        for edition in self.editions:
            home = (edition.folder / "index.html").read_text(encoding="utf-8")
            title = extras.titled(home)
            feed = extras.feed(news, edition, self.base, title, on)
            self._write(f"{edition.at}feed.xml", feed)
            if not edition.at:
                picture = site_picture(edition.reports, title, edition.lang)
                self._write(PICTURE, picture)
        for name, content in extras.site_maps(self.base, self.listed).items():
            self._write(name, content)
        self._write("robots.txt", extras.robots(self.base).encode())
        style = STYLE if STYLE in self.files else ""
        self._write("404.html", extras.lost(self.editions, self.base, style).encode())
        self._write(".nojekyll", b"")
        record = Publication(
            kind=KIND, base_url=self.base, published_on=on, reports=own, pages=self.changed,
            news=news, files=sorted(self.files | {NAME}),
        )  # fmt: skip
        (self.new / NAME).write_text(record.text(), encoding="utf-8", newline="\n")
        reports = sum(len(one.reports) for one in self.editions)
        return Published(
            self.out, len(self.changed), reports, len(self.files), self.hidden, len(fresh)
        )

    def _pages(self, edition: Edition, old: dict[str, tuple[str, str]], day: str, on: str) -> None:
        reports = {one.page: one for one in edition.reports}
        offered: set[str] = set()
        for number, name in enumerate(edition.files):
            self.told(say("publish.stage"), number, len(edition.files))
            source, target = edition.folder / name, edition.at + name
            if not name.endswith(".html"):
                if not name.endswith(PRINTED):
                    self._copy(source, target)
                continue
            text = source.read_text(encoding="utf-8")
            offered |= set(_PRINTED_NAME.findall(text))
            report = reports.get(name)
            made_up = is_made_up(text) or bool(report and report.card.synthetic)
            self.hidden += made_up
            self._write(
                target, dress(text, self._dress(edition, name, report, made_up, on)).encode()
            )
            self.to_check.append(target)
            digest = hashlib.sha256(text.encode()).hexdigest()
            last = old.get(target)
            self.changed[target] = (digest, last[1] if last and last[0] == digest else day)
            if not made_up:
                self.listed[target] = self.changed[target][1]
        for name in edition.files:
            # A printed form that no page offers shows something else than the pages do.
            if name.endswith(PRINTED) and name.rpartition("/")[2] in offered:
                self._copy(edition.folder / name, edition.at + name)

    def _dress(
        self, edition: Edition, name: str, report: Report | None, made_up: bool, on: str
    ) -> Dress:
        others: dict[Lang, str] = {}
        twins = {edition.lang}
        for other in self.editions:
            if other is not edition:
                same = name in other.files
                others[other.lang] = other.at + (name if same else "index.html")
                twins |= {other.lang} if same else set()
        lasting = f"{edition.at}{report.card.id}/" if report else ""
        files = [
            (lasting + file, file, path.stat().st_size)
            for file, path in (report.files.items() if report else ())
        ]
        if DATA in self.files:
            word = translate("publish.dataset", edition.lang)
            files.append((DATA, word, (self.new / DATA).stat().st_size))
        return Dress(
            base=self.base, page=edition.at + name, lang=edition.lang, at=edition.at,
            description=extras.described(report) if report else "",
            picture=f"{lasting}{PICTURE}" if report else PICTURE,
            others=others, twins=frozenset(twins), files=files, lasting=lasting,
            made_up=made_up, on=on,
        )  # fmt: skip

    def _report(self, report: Report, edition: Edition) -> None:
        place = f"{edition.at}{report.card.id}"
        self._write(f"{place}/index.html", extras.lasting(report, edition, self.base).encode())
        self.to_check.append(f"{place}/index.html")
        self._write(f"{place}/{PICTURE}", report_picture(report))
        for name, path in report.files.items():
            self._copy(path, f"{place}/{name}")

    def _dataset(self, edition: Edition) -> None:
        """Write the dataset of the reports that are shown; other editions share it."""
        self._write(extras.GOTO, extras.goto_script())
        if edition.at or not edition.reports:
            return
        from ntm_analysis.dataset import export

        made = self.new / ".dataset"
        export(self.project, made, [one.card.id for one in edition.reports])
        held = self.new / DATA
        held.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(made.rglob("*")):
                if path.is_file():
                    entry = zipfile.ZipInfo(f"ntm-dataset/{path.relative_to(made).as_posix()}")
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, path.read_bytes())
        shutil.rmtree(made)
        self.files.add(DATA)

    def _write(self, name: str, content: bytes) -> None:
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.files.add(name)

    def _copy(self, source: Path, name: str) -> None:
        path = self.new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        self.files.add(name)


def _problem(fault: Fault) -> Problem:
    what = say(f"publish.fault_{fault.what}", value=fault.value)
    return Problem(fault.page, what, say("publish.fault_wanted"), row=fault.line)


def _result(
    made: Published, out: Path, found: Sequence[Read], faults: Sequence[Fault]
) -> Published:
    weights = sorted(((one.page, one.bytes) for one in found), key=lambda pair: -pair[1])
    return Published(
        out, made.pages, made.reports, made.files, made.hidden, made.news, list(faults),
        [person for one in found for person in one.persons],
        [pair for pair in weights if pair[1] > HEAVY], weights[0] if weights else ("", 0),
    )  # fmt: skip

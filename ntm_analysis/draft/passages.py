"""A report as passages: paragraphs and cells, each with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ntm_analysis.audit.model import Line
from ntm_analysis.audit.report import Report
from ntm_analysis.draft.accents import accented
from ntm_analysis.draft.headings import Heading, Headings, Part, Zone
from ntm_analysis.draft.model import Spot
from ntm_analysis.draft.tables import Grid, Role, grid_of
from ntm_analysis.rulebook import RulesInForce

_QUOTED: Final = 260
_AMONG: Final = re.compile(r"(?i)\W*(?:trong (?:đó|do|số|so)|riêng)\b")
_LEAD: Final = re.compile(r":\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a cell.

    Attributes
    ----------
    report : Report
        What it is read in, with the number of its paragraph there.
    place : int
    zone, part : str
        The chapter, and the part of a criterion.
    role : str
        `prose`, or what its column holds.
    criterion : int or None
    code : str
        The indicator that its heading or row is of.
    context : str
        The words of the row and the column, of the heading or the line that leads to it.
    before : str
        The paragraph before it, within the same part.
    section : str
    file : str
    line : Line
    start : int
        Where its own text begins.
    """

    report: Report
    place: int
    zone: Zone
    part: Part
    role: Role
    criterion: int | None
    code: str
    context: str
    before: str
    section: str
    file: str
    line: Line
    start: int = 0
    paged: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return self.report.paragraphs[self.place].text

    @property
    def bare(self) -> str:
        """Its words with dates and codes hidden."""
        return self.report.paragraphs[self.place].bare

    def spot(self, start: int, end: int) -> Spot:
        """Return the place of a part of it."""
        paragraph = self.report.paragraphs[self.place]
        line = self.line if self.role != "prose" else paragraph.line_at(start)
        if self.role == "prose":
            first, last = paragraph.sentence(start)
            quote = paragraph.text[first : max(last, end)].strip()
            if len(quote) > _QUOTED:
                quote = paragraph.quote(start, end)
        else:
            quote = f"{self.context} | {self.text}"
        number = str(line.number or "")
        if self.paged and line.page is not None:
            number = f"{line.page}.{number}"
        quote = " ".join(quote.split())[: 2 * _QUOTED]
        return Spot(self.file, number or "1", line.page, self.section, self.criterion, quote)


def passages(lines: Sequence[Line], rules: RulesInForce, file: str) -> list[Passage]:
    """Return a report's passages in order.

    Parameters
    ----------
    lines : sequence of Line
    rules : RulesInForce
    file : str
        The key of the report among the sources.
    """
    return list(_Walk(rules, file).over(Report(accented(lines))))


class _Walk:
    def __init__(self, rules: RulesInForce, file: str) -> None:
        self.headings = Headings(rules)
        self.file = file
        self.zone: Zone = "start"
        self.part: Part = ""
        self.criterion: int | None = None
        self.code, self.section, self.lead, self.before = "", "", "", ""

    def over(self, report: Report) -> Iterator[Passage]:
        rows: list[Line] = []
        for place, paragraph in report.numbered():
            line = paragraph.lines[0]
            if line.cells:
                rows.append(line)
                continue
            yield from self._tables(rows)
            rows = []
            yield self._prose(report, place)
        yield from self._tables(rows)

    def _tables(self, lines: Sequence[Line]) -> Iterator[Passage]:
        """Yield the cells of tables; one within a row of another stands under that row's name."""
        held: dict[int | None, list[Line]] = {}
        leads: dict[int | None, str] = {}
        for before, line in zip([None, *lines], lines, strict=False):
            if line.table not in held:
                outer = before.table if before else None
                goes_on = any(each.table == outer for each in lines[lines.index(line) :])
                bare = before is not None and not re.search(r"\d", before.text)
                if before and outer in held and (goes_on or bare) and before is not held[outer][0]:
                    leads[line.table] = before.text
            held.setdefault(line.table, []).append(line)
        for table, rows in held.items():
            yield from self._table(rows, leads.get(table, ""))

    def _prose(self, report: Report, place: int) -> Passage:
        text = report.paragraphs[place].text
        line = report.paragraphs[place].lines[0]
        heading = self.headings.of(text, marked=False, zone=self.zone, within=self.criterion)
        start = self._open(heading, text) if heading else 0
        item = bool(re.match(r"^\s*[-+*•–]\s", text))
        passage = Passage(
            report, place, self.zone, self.part, "prose", self.criterion, self.code,
            self.lead if item else "", self.before, self.section, self.file, line, start,
            line.page is not None,
        )  # fmt: skip
        if not heading:
            self.before = text
            if _LEAD.search(text):
                self.lead = text
            elif not item:
                self.lead = ""
        return passage

    def _open(self, heading: Heading, text: str) -> int:
        if heading.zone is not None:
            if heading.zone != "criterion":
                self.zone, self.criterion, self.code, self.part = heading.zone, None, "", ""
                self.section = _short(text)
            elif heading.code:
                if heading.criterion != self.criterion:
                    self.part = ""
                self.zone, self.criterion, self.code = "criterion", heading.criterion, heading.code
            else:
                self.zone, self.criterion, self.code, self.part = (
                    "criterion", heading.criterion, "", "",
                )  # fmt: skip
                self.section = _short(text[: heading.rest])
        elif heading.part:
            self.part = heading.part
            if heading.part != "result":
                self.code = ""
        self.before = self.lead = ""
        return heading.rest

    def _table(self, rows: Sequence[Line], lead: str = "") -> Iterator[Passage]:
        grid: Grid = grid_of(rows, self.headings.rules.on.year)
        title, held = self.before, ""
        for row in grid.rows:
            if row.heading:
                found = self.headings.criterion(row.heading, row.number)
                if found is not None:
                    self.zone, self.criterion, self.code = "criterion", found, ""
                    self.section = _short(row.heading)
            name = f"{lead} {row.name}".strip()
            if row.name and _AMONG.match(row.name):
                name = f"{held} {name}"
            elif row.name:
                held = name
            code = self.headings.indicator(row.code or "0.0", name) if row.name else ""
            for cell in row.cells:
                report = Report([Line(cell.text, row.line.number, row.line.page)])
                if not report.paragraphs:
                    continue
                if len(report.paragraphs) > 1:
                    flat = " ".join(p.text for p in report.paragraphs)
                    report = Report([Line(flat, row.line.number, row.line.page)])
                context = f"{name} {cell.head}".strip() or title
                if cell.role == "label":
                    context = ""
                zone, criterion = self.zone, self.criterion
                if code:
                    zone, criterion = "criterion", int(code.partition(".")[0])
                yield Passage(
                    report, 0, zone, "", cell.role, criterion, code, context,
                    title, self.section, self.file, row.line, 0, row.line.page is not None,
                )  # fmt: skip


def _short(text: str) -> str:
    return " ".join(text.split())[:120].strip(" :")

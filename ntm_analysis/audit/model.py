"""What an audit works on and what it finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, get_args

from ntm_analysis.documents import Cell

Verdict = Literal["agrees", "disagrees", "unattainable", "inconsistent", "unclear"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
WRONG: frozenset[Verdict] = frozenset({"disagrees", "unattainable", "inconsistent"})
COLUMNS = ("line", "page", "quote", "stated", "recomputed", "check", "verdict")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report.

    Attributes
    ----------
    text : str
        The line; the cells of a table's row are divided by ` | `.
    number : int or None
        Its number, from 1: in the file, or on the page of a PDF.
    page : int or None
        The page, from 1; None where the file has no pages of its own.
    table, row : int or None
        The table that it is a row of, and its place there, from 0.
    cells : tuple of Cell
        The row's cells.
    goes_on : bool
        Whether a forced line break alone divides it from the line before.
    """

    text: str
    number: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    cells: tuple[Cell, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, before it is placed: where in which paragraph, and what.

    Attributes
    ----------
    paragraph : int
        Index of the paragraph.
    start, end : int
        The part of its text that is quoted.
    stated, recomputed : str
        What the report says; what follows from its own figures.
    verdict : Verdict
    quote : str
        What to quote instead of the paragraph's words; empty if these do.
    """

    paragraph: int
    start: int
    end: int
    stated: str
    recomputed: str
    verdict: Verdict
    quote: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One figure of a report with what follows from the report itself.

    Attributes
    ----------
    line, page : int or None
        Where it stands.
    quote : str
        The words around it.
    stated : str
        What the report says.
    recomputed : str
        What its own figures give, or what speaks against it.
    check : str
        Key of the check (see `ntm_analysis.audit.checks.CHECKS`).
    verdict : {"agrees", "disagrees", "unattainable", "inconsistent", "unclear"}
    """

    line: int | None
    page: int | None
    quote: str
    stated: str
    recomputed: str
    check: str
    verdict: Verdict

    @property
    def wrong(self) -> bool:
        """Whether something is wrong, rather than right or undecided."""
        return self.verdict in WRONG

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the row as `ntm audit --format json` prints it."""
        return asdict(self)

"""What an audit finds: one row a statement that could be checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

from ntm_analysis.audit.passages import Passage
from ntm_analysis.language import user_lang
from ntm_analysis.numbers import format_number

Verdict = Literal["agrees", "disagrees", "unattainable", "inconsistent", "unclear"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
WRONG: frozenset[Verdict] = frozenset({"disagrees", "unattainable", "inconsistent"})


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One statement of a report and what checking it gave.

    Attributes
    ----------
    line, page : int or None
        Where it stands.
    quote : str
        What stands there.
    stated, recomputed : str
        What is said, and what follows from the other numbers.
    check : str
        The key of the check.
    verdict : {"agrees", "disagrees", "unattainable", "inconsistent", "unclear"}
    """

    line: int | None
    page: int | None
    quote: str
    stated: str
    recomputed: str
    check: str
    verdict: Verdict

    def as_dict(self) -> dict[str, Any]:
        """Return the row as `ntm audit --format json` prints it."""
        return asdict(self)


def row(
    passage: Passage,
    span: tuple[int, int],
    stated: str,
    recomputed: str,
    check: str,
    verdict: Verdict,
) -> AuditRow:
    """Return the row on a piece of a passage."""
    quote = passage.quote(*span)
    return AuditRow(passage.line, passage.page, quote, stated, recomputed, check, verdict)


def printed(value: Fraction, decimals: int = 2) -> str:
    """Return a number in the language of the person at the terminal."""
    return format_number(float(value), user_lang(), decimals)


def percent(value: Fraction, decimals: int = 2) -> str:
    """Return a percentage in print."""
    return f"{printed(value, decimals)}%"

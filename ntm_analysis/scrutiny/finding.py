"""A finding: one thing that an appraiser should ask the commune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ntm_analysis.language import Text

Severity = Literal["verdict", "evidence", "inconsistent", "form"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""What a finding touches, the gravest first: a verdict, evidence, agreement of figures, form."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure or document that a finding rests on.

    Attributes
    ----------
    text : str
        In machine form: `poor_households=34`.
    source : str
        Its place in the commune's papers: `report:173`; empty where none is given.
    """

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to ask the commune.

    Attributes
    ----------
    check : str
        The code of the check: `S03`.
    severity : {"verdict", "evidence", "inconsistent", "form"}
    indicator : str
        The code of the indicator; empty where it concerns none or several.
    sentence : Text
        One polite sentence that could go into a letter.
    figures : tuple of Cited
    ours : bool
        Whether it is of the appraiser's own draft, so that nobody is asked.
    """

    check: str
    severity: Severity
    indicator: str
    sentence: Text
    figures: tuple[Cited, ...] = ()
    ours: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the figures stand, each place once."""
        return tuple(dict.fromkeys(f.source for f in self.figures if f.source))

"""How a verdict, or the standing that one has short of firm, is marked wherever it is shown.

The pages' style sheet, the typst template, the Word filter and the Word reference write the same
signs and colours in their own languages; `tests/test_marks.py` holds them to these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Shape = Literal["circle", "ring", "triangle", "cross", "diamond", "square", "dash"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A colour and a shape, of which either alone tells verdicts apart (Okabe-Ito colours).

    Attributes
    ----------
    sign : str
        The shape as a letter; all fonts have it.
    colour : str
    shape : str
        As charts draw it.
    """

    sign: str
    colour: str
    shape: Shape


MARKS: Final[dict[str, Mark]] = {
    "met": Mark("●", "#009E73", "circle"),
    "unproven": Mark("○", "#00795A", "ring"),
    "disputed": Mark("▲", "#A6427C", "triangle"),
    "not_met": Mark("×", "#D55E00", "cross"),
    "pending": Mark("◆", "#E69F00", "diamond"),
    "no_data": Mark("□", "#7F7F7F", "square"),
    "not_applicable": Mark("▬", "#56B4E9", "dash"),
}

HOLLOW: Final = "▭"
"""The sign of what is said not to occur without enough evidence: a hollow dash."""

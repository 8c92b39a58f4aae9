"""An indicator as the templates see it: all that is said of it, printed, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_analysis.tables import Md, verdict_span


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as the report prints it."""

    label: str
    text: str
    number: str


@dataclass(frozen=True, slots=True)
class LimbView:
    """One limb of an indicator that asks for several things."""

    name: str
    requires: str
    value: str
    verdict: str
    word: str
    missing: bool
    own: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class FlipView:
    """The smallest change of readings that turns a verdict."""

    changes: tuple[tuple[str, str, str], ...]
    value: str
    verdict: str
    word: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with all that is said of it, in one language.

    Attributes
    ----------
    code, name, short : str
    kind : str
        `rate`, `amount`, `count`, `yes_no`, `level`, `grade`.
    source : str
        What the value rests on: `parts`, `ratio` (a part and its whole), `stated`,
        `inequality`, `flag`, `status`, `none`.
    value, requires, margin, headroom : str
        Printed; empty where there is none.
    margin_side : str
        `above`, `below`, `at`, or empty.
    verdict, word : str
    reason : str
    figures : tuple of FigureView
        The parts of the formula.
    context : tuple of FigureView
        Further figures reported under the indicator.
    documents : tuple of str
        Evidence by name, number, date, issuer.
    grade : str
    limbs : tuple of LimbView
    flip : FlipView or None
    claimed : str
        The commune's own verdict.
    """

    code: str
    name: str
    short: str
    kind: str
    unit: str
    source: str
    value: str
    requires: str
    margin: str
    margin_side: str
    headroom: str
    verdict: str
    word: str
    reason: str
    figures: tuple[FigureView, ...]
    context: tuple[FigureView, ...]
    documents: tuple[str, ...]
    grade: str
    limbs: tuple[LimbView, ...]
    missing_limbs: tuple[str, ...]
    flip: FlipView | None
    claimed: str
    claimed_word: str
    asked: str
    decision: str
    relative: float
    thin: bool
    unknown: bool
    plain: bool
    all_plain: bool
    headroom_zero: bool
    remark: str

    @property
    def sign(self) -> Md:
        """The verdict as a shape and a word."""
        return verdict_span(self.verdict, self.word)

    @property
    def counted(self) -> bool:
        """Whether it counts as met."""
        return self.verdict in ("met", "not_applicable")

    @property
    def differs(self) -> bool:
        """Whether the verdict is another than the commune's own."""
        return self.claimed == "met" and not self.counted

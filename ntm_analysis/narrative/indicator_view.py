"""An indicator as the templates see it: all that is said of it, printed, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.capitals import lower_first
from ntm_analysis.tables import Md, standing_span


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as the report prints it."""

    label: str
    text: str
    number: str


@dataclass(frozen=True, slots=True)
class LimbView:
    """One of the things that an indicator asks for, beside its own threshold.

    Attributes
    ----------
    name : str
        Empty where it is the only one.
    requires, value, margin, headroom : str
        Printed; empty where there is none.
    margin_side : str
        `above`, `below`, `at`, or empty.
    need : str
        How much is wanting, or is to be lowered, where it is not met; never a surplus.
    need_side : str
        `more` or `less`: which way is better.
    verdict, word, reason : str
    missing, own, plain : bool
        Without a figure; the indicator's own quantity; a yes or no.
    """

    name: str
    requires: str
    value: str
    margin: str
    margin_side: str
    headroom: str
    headroom_zero: bool
    need: str
    need_side: str
    verdict: str
    word: str
    reason: str
    missing: bool
    own: bool
    plain: bool

    @property
    def better(self) -> bool:
        """Whether the value lies on the good side of the threshold."""
        return (self.margin_side == "above") == (self.need_side == "more")


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
    done : Md
        What was done, as sentences; empty where nothing is entered.
    documents : tuple of str
        Evidence by name, number, date, issuer.
    grade : str
    limbs : tuple of LimbView
        Where it asks for several things.
    own : LimbView
        The indicator's own quantity; value, requirement, margin and headroom of the indicator
        are those of the limb that decides its verdict.
    decides : LimbView
    failing : tuple of LimbView
        Those that are not met.
    part : str
        The name of the limb that decides, where it is not the own quantity.
    thin_part : LimbView
        The limb of which least may be lost.
    thinness : float
        The share that may be lost; NaN where there is none to lose.
    flip : FlipView or None
    claimed : str
        The commune's own verdict.
    claimed_value : str
        The value that it claims, printed; empty where it claims none.
    law : {"verified", "unverified", "delegated", "unknown"}
        How well its threshold is known.
    lack : str
        Why it is not known, in a clause; empty where it is.
    printed : str
        The decision's own words of what is required, where they are kept and say it otherwise.
    standing, standing_word : str
        How firm a verdict of met or not applicable is; the word in small letters.
    conclusion, conclusion_word : str
    decided_by, decided_reason : str
        Who decided, with office, and why; empty where no appraiser did.
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
    done: Md
    documents: tuple[str, ...]
    grade: str
    limbs: tuple[LimbView, ...]
    missing_limbs: tuple[str, ...]
    own: LimbView
    decides: LimbView
    failing: tuple[LimbView, ...]
    part: str
    thin_part: LimbView
    thinness: float
    flip: FlipView | None
    claimed: str
    claimed_word: str
    claimed_value: str
    asked: str
    decision: str
    relative: float
    thin: bool
    unknown: bool
    plain: bool
    all_plain: bool
    remark: str
    law: str
    lack: str
    printed: str
    standing: str
    standing_word: str
    conclusion: str
    conclusion_word: str
    decided_by: str
    decided_reason: str

    @property
    def sign(self) -> Md:
        """The verdict as a shape and a word; short of firm, it is never that of a plain one."""
        return standing_span(self.verdict, self.word, self.standing, self.standing_word)

    @property
    def law_mark(self) -> str:
        """What stands behind a requirement that was not read in the decision itself."""
        return {"unverified": "†", "delegated": "‡", "unknown": "‡"}.get(self.law, "")

    @property
    def concluded(self) -> bool:
        """Whether it is concluded to be met, or that nothing of the kind is there."""
        return self.conclusion in COUNTED

    @property
    def label(self) -> str:
        """The short name, with the limb that decides where that is another than its own."""
        return f"{self.short}: {lower_first(self.part)}" if self.part else self.short

    @property
    def sort_key(self) -> tuple[float, float]:
        """What makes one margin thinner than another: the share left, then the distance."""
        return self.thinness, self.relative

    @property
    def counted(self) -> bool:
        """Whether it counts as met."""
        return self.verdict in COUNTED

    @property
    def differs(self) -> bool:
        """Whether the verdict is another than the commune's own."""
        return self.claimed == "met" and not self.counted

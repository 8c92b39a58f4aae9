"""Ratios beside their percentage, in the spellings that reports use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUMBER, VULGAR, Figure, read
from ntm_analysis.audit.masking import UNIT
from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.row import AuditRow, percent, printed, row
from ntm_analysis.language import say
from ntm_analysis.numbers.rounding import HUNDRED, rounds_to, truncates_to

_N = rf"(?<![\d.,/]){NUMBER}(?![\d/])"
_WORDS = r"(?:\s*[^\W\d_]+){0,3}?"
FRACTION: Final = re.compile(
    rf"(?<![\d.,/])(?P<a>{NUMBER})(?P<u1>{_WORDS})\s*"
    rf"(?:/\s*(?:tổng(?:\s+số)?\s*)?|\s(?:trên|trong)\s+tổng\s+số\s+|\s(?P<over>trên)\s+)"
    rf"(?P<b>{NUMBER})(?![\d/])(?P<u2>\s*{UNIT})?"
)
_VULGAR = re.compile(rf"(?P<v>[{''.join(VULGAR)}])(?P<u2>\s*{UNIT})?")
PERCENT: Final = re.compile(
    rf"(?P<about>(?:trên|hơn|>|≥|>=|gần|khoảng|xấp xỉ|ước|~|≈|dưới|<|≤|từ)\s*)?"
    rf"(?<![\d.,/])(?P<p>{NUMBER})\s*%(?P<more>\s*trở lên)?",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"=|\(|đạt|chiếm|t[ỷỉ] lệ|bằng|tương đương|tương ứng|ứng với|tức|:|–|,|→", re.IGNORECASE
)
_OTHER_MATTER = re.compile(
    r"yêu cầu|ngưỡng|chỉ tiêu giao|kế hoạch|mục tiêu|vượt|tăng|giảm|so với|còn lại|quy định|"
    r"trong khi|cao hơn|thấp hơn|trở lên|năm trước|cùng kỳ|phấn đấu|tối thiểu|ít nhất|riêng|"
    r"trong đó|bình quân|lãi suất|hỗ trợ",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^\s*(?:\(|,|:|-|–|=|\[)?\s*(?:(?:tương ứng|tức là|tức|với|là|hay|bằng|gồm|cụ thể|đạt|có)"
    r"\s*:?\s*)*\(?\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^[^\d%.;()\[]{0,40}[(\[]\s*$")
_REACH: Final = 80


@dataclass(frozen=True)
class Share:
    """A part of a whole as printed, with the percentage that goes with it, if any.

    Attributes
    ----------
    start, end : int
        In the passage, percentage included.
    part, whole : Figure
    unit : str
        What is counted, in small letters; empty where it is not said.
    stated : Figure or None
    about : str
        The word before the percentage that makes it an estimate or a bound.
    """

    start: int
    end: int
    part: Figure
    whole: Figure
    unit: str
    stated: Figure | None = None
    about: str = ""
    percent_at: int = -1

    @property
    def pairs(self) -> list[tuple[Fraction, Fraction]]:
        """What part and whole can be, the likeliest first; both are written in one manner."""
        parts, wholes = self.part.readings, self.whole.readings
        if len(parts) == len(wholes):
            return [(a, b) for (a, _), (b, _) in zip(parts, wholes, strict=True)]
        return [(a, b) for a, _ in parts for b, _ in wholes]

    @property
    def text(self) -> str:
        """Part and whole in print."""
        return f"{printed(self.part.value)}/{printed(self.whole.value)}"


def shares(passage: Passage) -> list[Share]:
    """Return the parts of wholes in a passage, each linked with its percentage."""
    text = passage.masked
    percents = [m for m in PERCENT.finditer(text) if read(m["p"]) is not None]
    taken: set[int] = set()
    found = []
    bare = sorted(_bare(text), key=lambda share: share.start)
    for place, share in enumerate(bare):
        limit = bare[place + 1].start if place + 1 < len(bare) else len(text)
        match = _percent_of(text, share, percents, taken, limit)
        if match is None:
            found.append(share)
            continue
        taken.add(match.start())
        about = (match["about"] or "").strip().lower() or (match["more"] or "").strip()
        found.append(
            Share(
                min(share.start, match.start()), max(share.end, match.end()), share.part,
                share.whole, share.unit, read(match["p"]), about, match.start("p"),
            )
        )  # fmt: skip
    return found


def _bare(text: str) -> Iterator[Share]:
    end = 0
    for match in FRACTION.finditer(text):
        part, whole = read(match["a"]), read(match["b"])
        if part is None or whole is None or match.start() < end:
            continue
        if match["u1"].strip() and not re.search(UNIT, match["u1"], re.IGNORECASE):
            continue
        unit = (match["u2"] or match["u1"] or "").strip().lower()
        if match["over"] and not _same_unit(match["u1"], match["u2"]):
            continue
        end = match.end()
        yield Share(match.start(), end, part, whole, unit)
    for match in _VULGAR.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        numerator, _, denominator = VULGAR[match["v"]].partition("/")
        part, whole = read(numerator), read(denominator)
        assert part is not None and whole is not None
        yield Share(match.start(), match.end(), part, whole, (match["u2"] or "").strip().lower())


def _same_unit(one: str | None, other: str | None) -> bool:
    """Return whether both sides of *trên* count the same: 45 hộ trên 50 hộ, 45 trên 50 hộ."""
    if not other:
        return False
    left = (one or "").strip().lower()
    return not left or left.split()[0] == other.strip().lower().split()[0]


def _percent_of(
    text: str,
    share: Share,
    percents: list[re.Match[str]],
    taken: set[int],
    limit: int,
) -> re.Match[str] | None:
    before = [m for m in percents if m.end() <= share.start and m.start() not in taken]
    last = before[-1] if before else None
    gap = text[last.end() : share.start] if last is not None else ""
    linked_before = last is not None and bool(_BEFORE.match(gap))
    if last is not None and _BRACKETED.match(gap) and not _OTHER_MATTER.search(gap):
        return last
    after = next((m for m in percents if m.start() >= share.end and m.start() < limit), None)
    if after is not None and _linked(text[share.end : after.start()]):
        return after
    if linked_before and "=" not in gap and not _claimed_elsewhere(text, last):
        return last
    return None


def _linked(gap: str) -> bool:
    if len(gap) > _REACH or re.search(r"[\d;!?\n]|\.\s", gap) or _OTHER_MATTER.search(gap):
        return False
    return not gap.strip() or bool(_LINK.search(gap)) or len(gap.split()) <= 4


def _claimed_elsewhere(text: str, match: re.Match[str] | None) -> bool:
    """Return whether a bound stands before the percentage, which is then no result."""
    return match is None or bool(
        re.search(r"(?:yêu cầu|quy định|ngưỡng)\W*$", text[: match.start()])
    )


def check_ratios(passage: Passage) -> Iterator[AuditRow]:
    """Compare every ratio with its percentage, and every part with its whole."""
    for share in shares(passage):
        if share.stated is None:
            yield from _part_of_whole(passage, share)
        else:
            yield _ratio(passage, share)


def _part_of_whole(passage: Passage, share: Share) -> Iterator[AuditRow]:
    if not share.unit or share.whole.value == 0:
        return
    if share.unit == "điểm" and share.whole.value in (10, 100):  # a score
        return
    above = all(part > whole for part, whole in share.pairs)
    yield row(
        passage,
        (share.start, share.end),
        share.text,
        say("audit.part_above")
        if above
        else percent(HUNDRED * share.part.value / share.whole.value),
        "part_whole",
        "disagrees" if above else "agrees",
    )


def _ratio(passage: Passage, share: Share) -> AuditRow:
    assert share.stated is not None
    stated = f"{share.text} = {percent(share.stated.value, share.stated.decimals)}"
    span = (share.start, share.end)
    values = [
        (HUNDRED * part / whole, goal, decimals)
        for part, whole in share.pairs
        for goal, decimals in share.stated.readings
        if whole
    ]
    if not values:
        return row(passage, span, stated, say("audit.zero_base"), "ratio", "unclear")
    for value, goal, decimals in values:
        if _holds(value, goal, decimals, share.about):
            shown = percent(value, max(2, decimals))
            if goal == HUNDRED and value < HUNDRED and not share.about:
                shown = say("audit.not_all", value=shown)
                return row(passage, span, stated, shown, "ratio", "unclear")
            return row(passage, span, stated, shown, "ratio", "agrees")
    value, goal, decimals = values[0]
    shown = percent(value, max(2, decimals + 1))
    if truncates_to(value, goal, decimals):
        shown = say("audit.truncated", value=shown)
    elif value > HUNDRED:
        shown = say("audit.above_whole", value=shown)
    return row(passage, span, stated, shown, "ratio", "disagrees")


_ABOVE: Final = ("trên", "hơn", ">", "≥", ">=", "từ", "trở lên")
_BELOW: Final = ("dưới", "<", "≤")


def _holds(value: Fraction, goal: Fraction, decimals: int, about: str) -> bool:
    if about in _ABOVE:
        return value >= goal or rounds_to(value, goal, decimals)
    if about in _BELOW:
        return value <= goal
    if about:  # gần, khoảng: within a point
        return abs(value - goal) <= 1
    return rounds_to(value, goal, decimals)


# Counts followed by a percentage, whose whole stands earlier in the paragraph ------------------

_COUNT_THEN_PERCENT = re.compile(
    rf"(?P<x>{_N})\s*(?P<u>{UNIT})[^%\d.;!?]{{0,60}}?"
    rf"(?:đạt|chiếm|t[ỷỉ] lệ|bằng|\()[^%\d.;!?]{{0,25}}?(?P<p>{NUMBER})\s*%",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"(?:tổng số[^\d.;%]{{0,40}}?|toàn xã (?:hiện )?có\s+|cả xã có\s+|trong số\s+|tổng cộng\s+)"
    rf"(?P<n>{_N})\s*(?P<u>{UNIT})",
    re.IGNORECASE,
)


def check_counts_with_percent(passage: Passage) -> Iterator[AuditRow]:
    """Compare a count and its percentage with the one whole that the paragraph names before."""
    text = passage.masked
    used = {share.percent_at for share in shares(passage) if share.stated is not None}
    for match in _COUNT_THEN_PERCENT.finditer(text):
        if match.start("p") in used or _OTHER_MATTER.search(match[0]):
            continue
        part, stated = read(match["x"]), read(match["p"])
        if part is None or stated is None:
            continue
        wholes = _wholes(text[: match.start()], match["u"].lower(), part)
        if not wholes:
            continue
        fits = [w for w in wholes if _agrees(part, w, stated)]
        named = [
            figure
            for m in _TOTAL.finditer(text[: match.start()])
            if m["u"].lower() == match["u"].lower() and (figure := read(m["n"])) is not None
        ]
        if not fits and len(named) != 1:
            continue
        whole = fits[-1] if fits else named[0]
        value = HUNDRED * part.value / whole.value
        goal = percent(stated.value, stated.decimals)
        said = f"{printed(part.value)}/{printed(whole.value)} = {goal}"
        yield row(
            passage, match.span(), said, percent(value, max(2, stated.decimals)), "ratio",
            "agrees" if fits else "disagrees",
        )  # fmt: skip


def _wholes(before: str, unit: str, part: Figure) -> list[Figure]:
    """Return the counts of the same unit named before that could hold the part."""
    found = []
    for match in re.finditer(rf"(?P<n>{NUMBER})\s*(?P<u>{UNIT})", before, re.IGNORECASE):
        figure = read(match["n"])
        if figure is not None and match["u"].lower() == unit and figure.value >= part.value > 0:
            found.append(figure)
    return found


def _agrees(part: Figure, whole: Figure, stated: Figure) -> bool:
    return any(
        rounds_to(HUNDRED * a / b, goal, decimals)
        for a, _ in part.readings
        for b, _ in whole.readings
        for goal, decimals in stated.readings
        if b
    )

"""Percentages of a count or an amount, whose base stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.claims import Claim, claims
from ntm_analysis.audit.figures import agrees, show
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.ratios import compare, explained
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.totals import Base, Totals
from ntm_analysis.language import say

_NEAR_POINTS: Final = 6
_TIME: Final = re.compile(r"\b(?:19|20)\d\d\b|đầu năm|cuối năm")
_EARLIER: Final = re.compile(r"đầu năm|năm \d|trước|cuối năm|đầu nhiệm kỳ", re.I)
_LATER: Final = re.compile(r"đến nay|hiện nay|đến cuối|cuối năm|đến hết|trước đây", re.I)
_AND: Final = re.compile(r"(?:\bvà|cùng|với|cùng với|hoặc|\+)\s*(?:có\s*)?$", re.I)
_FULL_STOP: Final = re.compile(r"\.(?=\s)")
_WITHIN: Final = re.compile(
    r"\W*trong\s+(?:tổng\s+(?:số\s+)?)?(?!đó|số|khi|năm|tháng|quý|thời|quá|kỳ|giai)"
    r"[^\W\d_][^,.;:%]{2,60}[,:]",
    re.I,
)
_FEWEST: Final = 3
MILLION: Final = 10**6
_ALL: Final = 100


def check_bases(report: Report) -> Iterator[Finding]:
    """Recompute a percentage from its count and the base that the report states for it."""
    every = list(claims(report))
    totals = Totals(report, every)
    open_: list[Claim] = []
    bases: dict[tuple[int, str], list[Fraction]] = {}
    named: dict[tuple[str, str], list[Fraction]] = {}
    for claim in every:
        finding = _judged(totals, claim)
        if finding:
            yield finding
            if base := _agreed(totals, claim):
                bases.setdefault((claim.place, claim.part.dimension), []).append(base)
                named.setdefault((claim.named.lower(), claim.part.dimension), []).append(base)
        elif claim.base is None and not claim.change:
            open_.append(claim)
    told: list[Claim] = []
    for claim in open_:
        shared = bases.get((claim.place, claim.part.dimension), [])
        if claim.named:
            shared = named.get((claim.named.lower(), claim.part.dimension), []) * 2
        if len(set(shared)) != 1:
            continue
        within = _named_within(report, claim)
        if len(shared) > 1 or within or totals.only(shared[0], claim.part.dimension):
            finding = _against(claim, (shared[0],), certain=False)
            if finding:
                told.append(claim)
                yield finding
    yield from _lists([claim for claim in open_ if claim not in told])


def _named_within(report: Report, claim: Claim) -> bool:
    """Whether a sentence opens with what it divides: `Trong vốn dân góp, tiền mặt …; đất …`."""
    bare = report.paragraphs[claim.place].bare
    opened = max((m.end() for m in _FULL_STOP.finditer(bare, 0, claim.part.start)), default=0)
    return bool(_WITHIN.match(bare, opened))


def _agreed(totals: Totals, claim: Claim) -> Fraction | None:
    """Return the base that bears a claim out, which its neighbours may share."""
    if claim.base is not None:
        return None
    right = [base for base in totals.bases_for(claim).every if _fits(claim, base)]
    return right[0].values[0] if len({base.values[0] for base in right}) == 1 else None


def _judged(totals: Totals, claim: Claim) -> Finding | None:
    if claim.base is not None:
        return _against(claim, claim.base, certain=True)
    found = totals.bases_for(claim)
    right = [base for base in found.every if _fits(claim, base)]
    if right:
        best = next((base for base in right if base.total), right[-1])
        return _against(claim, best.values, certain=True)
    if found.one is None or claim.change or claim.foreign:
        return None
    if _another_time(totals.report, claim, found.one) or _beside(totals.report, claim, found.one):
        return None
    sentence = totals.report.paragraphs[claim.place].sentence(claim.start)[0]
    apart = found.one.place != claim.place or found.one.start < sentence
    apart = apart and not _next_to(totals, claim, found.one)
    if apart and found.one.qualified and not claim.named:
        return None  # of some of them, and another sentence is of who knows which
    if claim.percent.value == _ALL and not (found.one.total or claim.named):
        return None  # all of a base of its own
    return _against(claim, found.one.values, certain=False)


def _another_time(report: Report, claim: Claim, base: Base) -> bool:
    """Whether the base was counted at another time than the part."""
    then, now = report.paragraphs[base.place], report.paragraphs[claim.place]
    first = then.text[slice(*then.sentence(base.start))]
    last = now.text[slice(*now.sentence(claim.start))]
    later = base.place == claim.place and _LATER.search(now.text[base.start : claim.start])
    if later and _EARLIER.search(first):
        return True
    times, others = set(_TIME.findall(first.lower())), set(_TIME.findall(last.lower()))
    return bool(times and others and not times & others)


def _next_to(totals: Totals, claim: Claim, base: Base) -> bool:
    """Whether the part follows its base in the next clause: `Có 305 hộ chăn nuôi; 290 hộ …`."""
    between = totals.report.paragraphs[claim.place].bare[base.start : claim.part.start]
    others = any(
        each.place == claim.place and base.start < each.start < claim.part.start
        for each in totals.every
        if each.dimension == base.dimension
    )
    return base.place == claim.place and not others and ". " not in between


def _beside(report: Report, claim: Claim, base: Base) -> bool:
    """Whether the base only stands beside the part: `230 khu mới và 167 khu cũ (74,9%)`."""
    between = report.paragraphs[claim.place].bare[base.start : claim.part.start]
    return base.place == claim.place and bool(_AND.search(between))


def _fits(claim: Claim, base: Base) -> bool:
    return any(
        part <= whole and agrees(100 * part / whole, claim.percent)
        for part in claim.part.values
        for whole in base.values
        if whole
    )


def _against(claim: Claim, base: tuple[Fraction, ...], *, certain: bool) -> Finding | None:
    pairs = [(part, whole) for part in claim.part.values for whole in base if whole]
    if not pairs:
        return None
    right = [
        pair
        for pair in pairs
        if compare(100 * pair[0] / pair[1], claim.percent, claim.relation) == "agrees"
    ]
    part, whole = (right or pairs)[0]
    exact = 100 * part / whole
    verdict = compare(exact, claim.percent, claim.relation)
    if verdict != "agrees" and not certain and not near(exact, claim.percent.value):
        return None
    if verdict != "agrees" and not certain and part > whole:
        return None
    if verdict == "disagrees" and claim.relation != "=":
        verdict = "unclear" if near(exact, claim.percent.value) else "disagrees"
    money = claim.part.dimension == "đồng" and whole >= MILLION
    unit = MILLION if money else 1
    recomputed = explained(exact, claim.percent, f"{show(part / unit)}/{show(whole / unit)}")
    return Finding(
        claim.place,
        claim.start,
        claim.end,
        f"{claim.percent.text}%",
        say("audit.millions", sum=recomputed) if money else recomputed,
        verdict,
    )


def near(exact: Fraction, stated: Fraction) -> bool:
    """Whether a stated percentage is a slip of the exact one rather than of another base."""
    if not stated or not exact:
        return False
    ratio = exact / stated
    if Fraction(3, 4) <= ratio <= Fraction(4, 3):
        return True
    return Fraction(1, 2) <= ratio <= 2 and abs(exact - stated) <= _NEAR_POINTS


def _lists(open_: list[Claim]) -> Iterator[Finding]:
    """Take the sum of a list's counts as its base where all but one of them fit it."""
    groups: dict[tuple[int, str], list[Claim]] = {}
    last: dict[str, int] = {}
    for claim in open_:
        dimension = claim.part.dimension
        start = last.get(dimension)
        key = (
            start
            if start is not None and groups[start, dimension][-1].place >= claim.place - 1
            else None
        )
        if key is None:
            key = last[dimension] = claim.place
        groups.setdefault((key, dimension), []).append(claim)
    for group in groups.values():
        if len(group) < _FEWEST or any(claim.relation != "=" for claim in group):
            continue
        base = sum((claim.part.value for claim in group), Fraction(0))
        fitting = [
            claim
            for claim in group
            if base and agrees(100 * claim.part.value / base, claim.percent)
        ]
        if len(fitting) < max(2, len(group) - 1):
            continue
        for claim in group:
            if finding := _against(claim, (base,), certain=True):
                yield finding

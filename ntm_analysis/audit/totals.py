"""The totals of a report, and which of them may be the base of a percentage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from ntm_analysis.audit.claims import Claim
from ntm_analysis.audit.mentions import Mention, kind, label_before, mentions, named_unit
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import QUALIFIER, meaning

_LINES: Final = 6
_MANY, _WINDOW = 200, 60
_TOTAL: Final = re.compile(
    r"tổng|(?:toàn|cả) (?:xã|thôn|huyện|tỉnh|đảng bộ|trường)|trên địa bàn|dân số|"
    r"(?:^|[.;:,]\s*|hiện |nay )(?:xã|thôn|bản|hội|đoàn|đảng bộ|trường|trạm)[^\d.;%]{0,40}có\s*$|"
    r"\d\s*(?:thôn|xóm|ấp|bản|khu|tổ|buôn|làng|khóm)[^\d.;]{0,25}\s*$",
    re.I,
)
_PART: Final = re.compile(
    r"trong (?:đó|số)|gồm|riêng|còn|tăng|giảm|thêm|mới|phấn đấu|kế hoạch", re.I
)
_PLAN: Final = re.compile(r"kế hoạch|\bKH\b|dự toán|chỉ tiêu|mục tiêu|nghị quyết|giao", re.I)
_QUALIFIED: Final = re.compile(rf"^\s*{QUALIFIER}(?!\w)", re.I)
_PEOPLE: Final = re.compile(
    r"(?:tổng (?:số )?)?(?:dân số|nhân khẩu|(?:số )?(?:nhân )?khẩu|số dân)", re.I
)
_POPULATION: Final = re.compile(r"khẩu|dân số|số dân", re.I)
_EVERYONE: Final = {"hộ", "người"}
_HEAD: Final = re.compile(r"^(?:[IVX]+\.|\d+(?:\.\d+)*[.)]\s+\S|Tiêu chí|TIÊU CHÍ|Điều \d)")


@dataclass(frozen=True, slots=True)
class Base:
    """An amount that may be the base of percentages.

    Attributes
    ----------
    place : int
    start : int
    values : tuple of Fraction
    total : bool
        Whether its words say that it is all there is.
    words : str
        The words around it.
    dimension : str
    qualified : bool
        Whether its words narrow what is counted.
    of_share : {"", "part", "whole"}
        Whether it is part or whole of a fraction.
    """

    place: int
    start: int
    values: tuple[Fraction, ...]
    total: bool
    words: str
    dimension: str
    qualified: bool
    of_share: Literal["", "part", "whole"] = ""


@dataclass(frozen=True, slots=True)
class Bases:
    """The bases that a claim may have.

    Attributes
    ----------
    every : list of Base
        All amounts of its kind that are not smaller than its part.
    one : Base or None
        The only one that it can be meant of.
    """

    every: list[Base]
    one: Base | None


class Totals:
    """The amounts of a report that percentages may be meant of.

    Parameters
    ----------
    report : Report
    claims : list of Claim
        Those of the report: what carries a percentage of its own is part of something.
    """

    def __init__(self, report: Report, claims: list[Claim]) -> None:
        self.report = report
        self.parts = {(claim.place, claim.part.start) for claim in claims}
        self.every = list(_found(report))
        self._kinds: dict[str, list[Base]] = {}
        for base in self.every:
            self._kinds.setdefault(base.dimension, []).append(base)
        self._wide = {kind: _distinct(found) for kind, found in self._kinds.items()}
        self._known: dict[int, Bases] = {}

    def around(self, claim: Claim, dimension: str) -> list[Base]:
        """Return the amounts of a kind; in a long report those near the claim, and all totals."""
        found = self._kinds.get(dimension, [])
        if len(found) <= _MANY:
            return found
        first = bisect_left(found, claim.place - _WINDOW, key=lambda base: base.place)
        last = bisect_left(found, claim.place + _WINDOW, key=lambda base: base.place)
        near = found[first:last]
        if len(near) > _MANY:
            at = bisect_left(near, (claim.place, claim.start), key=lambda b: (b.place, b.start))
            near = near[max(0, at - _MANY // 2) : at + _MANY // 2]
        return sorted({*near, *self._wide[dimension]}, key=lambda base: (base.place, base.start))

    def only(self, base: Fraction, dimension: str) -> bool:
        """Whether there is no other whole of that kind in the report."""
        wholes = {
            each.values[0]
            for each in self.every
            if each.dimension == dimension and (each.total or each.of_share == "whole")
        }
        return wholes <= {base}

    def bases_for(self, claim: Claim) -> Bases:
        """Return the amounts that a claim may be meant of."""
        if id(claim) not in self._known:
            self._known[id(claim)] = _bases_for(self, claim)
        return self._known[id(claim)]

    def kinds(self) -> Iterable[str]:
        """Return what the report counts."""
        return self._kinds


def _distinct(found: list[Base]) -> list[Base]:
    """Return the totals, the first of each number."""
    return list({base.values: base for base in reversed(found) if base.total}.values())


def _bases_for(totals: Totals, claim: Claim) -> Bases:
    dimension = claim.part.dimension
    if not dimension:
        return Bases([], None)
    kinds = [kind for kind in totals.kinds() if _same(kind, dimension, claim)]
    all_ = [
        base
        for kind in kinds
        for base in totals.around(claim, kind)
        if (base.place, base.start) != (claim.place, claim.part.start)
        and max(base.values) >= min(claim.part.values)
    ]
    all_.sort(key=lambda base: (base.place, base.start))
    return Bases(all_, _one(totals, claim, all_))


def _same(base: str, part: str, claim: Claim) -> bool:
    if base == part:
        return True
    named = claim.named.lower()
    return bool(named) and base in named and base not in ("", "%")


def _one(totals: Totals, claim: Claim, every: list[Base]) -> Base | None:
    before = [
        base
        for base in every
        if (base.place, base.start) < (claim.place, claim.part.start)
        and (base.place, base.start) not in totals.parts
    ]
    if claim.named and not claim.plan:
        return _by_name(claim, before)
    if claim.plan:
        planned = [
            base for base in before if base.place == claim.place and _PLAN.search(base.words)
        ]
        return _single(planned)
    before = [base for base in before if not _PLAN.search(base.words)]
    sentence = totals.report.paragraphs[claim.place].sentence(claim.start)[0]
    here = [
        base
        for base in before
        if base.place == claim.place and (not base.of_share or base.start >= sentence)
    ]
    if here:
        return _single(here)
    before = [base for base in before if not base.of_share]
    for back in range(1, _LINES + 1):
        place = claim.place - back
        if place < 0:
            break
        near = [base for base in before if base.place == place]
        if near:
            return _single(near)
        if _HEAD.match(totals.report.paragraphs[place].text) and back > 1:
            break
    if claim.part.dimension in _EVERYONE:
        general = [base for base in before if base.total and not base.qualified]
        rivals = [base for base in before if not base.total or base.qualified]
        smaller = [each for each in rivals if each.place >= claim.place - _LINES]
        return _single(general) if not smaller else None
    return None


def _single(bases: list[Base]) -> Base | None:
    """Return the one base where all of them are one number."""
    values = {base.values[0] for base in bases}
    return bases[0] if len(values) == 1 else None


def _by_name(claim: Claim, before: list[Base]) -> Base | None:
    """Return the only base whose words are those that the claim names."""
    if _PEOPLE.match(claim.named):
        everyone = [
            base
            for base in before
            if base.dimension == "người" and not base.qualified and _POPULATION.search(base.words)
        ]
        return _single(everyone)
    wanted = [word for word in meaning(claim.named) if word not in ("tổng", "so")]
    general = [word for word in wanted if word not in ("gia", "đình", "dân")]
    found = []
    for base in before:
        words = meaning(base.words)
        rest = [word for word in general if word not in words]
        bare = not base.qualified or len(general) > len(base.dimension.split())
        if general and not rest and bare:
            found.append(base)
    near = [base for base in found if base.place >= claim.place - _LINES]
    here = [base for base in found if base.place == claim.place]
    return _single(here or near or found)


def _found(report: Report) -> Iterator[Base]:
    for place, paragraph in report.numbered():
        if paragraph.lines[0].cells:
            continue
        bare = paragraph.bare
        for mention in mentions(bare):
            if mention.percent or mention.rate or not mention.dimension:
                continue
            if report.is_share(place, mention.start, mention.end):
                continue
            yield _base(place, bare, mention)
        for share in report.shares[place]:
            if share.pairs:
                label = label_before(bare, share.start)
                dimension = kind(share.unit) if share.unit else named_unit(label)
                whole = share.likeliest[1]
                words = bare[max(0, share.start - 40) : share.end]
                yield Base(place, share.start, (whole,), False, words, dimension, True, "whole")
                part = share.likeliest[0]
                yield Base(place, share.start, (part,), False, words, dimension, True, "part")


def _base(place: int, bare: str, mention: Mention) -> Base:
    before = bare[max(0, mention.start - 90) : mention.start]
    clause = re.split(r"[;]|\.(?=\s|$)", before)[-1]
    total = bool(_TOTAL.search(clause)) and not _PART.search(mention.label)
    after = re.split(r"[,.;:(|\d]", bare[mention.until : mention.until + 60])[0]
    qualified = bool(_QUALIFIED.match(bare[mention.until :])) or _narrowed(mention.label)
    words = f"{mention.label} {mention.unit} {after}"
    return Base(place, mention.start, mention.values, total, words, mention.dimension, qualified)


def _narrowed(label: str) -> bool:
    """Whether the label narrows what is counted: `Số hộ nghèo`, not `Tổng số hộ dân`."""
    match = re.search(rf"\b(?:hộ|người|khẩu|lao động)\s+{QUALIFIER}(?!\w)", label, re.I)
    return bool(match)

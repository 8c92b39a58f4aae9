"""Which row is which indicator's: by code and name together, each indicator once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from ntm_analysis.law.names import Names
from ntm_analysis.law.reading import Reason, Sure
from ntm_analysis.law.rows import AnnexRow
from ntm_analysis.law.words import tokens
from ntm_analysis.rulebook import Limb

_CODE: Final = 0.25
_CRITERION: Final = 0.1
_SURE: Final = 0.68
_LIKELY: Final = 0.48
_GAP: Final = 0.08
_CODED_SURE: Final = 0.42
_CODED_LIKELY: Final = 0.24
_CODED_LEAST: Final = 0.15
_LEAST: Final = 0.38
_COVERED: Final = 0.7


@dataclass(frozen=True, slots=True)
class Matched:
    """A row with the indicator that it is of.

    Attributes
    ----------
    row : AnnexRow
    code : str
        Empty where it fits none.
    limbs : tuple of str
        The limbs that the row alone is of; empty for the whole indicator.
    sure : {"sure", "likely", "person"}
    why : tuple of Reason
    """

    row: AnnexRow
    code: str = ""
    limbs: tuple[str, ...] = ()
    sure: Sure = "sure"
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    code: str
    score: float
    total: float
    limb: str = ""


def match_rows(rows: Sequence[AnnexRow], names: Names) -> list[Matched]:
    """Return every row with its indicator, each indicator (or limb of it) given once.

    Parameters
    ----------
    rows : sequence of AnnexRow
    names : Names
    """
    coded = _codes_hold(rows, names)
    parts = dict(_parts(rows, names))
    candidates = {n: _candidates(n, row, names, coded=coded) for n, row in enumerate(rows)}
    order = sorted(
        (one for n, found in candidates.items() if n not in parts for one in found[:6]),
        key=lambda one: -one.total,
    )
    given: dict[int, _Candidate] = {}
    taken: set[tuple[str, str]] = {(one.code, "") for one in parts.values()}
    for one in order:
        if one.row in given or (one.code, one.limb) in taken:
            continue
        if one.limb and (one.code, "") in taken and not _own_row(one, given, rows):
            continue
        given[one.row] = one
        taken.add((one.code, one.limb))
    best = {one.code: one.total for one in given.values() if not one.limb}
    return [
        parts[n]
        if n in parts
        else _judged(n, row, given.get(n), candidates[n], taken, best, coded=coded, names=names)
        for n, row in enumerate(rows)
    ]


def _parts(rows: Sequence[AnnexRow], names: Names) -> Iterator[tuple[int, Matched]]:
    """Yield the rows that share out an indicator's limbs below a heading that has no value."""
    for _, group in groupby(enumerate(rows), key=lambda each: (each[1].heading, each[1].criterion)):
        held = [(n, row) for n, row in group if row.heading and _is_part(row)]
        if len(held) < 2:
            continue
        code, score = _heading(held[0][1], names)
        if not code or any(row.name == held[0][1].heading for row in rows):
            continue
        limbs = names.indicators[code].limbs
        named = {n: [limb.key for limb in limbs if _covers(row.name, limb, names)]
                 for n, row in held}  # fmt: skip
        every = [key for keys in named.values() for key in keys]
        if len(limbs) < 2 or not all(named.values()) or len(set(every)) < len(every):
            continue
        for n, row in held:
            why = (Reason("low_match", {"percent": round(100 * score)}),) if score < _SURE else ()
            sure: Sure = "likely" if why else "sure"
            yield n, Matched(row, code, tuple(named[n]), sure, why)


def _is_part(row: AnnexRow) -> bool:
    return row.code is None or row.code.bullet or len(row.code.numbers) > 2


def _heading(row: AnnexRow, names: Names) -> tuple[str, float]:
    """Return the indicator that a row's heading is of, and how alike the names are."""
    best = names.matches(row.heading)[0]
    printed = ".".join(map(str, row.heading_code.numbers[:2])) if row.heading_code else ""
    if printed in names.indicators and "." in printed:
        score = next(one.score for one in names.matches(row.heading) if one.code == printed)
        return printed, min(1.0, score + _CODE)
    return (best.code, best.score) if best.score >= _LIKELY else ("", 0.0)


def _covers(name: str, limb: Limb, names: Names) -> bool:
    """Whether a row's words hold those of a limb's name."""
    own = tokens(limb.name.vi) if limb.name else ()
    said = set(tokens(name))
    whole = sum(map(names.weight, own))
    return bool(own) and sum(names.weight(one) for one in own if one in said) >= _COVERED * whole


def _own_row(one: _Candidate, given: dict[int, _Candidate], rows: Sequence[AnnexRow]) -> bool:
    """Whether a limb's row stands under its indicator's own row."""
    return any(
        other.code == one.code and not other.limb and rows[n].name == rows[one.row].heading
        for n, other in given.items()
    )


def _codes_hold(rows: Sequence[AnnexRow], names: Names) -> bool:
    """Whether the codes printed are the set's: most of them stand with a name that fits."""
    coded = [row for row in rows if _code(row) in names.indicators and row.name]
    agree = sum(names.matches(row.name)[0].code == _code(row) for row in coded)
    return agree >= len(coded) / 2


def _code(row: AnnexRow) -> str:
    if row.code is None or row.code.bullet:
        return ""
    return ".".join(map(str, row.code.numbers[:2]))


def _candidates(n: int, row: AnnexRow, names: Names, *, coded: bool) -> list[_Candidate]:
    code = _code(row)
    found: list[_Candidate] = []
    if not names.indicators or (
        not names.complete and "." in code and code not in names.indicators
    ):
        return found
    whole = f"{row.heading} {row.name}" if row.heading else row.name
    scores: dict[str, float] = {}
    for match in names.matches(row.name):
        scores[match.code] = match.score
    if row.heading and (row.code is None or row.code.bullet):
        for match in names.matches(whole):
            scores[match.code] = max(scores[match.code], match.score * 0.95)
    for key, score in scores.items():
        total = score
        if coded and code == key:
            total += _CODE
        if row.criterion is not None and names.indicators[key].criterion == row.criterion:
            total += _CRITERION
        found.append(_Candidate(n, key, score, total))
    found += _limb_candidates(n, row, names)
    return sorted(found, key=lambda one: -one.total)


def _limb_candidates(n: int, row: AnnexRow, names: Names) -> list[_Candidate]:
    """Return the limbs of the indicator under whose row this one stands."""
    if not row.heading or not _is_part(row):
        return []
    code, _ = _heading(row, names)
    if not code or len(names.indicators[code].limbs) == 1:
        return []
    indicator = names.indicators[code]
    scored = [(limb, _likeness(row.name, limb, names)) for limb in indicator.limbs]
    return [
        _Candidate(n, code, score, score + _CODE + _CRITERION, limb.key)
        for limb, score in scored
        if score >= _LIKELY / 2
    ]


def _likeness(name: str, limb: Limb, names: Names) -> float:
    return names.likeness(name, limb.name.vi) if limb.name else 0.0


def _judged(
    n: int,
    row: AnnexRow,
    one: _Candidate | None,
    candidates: Sequence[_Candidate],
    taken: set[tuple[str, str]],
    best: Mapping[str, float],
    *,
    coded: bool,
    names: Names,
) -> Matched:
    least = _CODED_LEAST if coded and one is not None and _code(row) == one.code else _LEAST
    if one is None or one.score < least:
        return Matched(row, sure="person", why=(Reason("no_match"),))
    code = _code(row)
    agrees = coded and code == one.code
    others = [
        other
        for other in candidates
        if other.code != one.code and (other.code, other.limb) not in taken
    ]
    rivals = [o for o in candidates if o.code != one.code]
    gap = one.total - max((other.total for other in rivals), default=0.0)
    free_gap = one.total - max((other.total for other in others), default=0.0)
    matched = Matched(row, one.code, (one.limb,) if one.limb else ())
    percent = round(100 * one.score)
    if row.name == "" and agrees:
        return replace(matched, sure="likely", why=(Reason("code_alone"),))
    if agrees:
        if one.score >= _CODED_SURE and gap >= _GAP:
            return matched
        if one.score >= _CODED_LIKELY and free_gap >= _GAP / 2 and gap > -_GAP:
            return replace(matched, sure="likely", why=(Reason("low_match", {"percent": percent}),))
        return replace(matched, sure="person", why=(Reason("low_match", {"percent": percent}),))
    elsewhere = coded and code in names.indicators and "." in code
    why = (Reason("code_elsewhere", {"printed": code, "code": one.code}),) if elsewhere else ()
    if one.score >= _SURE and gap >= _GAP:
        return replace(matched, sure="likely" if elsewhere else "sure", why=why)
    low = Reason("low_match", {"percent": percent})
    better = [o for o in rivals if best.get(o.code, 0.0) < o.total + _GAP]
    clear = one.total - max((other.total for other in better), default=0.0)
    if one.score >= _LIKELY and clear >= _GAP and not elsewhere:
        return replace(matched, sure="likely", why=(low,))
    return replace(matched, sure="person", why=(*why, low))

"""Spans of one link of the chain of places that hold on one day, where one must be in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ntm_analysis.language import say
from ntm_analysis.numbers import format_date
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Criterion, Decision, Indicator
from ntm_analysis.rulebook.spans import InForce, Span, Threshold
from ntm_analysis.yamlfile import YamlDocument

KINDS = ("in_force", "thresholds", "variants")


@dataclass(frozen=True)
class Record:
    """A span, and where it is given.

    Attributes
    ----------
    set_key, code, kind : str
        Its set, its indicator, and the entry of the indicator that it belongs to.
    span : Span
    document : YamlDocument
    loc : tuple
        The path of its entry.
    """

    set_key: str
    code: str
    kind: str
    span: Any
    document: YamlDocument
    loc: tuple[str | int, ...]


def records_of(
    set_key: str, criteria: Iterable[tuple[YamlDocument, Criterion]]
) -> Iterator[Record]:
    """Yield the spans of the criteria's own files."""
    for document, criterion in criteria:
        for index, indicator in enumerate(criterion.indicators):
            for kind in KINDS:
                for number, span in enumerate(getattr(indicator, kind)):
                    loc = ("indicators", index, kind, number)
                    yield Record(set_key, indicator.code, kind, span, document, loc)


def check_overlaps(
    records: Sequence[Record],
    sets: Mapping[str, LoadedSet],
    decisions: Mapping[str, Decision],
    problems: Collector,
) -> None:
    """Note every two spans that say different things of one link, limb and day.

    A later one takes over without a word only where its decision amends the earlier one's.
    """
    groups: dict[tuple[Any, ...], list[Record]] = {}
    twice = _given_twice(records)
    for one in records:
        if (one.set_key, one.code) in twice:
            continue  # which is told already
        indicator = sets[one.set_key].indicators.get(one.code)
        for limb in _limbs(one, indicator):
            key = (one.set_key, one.code, one.kind, one.span.link, limb)
            groups.setdefault(key, []).append(one)
    told: set[tuple[int, int]] = set()
    for (_, code, kind, _, limb), held in groups.items():
        held.sort(key=lambda one: (one.span.from_, one.document.file))
        for first, second in combinations(held, 2):
            pair = (id(first), id(second))
            if pair in told or not first.span.overlaps(second.span):
                continue
            if _alike(first, second, kind) or _takes_over(first.span, second.span, decisions):
                continue
            told.add(pair)
            problems.add(_problem(first, second, code, limb))


def _given_twice(records: Sequence[Record]) -> set[tuple[str, str]]:
    """Return the indicators that a set's own files define more than once."""
    where: dict[tuple[str, str], set[tuple[str, int | str]]] = {}
    for one in records:
        if one.loc[0] == "indicators":
            where.setdefault((one.set_key, one.code), set()).add((one.document.file, one.loc[1]))
    return {key for key, places in where.items() if len(places) > 1}


def _limbs(one: Record, indicator: Indicator | None) -> Iterable[str]:
    if one.kind != "thresholds" or indicator is None:
        return ("",)
    span: Threshold = one.span
    return worded_for(indicator, span).by_limb(span.requires)


def worded_for(indicator: Indicator, span: Span) -> Indicator:
    """Return an indicator in the words that hold where and when a span does."""
    near = [
        one
        for one in indicator.variants
        if one.place == span.place
        and one.overlaps(span)
        and one.link in (span.link, (span.place, "", ""))
    ]
    if not near:
        return indicator
    return max(near, key=lambda one: (bool(one.division), one.from_)).of(indicator)


def _alike(first: Record, second: Record, kind: str) -> bool:
    """Whether two spans of one thing being in force say the same."""
    if kind != "in_force":
        return False
    one, other = first.span, second.span
    return isinstance(one, InForce) and isinstance(other, InForce) and one.applies == other.applies


def _takes_over(first: Span, second: Span, decisions: Mapping[str, Decision]) -> bool:
    decision = decisions.get(second.decision)
    return decision is not None and first.from_ < second.from_ and first.decision in decision.amends


def _problem(first: Record, second: Record, code: str, limb: str) -> Any:
    place = " · ".join(part for part in second.span.link if part)
    told = say(
        "rulebook.overlap",
        code=code,
        place=place,
        limb="" if limb in ("", "own") else f" ({limb})",
        first=_place(first),
        second=_place(second),
    )
    wanted = say("rulebook.overlap_wanted", day=format_date(second.span.from_, "vi", "short"))
    return second.document.problem(second.loc, told, wanted)


def _place(one: Record) -> str:
    line = one.document.line(one.loc)
    return f"{one.document.file}:{line}" if line else one.document.file

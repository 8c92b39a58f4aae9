"""Whether a quantity can be one of a variable, by its kind and its unit."""

from __future__ import annotations

import re
from typing import Final

from ntm_analysis.audit.mentions import kind
from ntm_analysis.audit.words import UNIT
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.quantities import Quantity
from ntm_analysis.draft.topics import GENERAL, Topic, Topics

_SUBJECT: Final = re.compile(rf"\s*(?:tổng số|các|số|những|toàn bộ|toàn)?\s*(?P<u>{UNIT})", re.I)
_MILLION: Final = 1_000_000
MEASURES: Final = {"đồng", "ha", "km", "tấn", "%", "m2"}


def possible(topics: Topics, topic: Topic, one: Quantity, subject: str, *, base: bool) -> bool:
    """Whether a quantity is of a kind that a topic has."""
    if base:
        if not topic.wholes or topic.whole in GENERAL or one.kind != "amount":
            return False
        if not one.closed and not one.dimension:
            return False
        return counts(topics, topic.whole, one)
    if one.kind == "claim" and topic.kind == "count" and topic.value:
        return bool(one.dimension) and counts(topics, topic.value, one)
    if one.kind in ("share", "claim"):
        return topic.kind == "ratio" and counts(topics, topic.part, one)
    if one.kind == "percent":
        if subject and topic.part:
            return bool(topic.rate) and subject in topics.counted_in(topic.part)
        return bool(topic.rate)
    if not one.closed and not one.dimension:
        return False
    if topic.kind in ("flag", "grade"):
        return False
    name = topic.value or topic.part
    if not name:
        return bool(topic.rate) and not one.dimension
    return counts(topics, name, one)


def counts(topics: Topics, name: str, one: Quantity) -> bool:
    """Whether a variable is counted in what a quantity says."""
    variable = topics.variable(name)
    if variable.unit in ("level", "yes_no", "grade"):
        return False
    if variable.unit == "million_vnd_person_year":
        return one.dimension == "đồng" or (not one.dimension and one.kind == "amount")
    if variable.unit == "billion_vnd":
        return one.dimension == "đồng" and not one.per
    if variable.unit in ("m2", "m2_person"):
        return (one.dimension == "m2" and one.per == (variable.unit == "m2_person")) or (
            not one.dimension and variable.unit == "m2_person"
        )
    allowed = topics.counted_in(name)
    if one.dimension in MEASURES:
        return one.dimension in allowed or (variable.unit == "hectare" and one.dimension == "ha")
    if variable.unit in ("km", "hectare", "tonne") and one.dimension:
        return False
    if one.dimension == "mô hình" and variable.kind == "count":
        # `01 mô hình thôn thông minh` counts hamlets
        return variable.unit in ("hamlet", "field") or one.dimension in allowed
    return not one.dimension or one.dimension in allowed


def subject_of(passage: Passage, one: Quantity) -> str:
    """Return what a percentage is said to be of, where that follows it."""
    if one.kind != "percent":
        return ""
    match = _SUBJECT.match(passage.bare, one.end)
    return kind(match["u"]) if match else ""


def converted(topics: Topics, name: str, one: Quantity) -> str:
    """Return a value in the variable's unit."""
    unit = topics.variable(name).unit
    match = re.fullmatch(r"(?P<sign>[<>]=?)?(?P<n>[\d.]+)", one.value)
    if not match:
        return one.value
    factor = 1.0
    if unit == "million_vnd_person_year" and float(match["n"]) >= _MILLION:
        factor = 1 / _MILLION
    if unit == "billion_vnd":
        big = float(match["n"])
        factor = 1e-9 if big >= 1e6 else 1e-3
    if factor == 1.0:
        return one.value
    number = f"{float(match['n']) * factor:.6f}".rstrip("0").rstrip(".")
    return f"{match['sign'] or ''}{number}"


def sound(topics: Topics, name: str, value: str) -> bool:
    """Whether a value can be one of the variable's kind."""
    variable = topics.variable(name)
    ends = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", value)]
    if not ends:
        return False
    if variable.kind == "percent":
        return max(ends) <= 100
    if variable.kind == "count":
        return all(end.is_integer() for end in ends)
    return True

"""Whether a requirement can be asked of a limb: of its kind, unit and scale."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from ntm_analysis.language import say
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Limb
from ntm_analysis.rulebook.requirement import (
    Requirement,
    RequirementError,
    parse_relative,
    parse_requirement,
)
from ntm_analysis.rulebook.variables import Variable

WHOLE: Final = Fraction(100)
"""A percentage of the whole."""
_NUMERIC: Final = ("rate", "amount", "count", "level")


def misfit(
    text: str,
    limb: Limb,
    of: tuple[str, str],
    variables: Mapping[str, Variable],
    sets: Mapping[str, LoadedSet],
) -> tuple[str, str] | None:
    """Return what is wrong with a requirement of a limb, and what to write; None if it fits.

    Parameters
    ----------
    text : str
        As in the rulebook: `>= 95`, `yes`, `>= good`, `>= 1.10 x advanced/10`, `unknown`.
    limb : Limb
    of : (str, str)
        The key of its set and the code of its indicator.
    variables : mapping of str to Variable
    sets : mapping of str to LoadedSet
        For requirements that are relative to another set's.
    """
    code = of[1]
    variable = variables.get(limb.formula.strip())
    scale = variable.grades if variable else ()
    wanted = _wanted(limb, scale)
    try:
        requirement = parse_requirement(text, scale)
    except RequirementError:
        return say("rulebook.requires", text=text), wanted
    if requirement.op == "unknown":
        return _relative(text, limb, of, sets)
    fits = {"yes_no": requirement.op == "yes", "grade": _names_grade(requirement, scale)}
    if not fits.get(limb.kind, requirement.op != "yes"):
        kind = say(f"rulebook.kind_{limb.kind}")
        return say("rulebook.requires_kind", text=text, code=code, kind=kind), wanted
    if limb.kind not in _NUMERIC:
        return None
    if not _possible(requirement, limb):
        return say("rulebook.requires_never", text=text, code=code), wanted
    if _always(requirement, limb):
        return say("rulebook.requires_always", text=text, code=code), wanted
    return _against(text, requirement.op, limb, code)


def _always(requirement: Requirement, limb: Limb) -> bool:
    """Whether every value satisfies it."""
    if requirement.op == ">=":
        return requirement.threshold == 0
    share = limb.kind == "rate" and limb.unit == "percent"
    return requirement.op == "<=" and share and requirement.threshold == WHOLE


def _against(text: str, op: str, limb: Limb, code: str) -> tuple[str, str] | None:
    """Return what is wrong with a sign that asks for the worse values."""
    if (op in ("<", "<=")) == limb.lower_is_better:
        return None
    way = "lower" if limb.lower_is_better else "higher"
    told = say("rulebook.requires_against", text=text, code=code, way=say(f"rulebook.way_{way}"))
    return told, say("rulebook.requires_against_wanted")


def _wanted(limb: Limb, scale: tuple[str, ...]) -> str:
    return say(f"rulebook.requires_{limb.kind}", grades=", ".join(scale))


def _names_grade(requirement: Requirement, scale: tuple[str, ...]) -> bool:
    return requirement.op in (">=", ">") and requirement.text.split()[-1] in scale


def _possible(requirement: Requirement, limb: Limb) -> bool:
    """Whether some value satisfies it and some does not, as far as its kind can tell."""
    threshold = requirement.threshold
    assert threshold is not None
    if limb.kind in ("count", "level") and threshold.denominator != 1:
        return False
    if threshold < 0 or (requirement.op == "<" and threshold == 0):
        return False
    return not (
        limb.kind == "rate"
        and limb.unit == "percent"
        and (threshold > WHOLE or (requirement.op == ">" and threshold == WHOLE))
    )


def _relative(
    text: str, limb: Limb, of: tuple[str, str], sets: Mapping[str, LoadedSet]
) -> tuple[str, str] | None:
    relative = parse_relative(text)
    if relative is None:
        return None  # `unknown` and `delegated` fit everything
    code = of[1]
    if limb.kind not in _NUMERIC:
        kind = say(f"rulebook.kind_{limb.kind}")
        return say("rulebook.requires_kind", text=text, code=code, kind=kind), _wanted(limb, ())
    told = say("rulebook.dangling", name=f"{relative.set}/{relative.code}")
    if relative.set not in sets:
        return told, say("rulebook.relative_set", sets=", ".join(sets))
    wanted = say("rulebook.relative_code", set=relative.set)
    other = sets[relative.set].indicators.get(relative.code)
    if other is None:
        return told, wanted
    if other.unit != limb.unit:
        return say("rulebook.relative_unit", text=text, code=code), wanted
    if of in _referred((relative.set, relative.code), sets):
        return say("rulebook.relative_circle", text=text, code=code), wanted
    return _against(text, relative.op, limb, code)


def _referred(start: tuple[str, str], sets: Mapping[str, LoadedSet]) -> set[tuple[str, str]]:
    """Return an indicator and all that its requirements refer to, at whatever remove."""
    found, left = {start}, [start]
    while left:
        key, code = left.pop()
        indicator = sets[key].indicators.get(code) if key in sets else None
        for threshold in indicator.thresholds if indicator else ():
            for text in threshold.stated("").values():
                relative = parse_relative(text)
                if relative and (relative.set, relative.code) not in found:
                    found.add((relative.set, relative.code))
                    left.append((relative.set, relative.code))
    return found

"""A province's decision, given in one file, as part of a criteria set."""

from __future__ import annotations

from typing import Any

from ntm_analysis.language import say
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Decision, Indicator, Span, Threshold
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement
from ntm_analysis.rulebook.sets import Province
from ntm_analysis.yamlfile import YamlDocument


def add_province(
    loaded: LoadedSet,
    province: Province,
    document: YamlDocument,
    decisions: dict[str, Decision],
    problems: Collector,
) -> LoadedSet:
    """Return a criteria set with a province's spans and thresholds added.

    Parameters
    ----------
    loaded : LoadedSet
    province : Province
    document : YamlDocument
        Where it was read from, for the lines of problems.
    decisions : dict
        Takes the decisions that the file brings.
    problems : Collector
        Takes codes and limbs that the set does not have, and requirements that are none.
    """
    for key, decision in province.decisions.items():
        if key in decisions:
            told = say("province.decision_twice", name=key)
            problems.add(document.problem(("decisions", key), told, say("province.twice_wanted")))
        decisions.setdefault(key, decision)
    if province.decision not in decisions:
        told = say("case.decision", value=province.decision)
        problems.add(document.problem(("decision",), told, say("province.decision_wanted")))
    for number, code in enumerate(province.except_):
        if code not in loaded.indicators:
            _unknown(document, ("except", number), code, problems)
    for code, requires in province.thresholds.items():
        indicator = loaded.indicators.get(code)
        if indicator is None:
            _unknown(document, ("thresholds", code), code, problems)
        else:
            _check(document, code, indicator, requires, problems)
    criteria = tuple(
        criterion.model_copy(
            update={"indicators": tuple(_with(i, province) for i in criterion.indicators)}
        )
        for criterion in loaded.criteria
    )
    return LoadedSet(loaded.about, criteria)


def _unknown(
    document: YamlDocument, loc: tuple[str | int, ...], code: str, problems: Collector
) -> None:
    told = say("figures.indicator_unknown", code=code)
    problems.add(document.problem(loc, told, say("province.code_wanted")))


def _check(
    document: YamlDocument,
    code: str,
    indicator: Indicator,
    requires: str | dict[str, str],
    problems: Collector,
) -> None:
    keys = {limb.key for limb in indicator.limbs}
    named = requires if isinstance(requires, dict) else {indicator.own.key: requires}
    for key, text in named.items():
        loc = ("thresholds", code, key) if isinstance(requires, dict) else ("thresholds", code)
        if key not in keys:
            told = say("rulebook.limb_unknown", limbs=key)
            problems.add(document.problem(loc, told, say("province.limb_wanted")))
            continue
        if indicator.kind == "grade":
            continue  # its scale is checked with the whole set
        try:
            parse_requirement(text)
        except RequirementError:
            told = say("case.requires", value=text)
            problems.add(document.problem(loc, told, say("case.requires_wanted")))


def _with(indicator: Indicator, province: Province) -> Indicator:
    if indicator.code in province.except_:
        return indicator
    common: dict[str, Any] = {
        "from": province.from_, "until": province.until, "place": province.place,
        "decision": province.decision, "source": province.source, "verified": province.verified,
    }  # fmt: skip
    span = Span(**common)
    requires = province.thresholds.get(indicator.code)
    thresholds = indicator.thresholds
    if requires is not None:
        thresholds = (*thresholds, Threshold(**common, requires=requires, note=province.note))
    return indicator.model_copy(
        update={"in_force": (*indicator.in_force, span), "thresholds": thresholds}
    )

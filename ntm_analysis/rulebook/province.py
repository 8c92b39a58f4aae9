"""A province's decision, given in one file, as part of a criteria set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntm_analysis.language import say
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook.fit import misfit
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Decision, Indicator, Span, Threshold, Variable
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
        Takes codes that the set does not have or that are both in force and not, decisions that
        are not known, and a second file on the same place and day.
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
        elif code in province.thresholds:
            told = say("province.both", code=code)
            loc = ("thresholds", code)
            problems.add(document.problem(loc, told, say("province.both_wanted"), code))
    for code in province.thresholds:
        if code not in loaded.indicators:
            _unknown(document, ("thresholds", code), code, problems)
    if any(_same_days(indicator, province) for indicator in loaded.indicators.values()):
        told = say("province.same_day", place=province.place)
        problems.add(document.problem(("from",), told, say("province.same_day_wanted")))
    criteria = tuple(
        criterion.model_copy(
            update={"indicators": tuple(_with(i, province) for i in criterion.indicators)}
        )
        for criterion in loaded.criteria
    )
    return LoadedSet(loaded.about, criteria)


def check_thresholds(
    loaded: LoadedSet,
    province: Province,
    document: YamlDocument,
    variables: Mapping[str, Variable],
    sets: Mapping[str, LoadedSet],
    problems: Collector,
) -> None:
    """Note limbs that an indicator does not have, and requirements that do not fit a limb.

    Parameters
    ----------
    loaded : LoadedSet
    province : Province
    document : YamlDocument
    variables : mapping of str to Variable
    sets : mapping of str to LoadedSet
        All sets, each province added.
    problems : Collector
    """
    own = loaded.about.key
    for code, requires in province.thresholds.items():
        indicator = loaded.indicators.get(code)
        if indicator is None:
            continue
        limbs = {limb.key: limb for limb in indicator.limbs}
        if unnamed := indicator.unnamed_limbs(requires):
            told = say("rulebook.limb_of_its_own", limbs=", ".join(unnamed))
            each = ", ".join(f'{key}: "…"' for key in limbs)
            wanted = say("rulebook.limb_of_its_own_wanted", code=code, limbs=f"{{{each}}}")
            problems.add(document.problem(("thresholds", code), told, wanted))
            continue
        named = indicator.by_limb(requires)
        if not named:
            told, wanted = say("rulebook.requires_empty"), say("province.limb_wanted")
            problems.add(document.problem(("thresholds", code), told, wanted))
        for key, text in named.items():
            loc = ("thresholds", code, key) if isinstance(requires, dict) else ("thresholds", code)
            if key not in limbs:
                told = say("rulebook.limb_unknown", limbs=key)
                wanted = say("province.limb_known", limbs=", ".join(limbs))
                problems.add(document.problem(loc, told, wanted))
            elif (wrong := misfit(text, limbs[key], (own, code), variables, sets)) is not None:
                problems.add(document.problem(loc, *wrong, text))


def _unknown(
    document: YamlDocument, loc: tuple[str | int, ...], code: str, problems: Collector
) -> None:
    told = say("figures.indicator_unknown", code=code)
    problems.add(document.problem(loc, told, say("province.code_wanted"), code))


def _same_days(indicator: Indicator, province: Province) -> bool:
    """Whether two requirements of one place begin on one day, so that neither comes first."""
    return indicator.code in province.thresholds and any(
        one.place == province.place and one.from_ == province.from_ for one in indicator.thresholds
    )


def _with(indicator: Indicator, province: Province) -> Indicator:
    if indicator.code in province.except_ or province.thresholds.get(indicator.code) == {}:
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

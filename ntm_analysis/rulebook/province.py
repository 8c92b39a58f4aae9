"""Decisions given in files of their own, as parts of their criteria sets; no order matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ntm_analysis.language import say
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Criterion, Decision, Indicator, Limb
from ntm_analysis.rulebook.overlaps import Record
from ntm_analysis.rulebook.printed import Printer
from ntm_analysis.rulebook.province_file import Given, Province
from ntm_analysis.rulebook.spans import InForce, Threshold
from ntm_analysis.yamlfile import YamlDocument


@dataclass(frozen=True)
class DecisionFile:
    """A file of a set's folder `provinces`, as read."""

    set_key: str
    document: YamlDocument
    province: Province


def collect_decisions(
    files: Sequence[DecisionFile], known: Mapping[str, Decision], main: str, problems: Collector
) -> dict[str, Decision]:
    """Return the decisions of all files; one that two give differently is a problem.

    Parameters
    ----------
    files : sequence of DecisionFile
    known : mapping of str to Decision
        Those of `decisions.yaml`.
    main : str
        The name of that file.
    problems : Collector
    """
    found = dict(known)
    where = dict.fromkeys(known, main)
    for one in files:
        for key, decision in one.province.decisions.items():
            if key in found and found[key] != decision:
                told = say("province.decision_twice", name=key, other=where[key])
                wanted = say("province.twice_wanted")
                problems.add(one.document.problem(("decisions", key), told, wanted))
            found.setdefault(key, decision)
            where.setdefault(key, one.document.file)
    return found


def add_files(
    loaded: LoadedSet,
    files: Sequence[DecisionFile],
    decisions: Mapping[str, Decision],
    problems: Collector,
    printer: Printer,
) -> tuple[LoadedSet, list[Record]]:
    """Return a criteria set with all that its files decide, and where each span was given.

    Parameters
    ----------
    loaded : LoadedSet
    files : sequence of DecisionFile
        In any order.
    decisions : mapping of str to Decision
    problems : Collector
        Takes codes that the set does not have, decisions that are not known, and what is given
        twice.
    printer : Printer
        Reads requirements that are written as we print them.
    """
    base = loaded.indicators
    for one in files:
        _check_extra(one, base, loaded, problems)
    criteria = _with_extra(loaded.criteria, files)
    every = {i.code: i for criterion in criteria for i in criterion.indicators}
    records: list[Record] = []
    for one in files:
        mine = {i.code for i in one.province.indicators}
        _check_file(one, every, decisions, problems)
        amends = _amends(one, files, base, decisions)
        for code, indicator in every.items():
            if code in base or code in mine:
                records += _records(one, indicator, printer, amends=amends, own=code in mine)
    added = tuple(
        criterion.model_copy(
            update={"indicators": tuple(_with(i, records) for i in criterion.indicators)}
        )
        for criterion in criteria
    )
    divisions = (*loaded.about.divisions, *(d for one in files for d in one.province.divisions))
    return LoadedSet(loaded.about, added, divisions), records


def _with_extra(
    criteria: Iterable[Criterion], files: Sequence[DecisionFile]
) -> tuple[Criterion, ...]:
    """Return the criteria with the indicators, and criteria, that files have beside them."""
    found = {criterion.number: criterion for criterion in criteria}
    for one in files:
        for number, name in one.province.criteria.items():
            found.setdefault(number, Criterion(number=number, name=name, complete=False))
        for indicator in one.province.indicators:
            criterion = found.get(indicator.criterion)
            if criterion is None or indicator.code in {i.code for i in criterion.indicators}:
                continue
            held = sorted((*criterion.indicators, indicator), key=lambda i: in_order(i.code))
            update: dict[str, Any] = {"indicators": tuple(held)}
            if number_is_extra(criterion.number, files):
                update["complete"] = True
            found[criterion.number] = criterion.model_copy(update=update)
    return tuple(found[number] for number in sorted(found))


def number_is_extra(number: int, files: Sequence[DecisionFile]) -> bool:
    """Whether a criterion is one that a file has beside those of the set."""
    return any(number in one.province.criteria for one in files)


def in_order(code: str) -> tuple[int, ...]:
    """Return what sorts codes in legal order: `2.10` after `2.9`."""
    return tuple(map(int, code.split(".")))


def _check_extra(
    one: DecisionFile, base: Mapping[str, Indicator], loaded: LoadedSet, problems: Collector
) -> None:
    numbers = {criterion.number for criterion in loaded.criteria} | set(one.province.criteria)
    for number, indicator in enumerate(one.province.indicators):
        at = ("indicators", number, "code")
        if indicator.code in base:
            told = say("province.extra_known", code=indicator.code)
            problems.add(
                one.document.problem(at, told, say("province.extra_known_wanted"), indicator.code)
            )
        if indicator.criterion not in numbers:
            told = say("province.extra_criterion", number=indicator.criterion)
            wanted = say("province.extra_criterion_wanted", number=indicator.criterion)
            problems.add(one.document.problem(at, told, wanted, indicator.code))


def _check_file(
    one: DecisionFile,
    every: Mapping[str, Indicator],
    decisions: Mapping[str, Decision],
    problems: Collector,
) -> None:
    province, document = one.province, one.document
    if province.decision not in decisions:
        told = say("case.decision", value=province.decision)
        problems.add(document.problem(("decision",), told, say("province.decision_wanted")))
    for number, code in enumerate(province.except_):
        if code not in every:
            _unknown(document, ("except", number), code, problems)
        elif code in province.thresholds:
            told = say("province.both", code=code)
            loc = ("thresholds", code)
            problems.add(document.problem(loc, told, say("province.both_wanted"), code))
    for entry, codes in (("thresholds", province.thresholds), ("variants", province.variants)):
        for code in codes:
            if code not in every:
                _unknown(document, (entry, code), code, problems)
            elif codes[code] == {}:
                told, wanted = say("rulebook.requires_empty"), say("province.limb_wanted")
                problems.add(document.problem((entry, code), told, wanted))


def _unknown(
    document: YamlDocument, loc: tuple[str | int, ...], code: str, problems: Collector
) -> None:
    told = say("figures.indicator_unknown", code=code)
    problems.add(document.problem(loc, told, say("province.code_wanted"), code))


def _amends(
    one: DecisionFile,
    files: Sequence[DecisionFile],
    base: Mapping[str, Indicator],
    decisions: Mapping[str, Decision],
) -> bool:
    """Whether a file holds a decision that amends one which is there: it names what it changes."""
    decision = decisions.get(one.province.decision)
    if decision is None or not decision.amends:
        return False
    others = {other.province.decision for other in files if _place(other) == _place(one)}
    for indicator in base.values():
        others |= {s.decision for s in indicator.in_force if s.place == one.province.place}
    return not others.isdisjoint(decision.amends)


def _place(one: DecisionFile) -> str:
    return one.province.place


def _records(
    one: DecisionFile, indicator: Indicator, printer: Printer, *, amends: bool, own: bool
) -> list[Record]:
    """Return the spans that a file gives an indicator."""
    province, code = one.province, indicator.code
    given = province.given(code)
    common: dict[str, Any] = {
        "from": province.from_, "until": province.until, "place": province.place,
        "decision": province.decision, "source": province.source, "verified": province.verified,
    }  # fmt: skip
    left_out = code in province.except_
    found: list[Record] = []

    def add(kind: str, span: Any, loc: tuple[str | int, ...]) -> None:
        found.append(Record(one.set_key, code, kind, span, one.document, loc))

    empty = province.thresholds.get(code) == {}
    if not empty and not own and (left_out or given or not amends or code in province.variants):
        span = InForce(**common, applies=not left_out)
        add("in_force", span, ("except",) if left_out else ("from",))
    if variant := province.variants.get(code):
        add("variants", variant, ("variants", code))
    limbs = (variant.limbs if variant else ()) or indicator.limbs
    for below, asked in () if left_out else given:
        written = asked.model_copy(update={"requires": _written(asked.requires, limbs, printer)})
        add("thresholds", _threshold(written, common, province), ("thresholds", code, *below))
    return found


def _written(
    requires: str | dict[str, str], limbs: Sequence[Limb], printer: Printer
) -> str | dict[str, str]:
    """Return requirements as the rulebook writes them."""
    if isinstance(requires, str):
        return printer.written(requires, limbs[0])
    by_key = {limb.key: limb for limb in limbs}
    return {
        key: printer.written(text, by_key[key]) if key in by_key else text
        for key, text in requires.items()
    }


def _threshold(asked: Given, common: Mapping[str, Any], province: Province) -> Threshold:
    own = asked.model_dump(by_alias=True, exclude_none=True)
    span = {**common, "note": province.note, **own}
    return Threshold.model_validate(span)


def _with(indicator: Indicator, records: Sequence[Record]) -> Indicator:
    update: dict[str, Any] = {}
    for kind in ("in_force", "thresholds", "variants"):
        mine = [one for one in records if one.code == indicator.code and one.kind == kind]
        if mine:
            ordered = sorted((one.span for one in mine), key=_order)
            update[kind] = (*getattr(indicator, kind), *ordered)
    return indicator.model_copy(update=update) if update else indicator


def _order(span: Any) -> tuple[Any, ...]:
    return span.from_, span.link, span.decision

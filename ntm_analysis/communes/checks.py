"""Whether a commune's files fit together, and fit the rulebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.figures import Reading, choose
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.profile import Appraisal, Commune
from ntm_analysis.language import Lang, in_workbook, say, translate, typed, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import (
    NATIONAL,
    LoadedSet,
    NoRulesError,
    Rulebook,
    RulesInForce,
    rules_in_force,
)
from ntm_analysis.rulebook.divisions import known_classes
from ntm_analysis.rulebook.periods import outside
from ntm_analysis.rulebook.places import alike_places, find_place, gone_on, known_places
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement
from ntm_analysis.spelling import fold
from ntm_analysis.units import unit_on, units_called
from ntm_analysis.yamlfile import YamlDocument

Loc = tuple[str | int, ...]
NO_DISTRICTS = dt.date(2025, 7, 1)
"""The first day without districts."""


def check_profile(
    profile: YamlDocument, params: Params, commune: Commune, book: Rulebook, problems: Collector
) -> None:
    """Note what in `commune.yaml` does not fit the parameters or the rulebook."""
    if params.commune != commune.id:
        problem = say("case.id", wanted=params.commune)
        problems.add(profile.problem(("id",), problem, say("case.id_wanted")))
    _check_hamlets(profile, commune, problems)
    if params.year in commune.appraisals:
        appraisal = commune.appraisals[params.year]
        _check_appraisal(profile, params, appraisal, book, problems)
    else:
        problem = say("case.year", year=params.year)
        wanted = say("case.year_wanted", year=params.year)
        problems.add(profile.problem(("appraisals",), problem, wanted))


def _check_hamlets(profile: YamlDocument, commune: Commune, problems: Collector) -> None:
    """Note a hamlet that is listed twice: their number is part of what is judged."""
    seen: set[str] = set()
    for number, name in enumerate(commune.hamlets):
        letters = " ".join(name.casefold().split())
        if letters in seen:
            told = say("case.hamlet_twice", name=name)
            wanted = say("case.hamlet_twice_wanted")
            problems.add(profile.problem(("hamlets", number), told, wanted, name))
        seen.add(letters)


def check_rules(
    document: YamlDocument,
    profile: YamlDocument,
    params: Params,
    commune: Commune,
    book: Rulebook,
    problems: Collector,
) -> RulesInForce | None:
    """Return the rules in force for the commune; None, and a problem noted, where none is."""
    if params.set not in book.sets:
        return None
    province = commune.province
    _check_classes(profile, commune, book, params, problems)
    if province not in known_places(book):
        # A slip of the pen would be judged by national rules alone.
        found = find_place(book, province)
        if alike := [found] if found else alike_places(book, province):
            problem = say("places.unknown", place=province)
            wanted = say("figures.alike", names=", ".join(alike))
            problems.add(profile.problem(("province",), problem, wanted))
            return None
    beyond = outside(book, params.set, params.on, user_lang())
    if beyond is not None and not params.outside_period:
        problem, others = beyond
        problems.add(document.problem(("on",), problem, f"{others} {say('period.wanted')}"))
        return None
    # Who judges by a set that is over, by an explicit word, does so on purpose.
    if beyond is None and not _place_of_the_day(profile, params, commune, book, problems):
        return None
    try:
        return rules_in_force(book, params.set, commune.locality(params.on), params.on)
    except NoRulesError:
        places = book.places_of(params.set)
        if province in places or NATIONAL in places:
            day = params.on.strftime("%d/%m/%Y")
            problem = say("case.no_rules", place=province, on=day)
            wanted = say("case.no_rules_wanted", places=", ".join(places))
            problems.add(document.problem(("on",), problem, wanted))
        else:
            problem = say("case.no_place", place=province)
            wanted = say("case.no_place_wanted", places=", ".join(places))
            problems.add(profile.problem(("province",), problem, wanted))
        return None


def _place_of_the_day(
    profile: YamlDocument, params: Params, commune: Commune, book: Rulebook, problems: Collector
) -> bool:
    """Note a province or district that there is not on the day; return whether there is none."""
    lang = user_lang()
    own = commune.appraisals.get(params.year)
    base: Loc = ("appraisals", params.year, "identity")
    fields = own.identity.model_fields_set if own and own.identity else set()
    before = len(problems.problems)

    def note(entry: str, told: str) -> None:
        loc: Loc = (*base, entry) if entry in fields else (entry,)
        wanted = say("places.day_wanted", year=params.year)
        problems.add(profile.problem(loc, told, wanted, getattr(commune, entry)))

    if (gone := gone_on(book, commune.province, params.on)) is not None and gone.until:
        last = format_date(gone.until, lang, "short")
        note("province", say("places.gone", place=commune.province, until=last, into=gone.into))
    if commune.district and params.on >= NO_DISTRICTS:
        note("district", say("places.no_district", district=commune.district))
    return len(problems.problems) == before


def _check_classes(
    profile: YamlDocument, commune: Commune, book: Rulebook, params: Params, problems: Collector
) -> None:
    """Note a class that there is not, or that a decision which is not known gave."""
    divisions = [one for loaded in book.sets.values() for one in loaded.divisions]
    known = {*book.classes, *known_classes(divisions, commune.province)}
    own = commune.appraisals.get(params.year)
    yearly = own is not None and own.identity is not None and own.identity.classes is not None
    base: Loc = ("appraisals", params.year, "identity", "classes") if yearly else ("classes",)
    for number, one in enumerate(commune.classes or ()):
        if one.key not in known:
            told = say("classes.unknown", name=one.key)
            wanted = closest(one.key, sorted(known), "classes.unknown_wanted")
            problems.add(profile.problem((*base, number), told, wanted, one.key))
        if one.decision is not None and one.decision not in book.decisions:
            told = say("case.decision", value=one.decision)
            wanted = closest(one.decision, book.decisions, "case.decision_wanted")
            problems.add(profile.problem((*base, number, "decision"), told, wanted))


def day_remark(year: int, on: dt.date, lang: Lang) -> str:
    """Return what is strange of the day whose law applies; empty where nothing is."""
    if year <= on.year <= year + 1:
        return ""
    return translate("cli.other_day", lang, on=format_date(on, lang, "short"), year=year)


def unit_remark(commune: Commune, on: dt.date, lang: Lang) -> str:
    """Return what is strange of a commune's code on a day; empty where nothing is.

    Codes are used again: that of a commune may have been another's on that day. Communes of one
    name are told apart by their districts and provinces.
    """
    if not commune.code or commune.synthetic:
        return ""
    unit, day = unit_on(commune.code, on), format_date(on, lang, "short")
    if unit is None:
        return translate("units.strange", lang, code=commune.code, on=day)
    named = (commune.name, commune.district if unit.district else "", commune.province)
    held = (unit.name, unit.district_name, unit.province)
    if all(not one or fold(one) == fold(other) for one, other in zip(named, held, strict=True)):
        return ""
    name = ", ".join(filter(None, (unit.full_name, unit.district, unit.province)))
    own = ", ".join(filter(None, (commune.name, commune.district, commune.province)))
    told = translate("units.another", lang, code=commune.code, on=day, name=name, own=own)
    codes = [
        one.code
        for one in units_called(commune.name, on)
        if fold(one.province) == fold(commune.province)
        and fold(one.district_name) == fold(commune.district or "")
    ]
    return f"{told} {translate('units.meant', lang, codes=', '.join(codes))}" if codes else told


def class_remark(rules: RulesInForce, lang: Lang) -> str:
    """Return what is to be filled in so that the commune's region, zone or group is known."""
    parts = []
    for lack in rules.lacks:
        division = lack.division
        assert division is not None
        codes = [
            rule.code
            for rule in rules.rules
            if any(one.division is division for one in rule.lacks.values())
        ]
        keys = [f"{part.key} ({part.name[lang]})" for part in division.parts]
        classes = [
            f"{key} ({rules.rulebook.classes[key][lang]})"
            for key in division.classes
            if key in rules.rulebook.classes
        ]
        parts.append(
            translate(
                "classes.missing",
                lang,
                why=lack.words(lang),
                codes=", ".join(codes),
                keys=", ".join([*keys, *classes]),
            )
        )
    return " ".join(parts)


def _check_appraisal(
    profile: YamlDocument,
    params: Params,
    appraisal: Appraisal,
    book: Rulebook,
    problems: Collector,
) -> None:
    base: Loc = ("appraisals", params.year)

    def note(loc: Loc, key: str, value: str, known: Iterable[str]) -> None:
        wanted = closest(value, known, f"{key}_wanted")
        problems.add(profile.problem((*base, *loc), say(key, value=value), wanted))

    for number, basis in enumerate(appraisal.legal_bases):
        if isinstance(basis, str) and basis not in book.decisions:
            note(("legal_bases", number), "case.decision", basis, book.decisions)
    for number, key in enumerate(appraisal.base_set.against):
        if key not in book.decisions:
            note(("base_set", "against", number), "case.decision", key, book.decisions)
    for number, citation in enumerate(appraisal.citations):
        if citation.decision not in book.decisions:
            note(
                ("citations", number, "decision"),
                "case.decision",
                citation.decision,
                book.decisions,
            )
    for number, document in enumerate(appraisal.leadership.documents):
        for place, key in enumerate(document.relies_on):
            if key not in book.decisions:
                loc = ("leadership", "documents", number, "relies_on", place)
                note(loc, "case.decision", key, book.decisions)
    under = appraisal.dossier.under
    if under is not None and under not in book.decisions:
        note(("dossier", "under"), "case.decision", under, book.decisions)
    _check_totals(profile, params, appraisal, problems)
    _check_years(profile, params, appraisal, problems)
    if params.set not in book.sets:
        return
    if appraisal.set != params.set:
        problem = say("case.other_set", value=appraisal.set)
        wanted = say("case.other_set_wanted", set=params.set)
        problems.add(profile.problem((*base, "set"), problem, wanted))
        return
    loaded = book.sets[appraisal.set]
    known = [condition.key for condition in loaded.about.conditions]
    for key in appraisal.conditions:
        if key not in known:
            problem = say("case.condition", value=key)
            wanted = say("case.condition_wanted", known=", ".join(known))
            problems.add(profile.problem((*base, "conditions", key), problem, wanted))
    for number, target in enumerate(appraisal.plan.targets if appraisal.plan else ()):
        at_target: Loc = ("plan", "targets", number)
        if target.indicator and target.indicator not in loaded.indicators:
            note((*at_target, "indicator"), "case.indicator", target.indicator, loaded.indicators)
        if target.unit and target.unit not in book.units:
            note((*at_target, "unit"), "case.unit", target.unit, book.units)
        if target.requires:
            where = (*base, *at_target, "requires")
            if not _is_number(target.requires):
                problem = say("case.requires", value=target.requires)
                problems.add(profile.problem(where, problem, say("case.requires_wanted")))
            elif not target.unit:
                problem = say("case.target_unit", value=target.requires)
                wanted = say("case.target_unit_wanted", value=_unit_of(loaded, target.indicator))
                problems.add(profile.problem(where, problem, wanted))


def _check_totals(
    profile: YamlDocument, params: Params, appraisal: Appraisal, problems: Collector
) -> None:
    """Note more met than there are, and a recognition after the appraisal's year."""
    base: Loc = ("appraisals", params.year)
    for part, told in (("claim", appraisal.claim), ("base_set", appraisal.base_set)):
        for what in ("criteria", "indicators"):
            met = getattr(told, f"{what}_met", None)
            total = getattr(told, f"{what}_total", None)
            if met is not None and (met < 0 or (total is not None and met > total)):
                problem = say("case.met_of_total", met=met, total="" if total is None else total)
                wanted = say("case.met_of_total_wanted")
                problems.add(profile.problem((*base, part, f"{what}_met"), problem, wanted))
    recognised = appraisal.base_set.recognised
    if recognised is not None and not 1900 <= recognised <= params.year:
        problem = say("case.recognised", value=recognised, year=params.year)
        wanted = say("case.recognised_wanted", last=params.year)
        problems.add(profile.problem((*base, "base_set", "recognised"), problem, wanted))


def _check_years(
    profile: YamlDocument, params: Params, appraisal: Appraisal, problems: Collector
) -> None:
    """Note days and years far from the appraisal's: a slip of the pen."""
    year = params.year
    found: list[tuple[Loc, str, str, int, int, int]] = []
    if appraisal.period is not None:
        for entry, day in (("from", appraisal.period.from_), ("until", appraisal.period.until)):
            loc: Loc = ("period", entry)
            found.append((loc, "case.period_far", str(day), day.year, year - 1, year + _LATE))
    if appraisal.plan is not None:
        last = year + _AHEAD
        planned = appraisal.plan.year
        found.append((("plan", "year"), "case.plan_year", str(planned), planned, year, last))
        for number, target in enumerate(appraisal.plan.targets):
            if (until := target.until) is not None:
                loc = ("plan", "targets", number, "until")
                found.append((loc, "case.target_year", str(until), until, year, last))
    for loc, key, value, told, first, last in found:
        if not first <= told <= last:
            wanted = say("case.year_between", first=first, last=last)
            at: Loc = ("appraisals", year, *loc)
            problems.add(profile.problem(at, say(key, year=year), wanted, value))


_LATE: Final = 2
"""Years that an appraisal may last beyond that of its figures."""
_AHEAD: Final = 30
"""Years that plans look ahead: the longest are of 30 (Luật Quy hoạch 2017, vision)."""


def _is_number(text: str) -> bool:
    try:
        return parse_requirement(text).op not in ("yes", "unknown")
    except RequirementError:
        return False


def _unit_of(loaded: LoadedSet, code: str | None) -> str:
    indicator = loaded.indicators.get(code or "")
    return indicator.unit if indicator else "percent"


def check_parts(
    rules: RulesInForce, readings: Sequence[Reading], file: str, problems: Collector
) -> None:
    """Note every part that exceeds its whole within an indicator."""
    for rule in rules.rules:
        names = dict.fromkeys((*rule.indicator.variables, *rule.indicator.context))
        for name in names:
            whole_name = rules.rulebook.variables[name].part_of
            if whole_name not in names:
                continue
            part = choose(readings, name, rule.code)
            whole = choose(readings, whole_name, rule.code)
            if part is None or whole is None or not part.low > whole.high:
                continue
            problems.add(
                Problem(
                    file,
                    say(
                        "figures.part",
                        part=_called(name, rules.rulebook),
                        whole=_called(whole_name, rules.rulebook),
                        value=typed(whole.text),
                        row=whole.row,
                    ),
                    say("figures.part_wanted"),
                    other=whole.row,
                    row=part.row,
                    column="value",
                    value=part.text,
                )
            )


def _called(name: str, book: Rulebook) -> str:
    """Return a variable as the person knows it: its label in a workbook, else its key."""
    return book.variables[name].label[user_lang()] if in_workbook() else name

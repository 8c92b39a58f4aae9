"""Whether each dated entry of the law names a place, a part and a decision that there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_analysis.language import say, user_lang
from ntm_analysis.numbers import format_date
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook.communes import unit_problem
from ntm_analysis.rulebook.divisions import NATIONAL, Division
from ntm_analysis.rulebook.fit import misfit
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Decision
from ntm_analysis.rulebook.overlaps import Record, check_overlaps, worded_for
from ntm_analysis.rulebook.places import ProvinceSpan, match_place, near_places
from ntm_analysis.rulebook.province import DecisionFile
from ntm_analysis.rulebook.province_file import Province
from ntm_analysis.rulebook.spans import Span, Threshold
from ntm_analysis.rulebook.variables import Variable
from ntm_analysis.yamlfile import YamlDocument

Loc = tuple[str | int, ...]
_SLIP = 0.8
"""How like a known name another must be to be a slip of the pen; what is less is lint's."""


class Days(NamedTuple):
    """A first and a last day, where bounded."""

    from_: dt.date | None
    until: dt.date | None


@dataclass(frozen=True)
class Law:
    """What the entries of all files are checked against.

    Attributes
    ----------
    sets, variables, decisions, provinces : mapping
        By key, code or name.
    classes : sequence of str
        The keys of the classes of communes.
    """

    sets: Mapping[str, LoadedSet]
    variables: Mapping[str, Variable]
    decisions: Mapping[str, Decision]
    provinces: Mapping[str, ProvinceSpan]
    classes: Sequence[str]

    def known(self, place: str) -> str:
        """Return a province; the nation in place of a name that is none."""
        return place if place in self.provinces else NATIONAL


def check_records(
    law: Law,
    records: Sequence[Record],
    files: Sequence[DecisionFile],
    about: Mapping[str, YamlDocument],
    problems: Collector,
) -> None:
    """Note what is wrong with dated entries: their places, parts, days and requirements."""
    for key, loaded in law.sets.items():
        where: list[tuple[YamlDocument, Loc, Division]] = [
            (about[key], ("divisions", number), one)
            for number, one in enumerate(loaded.about.divisions)
        ]
        for file in (one for one in files if one.set_key == key):
            where += [
                (file.document, ("divisions", number), one)
                for number, one in enumerate(file.province.divisions)
            ]
        check_divisions(where, law, problems)
    for file in files:
        for key, decision in file.province.decisions.items():
            days = Days(decision.date, None)
            loc: Loc = ("decisions", key, "place")
            check_place(decision.place, days, law, file.document, loc, problems)
        province = file.province
        days = Days(province.from_, province.until)
        check_place(province.place, days, law, file.document, ("place",), problems)
        what = say("rulebook.this_file")
        _check_start(province, what, law, (file.document, ("from",)), problems)
    of = {id(file.document): file.province for file in files}
    for one in records:
        check_span(one, law, problems, of.get(id(one.document)))
        check_requirements(one, law, problems)
    check_overlaps(records, law.sets, law.decisions, problems)


def check_span(one: Record, law: Law, problems: Collector, file: Province | None = None) -> None:
    """Note a place, part or decision that there is not, at least not on those days.

    Parameters
    ----------
    one : Record
    law : Law
    problems : Collector
    file : Province or None
        The decision's file in which it stands; what it has of the file is checked there.
    """
    placed = file is not None
    span: Span = one.span
    if span.decision not in law.decisions and not (placed and one.kind == "in_force"):
        told = say("rulebook.dangling", name=span.decision)
        loc = (*one.loc, "decision")
        problems.add(
            one.document.problem(loc, told, say("rulebook.dangling_wanted"), span.decision)
        )
    if not placed:
        days = Days(span.from_, span.until)
        check_place(span.place, days, law, one.document, (*one.loc, "place"), problems)
    if file is None or span.from_ != file.from_ or span.decision != file.decision:
        what = say("rulebook.value_of", code=one.code)
        _check_start(span, what, law, (one.document, one.loc), problems)
    commune = span.commune if isinstance(span, Threshold) else None
    if commune and (wrong := unit_problem(commune, law.known(span.place), span.from_, span.until)):
        problems.add(one.document.problem((*one.loc, "commune"), *wrong, commune))
    if span.division is None:
        return
    parts = {
        part.key: part.name.vi
        for division in law.sets[one.set_key].divisions
        if division.place in (span.place, NATIONAL)
        for part in division.parts
    }
    if span.division not in parts:
        told = say("divisions.unknown", part=span.division, place=span.place)
        named = ", ".join(f"{key} ({name})" for key, name in parts.items())
        wanted = say("divisions.unknown_wanted" if parts else "divisions.none_wanted", parts=named)
        loc = (*one.loc, "division")
        problems.add(one.document.problem(loc, told, wanted, span.division))


def _check_start(
    span: Span | Province, what: str, law: Law, where: tuple[YamlDocument, Loc], problems: Collector
) -> None:
    """Note what begins before its decision is in force."""
    decision = law.decisions.get(span.decision)
    begins = (decision.in_force or decision.date) if decision else None
    if decision is None or begins is None or span.from_ >= begins or _is_year(span):
        return
    lang = user_lang()
    since, day = (format_date(each, lang, "short") for each in (begins, span.from_))
    told = say("rulebook.before", what=what, on=day, number=decision.number, since=since)
    document, loc = where
    problems.add(document.problem(loc, told, say("rulebook.before_wanted", since=since)))


def _is_year(span: Span | Province) -> bool:
    """Whether it is the value of a calendar year, which a decision may give for a year gone by."""
    year = span.from_.year
    return (span.from_, span.until) == (dt.date(year, 1, 1), dt.date(year, 12, 31))


def check_place(
    place: str, days: Days, law: Law, document: YamlDocument, loc: Loc, problems: Collector
) -> None:
    """Note a province whose name is misspelt, or that was none on any of these days."""
    provinces = law.provinces
    if place == NATIONAL or not provinces:
        return
    names = (NATIONAL, *provinces)
    found = provinces.get(place)
    if found is None:
        same = match_place(names, place)
        alike = [same] if same else near_places(names, place, _SLIP)
        if alike:
            told = say("places.unknown", place=place)
            wanted = say("figures.alike", names=", ".join(alike))
            problems.add(document.problem(loc, told, wanted, place))
        return
    lang = user_lang()
    if found.until and days.from_ and found.until < days.from_:
        last = format_date(found.until, lang, "short")
        told = say("places.gone", place=place, until=last, into=found.into or "…")
    elif found.from_ and days.until and days.until < found.from_:
        before = [one.name for one in provinces.values() if one.into == place]
        first = format_date(found.from_, lang, "short")
        told = say("places.not_yet", place=place, first=first, before=", ".join(before) or "…")
    else:
        return
    problems.add(document.problem(loc, told, say("places.days_wanted"), place))


def check_divisions(
    where: Sequence[tuple[YamlDocument, Loc, Division]], law: Law, problems: Collector
) -> None:
    """Note parts that two divisions of a place name alike, and what there is not."""
    before: list[tuple[YamlDocument, Division]] = []
    for document, loc, division in where:
        days = Days(division.from_, division.until)
        check_place(division.place, days, law, document, (*loc, "place"), problems)
        if division.decision not in law.decisions:
            told = say("rulebook.dangling", name=division.decision)
            wanted = say("rulebook.dangling_wanted")
            problems.add(document.problem((*loc, "decision"), told, wanted, division.decision))
        for number, part in enumerate(division.parts):
            at: Loc = (*loc, "parts", number)
            for other_file, other in before:
                if part.key in {one.key for one in other.parts} and _meet(division, other):
                    told = say("divisions.two", part=part.key, other=other_file.file)
                    wanted = say("divisions.two_wanted")
                    problems.add(document.problem((*at, "key"), told, wanted, part.key))
            for index, name in enumerate(part.provinces):
                check_place(name, days, law, document, (*at, "provinces", index), problems)
            for index, code in enumerate(part.communes):
                if wrong := unit_problem(code, law.known(division.place), *days):
                    here: Loc = (*at, "communes", index)
                    problems.add(document.problem(here, *wrong, code))
            for index, name in enumerate(part.classes):
                if name not in law.classes:
                    told = say("divisions.no_class", name=name)
                    wanted = say("divisions.no_class_wanted", names=", ".join(law.classes))
                    problems.add(document.problem((*at, "classes", index), told, wanted, name))
        before.append((document, division))


def _meet(one: Division, other: Division) -> bool:
    """Whether two divisions may divide one commune's place on one day."""
    if one.place != other.place and NATIONAL not in (one.place, other.place):
        return False
    ends = [each.until for each in (one, other) if each.until]
    begins = [each.from_ for each in (one, other) if each.from_]
    return not ends or not begins or max(begins) <= min(ends)


def check_requirements(one: Record, law: Law, problems: Collector) -> None:
    """Note limbs that an indicator does not have, and requirements that do not fit a limb."""
    span = one.span
    indicator = law.sets[one.set_key].indicators.get(one.code)
    if not isinstance(span, Threshold) or indicator is None:
        return
    worded = worded_for(indicator, span)
    base = (*one.loc, "requires") if _has_entry(one) else one.loc
    limbs = {limb.key: limb for limb in worded.limbs}
    if unnamed := worded.unnamed_limbs(span.requires):
        told = say("rulebook.limb_of_its_own", limbs=", ".join(unnamed))
        each = ", ".join(f'{key}: "…"' for key in limbs)
        wanted = say("rulebook.limb_of_its_own_wanted", code=one.code, limbs=f"{{{each}}}")
        problems.add(one.document.problem(base, told, wanted))
        return
    for key, text in worded.by_limb(span.requires).items():
        loc = (*base, key) if isinstance(span.requires, dict) else base
        if key not in limbs:
            told = say("rulebook.limb_unknown", limbs=key)
            wanted = say("province.limb_known", limbs=", ".join(limbs))
            problems.add(one.document.problem(loc, told, wanted))
            continue
        wrong = misfit(text, limbs[key], (one.set_key, one.code), law.variables, law.sets)
        if wrong is None and text.strip() == "delegated" and span.place != NATIONAL:
            wrong = say("rulebook.delegated", code=one.code), say("rulebook.delegated_wanted")
        if wrong is not None:
            problems.add(one.document.problem(loc, *wrong, text))


def _has_entry(one: Record) -> bool:
    """Whether the requirement stands below an entry `requires` in the file."""
    data = one.document.data
    for part in one.loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(data, dict) and "requires" in data

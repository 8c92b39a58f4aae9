"""Reading law tests, and checking that each can be tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.change import general_reading
from ntm_analysis.communes.checks import check_parts
from ntm_analysis.communes.figures import Reading, read_value
from ntm_analysis.communes.table import Row
from ntm_analysis.language import say, user_lang
from ntm_analysis.law_tests.schema import NOT_IN_FORCE, LawTestsFile, TestEntry
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors
from ntm_analysis.rulebook import NoRulesError, Rulebook, RulesInForce, rules_in_force
from ntm_analysis.rulebook.divisions import Locality, known_classes
from ntm_analysis.rulebook.periods import outside
from ntm_analysis.rulebook.places import alike_places, find_place
from ntm_analysis.yamlfile import Loc as Path_
from ntm_analysis.yamlfile import YamlDocument, parse, read_yaml

Loc = tuple[str | int, ...]
_OF_A_RULE = (
    "requires", "limb", "value", "margin", "headroom", "standing", "conclusion", "turned_by", "lack"
)  # fmt: skip


@dataclass(frozen=True)
class LawTest:
    """A test that can be tried.

    Attributes
    ----------
    entry : TestEntry
        As written.
    file : str
    lines : mapping of entry to int
        The line of each of its entries, `""` for the test itself.
    set, place, on : str, str, date
        Under which law it stands.
    classes : tuple of str or None
    rules : RulesInForce or None
        The law there and then; None where nothing of the set is in force.
    readings : tuple of Reading
    """

    entry: TestEntry
    file: str
    lines: dict[str, int]
    set: str
    place: str
    on: dt.date
    classes: tuple[str, ...] | None
    rules: RulesInForce | None
    readings: tuple[Reading, ...]

    def line(self, entry: str = "") -> int:
        """Return the line where an entry stands; that of the test where it is left out."""
        return self.lines.get(entry, self.lines[""])


def files_of(project: Project) -> list[Path]:
    """Return the files of law tests of a project, in order."""
    return sorted(project.law_tests.glob("*.yaml"))


def read_law_tests(project: Project, book: Rulebook) -> list[LawTest]:
    """Read all law tests of a project.

    Raises
    ------
    DataErrors
        With every problem of every file: what is no test, what names something that the rulebook
        does not know, and figures that no commune could report.
    """
    problems = Collector()
    found: list[LawTest] = []
    for path in files_of(project):
        try:
            document = read_yaml(path, project.relative(path))
            given = parse(document, LawTestsFile)
        except DataErrors as error:
            problems.extend(error)
            continue
        found += _Reader(document, given, book, problems).tests()
    problems.raise_if_any()
    return found


class _Reader:
    """One file."""

    def __init__(
        self, document: YamlDocument, given: LawTestsFile, book: Rulebook, problems: Collector
    ) -> None:
        self.document, self.given, self.book, self.problems = document, given, book, problems

    def tests(self) -> Iterator[LawTest]:
        """Yield the sound tests; a problem is noted for each of the others."""
        names: dict[str, int] = {}
        for number, entry in enumerate(self.given.tests):
            before = len(self.problems.problems)
            first = names.setdefault(entry.name.vi, number)
            if first != number:
                told = say("law_tests.twice", line=self.document.line(("tests", first)))
                self.note(("tests", number, "name"), told, say("law_tests.twice_wanted"))
            made = self.test(number, entry)
            if made is not None and len(self.problems.problems) == before:
                yield made

    def note(self, loc: Loc, told: str, wanted: str) -> None:
        """Note a problem with the entry at a place."""
        self.problems.add(self.document.problem(loc, told, wanted))

    def at(self, number: int, key: str) -> Loc:
        """Return where a test's circumstance stands: in the test, else at the file's head."""
        own = key in self.given.tests[number].model_fields_set
        return ("tests", number, key) if own else (key,)

    def test(self, number: int, entry: TestEntry) -> LawTest | None:
        """Return a test, or None where it cannot be tried."""
        head = self.given
        given = {
            key: head_value if own is None else own
            for key in ("set", "place", "on")
            for own, head_value in [(getattr(entry, key), getattr(head, key))]
        }
        for key, value in given.items():
            if value is None:
                told = say("law_tests.without", entry=key)
                self.note(("tests", number), told, say("law_tests.without_wanted", entry=key))
        if None in given.values():
            return None
        set_key, place, on = given["set"], given["place"], given["on"]
        classes = head.classes if entry.classes is None else entry.classes
        if not self.known(number, set_key, place, on, classes):
            return None
        place = str(find_place(self.book, place))
        where = Locality(place, "", None if classes is None else frozenset(classes))
        rules: RulesInForce | None = None
        with suppress(NoRulesError):
            rules = rules_in_force(self.book, set_key, where, on)
        self.check_entry(number, entry, set_key)
        readings = self.readings(number, entry, set_key)
        if rules is not None and entry.indicator in rules.by_code:
            only = replace(rules, rules=(rules.by_code[entry.indicator],))
            check_parts(only, readings, self.document.file, self.problems)
        return LawTest(
            entry, self.document.file, self.lines(number), set_key, place, on, classes, rules,
            tuple(readings),
        )  # fmt: skip

    def lines(self, number: int) -> dict[str, int]:
        """Return the line of a test and of each of its entries."""
        head: Path_ = ("tests", str(number))
        found = {loc[2]: line for loc, line in self.document.lines.items()
                 if len(loc) == 3 and loc[:2] == head}  # fmt: skip
        return {**found, "": self.document.line(("tests", number)) or 0}

    def known(
        self, number: int, set_key: str, place: str, on: dt.date, classes: tuple[str, ...] | None
    ) -> bool:
        """Note a set, place, day or class that the rulebook does not know."""
        before, book = len(self.problems.problems), self.book
        where = find_place(book, place)
        if where is None:
            wanted = say("figures.alike", names=", ".join(alike_places(book, place) or book.places))
            self.note(self.at(number, "place"), say("places.unknown", place=place), wanted)
        if set_key not in book.sets:
            wanted = say("case.set_wanted", sets=", ".join(book.sets))
            self.note(self.at(number, "set"), say("case.set", set=set_key), wanted)
            return False
        if (beyond := outside(book, set_key, on, user_lang())) is not None:
            self.note(self.at(number, "on"), *beyond)
        classed = {*book.classes, *known_classes(book.sets[set_key].divisions, where or place)}
        for index, one in enumerate(classes or ()):
            if one not in classed:
                wanted = closest(one, sorted(classed), "classes.unknown_wanted")
                loc = (*self.at(number, "classes"), index)
                self.note(loc, say("classes.unknown", name=one), wanted)
        return len(self.problems.problems) == before

    def check_entry(self, number: int, entry: TestEntry, set_key: str) -> None:
        """Note an indicator or limb that there is not, and what cannot come out."""
        indicators = self.book.sets[set_key].indicators
        if entry.indicator not in indicators:
            told = say("law_tests.indicator", code=entry.indicator, set=set_key)
            wanted = closest(entry.indicator, indicators, "law_tests.indicator_wanted")
            self.note(("tests", number, "indicator"), told, wanted)
            return
        limbs = [limb.key for limb in indicators[entry.indicator].limbs]
        if entry.limb is not None and entry.limb not in limbs:
            told = say("law_tests.limb", code=entry.indicator)
            wanted = say("law_tests.limb_wanted", limbs=", ".join(limbs))
            self.note(("tests", number, "limb"), told, wanted)
        for key in _OF_A_RULE if entry.verdict == NOT_IN_FORCE else ():
            if getattr(entry, key) is not None:
                told, wanted = say("law_tests.nothing", entry=key), say("law_tests.nothing_wanted")
                self.note(("tests", number, key), told, wanted)

    def readings(self, number: int, entry: TestEntry, set_key: str) -> list[Reading]:
        """Return the test's figures as a commune would report them."""
        indicator = self.book.sets[set_key].indicators.get(entry.indicator)
        used = set() if indicator is None else set(indicator.variables)
        if indicator is not None:
            # A limb or formula may be that of a variant: other words of the same indicator.
            for variant in indicator.variants:
                used |= set(variant.of(indicator).variables)
        found = []
        for name, texts in entry.figures.items():
            loc: Loc = ("tests", number, "figures", name)
            variable = self.book.variables.get(name)
            if variable is None or name not in used:
                key = "figures.variable_unknown" if variable is None else "law_tests.unused"
                wanted = closest(name, sorted(used), "figures.variable_unknown_wanted")
                if indicator is not None or variable is None:
                    self.note(loc, say(key, name=name, code=entry.indicator), wanted)
                continue
            for index, text in enumerate(texts):
                row = Row(self.document.file, self.document.line(loc) or 0,
                          {"variable": name, "value": text, "unit": variable.unit})  # fmt: skip
                here = Collector()
                value = read_value(row, variable, here)
                self.problems.problems += [
                    replace(one, column=f"tests[{number}].figures.{name}") for one in here.problems
                ]
                if value is not None:
                    source, primary = f"test:{index + 1}", index == 0
                    unit = variable.unit
                    found.append(general_reading(unit, row, value, source, primary=primary))
        return found

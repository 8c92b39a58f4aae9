"""Trying law tests: each is a commune of its own that reports the test's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ntm_analysis.assessment import assess
from ntm_analysis.assessment.stability import STABLE
from ntm_analysis.communes import Case, Evidence
from ntm_analysis.communes.identity import CommuneClass
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.profile import Appraisal, Commune
from ntm_analysis.law_tests.reading import LawTest
from ntm_analysis.law_tests.schema import NOT_IN_FORCE
from ntm_analysis.rulebook import RulesInForce

_FLIPS = "flips: "


@dataclass(frozen=True, slots=True)
class Difference:
    """What came out otherwise than a test says.

    Attributes
    ----------
    entry : str
        The entry of the test: `verdict`, `margin`, ….
    wanted, found : str
    """

    entry: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test gave.

    Attributes
    ----------
    test : LawTest
    found : mapping of str to str
        `verdict`, `requires`, `value`, … as they came out; empty where there is none.
    differences : tuple of Difference
        Empty where the test holds.
    """

    test: LawTest
    found: dict[str, str]
    differences: tuple[Difference, ...]


def try_law(tests: Sequence[LawTest]) -> list[Outcome]:
    """Try law tests, in their order.

    Examples
    --------
    >>> book = load_rulebook(find_project().rulebook)
    >>> outcomes = try_law(read_law_tests(find_project(), book))
    >>> [one.test.entry.indicator for one in outcomes if one.differences]
    []
    """
    cases: dict[int, Case] = {}
    for number, test in enumerate(tests):
        if test.rules is not None and test.entry.indicator in test.rules.by_code:
            cases[number] = _case(number, test, test.rules)
    results = assess(list(cases.values()), "vi") if cases else None
    outcomes = []
    for number, test in enumerate(tests):
        found = {"verdict": NOT_IN_FORCE}
        case = cases.get(number)
        if case is not None and results is not None:
            row = results.records(case)[test.entry.indicator]
            rule = case.rules.by_code[test.entry.indicator]
            found = _found(dict(row.items())) | {"lack": rule.lack.kind if rule.lack else ""}
        outcomes.append(Outcome(test, found, tuple(_differences(test, found))))
    return outcomes


def _case(number: int, test: LawTest, rules: RulesInForce) -> Case:
    """Return a made-up commune under the one rule that the test is about."""
    year = test.on.year
    classes = test.classes
    commune = Commune(
        id=f"law-test-{number}",
        name="Thử",
        province=test.place,
        classes=None if classes is None else tuple(CommuneClass(key=key) for key in classes),
        synthetic=True,
        appraisals={year: Appraisal(set=test.set, appraiser="law test")},
    )
    params = Params(commune=commune.id, year=year, set=test.set, on=test.on)
    rule = rules.by_code[test.entry.indicator]
    only = RulesInForce(rules.rulebook, rules.loaded, rules.place, rules.on, (rule,), rules.stand)
    return Case(params, commune, only, test.readings, (_evidence(test),), ())


def _evidence(test: LawTest) -> Evidence:
    return Evidence(
        indicator=test.entry.indicator, claimed_value="", claimed_verdict="", document="",
        number="", issuer="", issued_on=None, grade=test.entry.evidence, note="", note_en="",
        document_en="", issuer_en="", valid_until=None, year=None, row=0,
    )  # fmt: skip


def _found(row: dict[Any, Any]) -> dict[str, str]:
    numbers = {key: row[key] for key in ("value", "margin", "headroom")}
    words = ("verdict", "requires", "limb", "standing", "conclusion")
    stability = str(row["stability"])
    return {
        **{key: str(row[key]) for key in words},
        **{key: "" if one != one else repr(float(one)) for key, one in numbers.items()},
        "turned_by": "" if stability == STABLE else stability.removeprefix(_FLIPS),
    }


def _differences(test: LawTest, found: dict[str, str]) -> Iterator[Difference]:
    for key in (
        "verdict", "requires", "limb", "value", "margin", "headroom", "standing", "conclusion",
        "turned_by", "lack",
    ):  # fmt: skip
        wanted = getattr(test.entry, key)
        if wanted is None:
            continue
        came = found.get(key, "")
        if key in ("value", "margin", "headroom"):
            came = _to_decimals(came, wanted)
            if came and Decimal(came) == Decimal(wanted):
                continue
        if came != wanted:
            yield Difference(key, wanted, came)


def _to_decimals(found: str, wanted: str) -> str:
    """Return a number rounded to as many decimals as another is written with.

    >>> _to_decimals("98.00072700836059", "98.0007")
    '98.0007'
    """
    if not found:
        return ""
    places = len(wanted.partition(".")[2])
    return str(Decimal(found).quantize(Decimal(1).scaleb(-places)))

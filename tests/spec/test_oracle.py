"""Two hundred made-up communes against an oracle that shares no code: fractions and plain ifs."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import Case
from ntm_analysis.rulebook import Rule, load_rulebook
from ntm_analysis.samples import generator, make
from tests.support import sample_project

COMMUNES = 200
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def cases(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    rules = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    samples = [make(rules, n, generator(18, n), (2024,)) for n in range(1, COMMUNES + 1)]
    found = sample_project.cases(samples, tmp_path_factory.mktemp("oracle"), repository)
    return [_with_gaps(case, number) for number, case in enumerate(found)]


def _with_gaps(case: Case, number: int) -> Case:
    """Without one figure in 19, another for each commune."""
    kept = [r for place, r in enumerate(case.readings) if (place + number) % 19]
    return replace(case, readings=tuple(kept))


def told(case: Case, name: str, code: str) -> str | None:
    """The figure as written: of the indicator itself, else a general one."""
    mine = [r for r in case.readings if r.variable == name]
    for scope in (code, ""):
        for reading in sorted(mine, key=lambda r: not r.primary):
            if reading.indicator == scope:
                return reading.text
    return None


def limb_verdict(case: Case, rule: Rule, key: str) -> str | None:
    """`met`, …, or `missing`; None where the oracle does not read it."""
    limb = next(one for one in rule.indicator.limbs if one.key == key)
    asked = rule.requirements[key].text
    names = sorted(set(re.findall(r"[a-z_]\w*", limb.formula)))
    texts = {name: told(case, name, rule.code) for name in names}
    if None in texts.values():
        stated = told(case, limb.stated, rule.code) if limb.stated else None
        if stated is None:
            return "missing"
        texts, formula = {"stated": stated}, "stated"
    else:
        formula = limb.formula
    for word in ("pending", "not_applicable"):
        if word in texts.values():
            return word
    if limb.kind == "yes_no":
        return "met" if texts[formula] == "yes" else "not_met"
    if limb.kind == "grade" or not all(NUMBER.fullmatch(str(t)) for t in texts.values()):
        return None
    parts = {name: Fraction(str(text)) for name, text in texts.items()}
    exact = re.sub(r"(?<![\w.])\d+(\.\d+)?", lambda m: f"Fraction('{m[0]}')", formula)
    try:
        value = eval(exact, {"Fraction": Fraction}, parts)
    except ZeroDivisionError:
        return "missing"
    if asked == "unknown":
        best = value <= 0 if limb.lower_is_better else value >= 100
        return "met" if limb.kind == "rate" and best else "unknown"
    sign, _, threshold = asked.partition(" ")
    limit = Fraction(threshold)
    holds = {">=": value >= limit, ">": value > limit, "<=": value <= limit, "<": value < limit}
    return "met" if holds[sign] else "not_met"


def verdict(case: Case, rule: Rule) -> str | None:
    own, *others = (limb_verdict(case, rule, limb.key) for limb in rule.indicator.limbs)
    every = [own, *others]
    if None in every:
        return None
    if rule.indicator.combine == "any":
        for word in ("met", "pending"):
            if word in every:
                return word
        if set(every) == {"not_applicable"}:
            return "not_applicable"
        return "not_met" if set(every) <= {"not_met", "not_applicable"} else "no_data"
    if "not_met" in every:
        return "not_met"
    if own == "met":
        if "unknown" in others:
            return "no_data"
        return "pending" if "pending" in others else "met"
    return "no_data" if own in ("missing", "unknown") else own


def test_verdicts_standing_and_conclusion(cases: list[Case]):
    assessment = assess(cases)
    seen: dict[str, int] = {}
    for case in cases:
        rows = assessment.of(case)
        for rule in case.rules.rules:
            row, wanted = rows.loc[rule.code], verdict(case, rule)
            at = f"{case.id} {rule.code}"
            if wanted is not None:
                assert row["verdict"] == wanted, at
            found = row["verdict"]
            seen[found] = seen.get(found, 0) + (wanted is not None)
            grades = [e.grade for e in case.evidence if e.indicator == rule.code]
            grade = min(grades, default="E")
            if row["missing_limbs"]:
                grade = max(grade, "D")
            standing = ""
            if found in ("met", "not_applicable"):
                weak = grade > case.params.evidence_floor
                standing = "disputed" if row["turns"] else "unproven" if weak else "firm"
            assert row["standing"] == standing, at
            if rule.code not in case.decided:
                becomes = {"disputed": "clarify", "unproven": "prove"}
                assert row["conclusion"] == becomes.get(standing, found), at
    assert sum(seen.values()) > COMMUNES * 65
    assert {"met", "not_met", "no_data", "not_applicable", "pending"} <= set(seen)

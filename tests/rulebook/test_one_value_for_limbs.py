"""One value given for an indicator of several limbs: for which it holds, and which refuse it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from ntm_analysis.assessment import assess
from ntm_analysis.cli.app import app
from ntm_analysis.communes import Case
from ntm_analysis.rulebook import load_rulebook, rules_in_force
from tests.rulebook.test_province_files import FILE, written
from tests.support.spoil import Copy

# the code, the value given, all limbs of which the law words it
WORDED_ALIKE = [
    ("12.1", ">= 90", ("own", "men", "women")),
    ("12.2", "> 38.5", ("own", "men", "women")),
    ("14.1", ">= 95", ("own", "men", "women")),
    ("14.1", "unknown", ("own", "men", "women")),
    ("6.1", "yes", ("own", "activities")),
    ("6.3", ">= 80", ("own", "ntm")),
    ("7", "yes", ("own", "pilot")),
    ("16.1", "yes", ("own", "mediation")),
    ("17.3", ">= 97.5", ("own", "other")),
]
# the code, the value given, the limbs that it says nothing of
WORDED_APART = [
    ("2.1", ">= 95", "items"),
    ("2.2", ">= 100", "maintained, items"),
    ("4", ">= 98", "registered"),
    ("5.1", ">= 100", "level_2"),
    ("8.4", "yes", "poll"),
    ("18.7", ">= 90", "container"),
    ("19.2", "yes", "models"),
]


def required(copy: Copy, code: str) -> dict[str, str]:
    book = load_rulebook(copy.project.rulebook)
    rule = rules_in_force(book, "advanced", "Bắc Giang", dt.date(2024, 1, 1)).by_code[code]
    return {key: one.text for key, one in rule.requirements.items()}


@pytest.mark.parametrize(("code", "value", "limbs"), WORDED_ALIKE)
def test_it_holds_for_all_limbs_that_the_law_words_so(copy: Copy, code, value, limbs):
    written(copy, [f'  "{code}": "{value}"'])
    assert required(copy, code) == dict.fromkeys(limbs, value)


@pytest.mark.parametrize(("code", "value", "limbs"), WORDED_APART)
def test_it_is_refused_where_a_limb_is_worded_apart(copy: Copy, code, value, limbs):
    before = written(copy, ['  "9": ">= 97"', f'  "{code}": "{value}"'])
    (told,) = copy.rulebook_problems()
    assert (told.file, told.row) == (FILE, before + 2)
    assert limbs in told.problem
    assert "unknown" in told.wanted
    assert all(f'{key}: "…"' in told.wanted for key in limbs.split(", "))


def test_the_tables_name_every_indicator_of_several_limbs(advanced):
    several = {i.code for i in advanced.indicators.values() if len(i.limbs) > 1}
    assert {code for code, *_ in (*WORDED_ALIKE, *WORDED_APART)} == several
    for code, _, limbs in WORDED_ALIKE:
        assert tuple(limb.key for limb in advanced.indicators[code].limbs) == limbs


# what a province requires of 14.1, women's rate, what becomes of the indicator and which decides
JUDGED = [
    ('">= 95"', "95", "met", "own"),
    ('">= 95"', "94.99", "not_met", "women"),
    ('">= 95"', "0.985", "not_met", "women"),
    ('{own: ">= 95"}', "0.985", "no_data", "women"),
    ('{own: ">= 95"}', "99.99", "no_data", "women"),
    ('{own: ">= 95", men: ">= 95", women: unknown}', "0.985", "no_data", "women"),
    ('{own: ">= 95", men: ">= 95", women: unknown}', "100", "met", "own"),
    ('{own: ">= 95", men: ">= 95", women: ">= 90"}', "90", "met", "own"),
    ("unknown", "100", "no_data", "own"),
]


def of_the_province(copy: Copy, requires: str, women: str) -> Case:
    """Liêm Cần as if it lay in the province, with women's insurance."""
    written(copy, [f'  "14.1": {requires}'])
    case = copy.case()
    rules = rules_in_force(
        load_rulebook(copy.project.rulebook), "advanced", "Bắc Giang", dt.date(2024, 1, 1)
    )
    changed = case.with_figures({"insurance_women_rate": women, "insurance_men_rate": "100"})
    return type(case)(**{**vars(changed), "rules": rules})


@pytest.mark.parametrize(("requires", "women", "verdict", "limb"), JUDGED)
def test_a_limb_without_a_threshold_is_met_by_the_best_value_alone(
    copy: Copy, requires, women, verdict, limb
):
    case = of_the_province(copy, requires, women)
    row = assess([case]).of(case).loc["14.1"]
    assert (row["verdict"], row["limb"]) == (verdict, limb)
    assert (row["reason"] == "unknown_threshold") is (verdict == "no_data")


@pytest.mark.parametrize(
    ("requires", "listed"),
    [
        ('">= 95"', []),
        ('{own: ">= 95"}', ["14.1 (men)", "14.1 (women)"]),
        ('{own: ">= 95", men: ">= 95", women: unknown}', ["14.1 (women)"]),
        ("unknown", ["14.1", "14.1 (men)", "14.1 (women)"]),
        ('{men: ">= 95", women: ">= 95"}', ["14.1"]),
    ],
)
def test_lint_lists_every_limb_without_a_threshold(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, requires, listed
):
    written(copy, [f'  "14.1": {requires}'])
    monkeypatch.setenv("NTM_PROJECT", str(copy.project.root))
    done = CliRunner().invoke(app, ["rules", "lint", "--format", "json"])
    rows = [row for row in json.loads(done.output) if row["place"] == "Bắc Giang"]
    assert [
        row["indicator"]
        for row in rows
        if row["indicator"].startswith("14.1") and row["what"] == "the threshold is unknown"
    ] == listed

"""A province's decision in one file: what does not fit its set is told with its line."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from ntm_analysis.rulebook import load_rulebook, rules_in_force
from tests.support.spoil import Copy

FILE = "data/rulebook/advanced/provinces/bac-giang.yaml"
HEAD = """\
place: Bắc Giang
decisions:
  12/2023/QĐ-UBND@bac-giang:
    number: 12/2023/QĐ-UBND
    place: Bắc Giang
    issuer: {vi: Ủy ban nhân dân tỉnh Bắc Giang, en: People's Committee of Bắc Giang province}
    date: 2023-05-10
    title: {vi: Ban hành bộ tiêu chí, en: Issuing a set}
    source: made up for a test
decision: 12/2023/QĐ-UBND@bac-giang
from: 2023-05-20
source: made up for a test
"""

# the lines after HEAD, the line told (from 1 after HEAD), words of the problem, words of what to do
FAULTS = [
    (['  "3.6": "foo"'], 1, "foo", ">= and one of the grades"),
    (['  "3.6": ">= 2"'], 1, "a grade", "ensured"),
    (['  "3.6": "< ensured"'], 1, "a grade", "ensured"),
    (['  "3.6": "yes"'], 1, "a grade", "ensured"),
    (['  "9": "yes"'], 1, "a rate", "from 0 to 100"),
    (['  "9": ">= 97,5"'], 1, "97,5", "decimal point"),
    (['  "9": ">= 120"'], 1, "No value", "from 0 to 100"),
    (['  "9": "> 100"'], 1, "No value", "from 0 to 100"),
    (['  "9": "< 0"'], 1, "No value", "from 0 to 100"),
    (['  "9": ">= -3"'], 1, "No value", "from 0 to 100"),
    (['  "9": ""'], 1, "empty", ""),
    (['  "9": {}'], 1, "No requirement", "limb"),
    (["  9: '>= 97'"], 1, "Text is needed", "quotation marks"),
    (['  "10": "yes"'], 1, "an amount", ">= 72"),
    (['  "10": ">= -72"'], 1, "No value", "not negative"),
    (['  "3.2": ">= 1.5"'], 1, "No value", "whole number"),
    (['  "3.2": "yes"'], 1, "a count", "whole number"),
    (['  "3.5": ">= 1"'], 1, "a yes or no", "yes or unknown"),
    (['  "10": ">= 1.1 x base/99"'], 1, "base/99", "set base"),
    (['  "10": ">= 1.1 x bse/10"'], 1, "bse/10", "advanced"),
    (['  "3.5": ">= 1.1 x advanced/10"'], 1, "a yes or no", "yes or unknown"),
    (['  "9": ">= 1.1 x advanced/10"'], 1, "another unit", "same unit"),
    (['  "10": ">= 1.1 x model/2"'], 1, "leads back", "set model"),
    (['  "17.99": ">= 1"'], 1, "17.99", "Use a code"),
    (['  "14.1": {wmen: ">= 95"}'], 1, "wmen", "women"),
    (['  "9": ">= 97"', '  "12.3": ">= 50"', 'except: ["12.3"]'], 2, "12.3", "out of except"),
    (['  "9": ">= 97"', 'except: ["99.9"]'], 2, "99.9", "Use a code"),
    (['  "9": ">= 97"', "until: 2023-05-01"], None, "comes before", ""),
]


def written(copy: Copy, lines: list[str], name: str = FILE) -> int:
    path = copy.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEAD + "thresholds:", *lines, ""]), encoding="utf-8")
    return HEAD.count("\n") + 1


@pytest.mark.parametrize(("lines", "line", "problem", "wanted"), FAULTS)
def test_what_cannot_be_asked_is_told_with_its_line(copy: Copy, lines, line, problem, wanted):
    before = written(copy, lines)
    told = copy.rulebook_problems()
    assert len({p.file for p in told}) == len(told), told
    assert told[0].file == FILE
    assert problem in f"{told[0].problem} {told[0].wanted}"
    assert wanted in told[0].wanted
    if line is not None:
        assert told[0].row == before + line


def test_every_fault_of_a_file_is_told_at_once(copy: Copy):
    before = written(copy, ['  "3.6": "foo"', '  "9": "yes"', '  "10": "> 60"', '  "3.5": "> 1"'])
    assert [p.row for p in copy.rulebook_problems()] == [before + 1, before + 2, before + 4]


def test_two_files_on_one_place_and_day_are_told(copy: Copy):
    written(copy, ['  "9": ">= 97"'])
    second = FILE.replace("bac-giang", "bac-giangs")
    written(copy, ['  "9": ">= 95"'], second)
    text = copy.path(second).read_text(encoding="utf-8")
    start, end = text.index("decisions:"), text.index("decision: ")
    copy.path(second).write_text(text[:start] + text[end:], encoding="utf-8")
    (told,) = copy.rulebook_problems()
    assert told.file == second
    assert told.column == "thresholds.9"
    assert FILE in told.problem and second in told.problem


@pytest.mark.parametrize(
    ("code", "requires", "threshold"),
    [
        ("9", ">= 100", 100), ("9", "> 99.5", Fraction(199, 2)), ("11", "<= 0", 0),
        ("9", "unknown", None), ("3.2", ">= 2", 2), ("3.6", ">= ensured", 1),
    ],
)  # fmt: skip
def test_what_can_be_asked_is_in_force(copy: Copy, code, requires, threshold):
    written(copy, [f'  "{code}": "{requires}"'])
    book = load_rulebook(copy.project.rulebook)
    rule = rules_in_force(book, "advanced", "Bắc Giang", dt.date(2024, 1, 1)).by_code[code]
    assert rule.own.threshold == threshold
    assert rule.own.text == requires


def test_a_requirement_may_refer_to_one_that_refers_on(copy: Copy):
    written(copy, ['  "10": "> 60"'])
    model = "data/rulebook/model/02-thu-nhap.yaml"
    text = copy.path(model).read_text(encoding="utf-8")
    assert ">= 1.10 x advanced/10" in text
    place = FILE.replace("advanced", "model")
    head = HEAD[: HEAD.index("decisions:")] + HEAD[HEAD.index("decision: ") :]
    copy.path(place).parent.mkdir(parents=True, exist_ok=True)
    lines = f'{head}thresholds:\n  "2": ">= 1.5 x advanced/10"\n'
    copy.path(place).write_text(lines, encoding="utf-8")
    book = load_rulebook(copy.project.rulebook)
    rule = rules_in_force(book, "model", "Bắc Giang", dt.date(2024, 1, 1)).by_code["2"]
    assert rule.own.threshold == 90


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("formula: disaster_readiness", "formula: 2 * disaster_readiness", "a grade"),
        ("formula: disaster_readiness", "formula: irrigation_organisations", "a grade"),
        ("formula: wastewater_inventory", "formula: irrigation_organisations", "yes or no"),
        ("formula: irrigation_organisations", "formula: wastewater_inventory", "a count"),
        ("'>= ensured'", "'> 1'", "a grade"),
    ],
)
def test_a_formula_gives_the_kind_of_its_limb(copy: Copy, old, new, words):
    file = "data/rulebook/advanced/03-thuy-loi.yaml"
    text = copy.path(file).read_text(encoding="utf-8")
    copy.path(file).write_text(text.replace(old, new, 1), encoding="utf-8")
    told = copy.rulebook_problems()
    assert told
    assert words in told[0].problem

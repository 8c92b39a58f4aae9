"""What we print of the law, we read: every requirement of the rulebook, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook import load_rulebook, rules_in_force
from ntm_analysis.rulebook.printed import Printer
from tests.rulebook.test_communes import FILE


@pytest.fixture(scope="module")
def rules(book):
    return rules_in_force(book, "advanced", "Hà Nam", dt.date(2024, 11, 8)).rules


def printed(book, rules, lang):
    """Yield each limb with what is asked of it, and how that is printed."""
    for rule in rules:
        for limb in rule.indicator.limbs:
            asked = rule.requirements[limb.key]
            if asked.why:
                continue
            labels = book.scale_labels(limb, lang)
            shown = format_requirement(asked, book.units[limb.unit], lang, labels)
            yield rule.code, limb, asked.text, shown


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_requirement_is_read_back(book, rules, lang):
    printer = Printer(book.units, book.variables)
    read = {(code, limb.key): (printer.written(shown, limb), text, shown)
            for code, limb, text, shown in printed(book, rules, lang)}  # fmt: skip
    assert len(read) > 85
    assert [one for one in read.values() if one[0] != one[1]] == []


@pytest.mark.parametrize(
    ("code", "text"),
    [("9", "≥ 95 km"), ("9", "95%"), ("9", "Có"), ("1.1", "Không"), ("10", "≥ 95%"),
     ("5.3", "mức độ"), ("9", "≥ 1.000%"), ("9", ">= 95")],
)  # fmt: skip
def test_anything_else_stays_as_it_is(book, code, text):
    limb = book.sets["advanced"].indicators[code].own
    assert Printer(book.units, book.variables).written(text, limb) == text


def test_a_province_can_be_entered_in_the_words_of_the_list(copy, book, rules):
    asked: dict[str, dict[str, str]] = {}
    for code, limb, _, shown in printed(book, rules, "vi"):
        asked.setdefault(code, {})[limb.key] = shown
    head = FILE.partition("thresholds:")[0]
    text = head + yaml.safe_dump({"thresholds": asked}, allow_unicode=True)
    folder = copy.project.rulebook / "advanced" / "provinces"
    folder.mkdir(exist_ok=True)
    (folder / "bac-kan.yaml").write_text(text, encoding="utf-8")
    there = rules_in_force(
        load_rulebook(copy.project.rulebook), "advanced", "Bắc Kạn", dt.date(2024, 1, 8)
    )
    found = {rule.code: rule.requirements for rule in there.rules}
    for code, limb, text, _ in printed(book, rules, "vi"):
        assert found[code][limb.key].text == text

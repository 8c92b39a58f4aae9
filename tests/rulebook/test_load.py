"""Spoiled rulebooks: each fault is one clear problem, with its file and row."""

from __future__ import annotations

import pytest

from ntm_analysis.rulebook import load_rulebook
from tests.support.spoil import Copy

ROOT = "data/rulebook/"
SET = f"{ROOT}advanced/set.yaml"
HOUSING = f"{ROOT}advanced/09-nha-o.yaml"
INCOME = f"{ROOT}advanced/10-thu-nhap.yaml"
LABOUR = f"{ROOT}advanced/12-lao-dong.yaml"
WATER = f"{ROOT}advanced/03-thuy-loi.yaml"
VARIABLES = f"{ROOT}variables.yaml"
DECISIONS = f"{ROOT}decisions.yaml"

# file, what stands there, what it is spoiled to, column told, part of the message
FAULTS = [
    (HOUSING, "formula: 100 * solid_houses", "formula: 100 * stone_houses", ".formula", "stone_h"),
    (HOUSING, "100 * solid_houses / houses", "100 * max(houses)", ".formula", "not valid"),
    (HOUSING, "stated: solid_houses_rate", "stated: brick_rate", ".stated", "brick_rate"),
    (HOUSING, "variable: solid_houses", "variable: huts", ".loss.variable", "huts"),
    (HOUSING, "by: -1", "by: -2", ".loss.by", "not one of those"),
    (HOUSING, "unit: percent", "unit: per_cent", ".unit", "per_cent"),
    (HOUSING, "kind: rate", "kind: ratio", ".kind", "not one of those"),
    (HOUSING, 'code: "9"', "code: 9", ".code", "Text is needed"),
    (HOUSING, 'code: "9"', 'code: "10.1"', ".code", "10.1 does not belong to criterion 9"),
    (HOUSING, "requires: '>= 97'", "requires: 97", ".requires", "Text is needed"),
    (HOUSING, "requires: '>= 97'", "requires: at least 97", ".requires", "at least 97"),
    (HOUSING, "requires: '>= 97'", "requires: {own: '=> 97'}", ".requires.own", "=> 97"),
    (HOUSING, "requires: '>= 97'", "requires: {men: '>= 97'}", "indicators[0]", "men"),
    (HOUSING, "short: {vi: Nhà ở kiên cố, ", "short: {", ".short.vi", "missing"),
    (HOUSING, "en: Housing", "en:", "name.en", "empty"),
    (HOUSING, "en: Housing", "en: Housing\ncolour: red", "colour", "no entry"),
    (HOUSING, "number: 9\n", "number: nine\n", "number", "whole number"),
    (HOUSING, "number: 9\n", "number: 9\nnumber: 9\n", "number", "twice"),
    (HOUSING, "  limbs:\n  - key", "  limbs\n  - key", "", "not valid YAML"),
    (HOUSING, "  limbs:\n  - key", "  limbs:\n\t- key", "", "tab"),
    (WATER, "'>= ensured'", "'>= perfect'", ".requires", "perfect"),
    (LABOUR, 'code: "12.2"', 'code: "12.1"', ".code", "stands twice"),
    (
        LABOUR,
        "until: 2024-06-18\n    place: Hà Nam\n    requires",
        "until: 2021-06-18\n    place: Hà Nam\n    requires",
        "thresholds[0]",
        "comes before",
    ),
    (
        INCOME,
        "  context:\n  - model_field\n",
        "  context:\n  - fields\n",
        ".context[0]",
        "fields",
    ),
    (SET, "criteria: 19", "criteria: 18", "criteria", "19 criterion files, but 18"),
    (SET, "criteria: 19", "criteria: 0", "criteria", "below 1"),
    (
        SET,
        "    decision: 18/2022/QĐ-TTg@viet-nam\n    source: langngheviet.com.vn 33991\n  - key: sec",  # noqa: E501
        "    decision: 18/2023/QĐ-TTg@viet-nam\n    source: langngheviet.com.vn 33991\n  - key: sec",  # noqa: E501
        "conditions[1].decision",
        "18/2023",
    ),
    (
        VARIABLES,
        "    unit: house\n    kind: count\n    aliases: [tổng số nhà",
        "    unit: hut\n    kind: count\n    aliases: [tổng số nhà",
        "variables.houses.unit",
        "hut",
    ),
    (SET, "key: advanced", "key: improved", "key", "not the name of its folder"),
    (SET, "  - 211/QĐ-TTg@viet-nam", "  - 212/QĐ-TTg@viet-nam", "decisions[1]", "212/QĐ-TTg"),
    (
        VARIABLES,
        "  houses:\n    label",
        "  Houses:\n    label",
        "variables.Houses",
        "small letters",
    ),
    (VARIABLES, "part_of: alleys\n", "part_of: all_roads\n", ".part_of", "all_roads"),
    (DECISIONS, "[43/2022/QĐ-UBND@ha-nam]", "[44/2022/QĐ-UBND@ha-nam]", ".amends[0]", "44/2022"),
    (DECISIONS, "date: 2024-06-19", "date: 2024-06-31", ".date", "does not exist"),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "words"), FAULTS)
def test_each_fault_is_one_problem_with_its_place(copy: Copy, file, old, new, column, words):
    line = copy.edit(file, old, new)
    problems = copy.rulebook_problems()
    assert {p.file for p in problems} == {file}, problems
    told = problems[0]
    assert words in f"{told.problem} {told.wanted}"
    assert told.wanted
    assert (told.column or "").endswith(column) or column in (told.column or "")
    assert told.row is not None and told.row <= line + new.count("\n") + 1
    assert told.row >= line or (told.column or "").endswith("]")  # a whole entry: its first row
    if old != "  houses:\n    label":  # a lost variable is missed wherever it is named
        assert len(problems) == 1, problems


@pytest.mark.parametrize("file", [VARIABLES, DECISIONS])
def test_a_missing_file_is_one_problem(copy: Copy, file: str):
    copy.path(file).unlink()
    (problem,) = copy.rulebook_problems()
    assert problem.file == file and "not found" in problem.problem


def test_a_missing_criterion_is_counted(copy: Copy):
    copy.path(HOUSING).unlink()
    (problem,) = copy.rulebook_problems()
    assert (problem.file, problem.column) == (SET, "criteria")
    assert "18 criterion files, but 19" in problem.problem


def test_a_broken_criterion_is_not_also_counted_as_missing(copy: Copy):
    copy.path(HOUSING).write_text("number: [", encoding="utf-8")
    (problem,) = copy.rulebook_problems()
    assert problem.file == HOUSING


def test_no_criteria_set_at_all(copy: Copy):
    for name in ("2026", "advanced", "base", "model"):
        copy.path(f"data/rulebook/{name}/set.yaml").unlink()
    (problem,) = copy.rulebook_problems()
    assert "no criteria set" in problem.problem


def test_a_decision_that_is_cited_must_be_known(copy: Copy):
    copy.edit(DECISIONS, "  211/QĐ-TTg@viet-nam:", "  211/QĐ-TTg@ha-noi:")
    problems = copy.rulebook_problems()
    base = SET.replace("advanced", "base")
    assert {(p.file, p.column) for p in problems} == {
        (SET, "decisions[1]"),
        (base, "decisions[1]"),
    }


def test_faults_of_all_files_are_told_together(copy: Copy):
    copy.edit(HOUSING, "kind: rate", "kind: ratio")
    copy.edit(SET, "criteria: 19", "criteria: x")
    copy.edit(DECISIONS, "date: 2024-06-19", "date: soon")
    copy.edit(VARIABLES, "part_of: alleys\n", "part_off: alleys\n")
    assert {p.file for p in copy.rulebook_problems()} == {HOUSING, SET, DECISIONS, VARIABLES}


def test_references_of_all_files_are_told_together(copy: Copy):
    copy.edit(HOUSING, "variable: solid_houses", "variable: huts")
    copy.edit(DECISIONS, "[43/2022/QĐ-UBND@ha-nam]", "[44/2022/QĐ-UBND@ha-nam]")
    copy.edit(VARIABLES, "part_of: alleys\n", "part_of: all_roads\n")
    assert {p.file for p in copy.rulebook_problems()} == {HOUSING, DECISIONS, VARIABLES}


def test_criteria_come_in_legal_order_however_files_are_named(copy: Copy):
    path = copy.path(HOUSING)
    path.rename(path.with_name("99-nha-o.yaml"))
    numbers = [c.number for c in load_rulebook(copy.project.rulebook).sets["advanced"].criteria]
    assert numbers == list(range(1, 20))


def test_other_files_in_the_folder_are_left_alone(copy: Copy):
    copy.path(f"{ROOT}advanced/notes.yaml").write_text("- any: [thing", encoding="utf-8")
    copy.path(f"{ROOT}README.md").write_text("# notes", encoding="utf-8")
    assert copy.rulebook_problems() == []

"""YAML files: read with lines, typed by a schema, and every fault told with its place."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.yamlfile import dotted, load, parse, read_yaml


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid", str_min_length=1)
    name: str
    share: Annotated[float, Field(ge=0, le=100)] = 0.0


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid", str_min_length=1)
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    on: dt.date
    count: int = 0
    lang: Literal["vi", "en"] = "vi"
    flag: bool = False
    items: tuple[Item, ...] = ()
    years: dict[int, Item] = {}


GOOD = "id: a-b\non: 2024-11-26\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_LANG", "en")


def problem_with(tmp_path: Path, text: str | bytes) -> Problem:
    path = tmp_path / "sheet.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DataErrors) as caught:
        load(path, Sheet, "sheet.yaml")
    (problem,) = caught.value.problems
    assert problem.file == "sheet.yaml"
    assert problem.wanted
    return problem


# text, row, column, value, part of the message
FAULTS = [
    ("id: a-b\n", 1, "on", None, "missing"),
    (GOOD + "colour: red\n", 3, "colour", "red", "no entry of this name"),
    (GOOD + "items: [{name: x}, {nam: y, name: z}]\n", 3, "items[1].nam", "y", "no entry"),
    (GOOD + "items:\n- name: x\n  share: 120\n", 5, "items[0].share", "120", "above 100."),
    (GOOD + "items:\n- name: x\n  share: -1\n", 5, "items[0].share", "-1", "below 0."),
    (GOOD + "items:\n- name: x\n  share: 2%\n", 5, "items[0].share", "2%", "number is needed"),
    (GOOD + "items:\n- name: ''\n", 4, "items[0].name", "", "empty"),
    (GOOD + "items:\n- name:\n", 4, "items[0].name", None, "empty"),
    (GOOD + "items: x\n", 3, "items", "x", "list is needed"),
    (GOOD + "items: [x]\n", 3, "items[0]", "x", "Names with values"),
    (GOOD + "years:\n  2024:\n    name: 5\n", 5, "years.2024.name", "5", "Text is needed"),
    (GOOD + "count: many\n", 3, "count", "many", "whole number"),
    (GOOD + "count: 2.5\n", 3, "count", "2.5", "whole number"),
    (GOOD + "lang: fr\n", 3, "lang", "fr", "not one of those"),
    (GOOD + "flag: maybe\n", 3, "flag", "maybe", "true or false"),
    ("id: a-b\non: 2024-02-30\n", 2, "on", "2024-02-30", "does not exist"),
    ("id: a-b\non: 26/11/2024\n", 2, "on", "26/11/2024", "does not exist"),
    ("id: a-b\non: 20241126\n", 2, "on", "20241126", "not in the right form"),
    ("id: a-b\non: 2024-11-26 10:30\n", 2, "on", "2024-11-26 10:30", "has a time"),
    ("id: a-b\non: soon\n", 2, "on", "soon", "does not exist"),
    ("id: Liêm Cần\non: 2024-11-26\n", 1, "id", "Liêm Cần", "not written in the right form"),
    ("- a\n- b\n", 1, None, None, "Names with values"),
    ("just words\n", 1, None, "just words", "Names with values"),
]


@pytest.mark.parametrize(("text", "row", "column", "value", "words"), FAULTS)
def test_what_does_not_fit_the_schema(tmp_path: Path, text, row, column, value, words):
    problem = problem_with(tmp_path, text)
    assert (problem.row, problem.column, problem.value) == (row, column, value)
    assert words in problem.problem


# text, row, part of the message
MALFORMED = [
    (GOOD + "id: c-d\n", 3, "stands twice"),
    (GOOD + "items:\n\t- name: x\n", 4, "tab"),
    (GOOD + "items:\n  \t- name: x\n", 4, "tab"),
    (GOOD + "items: [a\n", 4, "not valid YAML"),
    ("id: a: b\n", 1, "not valid YAML"),
    (GOOD + '\nitems: "open\n', 4, "not valid YAML"),
    (GOOD + "---\nid: x\n", 3, "not valid YAML"),
    (GOOD + "items: !!python/object:os.system x\n", 3, "not valid YAML"),
    (GOOD + "? [a]\n: b\n", 3, "not valid YAML"),
    (GOOD + "count: 1\x00\n", 3, "control character"),
    (GOOD + "items: &a [*a]\n", 3, "circle"),
    (GOOD + "items: " + "[" * 5000 + "]" * 5000, None, "deeply"),
]


@pytest.mark.parametrize(("text", "row", "words"), MALFORMED)
def test_malformed_yaml_is_one_clear_problem(tmp_path: Path, text, row, words):
    problem = problem_with(tmp_path, text)
    assert words in problem.problem
    if row is not None:
        assert problem.row is not None and abs(problem.row - row) <= 1


def test_literals_are_listed_without_quotation_marks(tmp_path: Path):
    assert problem_with(tmp_path, GOOD + "lang: fr\n").wanted == "Choose one of: vi, en."


def test_patterns_are_said_in_words(tmp_path: Path):
    wanted = problem_with(tmp_path, "id: A b\non: 2024-11-26\n").wanted
    assert "liem-can" in wanted and "^" not in wanted


def test_all_faults_are_told_together(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    path.write_text("id: A\non: never\ncount: x\nzzz: 1\n", encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        load(path, Sheet)
    assert [p.row for p in caught.value.problems] == [1, 2, 3, 4]


def test_an_empty_file_lacks_what_is_required(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        load(path, Sheet)
    assert [p.column for p in caught.value.problems] == ["id", "on"]


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(DataErrors) as caught:
        read_yaml(tmp_path / "none.yaml", "data/none.yaml")
    (problem,) = caught.value.problems
    assert str(problem).startswith("data/none.yaml: This file was not found.")


def test_a_folder_in_place_of_a_file(tmp_path: Path):
    with pytest.raises(DataErrors, match="This is a folder"):
        read_yaml(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "sheet.yaml"
    path.write_text(GOOD, encoding="utf-8")

    def refuse(*_args: object, **_more: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)  # permissions do not bind the superuser
    with pytest.raises(DataErrors, match=r"another program has it open.*Excel"):
        read_yaml(path)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_another_encoding(tmp_path: Path, encoding: str):
    problem = problem_with(tmp_path, "id: Liêm\n".encode(encoding))
    assert "not saved as UTF-8" in problem.problem


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(path, Sheet).on == dt.date(2024, 11, 26)


def test_words_of_yaml_1_1_stay_words(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    path.write_text("on: no\nyes: off\nday: 2024-02-30\ntrue: false\nn: 0.5\n", encoding="utf-8")
    assert read_yaml(path).data == {
        "on": "no",
        "yes": "off",
        "day": "2024-02-30",
        True: False,
        "n": 0.5,
    }


def test_text_and_keys_become_nfc(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    name = "Liêm Cần, thôn Ngũ Cõi"
    text = unicodedata.normalize("NFD", f"hộ:\n  tên: {name}\n")
    path.write_text(text, encoding="utf-8")
    document = read_yaml(path)
    assert document.data == {"hộ": {"tên": name}}
    assert document.line(("hộ", "tên")) == 2


def test_one_name_spelt_in_two_normal_forms_stands_twice(tmp_path: Path):
    twin = unicodedata.normalize("NFD", "hộ")
    assert "stands twice" in problem_with(tmp_path, f"hộ: 1\n{twin}: 2\n").problem


def test_lines_of_what_is_not_there_are_those_of_what_is_around(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    path.write_text("a:\n  b:\n  - x\n  - c: 1\n", encoding="utf-8")
    document = read_yaml(path)
    assert document.line(("a", "b", 1, "c")) == 4
    assert document.line(("a", "b", 1, "zzz")) == 4
    assert document.line(("a", "zzz", 3)) == 1
    assert document.line(("zzz",)) == 1


def test_paths_read_as_people_write_them():
    assert dotted(("limbs", 0, "name")) == "limbs[0].name"
    assert dotted(("appraisals", 2024, "set"), {"appraisals": {2024: {}}}) == "appraisals.2024.set"
    assert dotted(()) == ""


def test_a_sound_file_is_typed(tmp_path: Path):
    path = tmp_path / "sheet.yaml"
    path.write_text(GOOD + 'count: "3"\nitems:\n- name: x\n  share: 95.18\n', encoding="utf-8")
    sheet = parse(read_yaml(path), Sheet)
    assert (sheet.count, sheet.items[0].share, sheet.on) == (3, 95.18, dt.date(2024, 11, 26))

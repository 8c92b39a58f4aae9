"""`ntm rules list`, `lint` and `diff` where places are divided; what is told before assessing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
import yaml

from ntm_analysis import narrative
from ntm_analysis.assessment import assess
from ntm_analysis.communes import load_case
from ntm_analysis.narrative import Report
from ntm_analysis.rulebook.listing import COLUMNS
from tests.cli.test_new_and_rules import copy, ntm  # noqa: F401

DECISION = "1/2024/QĐ-UBND@bac-giang"
FILE = {
    "place": "Bắc Giang",
    "decisions": {
        DECISION: {
            "number": "1/2024/QĐ-UBND", "place": "Bắc Giang", "date": "2024-01-05",
            "issuer": {"vi": "UBND", "en": "PC"}, "title": {"vi": "Ban hành", "en": "Issuing"},
            "source": "made up for a test",
        }
    },
    "decision": DECISION,
    "from": "2024-01-15",
    "source": "made up for a test",
    "except": ["12.3"],
    "divisions": [
        {"key": "zones", "name": {"vi": "Vùng", "en": "Zone"}, "parts": [
            {"key": "zone-1", "name": {"vi": "Vùng 1", "en": "Zone 1"}, "classes": ["area-3"]},
            {"key": "zone-2", "name": {"vi": "Vùng 2", "en": "Zone 2"}, "rest": True}]}
    ],
    "thresholds": {
        "9": [
            {"requires": ">= 70", "division": "zone-1", "printed": "70%", "verified": True},
            {"requires": ">= 90", "division": "zone-2", "printed": "≥ 90%"},
        ],
        "10": ">= 60",
    },
}  # fmt: skip


@pytest.fixture
def zoned(copy):  # noqa: F811
    write(copy, FILE)
    return copy


def write(project, content, name="bac-giang"):
    path = project.rulebook / "advanced" / "provinces" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


HERE = ("--place", "bac giang", "--on", "2024-06-01")


def test_the_list_shows_the_value_of_each_zone(zoned):
    rows = json.loads(ntm("rules", "list", *HERE, "--format", "json").output.partition("\n]")[0]
                      + "\n]")  # fmt: skip
    assert list(rows[0]) == list(COLUMNS)
    nine = [(r["division"], r["requires"], r["printed"], r["verified"]) for r in rows
            if r["code"] == "9"]  # fmt: skip
    assert nine == [("zone-1", ">= 70", "70%", True), ("zone-2", ">= 90", "≥ 90%", False)]
    states = {r["code"]: r["status"] for r in rows}
    assert (states["10"], states["11"]) == ("known", "unknown")
    one = ntm("rules", "list", *HERE, "--class", "area-3", "--format", "csv").stdout
    (row,) = [r for r in csv.DictReader(io.StringIO(one)) if r["code"] == "9"]
    assert (row["requires"], row["division"]) == (">= 70", "zone-1")
    table = ntm("rules", "list", *HERE).output
    assert "Vùng 1: ≥ 70%" in " ".join(table.replace("│", " ").split()) or "Vùng 1" in table


def test_zones_are_compared(zoned):
    same = ("rules", "diff", "2024-06-01", "--place", "Bắc Giang")
    shown = ntm(*same, "--class", "area-3", "--other-class", "none").output
    assert "70%" in shown and "90%" in shown and "1 chỉ tiêu thay đổi" in shown
    wrong = ntm(*same, "--class", "zone-9")
    assert wrong.exit_code == 1 and "zone-2" in wrong.output


@pytest.mark.parametrize(
    ("change", "grade", "words"),
    [
        ({}, "missing", "chưa đối chiếu"),
        ({"from": "2023-06-01"}, "error", "05/01/2024"),
        ({"thresholds": {"9": ">= 90"}}, "doubtful", "một giá trị chung"),
        ({"decision": "43/2022/QĐ-UBND@ha-nam"}, "doubtful", "Hà Nam"),
        ({"place": "Mẫu"}, "doubtful", "danh sách tỉnh"),
        ({"place": "Bắc Gaing"}, "error", "Bắc Giang"),
        ({"thresholds": {"9": ">= 900"}}, "error", "900"),
    ],
)
def test_lint_grades(copy, change, grade, words):  # noqa: F811
    write(copy, FILE | change)
    done = ntm("rules", "lint", "--format", "json")
    rows = json.loads(done.output)
    mine = [row for row in rows if row["grade"] == grade]
    assert any(words in row["what"] for row in mine) or "đối chiếu" in words, mine
    assert mine
    assert done.exit_code == (1 if grade == "error" else 0)


def test_a_commune_without_a_class_is_told_what_to_fill_in(zoned):
    folder = zoned.communes / "liem-can"
    profile = folder / "commune.yaml"
    text = profile.read_text("utf-8").replace("province: Hà Nam", "province: Bắc Giang")
    profile.write_text(text, "utf-8")
    done = ntm("check", "liem-can-2024")
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "zone-1 (Vùng 1)" in said and "area-3" in said and "classes" in said
    case = load_case(zoned, "liem-can-2024")
    for lang, words in (("vi", "chưa ghi xã thuộc Vùng nào"), ("en", "it is not told to which")):
        told = narrative.criterion(Report(case, assess([case], lang), lang), 9)
        assert words in str(told)
    results = json.loads(ntm("results", "liem-can-2024", "--format", "json").output)
    verdicts = {row["indicator"]: row["verdict"] for row in results}
    assert verdicts["9"] == "no_data"
    profile.write_text(f"{text}\nclasses: [area-3]\n", "utf-8")
    results = json.loads(ntm("results", "liem-can-2024", "--format", "json").output)
    nine = next(row for row in results if row["indicator"] == "9")
    assert (nine["verdict"], nine["requires"]) == ("met", ">= 70")


def test_a_province_that_is_no_more_is_refused(copy):  # noqa: F811
    params = copy.params / "liem-can-2024.yaml"
    text = params.read_text("utf-8")
    params.write_text(text.replace("on: 2024-11-26", "on: 2025-11-26"), "utf-8")
    done = ntm("check", "liem-can-2024")
    said = " ".join(done.output.split())
    assert done.exit_code == 1
    assert "Ninh Bình" in said and "cấp huyện" in said


def test_a_code_that_is_another_units_on_the_day_is_told(copy):  # noqa: F811
    profile = copy.communes / "liem-can" / "commune.yaml"
    text = profile.read_text("utf-8")
    profile.write_text(f'{text}\ncode: "13453"\n', "utf-8")
    done = ntm("check", "liem-can-2024")
    assert done.exit_code == 0 and "Xã Thanh Hà" in done.output
    profile.write_text(f'{text}\ncode: "13456"\n', "utf-8")
    assert "13456" not in ntm("check", "liem-can-2024").output


def test_the_history_of_an_indicator_shows_zones_words_and_points(zoned):
    points = {"requires": "> 60", "points": 2.5, "printed": "Trên 60 triệu"}
    write(zoned, FILE | {"thresholds": FILE["thresholds"] | {"10": points}})
    shown = " ".join(ntm("rules", "show", "9").output.split())
    assert "zone-1" in shown and "“70%”" in shown
    assert "2,5 điểm" in " ".join(ntm("rules", "show", "10").output.split())


@pytest.mark.parametrize(
    "classes",
    [
        ["area-3", "difficult"],
        [],
        [{"key": "difficult", "from": dt.date(2022, 1, 1), "decision": "318/QĐ-TTg@viet-nam"}],
    ],
)
def test_classes_come_back_from_the_form(copy, tmp_path, classes):  # noqa: F811
    profile = copy.communes / "liem-can" / "commune.yaml"
    held = yaml.safe_load(profile.read_text("utf-8"))
    profile.write_text(yaml.safe_dump({**held, "classes": classes}, allow_unicode=True), "utf-8")
    form = str(tmp_path / "a.xlsx")
    assert ntm("form", "--fill", "liem-can-2024", "--out", form).exit_code == 0
    done = ntm("import", form, "--force", "--yes")
    assert done.exit_code == 0, done.output
    assert yaml.safe_load(profile.read_text("utf-8"))["classes"] == classes


def test_a_class_that_there_is_not_is_told_with_the_nearest(copy):  # noqa: F811
    profile = copy.communes / "liem-can" / "commune.yaml"
    text = profile.read_text("utf-8")
    profile.write_text(f"{text}\nclasses: [dificult]\n", "utf-8")
    done = ntm("check", "liem-can-2024")
    assert done.exit_code == 1
    assert "difficult" in done.output.replace("dificult", "")


def test_without_a_place_a_province_that_is_gone_gives_way_to_its_successor(copy):  # noqa: F811
    done = ntm("rules", "list", "--set", "2026", "--on", "2026-11-29")
    assert done.exit_code == 1
    assert "Không nêu --place: Hà Nam" in done.stderr and "lấy Ninh Bình" in done.stderr
    assert "47 chỉ tiêu" in done.stderr and "ntm rules draft" in done.stderr
    done = ntm("rules", "list", "--on", "2024-11-08", "--format", "csv")
    assert (done.exit_code, done.stderr) == (0, "")

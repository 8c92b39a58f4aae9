"""`ntm new`, `ntm rules diff` between places and sets, `ntm rules lint`, the withdrawal rule."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntm_analysis.assessment import assess
from ntm_analysis.assessment.withdrawal import withdrawal_risk
from ntm_analysis.cli import console
from ntm_analysis.cli.app import app
from ntm_analysis.communes import load_case
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.rulebook.coverage import coverage
from ntm_analysis.rulebook.places import find_place
from ntm_analysis.spelling import fold
from tests.support.node import ROOT


@pytest.fixture
def copy(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name in ("data", "params"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    monkeypatch.setenv("NTM_PROJECT", str(tmp_path))
    monkeypatch.setenv("NTM_LANG", "vi")
    # Of the environment it reads the width but once, when it is imported.
    monkeypatch.setattr(console.out, "_width", 200)
    return Project(tmp_path)


def ntm(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


# New --------------------------------------------------------------------------------------------


def test_a_new_commune_can_be_checked_and_assessed(copy):
    done = ntm("new", "xa-thu-2024", "--name", "Thử", "--on", "2024-11-26")
    assert done.exit_code == 0, done.output
    case = load_case(copy, "xa-thu-2024")
    assert case.commune.name == "Thử"
    assert assess([case]).tally(case)["no_data"] == 74
    assert ntm("check", "xa-thu-2024").exit_code == 0


@pytest.mark.parametrize("name", ["Xa Thu", "xa-thu", "xa_thu-2024", "liem-can-2024"])
def test_a_bad_or_taken_id_writes_nothing(copy, name):
    def files():
        return sorted(p for p in copy.root.rglob("*") if p.is_file() and ".ntm" not in p.parts)

    before = files()
    assert ntm("new", name).exit_code == 1
    assert files() == before


# The law ----------------------------------------------------------------------------------------


def test_income_of_a_model_commune_follows_the_advanced_set(copy):
    shown = ntm("rules", "list", "--set", "model", "--on", "2024-11-26").output
    assert "≥ 79,2 triệu đồng/người/năm" in shown
    elsewhere = ntm("rules", "list", "--set", "model", "--place", "Hà Giang", "--on", "2024-11-26")
    assert "chưa rõ ngưỡng" in elsewhere.output


def test_a_decision_and_whose_verdicts_it_changed(copy):
    shown = ntm("rules", "diff", "2024-06-18", "2024-06-20", "--communes", "liem-can-2024").output
    assert "7 chỉ tiêu thay đổi" in shown
    assert "13.3" in shown and "2 đánh giá thay đổi" in shown


PROVINCE = """\
place: Tỉnh Mẫu
decision: 1/2023/QĐ-UBND@tinh-mau
decisions:
  1/2023/QĐ-UBND@tinh-mau:
    number: 1/2023/QĐ-UBND
    place: Tỉnh Mẫu
    issuer: {vi: Ủy ban nhân dân tỉnh Mẫu, en: Sample province}
    date: 2023-01-05
    title: {vi: Bộ tiêu chí giả định, en: Made-up criteria set}
    source: test
from: 2023-01-15
except: ["12.3"]
thresholds:
  "9": ">= 90"
  "10": "> 60"
  "12.1": {own: ">= 70", men: ">= 70", women: ">= 70"}
source: test
"""


def province(copy: Project, text: str = PROVINCE) -> None:
    folder = copy.rulebook / "advanced" / "provinces"
    folder.mkdir(exist_ok=True)
    (folder / "mau.yaml").write_text(text, encoding="utf-8")


def test_a_province_in_one_file(copy):
    province(copy)
    shown = ntm("rules", "list", "--place", "Mẫu", "--on", "2024-01-01").output
    assert "≥ 90%" in shown and "74 chỉ tiêu có hiệu lực" in shown
    diff = ntm("rules", "diff", "2024-11-26", "--other-place", "Mẫu", "--communes", "all").output
    assert "Hà Nam" in diff and "Mẫu" in diff and "đánh giá thay đổi" in diff
    lint = json.loads(ntm("rules", "lint", "--format", "json").output)
    missing = {row["indicator"] for row in lint if row["place"] == "Mẫu"}
    assert "11" in missing and "9" in missing  # unknown, and known but not verified
    assert "12.3" not in missing


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"9": ">= 90"', '"99": ">= 90"', 14, "99"),
        ('"9": ">= 90"', '"9": "trên 90"', 14, "trên 90"),
        ("men:", "boys:", 16, "boys"),
        ("decision: 1/2023", "decision: 2/2023", 2, "2/2023"),
        ('except: ["12.3"]', 'except: ["12.9"]', 12, "12.9"),
        ("from: 2023-01-15", "from: 2023-02-30", 11, ""),
        ("place: Tỉnh Mẫu\ndecision:", "plaice: Tỉnh Mẫu\ndecision:", 1, ""),
    ],
)
def test_a_fault_in_a_province_is_told_with_its_line(copy, old, new, line, says):
    province(copy, PROVINCE.replace(old, new, 1))
    problems = json.loads(ntm("check", "--format", "json").output)
    file = "data/rulebook/advanced/provinces/mau.yaml"
    assert problems and all(p["file"] == file for p in problems)
    assert any(p["row"] == line and says in f"{p['value']} {p['problem']}" for p in problems), (
        problems
    )


def test_coverage_says_what_is_known(copy):
    province(copy)
    found = {(c.set, c.place, c.year): c for c in coverage(load_rulebook(copy.rulebook))}
    assert found["advanced", "Hà Nam", 2024].state == "partial"
    assert found["advanced", "Hà Nam", 2024].missing == ("18.7", "18.8")
    assert found["advanced", "Mẫu", 2024].known == 3
    assert found["base", "Cả nước", 2023].state == "partial"
    assert len(found["base", "Cả nước", 2023].unlisted) == 18
    assert found["model", "Cả nước", 2021].state == "unknown"


# Withdrawal -------------------------------------------------------------------------------------

FAILING = {  # one figure a criterion that makes it fail
    1: ("detailed_plan", "no"), 2: ("alleys_hardened", "1"), 3: ("main_crop_advanced_rate", "1"),
    4: ("electricity_households", "9"), 5: ("preschool_universal", "no"),
    6: ("heritage_protected", "no"), 7: ("food_market_standard", "no"),
    8: ("press_services", "no"), 9: ("solid_houses", "9"), 10: ("income_per_head", "50"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("criteria", "risk"),
    [([], "none"), ([1, 2, 3, 4, 5], "none"), ([1, 2, 3, 4, 5, 6], "none"),
     ([1, 2, 3, 4, 10], "none"), ([1, 2, 3, 4, 5, 10], "key"),
     ([1, 2, 3, 4, 5, 6, 8, 9], "none"), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "most")],
)  # fmt: skip
def test_withdrawal(copy, criteria, risk):
    """30 % of 19 criteria are six, 50 % are ten."""
    changes = dict(FAILING[number] for number in criteria)
    if 7 in criteria:
        changes["food_safe_market_model"] = "no"
    case = load_case(copy, "liem-can-2024").with_figures(changes)
    found = withdrawal_risk(case, assess([case]))
    assert (found.risk, list(found.failed)) == (risk, criteria)
    assert set(found.open) == {2, 3, 13, 18} - set(criteria)


@pytest.mark.parametrize("written", ["Hà Nam", "ha nam", "Hà nam", "tỉnh Hà Nam", "TINH HA NAM"])
def test_a_province_is_found_however_it_is_written(copy, written):
    done = ntm("rules", "list", "--place", written, "--on", "2024-11-26")
    assert done.exit_code == 0 and "Hà Nam" in done.stdout


@pytest.mark.parametrize(
    ("place", "day", "says"),
    [
        ("Hà Nm", "2024-11-26", ["Gần giống nhất: Hà Nam"]),
        ("Atlantis", "2024-11-26", ["Không có tỉnh nào"]),
        ("Thái Bình", "2024-11-26", ["Chưa có quy định nào của Thái Bình", "add-a-province.md"]),
        ("Thái Bình", "2025-08-01", ["Thái Bình không còn", "Hưng Yên", "add-a-province.md"]),
        ("Huế", "2024-11-26", ["Huế mang tên này từ ngày 01/01/2025", "Thừa Thiên Huế"]),
    ],
)
def test_a_place_without_rules_is_told_with_what_to_do(copy, place, day, says):
    done = ntm("new", "xa-thu-2024", "--place", place, "--on", day)
    assert done.exit_code == 1
    told = " ".join(done.stderr.split())
    assert all(one in told for one in says), told
    assert not (copy.communes / "xa-thu").exists()


def test_a_province_that_is_no_more_is_told_with_its_successor(copy):
    done = ntm("new", "xa-thu-2025", "--on", "2025-12-01")
    assert done.exit_code == 1 and "Hà Nam không còn" in done.stderr and "Ninh Bình" in done.stderr
    assert not (copy.communes / "xa-thu").exists()


BASES = [
    ("advanced", "Hà Nam", "2024-11-26", {"318/QĐ-TTg@viet-nam", "211/QĐ-TTg@viet-nam",
     "18/2022/QĐ-TTg@viet-nam", "43/2022/QĐ-UBND@ha-nam", "26/2024/QĐ-UBND@ha-nam"}),
    ("advanced", "Hà Nam", "2023-11-26", {"318/QĐ-TTg@viet-nam", "18/2022/QĐ-TTg@viet-nam",
     "43/2022/QĐ-UBND@ha-nam"}),
    ("base", "Thái Bình", "2024-11-26", {"318/QĐ-TTg@viet-nam", "211/QĐ-TTg@viet-nam",
     "18/2022/QĐ-TTg@viet-nam"}),
]  # fmt: skip


@pytest.mark.parametrize(("set_key", "place", "day", "keys"), BASES)
def test_legal_bases_are_in_force_at_the_place_and_on_the_day(copy, set_key, place, day, keys):
    done = ntm("new", "xa-thu-2024", "--set", set_key, "--place", place, "--on", day)
    assert done.exit_code == 0, done.output
    assert set(load_case(copy, "xa-thu-2024").appraisal.legal_bases) == keys
    assert ("add-a-province.md" in done.stderr) == (place == "Thái Bình")


def test_every_province_leads_to_one_that_exists():
    book = load_rulebook(ROOT / "data" / "rulebook")
    today = {name for name, one in book.provinces.items() if one.until is None}
    assert len(today) == 34 and len(book.provinces) == 64
    for one in book.provinces.values():
        assert (one.into in book.provinces) == (one.until is not None)
    for name in book.provinces:
        assert find_place(book, name.upper()) == name
        assert find_place(book, f"tỉnh {fold(name)}") == name


def test_a_rule_shows_no_empty_place(copy):
    done = ntm("rules", "show", "17.8")
    assert "Hà Nam · ≥ 95% · 43/2022/QĐ-UBND" in done.stdout
    assert "·  ·" not in done.stdout

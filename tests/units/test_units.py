"""Codes that are used again, what became of communes, and a commune entered by its code."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from ntm_analysis.communes import load_case
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.units import predecessors, successors, unit_on
from tests.cli.test_new_and_rules import copy, ntm  # noqa: F401
from tests.support.node import ROOT

OLD, NEW = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
# Communes of Hà Nam recognised for 2024 and what they became (hanam2024_old_to_new.tsv).
BECAME = {
    "13546": "Xã Bình An", "13561": "Xã Bình Sơn", "13612": "Xã Trần Thương", "13609": "Xã Nhân Hà",
    "13621": "Xã Nam Lý", "13585": "Xã Lý Nhân", "13576": "Xã Bắc Lý", "13456": "Xã Liêm Hà",
    "13471": "Xã Tân Thanh", "13453": "Xã Liêm Hà", "13420": "Phường Tam Chúc",
    "13417": "Phường Kim Bảng", "13369": "Phường Tiên Sơn",
    "13363": "Phường Tiên Sơn; Phường Hà Nam",
    "13507": "Phường Liêm Tuyền", "13408": "Phường Kim Thanh",
}  # fmt: skip


@pytest.mark.parametrize(("code", "names"), BECAME.items())
def test_what_became_of_the_communes_of_2024(code, names):
    unit = unit_on(code, OLD)
    assert unit is not None and unit.province == "Hà Nam"
    assert {one.full_name for one in successors(unit)} == set(names.split("; "))
    assert {one.province for one in successors(unit)} == {"Ninh Bình"}


def test_a_code_is_used_again():
    before, after = unit_on("13456", OLD), unit_on("13456", NEW)
    assert (before.name, before.district_name, before.province) == (
        "Liêm Cần", "Thanh Liêm", "Hà Nam"
    )  # fmt: skip
    assert (after.name, after.district, after.province) == ("Liêm Hà", "", "Ninh Bình")
    assert [one.name for one in predecessors("13456")] == ["Liêm Phong", "Thanh Hà", "Liêm Cần"]


def test_every_old_unit_became_one_of_a_province_that_there_is():
    provinces = load_rulebook(ROOT / "data" / "rulebook").provinces
    for code in BECAME:
        assert unit_on(code, OLD).province in provinces
    for unit in (unit_on("00004", OLD), unit_on("13456", NEW)):
        assert unit.province in provinces


def test_a_commune_by_its_code(copy):  # noqa: F811
    before = ntm("new", "xa-cu-2024", "--unit", "13456", "--on", "2024-11-26")
    assert before.exit_code == 0, before.output
    profile = yaml.safe_load((copy.communes / "xa-cu" / "commune.yaml").read_text("utf-8"))
    told = {key: profile[key] for key in ("name", "code", "district", "province", "merged_into")}
    assert told == {
        "name": "Liêm Cần", "code": "13456", "district": "Thanh Liêm", "province": "Hà Nam",
        "merged_into": {"name": "Liêm Hà", "code": "13456", "province": "Ninh Bình",
                        "until": dt.date(2025, 6, 30)},
    }  # fmt: skip
    after = ntm("new", "xa-cu-2026", "--unit", "13456", "--on", "2026-06-01", "--set", "2026")
    if after.exit_code == 0:  # the set of 2026 has no indicator yet for a place to be judged by
        raise AssertionError(after.output)
    wrong = ntm("new", "xa-khac-2024", "--unit", "13420", "--on", "2026-06-01")
    assert wrong.exit_code == 1
    assert "Phường Tam Chúc" in wrong.output
    none = ntm("new", "xa-khac-2024", "--unit", "99999", "--on", "2024-06-01")
    assert none.exit_code == 1 and "99999" in none.output


def test_a_commune_keeps_its_earlier_name_through_a_merger(copy):  # noqa: F811
    assert ntm("new", "xa-cu-2024", "--unit", "13456", "--on", "2024-11-26").exit_code == 0
    path = copy.rulebook / "advanced" / "provinces" / "ninh-binh.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "place: Ninh Bình\ndecision: 318/QĐ-TTg@viet-nam\nfrom: 2025-07-01\n"
        "source: made up for a test\nthresholds: {'9': '>= 90'}\n",
        encoding="utf-8",
    )
    done = ntm("new", "xa-cu-2025", "--unit", "13456", "--on", "2025-11-26")
    assert done.exit_code == 0, done.output
    assert "01/07/2025" in done.output and "Liêm Cần" in done.output
    now, then = load_case(copy, "xa-cu-2025"), load_case(copy, "xa-cu-2024")
    assert (now.commune.name, now.commune.district, now.rules.place) == (
        "Liêm Hà", None, "Ninh Bình"
    )  # fmt: skip
    assert (then.commune.name, then.commune.district, then.rules.place) == (
        "Liêm Cần", "Thanh Liêm", "Hà Nam"
    )  # fmt: skip
    assert [one.name for one in now.commune.formerly] == ["Liêm Phong", "Thanh Hà", "Liêm Cần"]

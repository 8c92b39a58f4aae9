"""Law entered in the workbook alone: a whole new set, zones, yearly values, groups."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ntm_analysis.language import translate
from ntm_analysis.law.load import read_law, try_law
from ntm_analysis.law.workbook import LawSheet, set_columns, write_law
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import NATIONAL, Rulebook, load_rulebook, rules_in_force
from ntm_analysis.rulebook.divisions import Locality
from tests.law.conftest import ROOT

# The income row of QĐ 1980/QĐ-TTg, to 2020 (thuviennhadat.vn 318802).
INCOME = {
    "": "≥45", "Trung du miền núi phía Bắc": "≥36", "Đồng bằng sông Hồng": "≥50",
    "Bắc Trung Bộ": "≥36", "Duyên hải Nam Trung Bộ": "≥41", "Tây Nguyên": "≥41",
    "Đông Nam Bộ": "≥59", "Đồng bằng sông Cửu Long": "≥50",
}  # fmt: skip
OLD = {
    "set": "base-2016", "place": NATIONAL, "decision": "1980/QĐ-TTg", "date": "17/10/2016",
    "from": "17/10/2016", "until": "31/12/2020", "source": "thuviennhadat.vn 318802",
    "entered_by": "Nguyễn A", "set_name": "Bộ tiêu chí quốc gia về xã nông thôn mới 2016-2020",
    "level": "đạt chuẩn nông thôn mới", "criteria": "19", "indicators": "49",
    "first": "17/10/2016", "last": "31/12/2020",
}  # fmt: skip
NAM_DINH = {
    "set": "model", "place": "tỉnh Nam Định", "decision": "23/2022/QĐ-UBND", "date": "08/08/2022",
    "from": "20/08/2022", "source": "baonamdinh.vn 2552387", "entered_by": "Nguyễn A",
}  # fmt: skip
THANH_HOA = {
    "set": "advanced", "place": "Thanh Hóa", "decision": "26/2024/QĐ-UBND",
    "from": "01/06/2024", "source": "thuviennhadat.vn 615248", "entered_by": "Nguyễn A",
}  # fmt: skip


class Workbook:
    """A law workbook that a person fills in."""

    def __init__(self, path: Path, sheet: LawSheet, book: Rulebook) -> None:
        self.path, self.book = path, book
        path.write_bytes(write_law(sheet, book, "vi"))
        self.made = openpyxl.load_workbook(path)
        self.typed = 0

    def sheet(self, key: str) -> Any:
        return self.made[translate(key, "vi")]

    def fill(self, key: str, prefix: str, row: int, **texts: str) -> None:
        """Write cells of a row by the keys of their columns."""
        heads = {cell.value: cell.column for cell in self.sheet(key)[1]}
        for name, text in texts.items():
            word, _, zone = name.partition("|")
            head = translate(f"{prefix}.{word}", "vi") + (f" · {zone}" if zone else "")
            self.sheet(key).cell(row, heads[head]).value = text
            self.typed += 1

    def law(self, row: int, **texts: str) -> None:
        self.fill("law.sheet", "law.columns", row, **texts)

    def row_of(self, code: str, limb: str = "own") -> int:
        rows = self.sheet("law.sheet").iter_rows(min_row=2)
        return next(r[0].row for r in rows if (r[0].value, r[1].value) == (code, limb))

    def read(self) -> Any:
        self.made.save(self.path)
        return read_law(self.path, self.book)


def loaded(law: Any, tmp_path: Path) -> Rulebook:
    """The rulebook with what a workbook makes."""
    copy = tmp_path / "rulebook"
    shutil.copytree(ROOT / "data" / "rulebook", copy)
    shutil.rmtree(copy / "model" / "provinces")  # which holds the very values entered here
    for name, text in law.files.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    return load_rulebook(copy)


def asked(book: Rulebook, key: str, where: Locality | str, on: str, code: str) -> str:
    return rules_in_force(book, key, where, dt.date.fromisoformat(on)).by_code[code].own.text


def old_set(book: Rulebook, tmp_path: Path, regions: Sequence[str]) -> Workbook:
    form = Workbook(tmp_path / "law.xlsx", LawSheet("base-2016", OLD, (), tuple(INCOME)), book)
    form.fill("law.criteria_sheet", "law.criteria", 2, number="10", name="Thu nhập")
    form.fill("law.criteria_sheet", "law.criteria", 3, number="11", name="Hộ nghèo")
    form.fill("law.criteria_sheet", "law.criteria", 4, number="15", name="Y tế")
    values = {f"requires|{zone}" if zone else "requires": text for zone, text in INCOME.items()}
    values |= {name.replace("requires", "printed"): text for name, text in values.items()}
    form.law(2, code="10", name="Thu nhập bình quân đầu người", unit="triệu đồng/người/năm",
             **values)  # fmt: skip
    form.law(3, code="11", name="Tỷ lệ hộ nghèo đa chiều", unit="%", requires="≤6%")
    form.law(4, code="15.1", name="Tỷ lệ người dân tham gia bảo hiểm y tế", unit="%",
             requires="≥85%")  # fmt: skip
    for row, zone in enumerate(regions, 2):
        members = {"Đồng bằng sông Hồng": "Hà Nam; Nam Định"}.get(zone)
        classes = "xã đặc biệt khó khăn" if zone.startswith("Trung du") else ""
        texts = {"provinces": members} if members else {"rest": "xã tự ghi"}
        form.fill("law.parts_sheet", "law.parts", row, part=zone, division="Vùng",
                  **(texts | ({"classes": classes} if classes else {})))  # fmt: skip
    return form


def test_a_whole_new_set_with_its_seven_regions(book, tmp_path):
    form = old_set(book, tmp_path, [zone for zone in INCOME if zone])
    law = form.read()
    try_law(law, ROOT / "data" / "rulebook", "law.xlsx")
    assert {name.partition("/")[2] for name in law.files} == {
        "set.yaml", "10-thu-nhap.yaml", "11-ho-ngheo.yaml", "15-y-te.yaml", "variables.yaml",
        "provinces/ca-nuoc-2016-10-17-1980-qd-ttg.yaml",
    }  # fmt: skip
    made = loaded(law, tmp_path)
    on = "2019-11-01"
    none = frozenset()
    want = {
        Locality("Hà Nam", "", none): ">= 50",
        Locality("Hà Nam", "", frozenset({"difficult"})): ">= 36",
        Locality("Kon Tum", "", frozenset({"tay-nguyen"})): ">= 41",
        Locality("Bình Dương", "", none): "unknown",
        Locality("Hà Nam"): "unknown",
    }
    found = {where: asked(made, "base-2016", where, on, "10") for where in want}
    assert found == want
    rules = rules_in_force(made, "base-2016", next(iter(want)), dt.date.fromisoformat(on))
    kinds = {rule.code: (rule.indicator.kind, rule.indicator.unit) for rule in rules.rules}
    assert kinds == {
        "10": ("amount", "million_vnd_person_year"), "11": ("rate", "percent"),
        "15.1": ("rate", "percent"),
    }  # fmt: skip
    assert rules.by_code["10"].indicator.own.formula == "income_per_head"  # as other sets have it
    assert rules.by_code["10"].printed("own") == "≥50"
    assert rules.by_code["11"].own.text == "<= 6"
    proposed = {one[0]: one[4] for one in law.proposed}
    assert proposed["10"] in ("advanced/10", "base/10", "model/2")
    assert set(proposed) == {"10", "11", "15.1"}
    about = made.sets["base-2016"].about
    assert (about.indicators, about.days) == (49, (dt.date(2016, 10, 17), dt.date(2020, 12, 31)))


def test_the_yearly_incomes_of_one_province(book, tmp_path):
    form = Workbook(tmp_path / "law.xlsx", LawSheet("model", NAM_DINH, ()), book)
    form.law(form.row_of("2"), requires="2021: ≥66; 2022: ≥72; 2023: ≥83; 2024: ≥93; 2025: ≥103")
    law = form.read()
    made = loaded(law, tmp_path)
    found = {
        year: asked(made, "model", "Nam Định", f"{year}-11-01", "2") for year in range(2022, 2026)
        if year < 2025
    }  # fmt: skip
    assert found == {2022: ">= 72", 2023: ">= 83", 2024: ">= 93"}
    assert asked(made, "model", "Nam Định", "2025-06-30", "2") == ">= 103"


def test_the_two_zones_of_a_province(book, tmp_path):
    sheet = LawSheet("advanced", THANH_HOA, (), ("Vùng 1", "Vùng 2"))
    form = Workbook(tmp_path / "law.xlsx", sheet, book)
    row = form.row_of("9")
    form.law(row, **{"requires|Vùng 1": "chưa biết", "requires|Vùng 2": "chưa biết"})
    classes = "; ".join(
        book.classes[key].vi for key in ("area-2", "area-3", "difficult-coast", "atk-poor")
    )
    form.fill("law.parts_sheet", "law.parts", 2, division="Vùng", classes=classes)
    form.fill("law.parts_sheet", "law.parts", 3, rest="Có")
    made = loaded(form.read(), tmp_path)
    lacks = {
        classes: rules_in_force(
            made, "advanced", Locality("Thanh Hóa", "", classes), dt.date(2024, 11, 1)
        ).by_code["9"].lack
        for classes in (None, frozenset({"area-3"}), frozenset())
    }  # fmt: skip
    assert [lack and lack.kind for lack in lacks.values()] == ["class", "unread", "unread"]


def test_the_groups_of_2026_are_columns_of_its_form(book, tmp_path):
    columns = set_columns(book, "2026", NATIONAL)
    assert columns == ("", "Nhóm 1", "Nhóm 2", "Nhóm 3")
    about = OLD | {"set": "2026", "decision": "51/2025/QĐ-TTg", "from": "15/02/2026", "until": ""}
    form = Workbook(tmp_path / "law.xlsx", LawSheet("2026", about, (), columns), book)
    # a made-up row: the decision's own thresholds were not at hand
    form.law(2, code="1.1", name="Chỉ tiêu thử", unit="%", kind="tỷ lệ",
             **{f"requires|Nhóm {n}": f"≥{50 + n}%" for n in (1, 2, 3)})  # fmt: skip
    law = form.read()
    assert "divisions" not in law.content
    made = loaded(law, tmp_path)
    found = [
        asked(made, "2026", Locality("Ninh Bình", "", frozenset(held)), "2026-06-01", "1.1")
        for held in ({"town-edge"}, (), {"area-2"})
    ]
    assert found == [">= 51", ">= 52", ">= 53"]


def test_every_fault_of_a_new_set_is_told_at_once(book, tmp_path):
    form = old_set(book, tmp_path, [zone for zone in INCOME if zone][:-1])
    form.law(5, code="17.1", name="Có phương án", unit="", requires="Đạt")
    form.law(6, code="x", name="Gì đó", unit="%")
    form.fill("law.parts_sheet", "law.parts", 3, provinces="Hà Nmm")
    with pytest.raises(DataErrors) as raised:
        form.read()
    told = "\n".join(map(str, raised.value.problems))
    for words in ("17", "x", "Hà Nmm", "sông Cửu Long"):
        assert words in told


def test_a_second_persons_check_verifies_one_requirement(book, tmp_path):
    form = Workbook(tmp_path / "law.xlsx", LawSheet("model", NAM_DINH, ()), book)
    form.law(form.row_of("2"), requires="≥66", page="3", checked_by="Trần B",
             checked_on="21/08/2022")  # fmt: skip
    form.law(form.row_of("1"), requires="Đạt")
    law = form.read()
    assert law.content["verified"] is False
    made = loaded(law, tmp_path)
    rules = rules_in_force(made, "model", "Nam Định", dt.date(2023, 1, 1)).by_code
    assert (rules["2"].law, rules["1"].law) == ("verified", "unverified")
    assert (law.verified, law.count) == (1, 2)

"""A form filled, read and filled again holds the same."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import load_case
from ntm_analysis.forms import filling_of, import_file, write_form
from ntm_analysis.forms.figures_sheet import asked
from ntm_analysis.rulebook import NoRulesError, load_rulebook, rules_in_force
from tests.forms.spoil import grids


def sound(readings):
    """Readings that compare equal: NaN gives way."""
    return [replace(r, low=0.0, high=0.0) if r.status != "number" else r for r in readings]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_form_import_form(lang, project, case, empty, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_form(case.rules, lang, filling_of(project, case), assess([case], lang)))
    done = import_file(empty, path)
    assert [one.id for one in done.stored] == ["liem-can-2024"]
    again = load_case(empty, "liem-can-2024")
    assert again.params == case.params
    assert again.commune == case.commune
    assert again.evidence == case.evidence
    assert sound(again.readings) == sound(case.readings)
    second = write_form(again.rules, lang, filling_of(empty, again), assess([again], lang))
    assert grids(second) == grids(path.read_bytes())


def test_the_same_form_twice_is_the_same_file(project, case, filled):
    assert write_form(case.rules, "vi", filling_of(project, case), assess([case])) == filled


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_protection_choices_and_print(filled):
    names = re.findall(r'<sheet name="([^"]+)"', part(filled, "xl/workbook.xml"))
    assert names == ["Hướng dẫn", "Thông tin chung", "Số liệu", "Minh chứng",
                     "Kết luận thẩm tra", "Yêu cầu giải trình", "Việc đã làm", "Mục tiêu",
                     "Cơ quan thẩm tra", "Nội dung khác", "Kiểm tra", "_ntm"]  # fmt: skip
    assert 'state="veryHidden"' in part(filled, "xl/workbook.xml")
    for number in range(1, 12):
        assert "<sheetProtection" in part(filled, f"xl/worksheets/sheet{number}.xml"), number
    figures, evidence = (part(filled, f"xl/worksheets/sheet{n}.xml") for n in (3, 4))
    assert figures.count("<dataValidation ") > 100
    assert (
        'type="date"' in figures
        and 'type="custom"' in figures
        and 'errorStyle="warning"' in figures
    )
    assert "Đạt,Chưa đạt,Đang hoàn thiện" in evidence and "A,B,C,D,E" in evidence
    for xml in (figures, evidence):
        assert 'paperSize="9"' in xml and 'fitToHeight="0"' in xml and "<pane " in xml
    styles = part(filled, "xl/styles.xml")
    assert 'locked="0"' in styles


def test_live_formulas_know_scopes_and_primary_readings(filled):
    checks = part(filled, "xl/worksheets/sheet11.xml")
    assert "AVERAGEIFS" in checks and "poor_households|11" in checks
    assert "#REF" not in checks
    rates = part(filled, "xl/worksheets/sheet3.xml")
    assert rates.count("ISNUMBER") > 60


def test_no_formula_is_longer_than_excel_takes(filled):
    """Excel calls a workbook damaged that holds a formula of more than 8192 letters."""
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets" in n]
    found = [formula for xml in sheets for formula in re.findall(r"<f>([^<]*)</f>", xml)]
    assert len(found) > 400
    assert max(len(formula) for formula in found) < 4000


RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""LibreOffice keeps stored results unless it is told to calculate."""


def test_formulas_give_what_the_assessment_gives(project, case, tmp_path):
    """By a spreadsheet program, where there is one, from a form without stored results."""
    import csv
    import shutil
    import subprocess

    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no spreadsheet program (soffice) on PATH")
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_form(case.rules, "vi", filling_of(project, case)))
    settings = tmp_path / "office" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATE, encoding="utf-8")
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,10"
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", options, "--outdir", str(tmp_path), str(path)],
        check=False, capture_output=True, timeout=180,
    )  # fmt: skip
    found = list(tmp_path.glob("*.csv"))
    if not found:
        pytest.skip("the spreadsheet program cannot open workbooks")
    rows = assess([case]).of(case)
    limbs = {rule.code: len(rule.indicator.limbs) for rule in case.rules.rules}
    compared = 0
    for line in csv.reader(found[0].read_text(encoding="utf-8").splitlines()):
        if line and limbs.get(line[0]) == 1:
            value = rows.at[line[0], "value"]
            if value == value:
                assert float(line[2]) == pytest.approx(value, abs=1e-6), line[0]
                compared += 1
            else:
                assert line[2] == "", line
    assert compared > 20


def test_in_every_set_place_and_year_a_form_asks_at_most_150_cells(repository):
    book = load_rulebook(repository / "data" / "rulebook")
    needed = 4  # what must be said of the commune
    counts = {}
    for key, loaded in book.sets.items():
        first, last = loaded.about.days
        for place in book.places_of(key) if loaded.indicators else ():
            for year in range(first.year, last.year + 1):
                day = dt.date(year, 6, 30)
                with suppress(NoRulesError):
                    rules = rules_in_force(book, key, place, day)
                    counts[key, place, year] = needed + sum(map(len, asked(rules).values()))
    assert len(counts) > 8 and counts["advanced", "Hà Nam", 2024] > 100
    assert {key: count for key, count in counts.items() if count > 150} == {}


def test_a_text_that_looks_like_a_formula_stays_text(project, case, empty, tmp_path):
    filling = filling_of(project, case)
    filling.figures[0] = filling.figures[0] | {"note": '=HYPERLINK("http://x")', "note_en": "+1"}
    content = write_form(case.rules, "vi", filling)
    assert "HYPERLINK" not in part(content, "xl/worksheets/sheet3.xml")
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    import_file(empty, path)
    reading = load_case(empty, "liem-can-2024").readings[0]
    assert (reading.note, reading.note_en) == ('=HYPERLINK("http://x")', "+1")


def test_a_blank_form_asks_what_the_rules_ask_by_criterion(case):
    sheets = grids(write_form(case.rules, "en"))
    codes = {rule.code for rule in case.rules.rules}
    assert codes <= {row[0] for row in sheets["Evidence"]}
    assert codes <= {row[0] for row in sheets["Appraisal"]}
    rows = [row[:2] for row in sheets["Figures"][4:]]
    names = [name for name, _ in rows if name]
    limbs = [limb for rule in case.rules.rules for limb in rule.indicator.limbs]
    needed = {name for limb in limbs for name in limb.parsed.variables}
    rates = {limb.stated for limb in limbs if limb.stated}
    assert set(names) == needed | rates and len(names) == len(set(names))
    # Without a stated rate, each once, in at most 150 cells with what must be said of the commune.
    assert len(needed) + 4 <= 150
    headings = [text for name, text in rows if not name and text]
    numbers = [int(text.split(".")[0].split()[-1]) for text in headings[1:-2]]
    assert numbers == sorted(numbers) and len(numbers) > 15
    assert "mushroom_area" not in names and "village_gates" not in names

"""Bad input: what a user wrote, and the file, row and column that she is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.language import LANGUAGES
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem

FIGURES = "data/communes/liem-can/figures.csv"
EVIDENCE = "data/communes/liem-can/evidence.csv"
COMMUNE = "data/communes/liem-can/commune.yaml"
PARAMS = "params/liem-can-2024.yaml"
Edit = Callable[[str, str, str], None]


def problems_of(project: Project, name: str = "liem-can-2024") -> list[Problem]:
    with pytest.raises(DataErrors) as caught:
        load_case(project, name)
    return caught.value.problems


# file, what stands there, what it is spoiled to, the column told, part of the message
CASES = [
    (FIGURES, "solid_houses,2696,house", "solid_house,2696,house", "variable", "solid_house"),
    (FIGURES, "solid_houses,2696,house", "solid_houses,nhiều,house", "value", "nhiều"),
    (FIGURES, "solid_houses,2696,house", "solid_houses,-5,house", "value", "âm"),
    (FIGURES, "solid_houses,2696,house", "solid_houses,2696.5,house", "value", "nguyên"),
    (FIGURES, "solid_houses,2696,house", "solid_houses,2696,km", "unit", "Đơn vị"),
    (FIGURES, "solid_houses,2696,house", "solid_houses,2800,house", "value", "lớn hơn"),
    (FIGURES, "solid_houses,2696,house", "solid_houses,,house", "value", "Chưa ghi"),
    (FIGURES, "insurance_rate,95.18,", "insurance_rate,195.18,", "value", "100%"),
    (FIGURES, "insurance_rate,95.18,", 'insurance_rate,"95,18",', "value", "95,18"),
    (FIGURES, "water_per_head,80-110,", "water_per_head,110-80,", "value", "110-80"),
    (FIGURES, "2024-07-30,17.10,", "2024-02-30,17.10,", "as_of", "Ngày"),
    (FIGURES, ",17.8,report", ",17.88,report", "indicator", "17.88"),
    (FIGURES, "report:151", "", "source", "nguồn"),
    (FIGURES, "report:151", "letter:151", "source", "commune.yaml"),
    (FIGURES, "report:173,,", "report:173,yes,", "primary", "hai số liệu chính"),
    (FIGURES, "telemedicine,yes,", "telemedicine,2,", "value", "2"),
    (FIGURES, "disaster_readiness,good,", "disaster_readiness,great,", "value", "great"),
    (EVIDENCE, "\n9,98,met", "\n9,98,passed", "claimed_verdict", "kết quả"),
    (EVIDENCE, "\n9,98,met", "\n99,98,met", "indicator", "99"),
    (EVIDENCE, "2021-09-10", "10.9.21", "issued_on", "Ngày"),
    (PARAMS, "year: 2024", "year: hai nghìn", "year", "số nguyên"),
    (PARAMS, "on: 2024-11-26", "on: 2024-02-30", "on", "Ngày"),
    (PARAMS, "lang: vi", "lang: fr", "lang", "danh sách"),
    (PARAMS, "lang: vi", "lang: vi\ncolour: red", "colour", "Không có mục"),
    (PARAMS, "set: advanced", "set: modern", "set", "modern"),
    (PARAMS, "on: 2024-11-26", "on: 2019-01-01", "on", "ngoài thời gian áp dụng"),
    (COMMUNE, "province: Hà Nam", "province: Hà Nộm", "province", "Hà Nộm"),
    (COMMUNE, "name: Liêm Cần", "nam: Liêm Cần", "nam", "Không có mục"),
    (COMMUNE, "318/QĐ-TTg@viet-nam", "317/QĐ-TTg@viet-nam", "legal_bases", "317"),
    (COMMUNE, "  2024:", "  2023:", "appraisals", "2024"),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "words"), CASES)
def test_each_fault_is_told_with_its_place(
    copy: Project, edit: Edit, file: str, old: str, new: str, column: str, words: str
) -> None:
    edit(file, old, new)
    problems = problems_of(copy)
    told = [p for p in problems if column in (p.column or "") and words in f"{p.problem} {p.value}"]
    assert told, [str(p) for p in problems]
    assert all(p.row for p in told)
    assert all(p.wanted for p in told)
    if column != "on":
        assert told[0].file == file


def test_the_row_is_the_one_a_spreadsheet_shows(copy: Project, edit: Edit) -> None:
    edit(FIGURES, "income_per_head,72.403", 'income_per_head,"72,403"')
    lines = (copy.root / FIGURES).read_text(encoding="utf-8").splitlines()
    row = next(n for n, line in enumerate(lines, start=1) if line.startswith("income_per_head"))
    (problem,) = problems_of(copy)
    assert (problem.row, problem.column) == (row, "value")
    assert "72.403" in problem.wanted


def test_all_faults_of_all_files_are_told_together(copy: Project, edit: Edit) -> None:
    edit(FIGURES, "solid_houses,2696", "solid_houses,many")
    edit(FIGURES, "income_per_head,72.403", "incom_per_head,72.403")
    edit(EVIDENCE, "\n9,98,met", "\n9,98,fine")
    edit(COMMUNE, "district: Thanh Liêm", "town: Thanh Liêm")
    files = {problem.file for problem in problems_of(copy)}
    assert {FIGURES, EVIDENCE, COMMUNE} <= files


def test_an_unknown_id_names_the_nearest(copy: Project) -> None:
    (problem,) = problems_of(copy, "liem-can-2042")
    assert "liem-can-2024" in problem.wanted
    assert problem.file == "params/liem-can-2042.yaml"


@pytest.mark.parametrize("file", [FIGURES, EVIDENCE, COMMUNE])
def test_a_missing_file_is_named(copy: Project, file: str) -> None:
    (copy.root / file).unlink()
    assert file in {problem.file for problem in problems_of(copy)}


def test_a_folder_in_place_of_a_file(copy: Project) -> None:
    (copy.root / FIGURES).unlink()
    (copy.root / FIGURES).mkdir()
    assert FIGURES in {problem.file for problem in problems_of(copy)}


@pytest.mark.parametrize(
    "text",
    ["commune: [liem-can\nyear: 2024", "commune:\tliem-can", "a: 1\na: 2", "- just\n- a list", ""],
)
def test_malformed_yaml_is_explained(copy: Project, text: str) -> None:
    (copy.root / PARAMS).write_text(text, encoding="utf-8")
    problems = problems_of(copy)
    assert {problem.file for problem in problems} == {PARAMS}


def test_a_quotation_mark_left_open(copy: Project, edit: Edit) -> None:
    edit(FIGURES, "income_per_head,72.403", 'income_per_head,"72.403')
    assert FIGURES in {problem.file for problem in problems_of(copy)}


def test_a_file_that_is_not_utf8(copy: Project) -> None:
    path = copy.root / FIGURES
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert any("UTF-8" in problem.problem for problem in problems_of(copy))


def test_semicolons_and_a_byte_order_mark_are_fine(copy: Project) -> None:
    import csv
    import io

    path = copy.root / FIGURES
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    assert len(load_case(copy, "liem-can-2024").readings) == len(rows) - 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_are_in_the_users_language(
    copy: Project, edit: Edit, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("NTM_LANG", lang)
    edit(FIGURES, "solid_houses,2696,house", "solid_houses,-5,house")
    (problem,) = problems_of(copy)
    assert ("negative" in problem.problem) == (lang == "en")


def test_a_formula_cannot_run_code(copy: Project, edit: Edit) -> None:
    edit(
        "data/rulebook/advanced/09-nha-o.yaml",
        "formula: 100 * solid_houses / houses",
        "formula: __import__('os').system('true')",
    )
    (problem,) = problems_of(copy)
    assert problem.file == "data/rulebook/advanced/09-nha-o.yaml"
    assert problem.row

"""Cases whose files are missing, malformed or at odds, alone and all at once."""

from __future__ import annotations

import unicodedata

import pytest

from ntm_analysis.communes import folder, list_ids, load_case, load_cases
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import generator, make
from tests.support import sample_project
from tests.support.spoil import COMMUNE, EVIDENCE, FIGURES, ID, PARAMS, Copy, problems_of

HOUSES = "houses,2751,house,,9,"
SOLID = "solid_houses,2696,house,,9,"


@pytest.mark.parametrize("file", [COMMUNE, FIGURES, EVIDENCE])
def test_a_missing_file_is_one_problem(copy: Copy, file: str):
    copy.path(file).unlink()
    (told,) = copy.problems()
    assert told.file == file and "not found" in told.problem


@pytest.mark.parametrize("file", [PARAMS, COMMUNE, FIGURES, EVIDENCE])
def test_a_folder_in_place_of_a_file(copy: Copy, file: str):
    copy.path(file).unlink()
    copy.path(file).mkdir()
    (told,) = copy.problems()
    assert told.file == file and "folder" in told.problem


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (PARAMS, "commune: [liem-can\n"),
        (PARAMS, "commune: liem-can\n\tyear: 2024\n"),
        (COMMUNE, 'id: liem-can\nname: "Liêm\n'),
        (FIGURES, 'variable,value,unit,as_of,indicator,source,primary,note\na,1,"x\nb,2\n'),
        (EVIDENCE, ""),
    ],
)
def test_a_malformed_file_is_one_problem(copy: Copy, file: str, text: str):
    copy.path(file).write_text(text, encoding="utf-8")
    (told,) = copy.problems()
    assert told.file == file and told.row


def test_an_unknown_id_names_what_is_most_alike(copy: Copy):
    (told,) = copy.problems("liem-can-2042")
    assert told.file == "params/liem-can-2042.yaml"
    assert told.wanted == f"Most alike: {ID}."
    assert copy.problems("zzz")[0].wanted == f"For example: {ID}."


def test_an_unknown_commune_names_what_is_most_alike(copy: Copy):
    copy.path(PARAMS).rename(copy.path("params/liem-cam-2024.yaml"))
    copy.edit("params/liem-cam-2024.yaml", "commune: liem-can\n", "commune: liem-cam\n")
    (told,) = copy.problems("liem-cam-2024")
    assert (told.column, told.value) == ("commune", "liem-cam")
    assert "no folder data/communes/liem-cam" in told.problem
    assert "Most alike: liem-can." in told.wanted


def test_a_file_is_named_after_its_commune_and_year(copy: Copy):
    copy.path(PARAMS).rename(copy.path("params/liem-can-2025.yaml"))
    (told,) = copy.problems("liem-can-2025")
    assert f"that of “{ID}”" in told.problem


def test_an_unknown_set_is_not_told_of_every_row(copy: Copy):
    copy.edit(PARAMS, "set: advanced", "set: advancd")
    assert [(p.file, p.column) for p in copy.problems()] == [(PARAMS, "set")]


def test_a_numerator_above_its_denominator(copy: Copy):
    line = copy.edit(FIGURES, SOLID, SOLID.replace("2696", "2752"))
    (told,) = copy.problems()
    assert (told.file, told.row, told.column, told.value) == (FIGURES, line, "value", "2752")
    assert "solid_houses is greater than houses (2751, in row" in told.problem


@pytest.mark.parametrize("value", ["2751", "2700-2800", "<2800", ">2700", "not_applicable"])
def test_what_need_not_exceed_its_whole_is_let_pass(copy: Copy, value: str):
    copy.edit(FIGURES, SOLID, SOLID.replace("2696", value))
    assert copy.problems() == []


def test_a_part_that_is_only_shown_is_compared_too(copy: Copy):
    line = copy.edit(FIGURES, "command_posts_filled,3,", "command_posts_filled,5,")
    (told,) = copy.problems()
    assert told.row == line and "command_posts (4" in told.problem


def test_a_part_without_a_whole_is_no_fault(copy: Copy):
    text = copy.path(FIGURES).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("houses,")]
    copy.path(FIGURES).write_text("".join(kept), encoding="utf-8")
    assert copy.problems() == []


def test_everything_is_told_at_once(copy: Copy):
    copy.edit(PARAMS, "on: 2024-11-26", "on: 2024-02-30")
    copy.edit(PARAMS, "lang: vi", "lang: fr")
    copy.edit(COMMUNE, "name: Liêm Cần", "nam: Liêm Cần")
    copy.edit(FIGURES, SOLID, SOLID.replace("2696", "many"))
    copy.edit(FIGURES, "income_per_head,72.403", "incom_per_head,72.403")
    copy.edit(EVIDENCE, "\n9,98,met", "\n9,98,fine")
    told = {(p.file, p.column) for p in copy.problems()}
    assert told == {
        (PARAMS, "on"),
        (PARAMS, "lang"),
        (COMMUNE, "nam"),
        (COMMUNE, "name"),
        (FIGURES, "value"),
        (FIGURES, "variable"),
        (EVIDENCE, "claimed_verdict"),
    }


def test_everything_of_all_cases_is_told_at_once(copy: Copy):
    copy.path("params/liem-can-2025.yaml").write_text("commune: liem-can\n", encoding="utf-8")
    copy.edit(PARAMS, "lang: vi", "lang: fr")
    told = problems_of(lambda: load_cases(copy.project, None, copy.rulebook))
    assert {p.file for p in told} == {PARAMS, "params/liem-can-2025.yaml"}


@pytest.mark.parametrize("name", ['""', "../../params", "."])
def test_a_name_that_is_no_folder_is_told_alone(copy: Copy, name: str):
    copy.edit(PARAMS, "commune: liem-can", f"commune: {name}")
    assert {(p.file, p.column) for p in copy.problems()} == {(PARAMS, "commune")}


def test_no_case_at_all(copy: Copy):
    copy.path(PARAMS).unlink()
    (told,) = problems_of(lambda: load_cases(copy.project, None, copy.rulebook))
    assert told.file == "params/" and "Add a parameter file" in told.wanted


def test_ids_are_the_files_of_params_in_order(copy: Copy):
    copy.path("params/an-lao-2024.yaml").write_text("", encoding="utf-8")
    copy.path("params/notes.txt").write_text("", encoding="utf-8")
    copy.path("params/folder.yaml").mkdir()
    assert list_ids(copy.project) == ["an-lao-2024", ID]


def test_a_case_named_twice_is_read_once(copy: Copy):
    assert len(load_cases(copy.project, [ID, ID], copy.rulebook)) == 1


def test_parameters_may_be_changed_for_one_run(copy: Copy):
    case = load_case(copy.project, ID, copy.rulebook, {"lang": "en", "on": "2024-06-18"})
    assert case.params.lang == "en" and len(case.rules.rules) == 75


def test_rows_of_another_year_are_left_out(copy: Copy):
    before = copy.case()
    copy.edit(FIGURES, "note,note_en\n", "note,note_en,year\n")
    text = copy.path(FIGURES).read_text(encoding="utf-8").rstrip("\n").split("\n")
    rows = [text[0], *(f"{line}," for line in text[1:])]
    rows += ["population,9000,person,,,report:1,,,,2023"]
    copy.path(FIGURES).write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert repr(copy.case().readings) == repr(before.readings)


def test_text_in_another_normal_form_reads_the_same(copy: Copy):
    before = copy.case()
    for file in (COMMUNE, FIGURES, EVIDENCE, PARAMS):
        path = copy.path(file)
        text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    after = copy.case()
    assert after.commune == before.commune
    assert after.evidence == before.evidence
    assert repr(after.readings) == repr(before.readings)  # NaN is not equal to itself


def test_a_commune_of_several_years_is_read_once(repository, tmp_path, monkeypatch):
    book = load_rulebook(repository / "data" / "rulebook")
    in_force = sample_project.rules(book)
    samples = [make(in_force, n, generator(3, n), (2023, 2024)) for n in (1, 2)]
    project = sample_project.write(samples, tmp_path, repository)
    read = []
    whole = folder.read_figures
    monkeypatch.setattr(folder, "read_figures", lambda *a: (read.append(a[0]), whole(*a))[1])
    together = load_cases(project)
    assert len(together) == 4 and len(read) == 2
    for one in together:
        alone = load_case(project, one.id)
        assert repr(one.readings) == repr(alone.readings)  # NaN is not equal to itself
        assert (one.evidence, one.commune) == (alone.evidence, alone.commune)
        assert {reading.year for reading in one.readings} == {one.params.year}


def test_a_fault_of_a_commune_is_told_once_for_all_its_years(repository, tmp_path):
    in_force = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    sample = make(in_force, 1, generator(3, 1), (2023, 2024))
    project = sample_project.write([sample], tmp_path, repository)
    figures = project.communes / sample.id / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace(",household,", ",hh,", 1),
                       encoding="utf-8")  # fmt: skip
    with pytest.raises(DataErrors) as caught:
        load_cases(project)
    assert [told.column for told in caught.value.problems] == ["unit"]


@pytest.mark.parametrize(
    ("entry", "wrong", "key"),
    [
        ("claim: {criteria_met: 19,", "claim: {criteria_met: 25,", "claim.criteria_met"),
        ("indicators_met: 74", "indicators_met: 80", "claim.indicators_met"),
        ("indicators_met: 57", "indicators_met: 58", "base_set.indicators_met"),
        ("recognised: 2017", "recognised: 2025", "base_set.recognised"),
        ("recognised: 2017", "recognised: 217", "base_set.recognised"),
    ],
)
def test_no_more_is_met_than_there_is_and_nothing_recognised_later(copy: Copy, entry, wrong, key):
    assert copy.path(COMMUNE).read_text(encoding="utf-8").count(entry) >= 1
    copy.edit(COMMUNE, entry, wrong)
    (told,) = copy.problems()
    assert told.file == COMMUNE and key in str(told.column) and told.row

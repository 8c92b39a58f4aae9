"""A second year never touches the first; what goes comes back."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ntm_analysis.cli.app import app
from ntm_analysis.communes import load_case
from ntm_analysis.forms import filling_of, write_form
from ntm_analysis.paths import Project
from ntm_analysis.records.backup import KEPT, back_up, list_backups
from ntm_analysis.records.write import content_of
from tests.forms.spoil import find, grids, write

ID = "liem-can-2024"


@pytest.fixture
def copy(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(repository / "data" / "rulebook", tmp_path / "data" / "rulebook")
    for name in ("communes/liem-can",):
        shutil.copytree(repository / "data" / name, tmp_path / "data" / name)
    (tmp_path / "params").mkdir()
    shutil.copy2(repository / "params" / f"{ID}.yaml", tmp_path / "params")
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    monkeypatch.setenv("NTM_PROJECT", str(tmp_path))
    monkeypatch.setenv("NTM_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    return Project(tmp_path)


def ntm(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def tree(project: Project) -> dict[str, bytes]:
    folders = (project.communes, project.params)
    return {
        str(path.relative_to(project.root)): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def form(project: Project, path: Path, values: dict[str, object], *options: str) -> Path:
    """Write a form of `ntm form` with figures and entries of the profile filled in."""
    made = path.with_name(f"blank-{path.name}")
    assert ntm("form", "--lang", "en", "--out", str(made), "--force", *options).exit_code == 0
    sheets = grids(made.read_bytes())
    cells = {}
    for name, value in values.items():
        sheet = "General" if name in ("id", "name", "province", "district") or "." in name else ""
        cells[find(sheets, sheet or "Figures", name, "value")] = value
    return write(path, sheets, cells)


NEW = {"households": 2800, "poor_households": 20, "near_poor_households": 21}


def test_a_form_of_another_year_leaves_the_first_as_it_was(copy, tmp_path):
    before = content_of(load_case(copy, ID))
    path = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    done = ntm("import", str(path))
    assert done.exit_code == 0, done.output
    assert "3 read, 3 added, 0 changed, 0 taken away" in done.stdout
    assert "Years that stay as they are: 2024" in done.stdout
    assert content_of(load_case(copy, ID)) == before
    second = load_case(copy, "liem-can-2025")
    assert {r.variable: r.low for r in second.readings} == NEW
    assert all(reading.year == 2025 for reading in second.readings)
    assert second.commune.name == "Liêm Cần" and not second.appraisal.conditions


def test_force_replaces_that_year_alone(copy, tmp_path):
    before = content_of(load_case(copy, ID))
    first = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    assert ntm("import", str(first)).exit_code == 0
    second = form(copy, tmp_path / "b.xlsx", {"households": 2900}, "--fill", "liem-can-2025")
    held = tree(copy)
    refused = ntm("import", str(second))
    assert refused.exit_code == 1 and "liem-can-2025" in refused.stderr and tree(copy) == held
    done = ntm("import", str(second), "--force")
    assert done.exit_code == 0 and "3 read, 0 added, 1 changed, 0 taken away" in done.stdout
    assert load_case(copy, "liem-can-2025").readings[0].low == 2900
    assert content_of(load_case(copy, ID)) == before
    again = ntm("import", str(second))
    assert again.exit_code == 0 and "nothing differs" in again.stdout


def test_more_taken_away_than_brought_is_asked(copy, tmp_path):
    path = form(
        copy, tmp_path / "a.xlsx", {"households": 500, "id": "liem-can", "name": "Liêm Cần",
        "province": "Hà Nam", "appraisals.2024.appraiser.vi": "UBND"}, "--on", "2024-11-26",
    )  # fmt: skip
    held = tree(copy)
    done = ntm("import", str(path), "--force")
    assert done.exit_code == 1 and "--yes" in done.stderr and tree(copy) == held
    done = ntm("import", str(path), "--force", "--yes")
    assert done.exit_code == 0, done.output
    assert len(load_case(copy, ID).readings) == 1
    name = list_backups(copy)[-1].name
    assert f"ntm restore {name}" in " ".join(done.stdout.split())
    assert ntm("restore", name).exit_code == 1
    assert ntm("restore", name, "--yes").exit_code == 0
    assert tree(copy) == held


def test_a_form_shows_the_values_of_its_own_year(copy, tmp_path):
    path = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    assert ntm("import", str(path)).exit_code == 0
    for name, households in ((ID, "2692"), ("liem-can-2025", "2800")):
        case = load_case(copy, name)
        content = write_form(case.rules, "en", filling_of(copy, case))
        sheets = grids(content)
        sheet, row, column = find(sheets, "Figures", "households", "value")
        assert str(int(sheets[sheet][row][column])) == households
        years = [r[sheets["Figures"][2].index("ntm:year")] for r in sheets["Figures"][4:]]
        assert {str(y).removesuffix(".0") for y in years if y != ""} == {name[-4:]}
        assert not any(f"appraisals.{4049 - int(name[-4:])}" in str(r) for r in sheets["Further"])


def test_a_place_and_name_of_another_year_leave_the_old_ones(copy, tmp_path):
    path = form(
        copy, tmp_path / "a.xlsx", NEW | {"name": "Liêm Hà", "district": "Thanh Liêm Mới"},
        "--fill", ID, "--on", "2025-06-30",
    )  # fmt: skip
    refused = ntm("import", str(path))
    assert refused.exit_code == 1 and "Liêm Hà" in refused.stderr
    assert ntm("import", str(path), "--force").exit_code == 0
    assert load_case(copy, ID).commune.name == "Liêm Cần"
    assert load_case(copy, ID).commune.district == "Thanh Liêm"
    assert load_case(copy, "liem-can-2025").commune.name == "Liêm Hà"


def test_a_source_of_the_same_key_is_another_paper(copy, tmp_path):
    case = load_case(copy, ID)
    path = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    sheets = grids(path.read_bytes())
    title = find(sheets, "General", "_sources.1.title.vi", "value")
    write(path, sheets, {
        title: "Báo cáo năm 2025",
        find(sheets, "Figures", "households", "source"): "report:7",
        find(sheets, "General", "_sources.2.key", "value"): "so-lieu",
        find(sheets, "General", "_sources.2.title.vi", "value"): "Biểu số liệu",
        find(sheets, "Figures", "poor_households", "source"): "so-lieu:2",
    })  # fmt: skip
    done = ntm("import", str(path))
    assert done.exit_code == 0 and "report-2025" in done.stdout
    second = load_case(copy, "liem-can-2025")
    assert second.readings[0].source == "report-2025:7"
    assert second.commune.sources["report-2025"].title.vi == "Báo cáo năm 2025"
    assert second.commune.sources["so-lieu"].title.en == "Biểu số liệu"
    assert second.commune.sources["report"] == case.commune.sources["report"]


def test_a_row_of_another_year_is_not_taken_for_one_of_this(copy, tmp_path):
    path = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    sheets = grids(path.read_bytes())
    at = find(sheets, "Figures", "households", "year")
    held = tree(copy)
    done = ntm("import", str(write(path, sheets, {at: 2024})))
    assert done.exit_code == 1 and f"(Figures!N{at[1] + 1})" in done.stderr and tree(copy) == held


def test_two_years_in_one_table(copy, tmp_path):
    before = content_of(load_case(copy, ID))
    path = tmp_path / "many.csv"
    path.write_text(
        "id,name,province,district,year,on,households\n"
        "liem-can,Liêm Cần,ha nam,Thanh Liêm,2023,2023-11-01,2600\n"
        "liem-can,Liêm Cần,ha nam,Thanh Liêm,2025,2025-06-01,2800\n",
        encoding="utf-8",
    )
    done = ntm("import", str(path))
    assert done.exit_code == 0, done.output
    assert content_of(load_case(copy, ID)) == before
    for year, households in ((2023, 2600), (2025, 2800)):
        (reading,) = load_case(copy, f"liem-can-{year}").readings
        assert (reading.low, reading.year) == (households, year)


def test_entries_that_a_table_does_not_have_are_told_of(copy, tmp_path):
    path = tmp_path / "many.csv"
    path.write_text(
        "id,name,province,year,on,households\nliem-can,Liêm Cần,Hà Nam,2024,2024-11-26,2600\n",
        encoding="utf-8",
    )
    done = ntm("import", str(path), "--force", "--yes")
    assert done.exit_code == 0 and "the petition" in done.stderr and "the plan" in done.stderr


# New ----------------------------------------------------------------------------------------------


def test_a_year_is_added_with_what_stays(copy):
    evidence = copy.communes / "liem-can" / "evidence.csv"
    rows = list(csv.DictReader(evidence.open(encoding="utf-8")))
    columns = [*rows[0], *({"valid_until"} - set(rows[0]))]
    rows[3] |= {"document": "Giấy chứng nhận", "number": "1/GCN", "valid_until": "2026-01-01"}
    rows[4] |= {"document": "Giấy cũ", "number": "2/GCN", "valid_until": "2025-01-01"}
    with evidence.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    before = content_of(load_case(copy, ID))
    done = ntm("new", "liem-can-2025", "--from", ID)
    assert done.exit_code == 0, done.output
    assert content_of(load_case(copy, ID)) == before
    case = load_case(copy, "liem-can-2025")
    assert case.params.on.isoformat() == "2025-06-30"  # the last day of the province
    assert not case.readings and not any(one.claimed_verdict for one in case.evidence)
    documents = {one.document for one in case.evidence}
    assert "Giấy chứng nhận" in documents and "Giấy cũ" not in documents
    assert "Giấy chứng nhận" in done.stdout and "claims (" in done.stdout
    assert case.appraisal.petition is None and "the petition" in done.stdout
    again = ntm("new", "liem-can-2025")
    assert again.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("xa-moi-2009", "--on", "2024-11-26"), "ID: [xa-moi-2009]"),
        (("aux-2024",), "aux"),
        (("xa-moi-2024", "--from", "liem-can-2024"), "liem-can-2024"),
        (("liem-can-2025", "--from", "liem-can-2023"), "liem-can-2023"),
        (("xa-moi-2024", "--place", "Atlantis"), "Atlantis"),
    ],
)
def test_what_cannot_be_made_writes_nothing(copy, arguments, says):
    held = tree(copy)
    done = ntm("new", *arguments)
    assert done.exit_code == 1 and says in done.stderr
    assert tree(copy) == held and not list_backups(copy)


def test_a_scaffold_is_filled_without_force_and_takes_its_real_names(copy, tmp_path):
    assert ntm("new", "xa-mau-2024", "--on", "2024-11-26").exit_code == 0
    path = form(
        copy, tmp_path / "a.xlsx",
        {"name": "xã Mẫu", "appraisals.2024.appraiser.vi": "UBND huyện", "households": 100},
        "--fill", "xa-mau-2024",
    )  # fmt: skip
    done = ntm("import", str(path))
    assert done.exit_code == 0, done.output
    case = load_case(copy, "xa-mau-2024")
    assert (case.commune.name, case.appraisal.appraiser.en) == ("Mẫu", "UBND huyện")
    assert case.appraisal.legal_bases
    text = (copy.communes / "xa-mau" / "commune.yaml").read_text(encoding="utf-8")
    assert "chưa đặt tên" not in text and "not named yet" not in text


def test_two_communes_of_one_name_district_and_year_are_told(copy):
    for name in ("xa-mot-2024", "xa-hai-2024"):
        done = ntm("new", name, "--name", "xã Thử", "--district", "huyện Bình Lục", "--on",
                   "2024-11-26")  # fmt: skip
        assert done.exit_code == 0
    assert "xa-hai, xa-mot" in done.stderr


# Removing, renaming, restoring --------------------------------------------------------------------


def test_a_year_goes_and_comes_back(copy, tmp_path):
    before = content_of(load_case(copy, ID))
    path = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    assert ntm("import", str(path)).exit_code == 0
    report = copy.reports / "liem-can-2025"
    report.mkdir(parents=True)
    held = tree(copy)
    refused = ntm("remove", "liem-can-2025")
    assert refused.exit_code == 1 and tree(copy) == held and report.is_dir()
    done = ntm("remove", "liem-can-2025", "--yes")
    assert done.exit_code == 0 and not report.exists()
    assert content_of(load_case(copy, ID)) == before
    assert "2025" not in (copy.communes / "liem-can" / "figures.csv").read_text().split("note")[0]
    assert not (copy.params / "liem-can-2025.yaml").exists()
    assert ntm("restore", list_backups(copy)[-1].name, "--yes").exit_code == 0
    assert tree(copy) == held


def test_a_commune_goes_whole_and_comes_back(copy):
    held = tree(copy)
    assert ntm("remove", "liem-can", "--yes").exit_code == 0
    assert not tree(copy)
    assert ntm("restore", "liem-can-1", "--yes").exit_code == 0
    assert tree(copy) == held


def test_a_commune_that_cannot_be_read_can_still_go(copy):
    (copy.communes / "liem-can" / "commune.yaml").write_text("id: [", encoding="utf-8")
    held = tree(copy)
    assert ntm("rename", "liem-can", "liem-ha", "--yes").exit_code == 1 and tree(copy) == held
    assert ntm("remove", "liem-can", "--yes").exit_code == 0
    assert not tree(copy)
    assert ntm("restore", "liem-can-1", "--yes").exit_code == 0 and tree(copy) == held


@pytest.mark.parametrize(
    ("old", "new", "run"),
    [
        ("liem-can", "liem-ha", "liem-ha-2024"),
        (ID, "liem-can-2023", "liem-can-2023"),
        (ID, "liem-ha-2023", "liem-ha-2023"),
    ],
)
def test_a_new_name_keeps_what_was_entered(copy, old, new, run):
    before = load_case(copy, ID)
    assert ntm("rename", old, new, "--yes").exit_code == 0
    after = load_case(copy, run)
    assert [r.text for r in after.readings] == [r.text for r in before.readings]
    assert after.appraisal == before.appraisal
    assert [path.stem for path in copy.params.glob("*.yaml")] == [run]
    assert [path.name for path in copy.communes.iterdir()] == [run[:-5]]


@pytest.mark.parametrize("new", ["con", "Liêm Hà", "liem-can"])
def test_a_name_that_cannot_be_is_refused(copy, new):
    held = tree(copy)
    assert ntm("rename", "liem-can", new, "--yes").exit_code in (0, 1)
    assert tree(copy) == held or new == "liem-can"


def test_backups_are_pruned(copy):
    for _ in range(KEPT + 3):
        back_up(copy, "liem-can", "test")
    found = list_backups(copy)
    assert len(found) == KEPT and found[-1].number == KEPT + 3


def test_other_files_of_the_folder_stay(copy, tmp_path):
    folder = copy.communes / "liem-can"
    (folder / "evidence").mkdir()
    (folder / "evidence" / "scan.pdf").write_bytes(b"%PDF")
    (folder / "planted.csv").write_text("year,check\n2024,S01\n", encoding="utf-8")
    path = form(copy, tmp_path / "a.xlsx", NEW, "--fill", ID, "--on", "2025-06-30")
    assert ntm("import", str(path)).exit_code == 0
    assert (folder / "evidence" / "scan.pdf").read_bytes() == b"%PDF"
    assert ntm("rename", ID, "liem-can-2023", "--yes").exit_code == 0
    assert (folder / "planted.csv").read_text(encoding="utf-8") == "year,check\n2023,S01\n"


def test_the_decisions_of_one_year_are_not_those_of_another(copy):
    path = copy.communes / "liem-can" / "appraisal.csv"
    path.write_text(
        "indicator,decision,by,role,on,reason,round\n"
        "1.1,met,Nguyễn Văn A,Trưởng đoàn,2024-11-25,,1\n",
        encoding="utf-8",
    )
    assert len(load_case(copy, ID).decisions) == 1
    assert ntm("new", "liem-can-2025").exit_code == 0
    assert len(load_case(copy, ID).decisions) == 1
    assert not load_case(copy, "liem-can-2025").decisions


def test_the_profile_stays_readable_yaml(copy):
    assert ntm("new", "liem-can-2025").exit_code == 0
    text = (copy.communes / "liem-can" / "commune.yaml").read_text(encoding="utf-8")
    assert list(yaml.safe_load(text)["appraisals"]) == [2024, 2025]
    assert text.startswith("# yaml-language-server")


def test_a_form_that_comes_back_as_it_went_out_leaves_comments_and_order(copy, tmp_path):
    before = tree(copy)
    assert any(b"#" in text for text in before.values())
    made = tmp_path / "a.xlsx"
    assert ntm("form", "--fill", ID, "--out", str(made)).exit_code == 0
    done = ntm("import", str(made))
    assert done.exit_code == 0, done.output
    assert tree(copy) == before and not list_backups(copy)

"""The command as people use it: what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.assessment import COLUMNS

Run = Callable[..., subprocess.CompletedProcess[str]]
FIGURES = "data/communes/liem-can/figures.csv"


@pytest.fixture
def place(repository: Path, tmp_path: Path) -> Path:
    for name in ("data", "params"):
        shutil.copytree(repository / name, tmp_path / name)
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    return tmp_path


@pytest.fixture
def ntm(place: Path) -> Run:
    def run(
        *arguments: str, lang: str = "vi", cwd: Path = place
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "NTM_LANG": lang, "COLUMNS": "160", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "ntm_analysis", *arguments],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


@pytest.mark.parametrize("command", ["", "check", "run", "book", "build", "results", "rules"])
@pytest.mark.parametrize(("lang", "word"), [("vi", "Tùy chọn"), ("en", "Options")])
def test_help_teaches(ntm: Run, command: str, lang: str, word: str) -> None:
    done = ntm(*command.split(), "--help", lang=lang)
    assert done.returncode == 0
    assert word in done.stdout


def test_check_is_content_with_the_real_data(ntm: Run) -> None:
    done = ntm("check")
    assert done.returncode == 0
    assert "hợp lệ" in done.stdout


def test_check_prints_json_for_editors(ntm: Run, place: Path) -> None:
    path = place / FIGURES
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("insurance_rate,95.18", "insurance_rate,195.18"), encoding="utf-8")
    done = ntm("check", "--format", "json")
    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)
    assert list(problem) == ["file", "sheet", "row", "column", "value", "problem", "wanted"]
    assert (problem["file"], problem["column"], problem["value"]) == (FIGURES, "value", "195.18")


def test_every_command_refuses_bad_data_before_it_writes(ntm: Run, place: Path) -> None:
    (place / FIGURES).write_text("variable;value\nx;1\n", encoding="utf-8")
    for command in ("check", "run", "build", "results"):
        done = ntm(command)
        assert done.returncode == 1, command
        assert FIGURES in done.stdout + done.stderr
    assert not (place / "reports").exists() and not (place / "_book").exists()


def test_results_as_csv_and_json(ntm: Run) -> None:
    printed = ntm("results", "liem-can-2024", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert {"limb", "reason", "thin"} <= set(rows[0])
    assert len(rows) == 74
    records = json.loads(ntm("results", "liem-can-2024", "--format", "json").stdout)
    assert [record["indicator"] for record in records] == [row["indicator"] for row in rows]
    assert next(r for r in records if r["indicator"] == "18.2")["value"] == "80-110"
    assert next(r for r in records if r["indicator"] == "3.6")["value"] == "good"
    every = csv.DictReader(io.StringIO(ntm("results", "--format", "csv").stdout))
    assert Counter(row["commune"] for row in every) == {
        "liem-can": 74, "gia-dinh-0001": 74, "gia-dinh-0002": 74, "gia-dinh-0003": 74,
    }  # fmt: skip


def test_what_turns_a_verdict_is_said_in_words(ntm: Run) -> None:
    printed = " ".join(ntm("results", "liem-can-2024", lang="vi").stdout.split())
    assert "Chưa đạt nếu Số hộ" in printed and "34 hộ" in printed
    assert "flips" not in printed and "not_met" not in printed


def test_results_by_criterion(ntm: Run) -> None:
    rows = ntm("results", "liem-can-2024", "--by", "criterion", "--format", "csv").stdout
    found = {row["criterion"]: row for row in csv.DictReader(io.StringIO(rows))}
    assert len(found) == 19
    poverty = found["11"]
    assert (poverty["verdict"], poverty["standing"]) == ("met", "disputed")
    assert (found["2"]["verdict"], found["2"]["standing"]) == ("no_data", "")
    table = ntm("results", "liem-can-2024", "--by", "criterion").stdout
    assert "▲ Đạt" in table
    assert "liem-can-2024: 74 chỉ tiêu" in table.splitlines()[-1]


def test_the_summary_of_results_is_one_line(ntm: Run, repository: Path) -> None:
    """As both READMEs show it."""
    last = ntm("results", "liem-can-2024").stdout.splitlines()[-1]
    assert last.startswith("liem-can-2024: 74 chỉ tiêu — ")
    assert f"\n{last}\n" in (repository / "README.vi.md").read_text(encoding="utf-8")


def test_results_under_changed_figures(ntm: Run) -> None:
    changes = ["--with", "poor_households=34", "--with", "houses=2780"]
    done = ntm("results", "liem-can-2024", "--format", "json", *changes)
    found = {row["indicator"]: row for row in json.loads(done.stdout)}
    assert found["11"]["verdict"] == "not_met"
    assert found["9"]["verdict"] == "not_met"


@pytest.mark.parametrize(
    "change", ["poor_household=34", "poor_households=viele", "34", "houses=-1"]
)
def test_a_change_that_cannot_be(ntm: Run, change: str) -> None:
    done = ntm("results", "--with", change)
    assert done.returncode == 1
    assert "--with" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["results", "liem-can-2042"], 1),
        (["frobnicate"], 2),
        (["results", "--format", "xml"], 2),
        (["book", "--to", "odt"], 2),
        (["book"], 1),
        (["rules", "show", "99.9"], 1),
        (["rules", "list", "--place", "Atlantis"], 1),
        (["rules", "list", "--set", "none"], 1),
        (["rules", "diff", "2024-06-18", "gestern"], 2),
    ],
)
def test_exit_codes(ntm: Run, arguments: list[str], code: int) -> None:
    done = ntm(*arguments)
    assert done.returncode == code
    assert done.stderr.strip()


def test_rules_can_be_looked_up(ntm: Run) -> None:
    shown = ntm("rules", "show", "17.8")
    assert "43/2022/QĐ-UBND" in shown.stdout and "chăn nuôi" in shown.stdout
    listed = ntm("rules", "list", "--on", "2024-11-26")
    assert "74 chỉ tiêu" in listed.stdout
    changed = ntm("rules", "diff", "2024-06-18", "2024-06-20", lang="en")
    assert "12.3" in changed.stdout and "14.2" in changed.stdout and "17.8" not in changed.stdout


def test_outside_a_project_it_uses_its_own(
    ntm: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = ntm("check", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert done.returncode == 0

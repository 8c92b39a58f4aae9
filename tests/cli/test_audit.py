"""`ntm audit` as people use it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
RIGHT = "Có 1.432/1.569 hộ dùng nước máy, đạt 91,27%.\n"
WRONG = "Có 1.432/1.569 hộ dùng nước máy, đạt 92,17%.\n"
KEYS = ["line", "page", "quote", "stated", "recomputed", "check", "verdict"]


@pytest.fixture
def ntm(tmp_path: Path) -> Run:
    def run(*arguments: str, lang: str = "vi") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "NTM_LANG": lang, "COLUMNS": "160", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "ntm_analysis", "audit", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


def test_json_has_the_agreed_keys(ntm: Run, tmp_path: Path) -> None:
    (tmp_path / "bao-cao.txt").write_text(RIGHT + WRONG, encoding="utf-8")
    done = ntm("bao-cao.txt", "--format", "json")
    rows = json.loads(done.stdout)
    assert done.returncode == 1
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert [(row["line"], row["stated"], row["verdict"]) for row in rows] == [
        (1, "91,27%", "agrees"),
        (2, "92,17%", "disagrees"),
    ]


def test_csv_has_all_rows(ntm: Run, tmp_path: Path) -> None:
    (tmp_path / "bao-cao.txt").write_text(RIGHT, encoding="utf-8")
    done = ntm("bao-cao.txt", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert done.returncode == 0
    assert list(row) == KEYS
    assert row["verdict"] == "agrees"


@pytest.mark.parametrize(("lang", "word"), [("vi", "không khớp"), ("en", "disagrees")])
def test_table_shows_what_is_wrong(ntm: Run, tmp_path: Path, lang: str, word: str) -> None:
    (tmp_path / "bao-cao.txt").write_text(RIGHT + WRONG, encoding="utf-8")
    done = ntm("bao-cao.txt", lang=lang)
    assert done.returncode == 1
    assert word in done.stdout
    assert "92,17%" in done.stdout
    assert "91,27%" not in done.stdout.replace("1432/1569 = 91,2683%", "")
    assert "91,27%" in ntm("bao-cao.txt", "--all", lang=lang).stdout


def test_unclear_alone_is_no_failure(ntm: Run, tmp_path: Path) -> None:
    (tmp_path / "bao-cao.txt").write_text(
        "Quyết định số 31/2022/QĐ-UBND ngày 09/9/2022 của UBND tỉnh.\n"
        "Quyết định số 31/QĐ-UBND ngày 09/9/2022 của UBND tỉnh.\n",
        encoding="utf-8",
    )
    done = ntm("bao-cao.txt")
    assert done.returncode == 0
    assert "chưa rõ" in done.stdout


@pytest.mark.parametrize(
    ("name", "content"), [("thieu.txt", None), ("a.doc", b"x"), ("b.pdf", b"x"), ("c.txt", b"\xff")]
)
def test_bad_files_are_told_plainly(
    ntm: Run, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = ntm(name, "--format", "json")
    assert done.returncode == 1
    assert name in done.stderr
    assert done.stdout == ""


def test_no_file_is_wrong_usage(ntm: Run) -> None:
    assert ntm().returncode == 2


UNSURE = "Tỷ lệ hộ khá đạt 61,5%. Đã làm 5/7 phần việc.\n"


def test_what_was_not_checked_is_said(ntm: Run, tmp_path: Path) -> None:
    (tmp_path / "bao-cao.txt").write_text(RIGHT + UNSURE, encoding="utf-8")
    said = ntm("bao-cao.txt")
    assert "2 tỷ lệ phần trăm, đã tính lại 1" in said.stdout
    assert "không có nghĩa là đúng" in " ".join(said.stdout.split())
    quiet = ntm("bao-cao.txt", "--format", "json")
    assert len(json.loads(quiet.stdout)) == 1
    assert "2 tỷ lệ phần trăm, đã tính lại 1" in quiet.stderr
    rows = json.loads(ntm("bao-cao.txt", "--format", "json", "--all").stdout)
    assert [(row["stated"], row["check"], row["verdict"]) for row in rows] == [
        ("91,27%", "ratio", "agrees"),
        ("61,5%", "unchecked", "unclear"),
        ("5/7", "unchecked", "unclear"),
    ]
    assert [list(row) for row in rows] == [KEYS] * 3


def test_how_a_document_was_read_is_said(ntm: Run, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("Cã 1.432/1.569 hé dïng n\u00adíc m¸y, ®¹t 91,27%.")
    document.save(str(tmp_path / "cu.docx"))
    done = ntm("cu.docx", "--format", "csv")
    assert "Có 1.432/1.569 hộ dùng nước máy, đạt 91,27%" in done.stdout
    assert "TCVN3" in done.stderr

"""A whole report as text, as a Word document with a table, and as a PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from ntm_analysis.audit import CHECKS, VERDICTS, audit, read_report
from ntm_analysis.cli.app import app
from ntm_analysis.problems import DataErrors
from tests.audit.report import AGREE, FAULTS, LINES


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch):
    monkeypatch.setenv("NTM_LANG", "vi")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def faults(rows):
    return {(r.line, r.check, r.verdict) for r in rows if r.verdict != "agrees"}


def test_text(text):
    rows = audit(read_report(text))
    assert faults(rows) == FAULTS
    assert {(r.line, r.check) for r in rows if r.verdict == "agrees"} == AGREE
    assert [r.line for r in rows] == sorted(r.line for r in rows)


def test_other_encodings_and_accents_in_pieces(tmp_path):
    import unicodedata

    path = tmp_path / "a.txt"
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_text("\n".join(LINES), encoding=encoding)
        assert faults(audit(read_report(path))) == FAULTS
    path.write_text(unicodedata.normalize("NFD", "\n".join(LINES)), encoding="utf-8")
    assert faults(audit(read_report(path))) == FAULTS


def test_word(tmp_path):
    path = tmp_path / "bao-cao.docx"
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=3)
    cells = (("Nội dung", "Kết quả", "Tỷ lệ"), ("Hộ có nhà tiêu", "1.216/1.520 hộ", "90%"))
    for row, values in zip(table.rows, cells, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.save(path)
    found = faults(audit(read_report(path)))
    assert found >= FAULTS
    (extra,) = found - FAULTS
    assert extra[1:] == ("ratio", "disagrees")


def test_pdf(tmp_path):
    path = tmp_path / "bao-cao.pdf"
    body = "\n\n".join(line.replace("#", r"\#").replace("<", r"\<") for line in LINES)
    import typst

    source = tmp_path / "a.typ"
    source.write_text(f"#set page(width: 12cm)\n{body}\n", encoding="utf-8")
    typst.compile(source, output=path)
    rows = audit(read_report(path))
    assert {(r.check, r.verdict) for r in rows if r.verdict != "agrees"} == {
        (check, verdict) for _, check, verdict in FAULTS
    }
    assert all(r.page in (1, 2, 3) and r.line is None for r in rows)


# Bad files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.doc", b"x", ".docx"),
        ("a.txt", "Tỷ lệ".encode("utf-16-le"), "OCR|UTF-8"),
        ("a.txt", b"\xff\x00\xfe", "UTF-8"),
        ("a.txt", b"", "OCR"),
        ("a.docx", b"not a zip", "hỏng|chương trình"),
        ("a.pdf", b"%PDF-1.4 nothing", "hỏng|chương trình"),
    ],
)
def test_bad_files_are_told_gently(tmp_path, name, content, says):
    import re

    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataErrors) as caught:
        read_report(path)
    (problem,) = caught.value.problems
    assert problem.file == name
    assert re.search(says, f"{problem.problem} {problem.wanted}"), problem


def test_a_missing_file_and_a_folder(tmp_path):
    for path in (tmp_path / "no.txt", tmp_path / "folder.txt"):
        if path.name.startswith("folder"):
            path.mkdir()
        with pytest.raises(DataErrors):
            read_report(path)


# The command ----------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def test_json(text):
    result = run(text, "--format", "json")
    rows = json.loads(result.stdout)
    assert result.exit_code == 1
    keys = ["line", "page", "quote", "stated", "recomputed", "check", "verdict"]
    assert all(list(row) == keys for row in rows)
    assert {row["verdict"] for row in rows} <= set(VERDICTS)
    assert {row["check"] for row in rows} <= {check.key for check in CHECKS}


def test_csv_and_table(text):
    lines = run(text, "--format", "csv").stdout.splitlines()
    assert lines[0] == "line,page,quote,stated,recomputed,check,verdict"
    assert len(lines) == 1 + len(FAULTS) + len(AGREE)
    shown = run(text).stdout
    assert "13 điểm kiểm tra được" in shown and "Traceback" not in shown
    assert len(run(text, "--all").stdout) > len(shown)


def test_a_sound_report_ends_with_zero(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Có 45/50 hộ (90%) tham gia.", encoding="utf-8")
    assert run(path).exit_code == 0


def test_a_bad_file_ends_with_one(tmp_path):
    result = run(tmp_path / "none.txt")
    assert result.exit_code == 1 and not isinstance(result.exception, FileNotFoundError)

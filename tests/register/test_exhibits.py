"""Files of evidence: what the register names must be there, whole, and the commune's own."""

from __future__ import annotations

import hashlib
import json
import os

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.batch.plan import files_of
from ntm_analysis.communes import load_case
from ntm_analysis.communes.exhibits import unnamed_files
from ntm_analysis.narrative import Report, evidence
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.provenance import inputs_of
from ntm_analysis.register import index_frame, index_of
from ntm_analysis.scrutiny import scrutinise

RUN = "liem-can-2024"


def problem_of(dossier) -> Problem:
    with pytest.raises(DataErrors) as error:
        load_case(dossier.project, RUN)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.pdf", "There is no such file"),
        ("5-1.pdf ", None),  # cells are stripped
        ("../evidence.csv", "leaves the commune"),
        ("x/../../../commune.yaml", "leaves the commune"),
        ("/etc/passwd", "path on one computer"),
        ("C:\\Users\\lan\\5-1.pdf", "path on one computer"),
        ("\\\\server\\share\\5-1.pdf", "path on one computer"),
        ("../../gia-dinh-0001/evidence/5-1.pdf", "another commune"),
        ("data/communes/gia-dinh-0001/evidence/5-1.pdf", "another commune"),
        ("data/communes/liem-can/evidence/5-1.pdf", "already looked for"),
        ("evidence/5-1.pdf", "already looked for"),
        ("aux.pdf", "device"),
        ("van-ban/COM1.docx", "device"),
        ("5?.pdf", "Windows cannot use"),
        ("dir./5-1.pdf", "Windows cannot use"),
        ("van-ban//5-1.pdf", "A part of this path is empty"),
        ("empty.pdf", "holds nothing"),
        ("photo.pdf", "no PDF"),
        ("letter.docx", "no DOCX"),
        ("folder", "a folder"),
        ("5-1.PDF", "differs in capitals"),
        ("folder\\scan.png", None),
    ],
)
def test_what_a_row_may_name(dossier, monkeypatch, name, says):
    monkeypatch.setenv("NTM_LANG", "en")
    dossier.put("5-1.pdf")
    dossier.put("empty.pdf", b"")
    dossier.put("photo.pdf", b"\xff\xd8\xff jpeg")
    dossier.put("letter.docx", b"plain words")
    dossier.put("folder/scan.png", b"\x89PNG picture")
    row = dossier.name(i5_1={"file": name})["i5_1"]
    if says is None:
        assert len(load_case(dossier.project, RUN).exhibits) == 1
        return
    problem = problem_of(dossier)
    assert (problem.file, problem.row, problem.column) == (
        "data/communes/liem-can/evidence.csv",
        row,
        "file",
    )
    assert says in problem.problem
    assert problem.wanted


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_no_file(dossier, tmp_path, monkeypatch):
    monkeypatch.setenv("NTM_LANG", "en")
    outside = tmp_path / "secret.pdf"
    outside.write_bytes(b"%PDF-1.7")
    dossier.put("5-1.pdf")
    (dossier.files / "link.pdf").symlink_to(outside)
    dossier.name(i5_1={"file": "link.pdf"})
    assert "is a link" in problem_of(dossier).problem


def test_one_document_under_two_names_is_told_and_one_name_for_two_indicators_is_not(dossier):
    dossier.put("330.pdf")
    dossier.put("330-copy.pdf")
    rows = dossier.name(i5_2={"file": "330.pdf"}, i5_3={"file": "330-copy.pdf"})
    problem = problem_of(dossier)
    assert (problem.row, problem.column) == (rows["i5_3"], "file")
    assert f"{rows['i5_2']}" in problem.problem
    dossier.name(i5_3={"file": "330.pdf"})
    assert list(load_case(dossier.project, RUN).exhibits) == ["330.pdf"]


def test_the_content_of_a_file_decides_whether_a_report_is_current(dossier):
    path = dossier.put("5-1.pdf")
    dossier.name(i5_1={"file": "5-1.pdf"})
    notebook = dossier.project.notebooks / "commune.ipynb"

    def inputs():
        return inputs_of(dossier.project, load_case(dossier.project, RUN), notebook)

    before = inputs()
    assert "data/communes/liem-can/evidence/5-1.pdf" in before.files
    made = dossier.project.reports / RUN / "provenance.json"
    made.parent.mkdir(parents=True)
    made.write_text(json.dumps(before.as_dict()), encoding="utf-8")
    assert set(files_of(dossier.project, RUN)) == set(load_case(dossier.project, RUN).files)
    path.write_bytes(b"%PDF-1.7 two")
    assert inputs().digest != before.digest


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"confirmed_by": "Sở Y tế"}, "confirmed_on"),
        ({"confirmed_on": "2024-11-20"}, "confirmed_by"),
        ({"confirmed_by": "Sở Y tế", "confirmed_on": "20-2024"}, "confirmed_on"),
    ],
)
def test_a_confirmation_has_a_body_and_a_day(dossier, cells, column):
    row = dossier.name(i14_1=cells)["i14_1"]
    problem = problem_of(dossier)
    assert (problem.row, problem.column) == (row, column)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"document": "Báo cáo năm 2023", "number": "5/BC"}, "2023"),
        ({"document": "Báo cáo năm học 2022-2023", "number": "5/BC"}, "2023"),
        ({"document": "Báo cáo năm 2024", "number": "5/BC"}, None),
        ({"document": "Kế hoạch giai đoạn 2021-2025", "number": "5/KH"}, None),
        ({"document": "Quyết định 5/2021/QĐ-UBND", "number": ""}, None),
        ({"document": "Quy chế của xã Liêm Phong", "number": "5/QC"}, "Liêm Phong"),
        ({"document": "Quy chế", "number": "5/QC", "issuer": "UBND xã Liêm Phong"}, "Phong"),
        ({"document": "Quy chế của xã Liêm Cần", "number": "5/QC"}, None),
        ({"document": "Quyết định", "issuer": "UBND thị xã Duy Tiên"}, None),
        ({"document": "Đường liên xã Liêm Cần", "number": "1"}, None),
        ({"document": "Quy chế xã văn hóa", "number": "1"}, None),
        (
            {
                "document": "Quy chế",
                "issued_on": "2024-05-02",
                "confirmed_by": "Sở Xây dựng",
                "confirmed_on": "2024-05-01",
            },
            "Sở Xây dựng",
        ),
    ],
)
def test_a_document_of_another_year_or_commune_is_asked_about(dossier, cells, found):
    dossier.name(i1_2=cells)
    case = load_case(dossier.project, RUN)
    told = [
        one.sentence.vi
        for one in scrutinise(case, assess([case]))
        if one.check == "S10" and one.indicator == "1.2"
    ]
    assert len(told) == (found is not None)
    assert found is None or found in told[0]


def test_the_index_says_what_is_there_what_is_missing_and_who_gives_it(dossier):
    dossier.put("5-1.pdf")
    dossier.put("forgotten.pdf", b"%PDF-1.7 else")
    dossier.name(
        i5_1={"file": "5-1.pdf", "confirmed_by": "Sở Giáo dục", "confirmed_on": "2024-11-20"}
    )
    case = load_case(dossier.project, RUN)
    unnamed = unnamed_files(dossier.folder, case.all_evidence)
    assert unnamed == ("forgotten.pdf",)
    table = index_frame(case, index_of(case, assess([case])), "vi", unnamed)
    rows = table.set_index("indicator")
    first = rows.loc["5.1"].iloc[0]
    assert (first["state"], first["kind"], first["size"]) == ("filed", "pdf", 12)
    assert len(first["sha256"]) == 64
    assert (first["confirmed_by"], first["confirmed_on"]) == ("Sở Giáo dục", "2024-11-20")
    assert rows.loc["14.1", ["state", "given_by"]].tolist() == ["missing", "Sở Y tế"]
    assert "bảo hiểm xã hội" in rows.loc["14.1", "raises"]
    assert rows.loc["9", "raises"] == ""  # counts on file
    assert rows.loc["1.2", "given_by"] == "UBND xã Liêm Cần"
    assert rows.loc["2.1", "given_by"] == "UBND xã Liêm Cần"  # no result to confirm yet
    assert rows.loc["2.2", "given_by"] == "Sở Giao thông vận tải"
    assert rows.loc["debt", "given_by"] == "Phòng Tài chính - Kế hoạch huyện Thanh Liêm"
    assert table.iloc[-1][["state", "file"]].tolist() == ["unnamed", "forgotten.pdf"]
    subjects = set(table["indicator"]) - {""}
    assert subjects == {*case.rules.by_code, "debt", "satisfaction", "security"}


def test_the_appendix_shows_a_file_who_confirmed_it_and_who_owes_the_rest(dossier):
    dossier.put("5-1.pdf")
    hashed = hashlib.sha256(b"%PDF-1.7 one").hexdigest()
    dossier.name(
        i5_1={
            "file": "5-1.pdf",
            "confirmed_by": "Sở Giáo dục",
            "confirmed_on": "2024-11-20",
            "valid_until": "2027-08-16",
        }
    )
    text = str(evidence(Report.load("liem-can", 2024, dossier.project))).replace("\\", "")
    assert "{#sec-liem-can-2024-evidence" in text
    assert f"tệp 5-1.pdf (SHA-256 {hashed[:16]}…)" in text
    assert "Sở Giáo dục xác nhận ngày 20/11/2024" in text
    assert "có giá trị đến 16/08/2027" in text
    owed = {cells[1]: (cells[2], cells[3]) for cells in rows_of(text, "-owed}")}
    assert owed["Sở Y tế"] == ("14.1", "1")
    assert owed["Phòng Tài chính - Kế hoạch huyện Thanh Liêm"][0] == "nợ đọng xây dựng cơ bản"
    # One decision on schooling stands under three indicators and is one document.
    assert "1 văn bản kèm tệp và 8 văn bản chỉ nêu tên" in text


def rows_of(text: str, ending: str) -> list[list[str]]:
    lines = text[: text.index(ending)].splitlines()
    start = max(n for n, line in enumerate(lines) if line.startswith("|:"))
    return [
        [cell.strip() for cell in line.split("|")]
        for line in lines[start + 1 :]
        if line.startswith("|")
    ]

"""Bad input, an office's own data and templates, hostile text."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml
from docx import Document

from ntm_analysis.official.wording import counted, spoken, without_lines
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook.authorities import Authorities, Span

ID = "liem-can-2024"
REPORT = "01-bao-cao-tham-tra"
OFFICE = {
    "place": "Thanh Liêm",
    "unit": "NN",
    "signatory": {
        "name": "Nguyễn Văn An",
        "post": {"vi": "Phó Chủ tịch", "en": "Vice Chair"},
        "in_place_of": {"vi": "Chủ tịch", "en": "Chair"},
    },
    "recipients": ["Văn phòng điều phối nông thôn mới tỉnh"],
    "team": [{"name": "Trần Thị Bình", "post": "Trưởng phòng", "role": "Trưởng đoàn"}],
    "visits": [{"place": "Trạm y tế xã", "on": dt.date(2024, 11, 22), "seen": "hoạt động tốt"}],
    "meeting": {
        "at": "Trụ sở Ủy ban nhân dân xã",
        "attendees": [{"name": "Lê Văn Cường", "post": "Chủ tịch Ủy ban nhân dân xã"}],
        "secretary": {"name": "Phạm Thị Dung", "post": "Chuyên viên"},
    },
    "recommendations": ["Xây dựng quy chế quản lý chợ"],
    "papers": {"report": {"number": "45", "date": dt.date(2024, 11, 28)}},
}


def test_what_the_office_knows_takes_the_place_of_fields(bureau):
    bureau.appraisal(office=OFFICE)
    made = bureau.write()
    report = next(one for one in made.made if one.name == "report")
    assert report.blanks == ()
    text = bureau.words(REPORT)
    for part in ("45/BC-UBND", "Thanh Liêm, ngày 28 tháng 11 năm 2024", "KT. CHỦ TỊCH",
                 "PHÓ CHỦ TỊCH", "Nguyễn Văn An", "Trần Thị Bình", "Trạm y tế xã",
                 "Xây dựng quy chế quản lý chợ", "Văn phòng điều phối"):  # fmt: skip
        assert part in text, part
    minutes = bureau.words("04-bien-ban-tham-tra")
    # Form 1.9 of the decree: who was there, chair, secretary, both signatures, copies; no date
    # beside the number.
    for part in ("hoạt động tốt", "Lê Văn Cường", "Chủ trì: Trần Thị Bình",
                 "Thư ký (người ghi biên bản): Phạm Thị Dung, Chuyên viên", "THƯ KÝ",
                 "Ủy ban nhân dân xã Liêm Cần;", "Lưu: VT, Hồ sơ."):  # fmt: skip
        assert part in minutes, part
    assert minutes.splitlines().count("Phạm Thị Dung") == 1
    assert "Thanh Liêm, ngày" not in minutes


HOSTILE = (
    "<w:p/> & ]]> {{ 7*7 }} {_{ x }_} {% for a in b %} { =SUM(1) } \\# $x$ #eval(1) https://x.vn"
)


def test_hostile_text_stays_text(bureau):
    bureau.appraisal(
        office={**OFFICE, "recommendations": [HOSTILE, "漢 😀"]},
        appraiser={"vi": f"Ủy ban nhân dân {HOSTILE}", "en": HOSTILE},
    )
    facts = bureau.profile.with_name("facts.csv")
    text = facts.read_text(encoding="utf-8")
    head = text.splitlines()[0].split(",")
    row = dict.fromkeys(head, "")
    row |= {"indicator": "6.2", "kind": "event", "text": f'"{HOSTILE}"', "source": "report:111"}
    facts.write_text(text + ",".join(row[name] for name in head) + "\n", encoding="utf-8")
    made = bureau.write(formats=("docx", "pdf"))
    (told,) = (check for check in made.checks if "漢" in check)
    assert told.startswith(f"{REPORT}: ") and "漢 (U+6F22), 😀 (U+1F600)" in told
    words = bureau.words(REPORT)
    assert words.count(HOSTILE) >= 2
    document = Document(str(bureau.out / f"{REPORT}.docx"))
    codes = [e.text for e in document.element.iter() if e.tag.endswith("}instrText")]
    assert codes == []
    from pypdf import PdfReader

    pages = PdfReader(bureau.out / f"{REPORT}.pdf").pages
    said = "".join(page.extract_text() for page in pages)
    assert "{{7*7}}" in said.replace(" ", "") and "#eval(1)" in said
    assert not any("/Annots" in page and page["/Annots"] for page in pages)


def add(text):
    return lambda document: document.add_paragraph(text)


@pytest.mark.parametrize(
    ("name", "change", "content", "told"),
    [
        ("report", add("{{ nguoi_ky }}"), b"", ["own/report.docx", "nguoi_ky"]),
        ("report", add("{% if 0 %}{{ head.numbr }}{% endif %}"), b"", ["head.numbr", "number"]),
        ("summary", add("{% for r in rows %}{{ r.codes }}{% endfor %}"), b"", ["r.codes", "code"]),
        ("minutes", add("{{ appraiser "), b"", ["own/minutes.docx", "appraiser"]),
        ("submission", add("{%p for a in bases %}"), b"", ["own/submission.docx"]),
        ("report", None, b"no zip", ["own/report.docx"]),
    ],
)  # fmt: skip
def test_a_broken_template_is_named_and_nothing_written(bureau, name, change, content, told):
    bureau.template(name, change, content)
    with pytest.raises(DataErrors) as error:
        bureau.write()
    text = "\n".join(map(str, error.value.problems))
    assert all(one in text for one in told), text
    assert not bureau.out.exists()


def test_an_office_has_its_own_template(bureau):
    bureau.template("report", add("Mẫu của huyện: {{ commune }}"))
    bureau.write()
    assert "Mẫu của huyện: xã Liêm Cần" in bureau.words(REPORT)


@pytest.mark.parametrize(
    ("where", "entry"), [("_quarto.yml", "own"), ("params", {"report": "own/report.docx"})]
)
def test_own_templates_are_named_for_all_or_for_one_report(bureau, where, entry):
    bureau.template("report", add("Mẫu của huyện"))
    plan = bureau.project.root / "_quarto.yml"
    plan.write_text(plan.read_text(encoding="utf-8").split("\ndocuments:")[0], encoding="utf-8")
    file = plan if where == "_quarto.yml" else bureau.project.params / f"{ID}.yaml"
    named = yaml.safe_dump({"documents": entry}, allow_unicode=True)
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{named}", encoding="utf-8")
    bureau.write()
    assert "Mẫu của huyện" in bureau.words(REPORT)
    bureau.write(lang="en", force=True)
    assert "Mẫu của huyện" not in bureau.words("01-appraisal-report")


@pytest.mark.parametrize(("entry", "told"), [("documents: nowhere", "Không có thư mục mẫu này"),
                                             ("documents: own", "bao-cao")])  # fmt: skip
def test_a_folder_of_templates_that_serves_nothing_is_told(bureau, entry, told):
    bureau.template("bao-cao", None, b"x")
    plan = bureau.project.root / "_quarto.yml"
    text = plan.read_text(encoding="utf-8").split("\ndocuments:")[0]
    plan.write_text(f"{text}\n{entry}\n", encoding="utf-8")
    with pytest.raises(DataErrors) as error:
        bureau.write()
    assert told in "\n".join(map(str, error.value.problems))


@pytest.mark.parametrize("entry", ["documents: [a]", "documents:\n  letter: x.docx",
                                   "documents:\n  report: nowhere.docx"])  # fmt: skip
def test_a_wrong_entry_for_templates_is_told(bureau, entry):
    plan = bureau.project.root / "_quarto.yml"
    plan.write_text(f"{plan.read_text(encoding='utf-8')}\n{entry}\n", encoding="utf-8")
    with pytest.raises(DataErrors):
        bureau.write()
    assert not bureau.out.exists()


def test_drafted_data_are_refused(bureau):
    bureau.appraisal(drafted=True)
    with pytest.raises(DataErrors) as error:
        bureau.write()
    assert "drafted" in str(error.value.problems[0])
    assert not bureau.out.exists()


def test_what_was_edited_is_not_written_over(bureau):
    bureau.out.mkdir()
    edited = bureau.out / f"{REPORT}.docx"
    edited.write_bytes(b"edited by hand")
    with pytest.raises(DataErrors):
        bureau.write()
    assert edited.read_bytes() == b"edited by hand" and len(list(bureau.out.iterdir())) == 1
    bureau.write(force=True)
    assert edited.read_bytes() != b"edited by hand"


def test_the_same_data_give_the_same_bytes(bureau):
    bureau.write()
    first = {path.name: path.read_bytes() for path in bureau.out.iterdir()}
    bureau.write(force=True)
    assert {path.name: path.read_bytes() for path in bureau.out.iterdir()} == first


def test_only_the_open_round_is_asked(bureau):
    path = bureau.profile.with_name("requests.csv")
    head = "id,round,to,indicator,finding,asked_on,due_on,answered_on,answer,state,year,question"
    rows = (
        "1.1,1,commune,1.2,prove,2024-11-21,2024-11-22,2024-11-22,xong,answered,2024,Câu cũ",
        "2.1,2,commune,1.3,prove,2024-11-23,2024-11-25,,,asked,2024,Câu thứ nhất?",
        "2.2,2,finance,debt,prove,2024-11-23,2024-11-25,,,asked,2024,Câu về nợ?",
    )
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    made = bureau.write()
    letters = [one for one in made.made if one.name == "request"]
    assert len(letters) == 2
    first = bureau.words(letters[0].file)
    assert "Câu thứ nhất?" in first and "Câu cũ" not in first and "Câu về nợ?" not in first
    assert "25 tháng 11 năm 2024" in first and "đợt 2" in first
    assert any("chưa thuộc đợt đang mở" in check for check in made.checks)


@pytest.mark.parametrize(
    ("on", "level"),
    [
        ("2024-11-26", "district"),
        ("2025-06-30", "district"),
        ("2025-07-01", "unknown"),
        ("2020-01-01", "unknown"),
    ],
)
def test_who_appraises_is_what_the_law_of_the_day_says(on, level):
    day = dt.date.fromisoformat(on)
    first = Span.model_validate({"from": "2022-08-02", "until": "2025-06-30", "level": "district",
                                 "source": "x"})  # fmt: skip
    assert Authorities(appraises=(first,)).level("appraises", day) == level


def test_who_appraises_is_doubted_where_no_source_says(bureau):
    path = bureau.project.rulebook / "authorities.yaml"
    text = path.read_text(encoding="utf-8").replace("until: 2025-06-30", "until: 2024-01-01")
    path.write_text(text, encoding="utf-8")
    made = bureau.write()
    assert any("authorities.yaml" in check for check in made.checks)


@pytest.mark.parametrize(
    ("label", "number", "noun", "lang", "text"),
    [
        ("Số hộ sử dụng điện", "2.751/2.751", "hộ", "vi", "2.751/2.751 hộ sử dụng điện"),
        ("Đường dây hạ thế", "82,5", "km", "vi", "đường dây hạ thế 82,5 km"),
        ("Hộ nghèo", "33", "hộ", "vi", "33 hộ nghèo"),
        ("Tỷ lệ hộ", "> 40", "%", "vi", "tỷ lệ hộ trên 40%"),
        ("Transformers", "20", "transformers", "en", "20 transformers"),
    ],
)
def test_a_count_names_what_is_counted_once(label, number, noun, lang, text):
    assert counted(label, number, noun, lang) == text


def test_figures_and_places_are_spoken():
    assert spoken("< 1 tỷ đồng", "vi") == "dưới 1 tỷ đồng"
    assert without_lines("34 hộ (dòng 173) thay cho 33 hộ (dòng 75, dòng 303)", "vi") == (
        "34 hộ thay cho 33 hộ"
    )
    assert without_lines("differs from lines 75", "en") == "differs from lines 75"


def test_an_imported_form_keeps_what_the_office_knows(bureau):
    from ntm_analysis.records.files import read_record
    from ntm_analysis.records.merge import merge_year

    bureau.appraisal(office=OFFICE)
    old = read_record(bureau.project, "liem-can")
    bureau.change(lambda data: data["appraisals"][2024].pop("office"))
    new = read_record(bureau.project, "liem-can")
    made = merge_year(old, new, 2024)
    assert made.record.appraisals[2024]["office"]["signatory"]["name"] == "Nguyễn Văn An"
    assert "office" not in made.gone


def test_a_body_that_writes_to_itself_is_told(bureau):
    body = "Ủy ban nhân dân tỉnh Hà Nam"
    bureau.appraisal(appraiser=body, submitted_to=body)
    assert any("vừa thẩm tra vừa nhận" in one for one in bureau.write().checks)


def test_what_is_not_met_stands_apart_from_what_is_open(bureau):
    """An indicator that fails is concluded; only the others wait for something."""
    figures = bureau.project.communes / "liem-can" / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert "\nincome_per_head,72.403," in text
    figures.write_text(
        text.replace("\nincome_per_head,72.403,", "\nincome_per_head,70.1,"), encoding="utf-8"
    )
    bureau.write()
    lines = bureau.words(REPORT).splitlines()
    (line,) = (one for one in lines if "Chỉ tiêu 10:" in one)
    assert "Chưa đạt: Chỉ tiêu 10:" in line and "còn thiếu 1,9 triệu đồng" in line
    assert "Chưa kết luận: Chỉ tiêu 10" not in line


def test_an_unnamed_body_is_the_one_of_the_law_or_a_field(bureau):
    unnamed = {"vi": "chưa đặt tên", "en": "not named yet"}
    bureau.appraisal(appraiser=unnamed, office={})
    told = " ".join(bureau.write().checks)
    text = bureau.words(REPORT)
    assert "theo quy định ngày 26 tháng 11 năm 2024" in told
    assert "TM. ỦY BAN NHÂN DÂN" in text and "Ủy ban nhân dân huyện Thanh Liêm trân trọng" in text
    bureau.change(lambda data: data.pop("district"))
    made = bureau.write(force=True)
    report = next(one for one in made.made if one.name == "report")
    assert {"agency", "appraiser", "place", "symbol"} <= set(report.blanks)
    text = bureau.words(REPORT)
    assert "[TÊN CƠ QUAN]" in text and "chưa đặt tên" not in text.casefold()


def test_the_plan_says_its_overall_aim_first(bureau):
    facts = bureau.profile.with_name("facts.csv")
    bureau.write()
    lines = bureau.words(REPORT).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("6. Về kế hoạch"))
    assert lines[at + 1].startswith("Quan điểm, mục tiêu chung. Xây dựng nông thôn mới là")
    assert lines[at + 2].startswith("Mục tiêu xã đề ra. Giai đoạn 2022–2025: ")
    assert "kiểu mẫu" in lines[at + 1] and "kiểu mẫu" not in " ".join(lines[at + 2 : at + 5])
    text = facts.read_text(encoding="utf-8").replace("plan,aim,", "6.2,aim,", 1)
    facts.write_text(text, encoding="utf-8")
    with pytest.raises(DataErrors, match="chỉ dùng cho phần kế hoạch"):
        bureau.write(force=True)


def test_parts_without_a_figure_are_told_of_all_indicators_at_once(bureau):
    bureau.write()
    text = bureau.words(REPORT)
    assert "Chỉ tiêu 12.1 và 12.2: hồ sơ chưa có số liệu của phần “nam” và “nữ”." in text
    assert "3 trường đạt tiêu chuẩn cơ sở vật chất mức độ 2" in text
    assert re.search(r"Chỉ tiêu 11: [^.]*0,97%[^.]*0,71%[^.]*0,26%", text.replace("2.692", "2692"))

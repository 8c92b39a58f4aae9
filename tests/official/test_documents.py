"""The documents of Liêm Cần: form, content, both languages."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from ntm_analysis import Report
from ntm_analysis.numbers import parse_figure
from ntm_analysis.official.fill import BLANK_STYLE
from ntm_analysis.official.results import results
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.template import FORMS
from ntm_analysis.paths import Project
from ntm_analysis.rulebook.authorities import read_authorities
from tests.official.conftest import words_of
from tests.support.word_document import faults

STEMS = {
    "vi": "bao-cao-tham-tra bieu-tong-hop cong-van-1 cong-van-2 bien-ban-tham-tra to-trinh "
    "danh-muc-minh-chung phu-luc-phan-tich",
    "en": "appraisal-report summary-table request-1 request-2 minutes submission "
    "list-of-evidence annex-of-analysis",
}
LANDSCAPE = ("bieu-tong-hop", "danh-muc", "phu-luc", "summary-table", "list-of", "annex-of")


@pytest.fixture(scope="module")
def setting(repository):
    project = Project(repository)
    return Setting(Report.load("liem-can", 2024, project), read_authorities(project))


@pytest.fixture(params=["vi", "en"])
def lang(request):
    return request.param


def read(folder, part):
    (path,) = folder.glob(f"*-{part}.docx")
    return words_of(path.read_bytes())


def test_every_document_is_there_in_word_and_pdf(written, lang):
    folder = written(lang)
    for stem in STEMS[lang].split():
        assert len(list(folder.glob(f"*-{stem}.docx"))) == 1, stem
        assert len(list(folder.glob(f"*-{stem}.pdf"))) == 1, stem
    assert not (folder / ".ntm").exists()


def test_word_files_are_valid_and_in_the_form_of_the_decree(written, lang):
    for path in sorted(written(lang).glob("*.docx")):
        assert faults(path) == [], path.name
        document = Document(str(path))
        section = document.sections[0]
        wide = any(part in path.name for part in LANDSCAPE)
        size = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        for found, wanted in zip((section.page_width, section.page_height), size, strict=True):
            assert abs(found - wanted) < Mm(0.1)
        margins = [
            getattr(section, f"{side}_margin") for side in ("top", "bottom", "left", "right")
        ]
        for found, wanted in zip(margins, (20, 20, 30, 15), strict=True):
            assert abs(found - Mm(wanted)) < Mm(0.1)
        assert section.different_first_page_header_footer
        assert any(
            "PAGE" in (t.text or "") for t in section.header._element.iter(qn("w:instrText"))
        )
        assert not "".join(t.text or "" for t in section.first_page_header._element.iter(qn("w:t")))


def test_looks_come_from_named_styles(written, lang):
    for path in written(lang).glob("*.docx"):
        document = Document(str(path))
        for run in document.element.body.iter(qn("w:r")):
            for look in run.findall(f"{qn('w:rPr')}/*"):
                assert look.tag == qn("w:rStyle"), path.name
        for name in ("NTM Đoạn văn", "NTM Căn cứ", "NTM Ô bảng"):
            style = document.styles[name]
            fonts = style.element.rPr.find(qn("w:rFonts"))
            assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:cs")) == "Times New Roman"
            assert style.font.color.rgb == "000000" or str(style.font.color.rgb) == "000000"
    assert (
        Document(str(next(written(lang).glob("01-*.docx")))).styles["NTM Đoạn văn"].font.size.pt
        == 13
    )


def test_the_report_has_fewer_than_fifteen_pages(written, lang):
    (report,) = written(lang).glob("01-*.pdf")
    reader = PdfReader(report)
    assert 5 < len(reader.pages) < 15
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    first, second = (reader.pages[n].extract_text().strip() for n in (0, 1))
    assert not first.startswith("1\n") and second.startswith("2")


def test_a_pdf_says_what_its_word_file_says(written, lang):
    for path in written(lang).glob("0[15]-*.docx"):
        said = " ".join(p.extract_text() for p in PdfReader(path.with_suffix(".pdf")).pages)
        said = re.sub(r"\W", "", said)
        for line in words_of(path.read_bytes()).splitlines():
            for word in re.findall(r"\w{5,}", line)[:3]:
                assert word in said, (path.name, word)


def test_the_report_concludes_what_is_concluded(written, lang, setting):
    text = read(written(lang), STEMS[lang].split()[0])
    counts = setting.report.counts
    total = len(setting.report.indicators)
    assert f"{counts.concluded}/{total}" in text
    assert "74/74" in text  # as the commune's claim
    claim = next(line for line in text.splitlines() if "74/74" in line)
    assert re.search("tự đánh giá|claims", claim)
    assert text.count("./.") == 1
    assert not re.search(r"\bNone\b|\bnan\b|\{\{|\{%|dòng \d|line \d|SHA|ntm_analysis", text)


def test_what_is_proposed_is_only_what_is_concluded(written):
    for stem in ("bao-cao-tham-tra", "to-trinh"):
        text = read(written("vi"), stem)
        assert "chưa đủ căn cứ đề nghị xét, công nhận" in text
        assert (
            "kính đề nghị Ủy ban nhân dân tỉnh Hà Nam xem xét, thẩm định và công nhận" not in text
        )


def test_no_claim_stands_among_what_was_found(setting):
    """What no paper proves is told as the commune's word, and never by the appraisal."""
    checked = 0
    for number, views in setting.report.by_criterion.items():
        found = [p for p in results(setting, number) if p.startswith("Qua thẩm tra")]
        for view in views:
            if view.conclusion == "prove" and view.figures and view.source in ("ratio", "flag"):
                label = view.figures[0].label[5:]
                assert not any(label in paragraph for paragraph in found), view.code
                checked += 1
    assert checked > 10


def test_every_number_of_a_result_is_a_figure_of_the_case(setting):
    case = setting.report.case
    known = {reading.text for reading in case.readings}
    values = {float(reading.low) for reading in case.readings if reading.status == "number"}
    for number in setting.report.criteria:
        for paragraph in results(setting, number):
            for part, whole in re.findall(r"(?<![\d/])(\d[\d.,]*)/(\d[\d.,]*) [^\W\d]", paragraph):
                for text in (part, whole):
                    plain = text.rstrip(".,").replace(".", "").replace(",", ".")
                    assert plain in known or parse_figure(plain).low in values or len(plain) < 3, (
                        number, text)  # fmt: skip


def test_no_sentence_stands_more_than_three_times(written):
    text = read(written("vi"), "bao-cao-tham-tra")
    said = [s.strip() for s in re.split(r"(?<=[.;:])\s", text) if len(s.strip()) > 40]
    assert {s: said.count(s) for s in said if said.count(s) > 3} == {}


def test_headroom_and_provenance_stand_in_the_annex_alone(written):
    annex = read(written("vi"), "phu-luc-phan-tich")
    turned = "34 hộ tại 31/12/2023 thay cho 33 hộ tại 30/06/2024"
    assert "27 căn nhà" in annex and turned in annex and "pandas" in annex
    for path in written("vi").glob("0[1456]-*.docx"):
        text = words_of(path.read_bytes())
        assert "27 căn nhà" not in text and "dư địa" not in text and "pandas" not in text


def test_the_summary_has_every_indicator(written, lang, setting):
    (path,) = written(lang).glob("02-*.docx")
    (table,) = (t for t in Document(str(path)).tables if len(t.columns) == 7)
    codes = [row.cells[0].text for row in table.rows][1:]
    assert [c for c in codes if c in setting.report.indicators] == list(setting.report.indicators)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    proven = {c: row.cells[4].text for row in table.rows if (c := row.cells[0].text)}
    assert proven["1.2"].startswith(("Hồ sơ nêu", "In the dossier"))  # nothing proves it


def test_one_letter_a_body_with_every_open_question(written, lang):
    folder = written(lang)
    bodies = set()
    for path in sorted(folder.glob("03-*.docx")):
        document = Document(str(path))
        (table,) = (t for t in document.tables if len(t.columns) == 3)
        assert len(table.rows) > 1
        line = next(p.text for p in document.paragraphs if p.style.name == "NTM Kính gửi")
        assert line not in bodies
        bodies.add(line)
        assert not re.search(r"\(dòng|\(line", words_of(path.read_bytes()))
    assert len(bodies) >= 4


def test_what_only_the_office_knows_is_a_visible_field(written, lang):
    for path in written(lang).glob("0[1345]-*.docx"):
        document = Document(str(path))
        style = document.styles[BLANK_STYLE]
        assert style.element.rPr.find(qn("w:shd")).get(qn("w:fill")) == "D9D9D9"
        marked = [
            run
            for run in document.element.body.iter(qn("w:r"))
            if (s := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None
            and s.get(qn("w:val")) == style.style_id
        ]
        assert len(marked) >= 4, path.name
        assert "\ue000" not in words_of(path.read_bytes())


def test_there_is_a_template_for_every_document(repository):
    for name in FORMS:
        assert (repository / "book" / "documents" / f"{name}.docx").is_file()
        assert (repository / "book" / "documents" / "en" / f"{name}.docx").is_file()


def test_the_page_explains_every_field(repository):
    page = (repository / "docs" / "how-to" / "sign-and-send.md").read_text(encoding="utf-8")
    for name, form in FORMS.items():
        assert f"`{name}.docx`" in page
        for field in fields(form):
            assert f"`{field.name}`" in page, (name, field.name)

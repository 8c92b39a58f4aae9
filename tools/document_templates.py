"""Make the Word templates of the signed documents: `python tools/document_templates.py`.

They follow Decree 30/2020/NĐ-CP: A4, margins 20/20/30/15 mm, Times New Roman, black, the page's
number at the top from page 2. All looks come from named styles, so that an office can change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "book" / "documents"
FONT: Final = "Times New Roman"
LEFT, CENTER, RIGHT, JUSTIFY = ALIGN.LEFT, ALIGN.CENTER, ALIGN.RIGHT, ALIGN.JUSTIFY

# name: (based on, size, bold, italic, alignment, first line in cm, before, after, keep with next)
STYLES: Final[dict[str, tuple[str, float, bool, bool, Any, float, float, float, bool]]] = {
    "NTM Quốc hiệu": ("Normal", 12, True, False, CENTER, 0, 0, 0, False),
    "NTM Tiêu ngữ": ("Normal", 13, True, False, CENTER, 0, 0, 0, False),
    "NTM Cơ quan chủ quản": ("Normal", 12, False, False, CENTER, 0, 0, 0, False),
    "NTM Cơ quan ban hành": ("Normal", 12, True, False, CENTER, 0, 0, 0, False),
    "NTM Số ký hiệu": ("Normal", 13, False, False, CENTER, 0, 6, 0, False),
    "NTM Địa danh ngày tháng": ("Normal", 13, False, True, CENTER, 0, 6, 0, False),
    "NTM Trích yếu công văn": ("Normal", 12, False, False, CENTER, 0, 6, 0, False),
    "NTM Tên loại": ("Normal", 14, True, False, CENTER, 0, 14, 0, True),
    "NTM Trích yếu": ("Normal", 13, True, False, CENTER, 0, 0, 0, True),
    "NTM Kính gửi": ("Normal", 13, False, False, CENTER, 0, 6, 10, False),
    "NTM Căn cứ": ("Normal", 13, False, True, JUSTIFY, 1, 0, 6, False),
    "NTM Đoạn văn": ("Normal", 13, False, False, JUSTIFY, 1, 0, 6, False),
    "NTM Lời kết": ("NTM Đoạn văn", 13, False, False, JUSTIFY, 1, 0, 6, True),
    "NTM Trước bảng": ("NTM Đoạn văn", 13, False, False, JUSTIFY, 1, 0, 6, True),
    "NTM Yêu cầu": ("NTM Đoạn văn", 13, False, False, JUSTIFY, 1, 0, 6, False),
    "NTM Kết luận": ("NTM Đoạn văn", 13, True, False, JUSTIFY, 1, 0, 6, False),
    "NTM Ghi chú": ("Normal", 13, False, True, CENTER, 0, 0, 8, False),
    "NTM Xã giả định": ("Normal", 12, True, False, CENTER, 0, 0, 6, False),
    "NTM Đầu bảng": ("Normal", 11, True, False, CENTER, 0, 2, 2, False),
    "NTM Ô bảng": ("Normal", 11, False, False, LEFT, 0, 2, 2, False),
    "NTM Ô bảng giữa": ("NTM Ô bảng", 11, False, False, CENTER, 0, 2, 2, False),
    "NTM Ô tiêu chí": ("NTM Ô bảng", 11, True, False, LEFT, 0, 2, 2, False),
    "NTM Nơi nhận": ("Normal", 12, True, True, LEFT, 0, 0, 0, True),
    "NTM Dòng nơi nhận": ("Normal", 11, False, False, LEFT, 0, 0, 0, False),
    "NTM Quyền hạn chức vụ": ("Normal", 13, True, False, CENTER, 0, 0, 0, True),
    "NTM Họ tên": ("Normal", 13, True, False, CENTER, 0, 58, 0, False),
    "NTM Tên phụ lục": ("Normal", 14, True, False, CENTER, 0, 0, 0, True),
}  # fmt: skip
HEADINGS: Final = {1: (13, True, False, 10), 2: (13, True, False, 6), 3: (13, True, False, 6)}
RULES: Final = {
    "NTM Gạch dưới cơ quan": 22,
    "NTM Gạch dưới trích yếu": 55,
    "NTM Gạch dưới tiêu ngữ": {"vi": 18.5, "en": 10},
}
"""Lines below a name: how far they stay from each side, in mm, in a column of its own width."""

Words = dict[str, str]
_ALL: Final = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
VI: Final[Words] = _ALL["vi"]
EN: Final[Words] = _ALL["en"]


class Template:
    """One template under construction."""

    def __init__(self, words: Words, *, landscape: bool = False) -> None:
        self.words = words
        self.document = Document()
        self._styles()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        if landscape:
            section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.style = self.document.styles["Header"]
        for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("t", "2"), ("end", "")):
            run = paragraph.add_run()
            if kind == "t":
                run.text = text
            elif kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            else:
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = f" {text} "
                run._r.append(code)
        self.width = section.page_width - section.left_margin - section.right_margin

    # Styles ----------------------------------------------------------------------------------

    def _styles(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        self._font(normal, 13, bold=False, italic=False)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.0
        for name, look in STYLES.items():
            base, size, bold, italic, align, first, before, after, keep = look
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            self._font(style, size, bold=bold, italic=italic)
            form = style.paragraph_format
            form.alignment = align
            form.first_line_indent = Mm(first * 10)
            form.space_before, form.space_after = Pt(before), Pt(after)
            form.keep_with_next = keep
        for level, (size, bold, italic, before) in HEADINGS.items():
            style = styles[f"Heading {level}"]
            self._font(style, size, bold=bold, italic=italic)
            form = style.paragraph_format
            form.first_line_indent = Mm(10)
            form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(6), True
        header = styles["Header"]
        self._font(header, 13, bold=False, italic=False)
        header.paragraph_format.alignment = CENTER
        for name, given in RULES.items():
            aside = given["vi" if self.words is VI else "en"] if isinstance(given, dict) else given
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            self._font(style, 4, bold=False, italic=False)
            form = style.paragraph_format
            form.left_indent = form.right_indent = Mm(aside)
            form.space_before = Pt(2)
            borders = OxmlElement("w:pBdr")
            top = OxmlElement("w:top")
            for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
                top.set(qn(f"w:{key}"), value)
            borders.append(top)
            properties = style.element.get_or_add_pPr()
            properties.insert_element_before(
                borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
            )
        field = styles.add_style("NTM Ô trống", WD_STYLE_TYPE.CHARACTER)
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "D9D9D9")):
            shade.set(qn(f"w:{key}"), value)
        field.element.get_or_add_rPr().append(shade)

    @staticmethod
    def _font(style: Any, size: float, *, bold: bool, italic: bool) -> None:
        font = style.font
        font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
        font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        for key in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{key}"), FONT)

    # Paragraphs and tables -------------------------------------------------------------------

    def put(self, style: str, text: str, into: Any = None) -> Any:
        """Add a paragraph."""
        place = into if into is not None else self.document
        return place.add_paragraph(text, style=self.document.styles[style])

    def each(self, style: str, name: str, text: str = "{{ one }}", into: Any = None) -> None:
        """Add a paragraph for each entry of a list."""
        self.put("Normal", f"{{%p for one in {name} %}}", into)
        self.put(style, text, into)
        self.put("Normal", "{%p endfor %}", into)

    def only_if(self, name: str, style: str, text: str, into: Any = None) -> None:
        """Add a paragraph that is there only where a field is not empty."""
        self.put("Normal", f"{{%p if {name} %}}", into)
        self.put(style, text, into)
        self.put("Normal", "{%p endif %}", into)

    def frame(self, widths: Sequence[float], rows: int = 1) -> Any:
        """Add rows of cells without borders, and return the cells."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._widths(table, widths)
        # “Nơi nhận” and its dashes stand at the left margin (annex I, part I, II.9).
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "0")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")
        cells = [cell for row in table.rows for cell in row.cells]
        for cell in cells:
            cell._tc.remove(cell.paragraphs[0]._p)
        return cells

    def table(
        self,
        widths: Sequence[float],
        heads: Sequence[str],
        name: str,
        cells: Sequence[tuple[str, str]],
        *,
        whole: bool = True,
        maybe_empty: bool = False,
    ) -> None:
        """Add a table with a repeated head and a row, which stays whole, for each entry.

        One that may be empty gives way to a line that says so.
        """
        if maybe_empty:
            self.put("Normal", f"{{%p if {name} %}}")
        table = self.document.add_table(rows=4, cols=len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self._widths(table, widths)
        head, first, row, last = table.rows
        for cell, key in zip(head.cells, heads, strict=True):
            cell.paragraphs[0].style = self.document.styles["NTM Đầu bảng"]
            cell.paragraphs[0].add_run(self.words[key])
        repeat = OxmlElement("w:tblHeader")
        head._tr.get_or_add_trPr().append(repeat)
        first.cells[0].paragraphs[0].add_run(f"{{%tr for one in {name} %}}")
        last.cells[0].paragraphs[0].add_run("{%tr endfor %}")
        for cell, (style, text) in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].style = self.document.styles[style]
            cell.paragraphs[0].add_run(text)
        if whole:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self.put("Normal", "")
        if maybe_empty:
            self.put("Normal", "{%p else %}")
            self.put(BODY, self.words["nothing"])
            self.put("Normal", "{%p endif %}")

    def _widths(self, table: Any, widths: Sequence[float]) -> None:
        whole = sum(widths)
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(self.width * width / whole)
            for cell in column.cells:
                cell.width = column.width

    # Parts that documents share ----------------------------------------------------------------

    def head(self, about: str = "", *, dated: bool = True) -> None:
        """Add the head: agency and number, nation and motto, place and date.

        Minutes name their days in the text (annex III, form 1.9).
        """
        words = self.words
        # Number and date stand on one line (annex I, part I, II.4), so in a row of their own.
        left, right, below, beside = self.frame((66, 99), 2)
        self.only_if("head.superior", "NTM Cơ quan chủ quản", "{{ head.superior }}", left)
        self.each("NTM Cơ quan ban hành", "head.agency", into=left)
        self.put("NTM Gạch dưới cơ quan", "", left)
        self.put("NTM Số ký hiệu", f"{words['number']}{{{{ head.number }}}}", below)
        if about:
            self.put("NTM Trích yếu công văn", words[about], below)
        self.put("NTM Quốc hiệu", words["nation"], right)
        self.put("NTM Tiêu ngữ", words["motto"], right)
        self.put("NTM Gạch dưới tiêu ngữ", "", right)
        self.put("NTM Địa danh ngày tháng", "{{ head.place_and_date }}" if dated else "", beside)
        self.only_if("synthetic", "NTM Xã giả định", "{{ synthetic }}")

    def title(self, kind: str, about: str) -> None:
        """Add the kind of document and what it is about."""
        self.put("NTM Tên loại", self.words[kind])
        self.put("NTM Trích yếu", self.words.get(about, about))
        self.put("NTM Gạch dưới trích yếu", "")

    def annex(self, title: str, number: str) -> None:
        """Add the head of an annex; it carries no signature (annex I, part I, III.1)."""
        self.only_if("synthetic", "NTM Xã giả định", "{{ synthetic }}")
        self.put("NTM Tên phụ lục", f"{self.words['annex']} {number}")
        self.put("NTM Tên phụ lục", self.words[title])
        self.put("NTM Trích yếu", self.words["summary_about"])
        self.put("NTM Ghi chú", self.words["with"])

    def signed(self) -> None:
        """Add the copies and the block of the signature."""
        left, right = self.frame((80, 85))
        self.put("NTM Nơi nhận", self.words["copies"], left)
        self.each("NTM Dòng nơi nhận", "recipients", "- {{ one }}", left)
        self.each("NTM Quyền hạn chức vụ", "signature.lines", into=right)
        self.put("NTM Họ tên", "{{ signature.name }}", right)

    def save(self, name: str, title: str) -> None:
        """Write the template."""
        core = self.document.core_properties
        core.title, core.author, core.comments = title, "", ""
        core.language = "vi" if self.words is VI else "en"
        FOLDER.joinpath("" if self.words is VI else "en").mkdir(parents=True, exist_ok=True)
        lang = "" if self.words is VI else "en/"
        self.document.save(str(FOLDER / f"{lang}{name}.docx"))


BODY, CELL, MID = "NTM Đoạn văn", "NTM Ô bảng", "NTM Ô bảng giữa"


def report(words: Words) -> None:
    """Make the template of the appraisal report."""
    t = Template(words)
    t.head()
    t.title("report", "report_about")
    t.put("NTM Kính gửi", f"{words['to']}{{{{ receiver }}}}")
    t.each("NTM Căn cứ", "bases")
    t.put(BODY, words["report_lead"])
    t.put("Heading 1", words["i"])
    t.put(BODY, words["period"])
    t.put("Heading 2", words["i1"])
    t.each(BODY, "dossier")
    t.put("Heading 2", words["i2"])
    t.each(BODY, "leadership")
    t.put("Heading 2", words["i3"])
    t.put(BODY, "{{ base_set }}")
    t.put("Heading 2", words["i4"])
    t.put(BODY, words["i4_lead"])
    t.put("Normal", "{%p for c in criteria %}")
    t.put("Heading 3", words["criterion"])
    t.put("NTM Yêu cầu", f"{words['a']}: {{{{ c.requirements | join(' ') }}}}")
    t.put("Normal", "{%p for one in c.results %}")
    t.put(BODY, "{% if loop.first %}" + words["b"] + ". {% endif %}{{ one }}")
    t.put("Normal", "{%p endfor %}")
    t.put("NTM Kết luận", f"{words['c']}{{{{ c.conclusion }}}}")
    t.put("Normal", "{%p endfor %}")
    t.put("Heading 2", words["i5"])
    t.each(BODY, "conditions")
    t.put("Heading 2", words["i6"])
    t.each(BODY, "plan")
    t.put("Heading 1", words["ii"])
    t.put(BODY, f"{words['ii1']}{{{{ concluded_dossier }}}}")
    t.put("Heading 2", words["ii2"])
    t.each(BODY, "concluded_level")
    t.put(BODY, f"{words['ii3']}{{{{ concluded_conditions }}}}")
    t.put("NTM Kết luận", "{{ proposal }}")
    t.put("Heading 1", words["iii"])
    t.put(BODY, words["iii_lead"])
    t.each(BODY, "recommendations", "- {{ one }}")
    t.put(BODY, "{{ closing }}")
    t.put("NTM Lời kết", words["end"])
    t.signed()
    t.save("report", words["report"])


def summary(words: Words) -> None:
    """Make the template of the summary table."""
    t = Template(words, landscape=True)
    t.annex("summary", "I")
    heads = ("code", "name", "requires", "claimed", "result", "conclusion", "note")
    name = "{% if one.is_criterion %}{{ one.name | upper }}{% else %}{{ one.name }}{% endif %}"
    t.table(
        (11, 58, 38, 32, 34, 34, 55),
        [f"h_{key}" for key in heads],
        "rows",
        [(MID, "{{ one.code }}"), (CELL, name)]
        + [(CELL, f"{{{{ one.{key} }}}}") for key in heads[2:]],
    )
    t.each(BODY, "totals")
    t.save("summary", words["summary"])


def request(words: Words) -> None:
    """Make the template of the letter that asks for explanation."""
    t = Template(words)
    t.head("request_about")
    t.put("Normal", "")
    t.put("NTM Kính gửi", f"{words['to']}{{{{ body }}}}")
    t.put(BODY, words["request_lead"])
    t.table(
        (10, 100, 55),
        ("h_code", "h_question", "h_settles"),
        "questions",
        [(MID, "{{ one.number }}"), (CELL, "{{ one.question }}"), (CELL, "{{ one.settles }}")],
        whole=False,
    )
    t.put("NTM Lời kết", words["request_end"])
    t.signed()
    t.save("request", words["h_question"])


def minutes(words: Words) -> None:
    """Make the template of the minutes."""
    t = Template(words)
    t.head(dated=False)
    t.title("minutes", "minutes_about")
    t.put(BODY, words["m_begun"])
    t.put(BODY, words["m_at"])
    t.put("Heading 1", words["m_i"])
    t.put("NTM Trước bảng", words["m_team_lead"])
    t.table(
        (55, 70, 40),
        ("h_person", "h_post", "h_role"),
        "team",
        [(CELL, "{{ one.name }}"), (CELL, "{{ one.post }}"), (CELL, "{{ one.role }}")],
    )
    t.put("NTM Trước bảng", words["m_others"])
    t.table(
        (55, 110),
        ("h_person", "h_post"),
        "attendees",
        [(CELL, "{{ one.name }}"), (CELL, "{{ one.post }}")],
    )
    t.put(BODY, words["m_chair"])
    t.put(BODY, words["m_secretary"])
    t.put("Heading 1", words["m_ii"])
    t.table(
        (55, 25, 85),
        ("h_place", "h_day", "h_seen"),
        "visits",
        [(CELL, "{{ one.place }}"), (MID, "{{ one.day }}"), (CELL, "{{ one.seen }}")],
    )
    t.put("Heading 1", words["m_iii"])
    t.each(BODY, "dossier")
    t.each(BODY, "results", "- {{ one }}")
    t.put("Heading 1", words["m_iv"])
    t.each(BODY, "opinions", "- {{ one }}")
    t.put("Heading 1", words["m_v"])
    t.each(BODY, "conclusion")
    t.put("NTM Lời kết", words["m_end"])
    # Names stand on one line whatever stands above them, so in a row of their own.
    left, middle, right, *names = t.frame((45, 63, 57), 2)
    t.put("NTM Quyền hạn chức vụ", words["m_keeper"], left)
    t.put("NTM Quyền hạn chức vụ", words["m_commune"], middle)
    t.each("NTM Quyền hạn chức vụ", "head_of_commune.lines", into=middle)
    t.put("NTM Quyền hạn chức vụ", words["m_team"], right)
    for name, cell in zip(("secretary_name", "head_of_commune.name", "head_of_team"), names,
                          strict=True):  # fmt: skip
        t.put("NTM Họ tên", f"{{{{ {name} }}}}", cell)
    t.put("Normal", "")
    t.put("NTM Nơi nhận", words["copies"])
    t.each("NTM Dòng nơi nhận", "recipients", "- {{ one }}")
    t.save("minutes", words["minutes"])


def submission(words: Words) -> None:
    """Make the template of the submission."""
    t = Template(words)
    t.head()
    t.title("submission", "{{ about }}")
    t.put("NTM Kính gửi", f"{words['to']}{{{{ receiver }}}}")
    t.each("NTM Căn cứ", "bases")
    t.put(BODY, words["s_lead"])
    t.each(BODY, "results", "{{ loop.index }}. {{ one }}")
    t.put("NTM Kết luận", "{{ proposal }}")
    t.put(BODY, words["s_enclosed"])
    t.each(BODY, "enclosed", "- {{ one }}")
    t.put("NTM Lời kết", words["s_end"])
    t.signed()
    t.save("submission", words["submission"])


def evidence(words: Words) -> None:
    """Make the template of the list of evidence."""
    t = Template(words, landscape=True)
    t.annex("evidence", "II")
    t.table(
        (11, 52, 84, 32, 24, 38, 24),
        ("h_code", "h_subject", "h_document", "h_mark", "h_day", "h_issuer", "h_state"),
        "rows",
        [(MID, "{{ one.number }}"), (CELL, "{{ one.subject }}"), (CELL, "{{ one.document }}"),
         (CELL, "{{ one.mark }}"), (MID, "{{ one.day }}"), (CELL, "{{ one.issuer }}"),
         (CELL, "{{ one.state }}")],
    )  # fmt: skip
    t.put(BODY, "{{ totals }}")
    t.save("evidence", words["evidence"])


def analysis(words: Words) -> None:
    """Make the template of the annex of analysis."""
    t = Template(words, landscape=True)
    t.annex("analysis", "III")
    t.put("Heading 2", words["an_1"])
    t.each(BODY, "law")
    t.put("Heading 2", words["an_2"])
    named = [(CELL, "{{ one.name }}"), (CELL, "{{ one.value }}")]
    t.table((80, 40), ("h_step", "h_count"), "counts", named)
    t.put("Heading 2", words["an_3"])
    t.put(BODY, words["an_3_note"])
    keys = ("code", "name", "requires", "value", "margin", "headroom", "verdict", "standing")
    t.table(
        (12, 62, 34, 36, 40, 30, 22, 30),
        [f"h_{key}" for key in keys],
        "margins",
        [(MID, "{{ one.code }}")] + [(CELL, f"{{{{ one.{key} }}}}") for key in keys[1:]],
        maybe_empty=True,
    )
    t.put("Heading 2", words["an_4"])
    keys = ("code", "name", "change", "verdict", "turned")
    t.table(
        (12, 60, 110, 40, 40),
        [f"h_{key}" for key in keys],
        "readings",
        [(MID, "{{ one.code }}")] + [(CELL, f"{{{{ one.{key} }}}}") for key in keys[1:]],
        maybe_empty=True,
    )
    t.put("Heading 2", words["an_5"])
    t.table((26, 226), ("h_check", "h_found"), "findings", named, maybe_empty=True)
    t.put("Heading 2", words["an_6"])
    t.put(BODY, words["an_6_note"])
    t.table((120, 60), ("h_file", "h_hash"), "files", named)
    t.table((80, 60), ("h_package", "h_version"), "versions", named)
    t.save("analysis", words["analysis"])


def main() -> None:
    """Make all templates in both languages."""
    for words in (VI, EN):
        for make in (report, summary, request, minutes, submission, evidence, analysis):
            make(words)


if __name__ == "__main__":
    main()

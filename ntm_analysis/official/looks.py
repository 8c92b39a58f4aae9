"""How a Word document's paragraphs and runs look: their styles, and what is set on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a paragraph, and of its runs where they say nothing else; lengths in points."""

    align: Any = None
    left: float = 0
    right: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    keep_next: bool = False
    page_break: bool = False
    outline: int | None = None
    rule: str | None = None
    size: float = 13
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    shade: str = ""


class Looks:
    """The styles of one document, resolved.

    Parameters
    ----------
    document : docx Document
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        self._known: dict[str, Style] = {}

    def _of_style(self, style: Any, start: Style) -> Style:
        if style is None:
            return start
        base = self._of_style(style.base_style, start)
        look = _formatted(base, getattr(style, "paragraph_format", None), style.element)
        return _font(look, style.font, style.element)

    def paragraph(self, element: Any) -> Style:
        """Return the look of a paragraph."""
        paragraph = Paragraph(element, self.document.part)
        style = paragraph.style
        name = style.style_id if style is not None else ""
        if name not in self._known:
            self._known[name] = self._of_style(style, Style())
        return _formatted(self._known[name], paragraph.paragraph_format, element)

    def run(self, element: Any, style: Style) -> Style:
        """Return the look of a run in a paragraph of a look."""
        run = Run(element, self.document.part)
        look = style
        properties = element.find(qn("w:rPr"))
        if properties is not None and properties.find(qn("w:rStyle")) is not None:
            own = run.style
            look = _font(look, own.font, own.element)
        return _font(look, run.font, element)

    def bordered(self, table: Any) -> bool:
        """Return whether a table has borders, of its own or of its style."""
        properties = table.find(qn("w:tblPr"))
        if properties is None:
            return False
        if properties.find(qn("w:tblBorders")) is not None:
            return True
        style = properties.find(qn("w:tblStyle"))
        if style is None:
            return False
        for one in self.document.styles.element.iter(qn("w:style")):
            if one.get(qn("w:styleId")) == style.get(qn("w:val")):
                return any(True for _ in one.iter(qn("w:tblBorders")))
        return False


def _formatted(look: Style, form: Any, element: Any) -> Style:
    if form is None:
        return look
    changes: dict[str, Any] = {}
    for name, key in (
        ("left_indent", "left"),
        ("right_indent", "right"),
        ("first_line_indent", "first"),
        ("space_before", "before"),
        ("space_after", "after"),
    ):
        if (value := getattr(form, name)) is not None:
            changes[key] = value.pt
    if form.alignment is not None:
        changes["align"] = form.alignment
    if isinstance(form.line_spacing, float):
        changes["line"] = form.line_spacing
    if form.keep_with_next is not None:
        changes["keep_next"] = form.keep_with_next
    if form.page_break_before is not None:
        changes["page_break"] = form.page_break_before
    properties = element.find(qn("w:pPr"))
    if properties is not None:
        level = properties.find(qn("w:outlineLvl"))
        if level is not None and int(level.get(qn("w:val"))) < 6:
            changes["outline"] = int(level.get(qn("w:val")))
        border = properties.find(f"{qn('w:pBdr')}/{qn('w:top')}")
        if border is not None:
            changes["rule"] = "top"
    return replace(look, **changes)


def _font(look: Style, font: Any, element: Any) -> Style:
    changes: dict[str, Any] = {}
    if font.size is not None:
        changes["size"] = font.size.pt
    for name in ("bold", "italic", "underline"):
        if (value := getattr(font, name)) is not None:
            changes[name] = bool(value)
    if font.all_caps is not None:
        changes["caps"] = font.all_caps
    shade = element.find(f"{qn('w:rPr')}/{qn('w:shd')}")
    if shade is not None and shade.get(qn("w:fill")) not in (None, "auto"):
        changes["shade"] = shade.get(qn("w:fill"))
    return replace(look, **changes)

"""A template filled in: a Word document, with its open fields marked, and which they are."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, fields
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from jinja2 import TemplateError

from ntm_analysis.book.docx import DATES, zipped
from ntm_analysis.language import say
from ntm_analysis.official.blanks import MARK
from ntm_analysis.official.template import Template, environment, opened
from ntm_analysis.problems import DataErrors, Problem

BLANK_STYLE: Final = "NTM Ô trống"


@dataclass(frozen=True)
class Filled:
    """A Word document, and the keys of the fields that are left open in it."""

    docx: bytes
    blanks: tuple[str, ...]


def fill(template: Template, values: Any) -> Filled:
    """Return a template filled in with the fields of its document.

    Parameters
    ----------
    template : Template
    values : a document of `official.fields`

    Raises
    ------
    DataErrors
        If the template cannot be filled in.
    """
    made = opened(template)
    context = {field.name: getattr(values, field.name) for field in fields(values)}
    try:
        made.render(context, jinja_env=environment(), autoescape=True)
    except (TemplateError, TypeError, ValueError) as error:
        told = say("official.template_value", reason=str(error))
        wanted = say("official.template_syntax_wanted").format()
        raise DataErrors([Problem(template.file, told, wanted)]) from error
    buffer = BytesIO()
    made.save(buffer)
    document = Document(BytesIO(buffer.getvalue()))
    blanks = tuple(dict.fromkeys(_mark_blanks(document)))
    buffer = BytesIO()
    document.save(buffer)
    return Filled(_undated(buffer.getvalue()), blanks)


def _mark_blanks(document: Any) -> Iterator[str]:
    """Give each open field its own run in the style for such; give its key."""
    styles = {style.name: style.style_id for style in document.styles}
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.first_page_header._element]
        parts += [section.footer._element, section.first_page_footer._element]
    for part in parts:
        for text in list(part.iter(qn("w:t"))):
            if not MARK.search(text.text or ""):
                continue
            run = text.getparent()
            yield from _split(run, text, styles.get(BLANK_STYLE))


def _split(run: Any, text: Any, style: str | None) -> Iterator[str]:
    before, rest = [], list(run)
    position = rest.index(text)
    before, after = rest[:position], rest[position + 1 :]
    made = []
    pieces = MARK.split(text.text)
    for number in range(0, len(pieces), 3):
        if pieces[number]:
            made.append(_run(run, pieces[number], None))
        if number + 1 < len(pieces):
            yield pieces[number + 1]
            made.append(_run(run, pieces[number + 2], style))
    for one in reversed(made):
        run.addnext(one)
    if any(not child.tag.endswith("}rPr") for child in (*before, *after)):
        run.remove(text)
    else:
        run.getparent().remove(run)


def _run(like: Any, text: str, style: str | None) -> Any:
    run = OxmlElement("w:r")
    looks = like.find(qn("w:rPr"))
    if looks is not None:
        run.append(copy.deepcopy(looks))
    if style:
        looks = run.get_or_add_rPr()
        for old in looks.findall(qn("w:rStyle")):
            looks.remove(old)
        mark = OxmlElement("w:rStyle")
        mark.set(qn("w:val"), style)
        looks.insert(0, mark)
    held = OxmlElement("w:t")
    held.set(qn("xml:space"), "preserve")
    held.text = text
    run.append(held)
    return run


def _undated(docx: bytes) -> bytes:
    """Return a document that is the same whenever it is made."""
    import zipfile

    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts.get("docProps/core.xml")
    if core is not None:
        parts["docProps/core.xml"] = DATES.sub("", core.decode()).encode()
    return zipped(parts)

"""What a book shows of a cell's output: Markdown, else its picture, its plain table or its text."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from ntm_analysis.book.cells import MARKDOWN
from ntm_analysis.language import Lang, translate
from ntm_analysis.tables.escape import attribute, escape
from ntm_analysis.tables.markdown import pipe_table

SVG, PNG, JPEG = "image/svg+xml", "image/png", "image/jpeg"
HTML, TEXT = "text/html", "text/plain"
FRAME = frozenset(("html", "head", "body", "div", "table", "thead", "tbody", "tfoot", "caption"))
CELL = frozenset(("tr", "th", "td", "p", "br", "b", "i", "em", "strong", "span", "code"))
SIMPLE = FRAME | CELL
"""Tags of HTML that is a table and nothing else."""
UNSEEN = frozenset(("style", "title"))
NUMBER = re.compile(r"[-+−]?[\d.,]+\s*%?$|NaN$|None$")
OBJECT = re.compile(r"\[?<[^<>]*(?:<[^<>]*>[^<>]*)*>(?:,.*)?\]?$", re.DOTALL)
"""Text that only names an object of the program, as `<Axes: >`: nothing that a reader misses."""
CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
TICKS = re.compile(r"`+")


def shown(output: Mapping[str, Any], cell: int, lang: Lang) -> tuple[str, str]:
    """Return the Markdown of an output, and what of it a book cannot show.

    Parameters
    ----------
    output : mapping
        Of a code cell; not an error.
    cell : int
        The cell's place in the notebook, from 1.
    lang : {"vi", "en"}

    Returns
    -------
    text : str
        Empty where there is nothing to show.
    left_out : str
        Empty where nothing is missing; else a sentence, which `text` has as well where the
        output is a result.
    """
    if output.get("output_type") == "stream":
        if output.get("name") == "stderr":
            return "", translate("book.left_out_stderr", lang, cell=cell)
        return code_block(joined(output.get("text", ""))), ""
    data = output.get("data", {})
    text = (
        joined(data.get(MARKDOWN, ""))
        or _picture(data, output.get("metadata", {}), cell, lang)
        or html_table(joined(data.get(HTML, "")))
        or _plain(data)
    )
    if text or not _says_something(data):
        return text, ""
    kinds = ", ".join(sorted(kind for kind in data if kind != TEXT))
    note = translate("book.left_out", lang, cell=cell, kinds=kinds)
    return f"::: {{.callout-warning}}\n{escape(note)}\n:::", note


def joined(text: str | Sequence[str]) -> str:
    """Return text of a notebook, which may stand there line by line."""
    return text if isinstance(text, str) else "".join(text)


def _picture(data: Mapping[str, Any], metadata: Mapping[str, Any], cell: int, lang: Lang) -> str:
    for kind in (SVG, PNG, JPEG):
        if kind not in data:
            continue
        content = joined(data[kind])
        # A drawing stands there as text, a picture as base64 with line breaks.
        raw = base64.b64encode(content.encode()).decode() if kind == SVG else content
        own = metadata.get(kind)
        alt = str(own.get("alt") or "") if isinstance(own, Mapping) else ""
        alt = attribute(alt or translate("book.picture_without_words", lang, cell=cell))
        return f'![](data:{kind};base64,{"".join(raw.split())}){{fig-alt="{alt}"}}'
    return ""


def _plain(data: Mapping[str, Any]) -> str:
    """Return the text of an output that is text, or a table too involved to be set as one."""
    text = joined(data.get(TEXT, "")).strip("\n")
    as_text = set(data) == {TEXT} or (set(data) == {HTML, TEXT} and "\n" in text)
    return code_block(text) if as_text and not OBJECT.match(text.strip()) else ""


def _says_something(data: Mapping[str, Any]) -> bool:
    return any(kind != TEXT for kind in data)


def code_block(text: str) -> str:
    """Return text as a block of Markdown that shows it as it is, without control characters."""
    clean = CONTROL.sub("", text).strip("\n")
    if not clean.strip():
        return ""
    fence = "`" * max(3, 1 + max(map(len, TICKS.findall(clean)), default=0))
    return f"{fence}\n{clean}\n{fence}"


def html_table(text: str) -> str:
    """Return HTML that is one plain table as a table of Markdown, else nothing.

    Examples
    --------
    >>> print(html_table("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"))
    | a |
    |------------------------------------------------------------------------------------------:|
    | 1 |
    """
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    rows = [row for row in reader.rows if row]
    if not (reader.simple and reader.tables == 1 and rows):
        return ""
    width = len(rows[0])
    if not width or any(len(row) != width for row in rows):
        return ""
    heads = max(1, min(reader.heads, len(rows)))
    # Below the names of columns pandas writes the index's name in a row of its own.
    head = [" ".join(filter(None, column)) for column in zip(*rows[:heads], strict=True)]
    body = rows[heads:]
    columns = list(zip(*body, strict=True)) if body else [()] * width
    numeric = [bool(c) and all(NUMBER.match(v) for v in c if v) for c in columns]
    long = [max(map(len, (h, *column))) for h, column in zip(head, columns, strict=True)]
    table = pipe_table(
        head,
        body,
        "",
        "",
        [min(max(size, 3), 40) for size in long],
        ["right" if number else "left" for number in numeric],
    )
    return "\n\n".join(filter(None, (table.partition("\n\n: ")[0], escape(reader.beside.strip()))))


class _TableReader(HTMLParser):
    """Reads a table's rows, and finds out whether there is anything else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.beside = ""
        self.heads = self.tables = 0
        self.simple = True
        self._in_head = self._in_cell = False
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spans = [value for name, value in attrs if name in ("colspan", "rowspan")]
        if any(value != "1" for value in spans) or tag not in SIMPLE | UNSEEN:
            self.simple = False
        if tag in UNSEEN:
            self._unseen = tag
        self.tables += tag == "table"
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self.rows.append([])
            self.heads += self._in_head
        elif tag in ("th", "td"):
            self._in_cell = True
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")
        elif tag in ("br", "p"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag == "thead":
            self._in_head = False
        elif tag in ("th", "td"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._in_cell:
            self.rows[-1][-1] = " ".join((self.rows[-1][-1] + data).split())
        else:
            self.beside += data if data.strip() else " "

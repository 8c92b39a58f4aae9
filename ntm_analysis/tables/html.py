"""Our Markdown as HTML for Jupyter, which knows no attributes, divs, captions or references.

Only what our templates write is read: CommonMark, pipe tables with captions, attributes of
headings, spans and pictures, fenced divs, references. All colours are those of Jupyter's theme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.token import Token

from ntm_analysis.language import Lang, messages

_PICTURE = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]+")
_OF_PAGES = re.compile(
    r"^```\{=html\}\n.*?^```$|^::: \{\.content-visible when-format=\"html\"\}\n.*?^:::$",
    re.MULTILINE | re.DOTALL,
)
"""What a book's pages have beside the report's own text."""
_NAME = "ntm-picture-{}."
_NAMED = re.compile(r"ntm-picture-(\d+)\.")
_ATTRIBUTES = re.compile(r"\{((?:[^{}\"\n]|\"[^\"\n]*\")*)\}")
_PART = re.compile(r'#(?P<id>[^\s"]+)|\.(?P<cls>[^\s"]+)|(?P<key>[\w-]+)="(?P<value>[^"]*)"')
_AT_END = re.compile(r"[ \t]*\{((?:[^{}\"\n]|\"[^\"\n]*\")*)\}[ \t]*$")
_REFERENCE = re.compile(r"@((?:sec|tbl|fig)-[\w:-]*\w)")
_FENCE = re.compile(r"^:{3,}[ \t]*(?:\{(?P<attributes>.*)\}|(?P<cls>[\w-]+))?[ \t]*:*[ \t]*$")
_SCROLL = "overflow-x:auto"
_CALLOUT = "border:1px solid;border-left-width:5px;border-radius:4px;padding:0.4em 1em;margin:1em 0"
_CAPTION = "caption-side:top;text-align:left;font-weight:bold;padding:0.4em 0"


def as_html(markdown: str, lang: Lang = "vi") -> str:
    r"""Return a piece of our Markdown as HTML that Jupyter shows as text.

    Parameters
    ----------
    markdown : str
        As `narrative` and `comparison` write it.
    lang : {"vi", "en"}
        For the words that stand in place of references to other chapters.

    Examples
    --------
    >>> as_html("## Summary {#sec-a .unnumbered}")
    '<h2 id="sec-a">Summary</h2>\n'
    """
    pictures: list[str] = []

    def named(match: re.Match[str]) -> str:
        pictures.append(match.group())
        return _NAME.format(len(pictures) - 1)

    # They are long, and nothing in them is Markdown.
    text = _PICTURE.sub(named, _OF_PAGES.sub("", markdown))
    html = _reader().render(text, {"lang": lang})
    return _NAMED.sub(lambda match: pictures[int(match.group(1))], html)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.block.ruler.before("fence", "ntm_div", _div, {"alt": ["paragraph", "list"]})
    reader.inline.ruler.at("image", _image)
    reader.inline.ruler.before("link", "ntm_span", _span)
    reader.inline.ruler.before("link", "ntm_reference", _reference)
    reader.core.ruler.before("inline", "ntm_headings", _headings)
    reader.core.ruler.before("inline", "ntm_tables", _tables)
    reader.core.ruler.push("ntm_figures", _figures)
    reader.core.ruler.after("inline", "ntm_references", _resolve)
    for name, rule in (("ntm_div_open", _open_div), ("image", _draw), ("ntm_reference", _word)):
        reader.add_render_rule(name, rule)
    return reader


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _PART.finditer(text):
        if part["id"]:
            found["id"] = part["id"]
        elif part["cls"]:
            found["class"] = f"{found.get('class', '')} {part['cls']}".strip()
        else:
            found[part["key"]] = _plain(part["value"])
    return found


def _plain(text: str) -> str:
    return re.sub(r"&#(\d+);", lambda match: chr(int(match.group(1))), text)


# Blocks ---------------------------------------------------------------------------------------


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = _FENCE.match(_line(state, start))
    if not opening or not (opening["attributes"] or opening["cls"]):
        return False
    if silent:
        return True
    depth, last = 1, start
    while depth and last + 1 < end:
        last += 1
        if fence := _FENCE.match(_line(state, last)):
            depth += 1 if fence["attributes"] or fence["cls"] else -1
    token = state.push("ntm_div_open", "div", 1)
    token.meta = _attributes(opening["attributes"] or f".{opening['cls']}")
    token.map = [start, last]
    before, state.lineMax = state.lineMax, last if not depth else end
    state.md.block.tokenize(state, start + 1, state.lineMax)
    state.lineMax = before
    state.push("ntm_div_close", "div", -1)
    state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _open_div(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, env: Any
) -> str:
    found = tokens[index].meta
    kinds = [c for c in found.get("class", "").split() if c.startswith("callout-")]
    if not kinds:
        return "<div>\n"
    kind = kinds[0].removeprefix("callout-")
    title = found.get("title") or messages(env["lang"]).get(f"jupyter.{kind}", "")
    head = f"<p><strong>{escapeHtml(title)}</strong></p>\n" if title else ""
    return f'<div role="note" style="{_CALLOUT}">\n{head}'


def _headings(state: StateCore) -> None:
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if before.type == "heading_open" and (found := _AT_END.search(token.content)):
            token.content = token.content[: found.start()]
            if name := _attributes(found.group(1)).get("id"):
                before.attrSet("id", name)


def _tables(state: StateCore) -> None:
    """Put captions into their tables, and what is wide into a box that scrolls."""
    tokens: list[Token] = []
    opened = 0
    rest = iter(state.tokens)
    for token in rest:
        if token.type == "table_open":
            token.meta = {}
            tokens.append(_html(f'<div style="{_SCROLL}">\n'))
            opened = len(tokens)
        caption = _caption_of(token, tokens)
        if caption is None:
            tokens.append(token)
        else:
            tokens.pop()  # the paragraph's beginning
            next(rest)  # and its end
            token.content, name = caption
            head = f'<caption id="{escapeHtml(name)}" style="{_CAPTION}">'
            tokens[opened + 1 : opened + 1] = [_html(head), token, _html("</caption>\n")]
        if token.type == "table_close":
            tokens.append(_html("</div>\n"))
    state.tokens = tokens


def _caption_of(token: Token, before: Sequence[Token]) -> tuple[str, str] | None:
    if token.type != "inline" or not token.content.startswith(": ") or len(before) < 3:
        return None
    if before[-1].type != "paragraph_open" or before[-3].type != "table_close":
        return None
    found = _AT_END.search(token.content)
    text = token.content[2 : found.start() if found else None]
    return text, _attributes(found.group(1)).get("id", "") if found else ""


def _html(text: str) -> Token:
    token = Token("html_block", "", 0)
    token.content = text
    return token


def _figures(state: StateCore) -> None:
    """Make a figure of each paragraph that is one picture, its words the caption."""
    for number, token in enumerate(state.tokens):
        children = token.children or []
        if token.type != "inline" or [c.type for c in children] != ["image"]:
            continue
        start, end = state.tokens[number - 1], state.tokens[number + 1]
        if start.type != "paragraph_open":
            continue
        start.tag = end.tag = "figure"
        start.attrSet("style", "margin:1em 0")
        if words := children[0].children:
            opening, closing = Token("html_inline", "", 0), Token("html_inline", "", 0)
            opening.content, closing.content = "<figcaption><em>", "</em></figcaption>"
            token.children = [*children, opening, *words, closing]


# Inlines --------------------------------------------------------------------------------------


def _image(state: StateInline, silent: bool) -> bool:
    if not image(state, silent):
        return False
    if found := _ATTRIBUTES.match(state.src, state.pos):
        state.pos = found.end()
        if not silent:
            state.tokens[-1].meta = _attributes(found.group(1))
    return True


def _draw(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    alt = token.meta.get("fig-alt") or self.renderInlineAsText(token.children, options, env)
    name = token.meta.get("id")
    own = f' id="{escapeHtml(name)}"' if name else ""
    source = escapeHtml(str(token.attrs["src"]))
    return f'<img{own} src="{source}" alt="{escapeHtml(alt)}" style="max-width:100%;height:auto">'


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = _ATTRIBUTES.match(state.src, end + 1) if end >= 0 else None
    if not found:
        return False
    if not silent:
        last, start = state.posMax, state.pos
        state.push("span_open", "span", 1)
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = last
    state.pos = found.end()
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    found = _REFERENCE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        token = state.push("ntm_reference", "", 0)
        token.meta = {"refers": found.group(1)}
    state.pos = found.end()
    return True


def _resolve(state: StateCore) -> None:
    """Give references the words of what they refer to: its number is the book's."""
    references = [c for t in state.tokens for c in t.children or () if c.type == "ntm_reference"]
    if not references:
        return
    known = {
        str(before.attrs["id"]): token.content
        for before, token in zip(state.tokens, state.tokens[1:], strict=False)
        if before.type == "heading_open" and "id" in before.attrs
    }
    words = messages(state.env["lang"])
    for child in references:
        name = child.meta["refers"]
        text = known.get(name)
        child.content = f"“{text}”" if text else words.get(f"jupyter.{name}", words["jupyter.book"])


def _word(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any
) -> str:
    return str(escapeHtml(tokens[index].content))

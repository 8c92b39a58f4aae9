"""What a page may load: nothing but the book's own files, and no script or style within it."""

from __future__ import annotations

import re

# `file:` beside 'self', for a page that is opened from a folder.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "
    "img-src 'self' file: data:; font-src 'self' file:; base-uri 'none'; form-action 'none'"
)
"""The content security policy of every page."""

_TAG = re.compile(r'<[a-z][a-z0-9]*\b[^<>]* style="[^<>]*>')
_STYLE = re.compile(r' style="([^"]*)"')
_CLASS = re.compile(r' class="([^"]*)"')
_WIDTH = re.compile(r"width:\s*(\d+)(?:\.\d+)?%;?")
_ALIGN = re.compile(r"text-align:\s*(left|right|center);?")


def without_styles(html: str) -> str:
    """Return HTML of pandoc's with classes in place of the styles within tags.

    Widths in percent and alignments are all that it writes there; `book.css` has the classes
    `w-1` to `w-100`, `to-left`, `to-right` and `to-center`.
    """
    return _TAG.sub(_classed, html)


def _classed(match: re.Match[str]) -> str:
    tag = match[0]
    styles = " ".join(_STYLE.findall(tag))
    classes = [f"w-{min(int(width), 100)}" for width in _WIDTH.findall(styles)]
    classes += [f"to-{side}" for side in _ALIGN.findall(styles)]
    tag = _STYLE.sub("", tag)
    if not classes:
        return tag
    if _CLASS.search(tag):
        return _CLASS.sub(lambda found: f' class="{" ".join([found[1], *classes])}"', tag, count=1)
    name = re.match(r"<[a-z][a-z0-9]*", tag)
    end = name.end() if name else 0
    return f'{tag[:end]} class="{" ".join(classes)}"{tag[end:]}'

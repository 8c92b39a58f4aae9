"""A page made public: what search engines and links elsewhere read in its head, and its footer."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number
from ntm_analysis.publish.address import address

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'\s*<meta name="description" content="([^"]*)"[^>]*>')
_MADE_UP = re.compile(r'<div class="ntm-synthetic"')
_FOOTER = re.compile(r'<footer class="colophon"[^>]*>')


@dataclass(frozen=True, slots=True)
class Dress:
    """What a page gets.

    Attributes
    ----------
    base : str
        Address of the site.
    page : str
        Path in the site.
    lang : {"vi", "en"}
    at : str
        Where its edition stands in the site.
    description : str
        Empty for what the page has of its own.
    picture : str
        Path in the site.
    others : mapping of str to str
        The same page, or the first page, in the other languages: path by language.
    twins : frozenset of str
        Languages in which there is this very page.
    files : sequence of tuple
        Path in the site, name and bytes of what a reader may take away.
    lasting : str
        Path of the address that stays; empty where there is none.
    made_up : bool
        Whether it is of a made-up commune.
    on : str
        Day of publication as readers read it.
    """

    base: str
    page: str
    lang: Lang
    at: str
    description: str
    picture: str
    others: Mapping[Lang, str]
    twins: frozenset[str]
    files: Sequence[tuple[str, str, int]]
    lasting: str
    made_up: bool
    on: str

    def way(self, target: str) -> str:
        """Return the link from this page to a file of the site; it works from a folder, too."""
        return quote(posixpath.relpath(target, posixpath.dirname(self.page) or "."), safe="/~.")


def is_made_up(text: str) -> bool:
    """Return whether a page says that it is of a made-up commune."""
    return bool(_MADE_UP.search(text))


def dress(text: str, given: Dress) -> str:
    """Return a page with what the public needs in its head and its footer.

    Parameters
    ----------
    text : str
        HTML of either renderer.
    given : Dress
    """
    own = _DESCRIPTION.search(text)
    description = given.description or (html.unescape(own[1]) if own else "")
    text = _DESCRIPTION.sub("", text, count=1)
    head, found, rest = text.partition("</head>")
    if not found:
        return text
    return head + _head(text, given, description) + found + _body(rest, given)


def _head(text: str, given: Dress, description: str) -> str:
    title = _TITLE.search(text)
    named = html.unescape(title[1].strip()) if title else ""
    here = address(given.base, given.page)
    lines = [_meta("name", "description", description)] if description else []
    if given.made_up:
        lines.append(_meta("name", "robots", "noindex"))
    lines.append(_link("canonical", here))
    for lang, path in {**given.others, given.lang: given.page}.items():
        if lang in given.twins and len(given.twins) > 1:
            lines.append(_link("alternate", address(given.base, path), f' hreflang="{lang}"'))
    feed = address(given.base, f"{given.at}feed.xml")
    lines.append(_link("alternate", feed, ' type="application/atom+xml"'))
    picture = given.base + quote(given.picture)
    locale = {"vi": "vi_VN", "en": "en_GB"}[given.lang]
    pairs = [
        ("og:type", "article"),
        ("og:title", named),
        ("og:description", description),
        ("og:url", here),
        ("og:locale", locale),
        ("og:image", picture),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", description or named),
    ]
    lines += [_meta("property", name, value) for name, value in pairs if value]
    lines.append(_meta("name", "twitter:card", "summary_large_image"))
    return "\n".join(lines) + "\n"


def _body(rest: str, given: Dress) -> str:
    switch = _switch(given)
    if switch and (at := rest.find('<div class="search"')) >= 0:
        rest = rest[:at] + switch + rest[at:]
        switch = ""
    lines = [f"<p>{switch}</p>"] if switch else []
    lines += _lines(given)
    block = "\n" + "\n".join(lines) + "\n"
    if footer := _FOOTER.search(rest):
        return rest[: footer.end()] + block + rest[footer.end() :]
    before, found, after = rest.rpartition("</body>")
    return f"{before}<footer>{block}</footer>\n{found}{after}" if found else rest


def _switch(given: Dress) -> str:
    links = []
    for lang, path in given.others.items():
        word = html.escape(translate("publish.in_language", lang))
        where = html.escape(given.way(path))
        links.append(f'<a class="other-language" lang="{lang}" hreflang="{lang}" href="{where}">'
                     f"{word}</a>")  # fmt: skip
    return " ".join(links)


def _lines(given: Dress) -> list[str]:
    say_ = html.escape
    lines = []
    if given.lasting:
        word = say_(translate("publish.lasting", given.lang))
        shown = say_(address(given.base, f"{given.lasting}index.html"))
        way = say_(given.way(f"{given.lasting}index.html"))
        lines.append(f'<p>{word}: <a href="{way}">{shown}</a></p>')
    if given.files:
        word = say_(translate("publish.files", given.lang))
        links = ", ".join(
            f'<a href="{say_(given.way(path))}" download>{say_(name)}</a>'
            f" ({say_(size(count, given.lang))})"
            for path, name, count in given.files
        )
        lines.append(f"<p>{word}: {links}.</p>")
    news = say_(translate("publish.news", given.lang))
    day = say_(translate("publish.published", given.lang, day=given.on))
    lines.append(f'<p>{day} <a href="{say_(given.way(f"{given.at}feed.xml"))}">{news}</a>.</p>')
    return lines


def size(count: int, lang: Lang) -> str:
    """Return a file's size for readers.

    Examples
    --------
    >>> size(17_490, "vi")
    '17 kB'
    """
    if count < 1_000_000:
        return f"{format_number(max(count / 1000, 1), lang, 0)} kB"
    return f"{format_number(count / 1_000_000, lang, 1)} MB"


def _meta(kind: str, name: str, value: str) -> str:
    return f'<meta {kind}="{name}" content="{html.escape(value)}">'


def _link(rel: str, href: str, more: str = "") -> str:
    return f'<link rel="{rel}"{more} href="{html.escape(href)}">'

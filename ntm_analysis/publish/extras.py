"""What a public site has besides its pages: feed, map, lasting addresses, a page not found."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import posixpath
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from urllib.parse import quote
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined

from ntm_analysis.book.policy import POLICY
from ntm_analysis.language import Lang, translate
from ntm_analysis.publish.address import address
from ntm_analysis.publish.edition import Edition, Report
from ntm_analysis.publish.record import News

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
"""Addresses that one map of a site may hold, by sitemaps.org."""
GOTO = "site/lasting.js"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("ntm_analysis.publish"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
    )


def feed(news: Sequence[News], edition: Edition, base: str, name: str, on: str) -> bytes:
    """Return the Atom feed of changed verdicts.

    Parameters
    ----------
    news : sequence of News
        Newest first.
    edition : Edition
        Whose language it has.
    base : str
    name : str
        Title of the site.
    on : str
        When it is published, for a feed without entries.
    """
    lang = edition.lang
    here = f"{base}{edition.at}"
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    title = f"{translate('publish.feed', lang)} – {name}"
    for tag, text in (("id", f"{here}feed.xml"), ("title", title),
                      ("updated", news[0].on if news else on)):  # fmt: skip
        ET.SubElement(root, tag).text = text
    ET.SubElement(root, "link", {"rel": "self", "href": f"{here}feed.xml"})
    ET.SubElement(root, "link", {"href": here})
    ET.SubElement(ET.SubElement(root, "author"), "name").text = name
    for one in news:
        entry = ET.SubElement(root, "entry")
        seen = "|".join((one.on, one.report, one.what, one.indicator))
        mark = hashlib.sha256(seen.encode()).hexdigest()[:16]
        ET.SubElement(entry, "id").text = f"{here}feed.xml#{mark}"
        ET.SubElement(entry, "title").text = _told(one, lang)
        ET.SubElement(entry, "updated").text = one.on
        where = f"{here}{quote(one.report)}/" if one.report and one.what != "gone" else here
        part = f"#{one.indicator}" if one.indicator else ""
        ET.SubElement(entry, "link", {"href": where + part})
        ET.SubElement(entry, "summary").text = _told(one, lang)
    return _xml(root)


def _told(one: News, lang: Lang) -> str:
    key = {"new": "publish.news_new", "gone": "publish.news_gone", "more": "publish.news_more"}
    if one.what in key:
        return translate(key[one.what], lang, title=one.title, count=one.count)
    # Conclusions are what readers act on; where these are the same, the verdicts changed.
    kind, at = ("conclusion", 1) if one.before[1] != one.after[1] else ("verdict", 0)
    before, after = (
        translate(f"{kind}.{said[at]}", lang) if said[at] else translate("publish.none", lang)
        for said in (one.before, one.after)
    )
    return translate(
        "publish.news_changed",
        lang, title=one.title, indicator=one.indicator, before=before, after=after,
    )  # fmt: skip


def site_maps(base: str, pages: Mapping[str, str]) -> dict[str, bytes]:
    """Return the maps of a site: one, or an index of several where it is large.

    Parameters
    ----------
    base : str
    pages : mapping of str to str
        Day of the last change by page.
    """
    names = sorted(pages)
    chunks = [names[at : at + MOST] for at in range(0, len(names), MOST)] or [[]]
    maps = [_map("urlset", "url", {address(base, n): pages[n] for n in chunk}) for chunk in chunks]
    if len(maps) == 1:
        return {"sitemap.xml": maps[0]}
    files = {f"sitemap-{number}.xml": made for number, made in enumerate(maps, start=1)}
    days = [max(pages[name] for name in chunk) for chunk in chunks]
    listed = dict(zip((base + name for name in files), days, strict=True))
    return {**files, "sitemap.xml": _map("sitemapindex", "sitemap", listed)}


def _map(root: str, each: str, places: Mapping[str, str]) -> bytes:
    top = ET.Element(root, {"xmlns": SITEMAP})
    for place, day in places.items():
        entry = ET.SubElement(top, each)
        ET.SubElement(entry, "loc").text = place
        ET.SubElement(entry, "lastmod").text = day
    return _xml(top)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, space="")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def robots(base: str) -> str:
    """Return the rules for robots; made-up communes say `noindex` themselves, and must be read."""
    return f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"


def lost(editions: Sequence[Edition], base: str, style: str) -> str:
    """Return the page for an address that leads nowhere; its links work from any depth."""
    parts = [
        {
            "lang": one.lang,
            "title": translate("publish.lost", one.lang),
            "what": translate("publish.lost_what", one.lang),
            "home": f"{base}{one.at}",
            "to_home": translate("publish.to_home", one.lang),
        }
        for one in editions
    ]
    template = _templates().get_template("lost.html.j2")
    return template.render(
        lang=editions[0].lang, title=parts[0]["title"], base=base, style=style, parts=parts
    )


def lasting(report: Report, edition: Edition, base: str) -> str:
    """Return the page of a lasting address, which leads to where the report stands now."""
    here = f"{edition.at}{report.card.id}"
    target = f"{edition.at}{report.page}"
    return _templates().get_template("lasting.html.j2").render(
        lang=edition.lang,
        policy=POLICY,
        title=report.card.title,
        made_up=report.card.synthetic,
        canonical=address(base, target),
        script=posixpath.relpath(GOTO, here),
        way=quote(posixpath.relpath(target, here), safe="/~."),
        word=translate("publish.to_report", edition.lang),
    )  # fmt: skip


def goto_script() -> bytes:
    """Return the script of lasting addresses."""
    return resources.files("ntm_analysis.publish").joinpath("templates", "lasting.js").read_bytes()


def described(report: Report) -> str:
    """Return a report in a sentence, as search engines and messengers show it."""
    card = report.card
    return translate(
        "publish.described",
        card.lang,
        title=card.title,
        counted=card.counted,
        concluded=card.concluded,
        indicators=card.indicators,
    )


def titled(text: str) -> str:
    """Return the title of a page's HTML."""
    start = text.find("<title>")
    return html.unescape(text[start + 7 : text.find("</title>", start)]).strip()


def now() -> dt.datetime:
    """Return this moment, or that of `SOURCE_DATE_EPOCH`, in UTC."""
    from ntm_analysis.book.typesetting import source_date_epoch

    epoch = source_date_epoch()
    moment = dt.datetime.now(dt.UTC) if epoch is None else dt.datetime.fromtimestamp(epoch, dt.UTC)
    return moment.replace(microsecond=0)

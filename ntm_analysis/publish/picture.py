"""The picture that a link to a page shows elsewhere: a title and the bar of its verdicts."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from ntm_analysis.language import Lang, translate
from ntm_analysis.marks import MARKS
from ntm_analysis.publish.edition import Report

WIDE, HIGH, EDGE = 1200, 630, 64
INK, GREY, PAPER = "#16202a", "#51606d", "#ffffff"
_ORDER = ("met", "not_applicable", "not_met", "pending", "no_data")


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    data = resources.files("ntm_analysis").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)


def report_picture(report: Report) -> bytes:
    """Return the picture of a report as PNG, 1200 by 630."""
    card = report.card
    big = translate(
        "publish.picture", card.lang, concluded=card.concluded, indicators=card.indicators
    )
    made_up = translate("publish.made_up", card.lang) if card.synthetic else ""
    return _draw(card.title, big, card.verdicts, card.lang, made_up)


def site_picture(reports: Sequence[Report], title: str, lang: Lang) -> bytes:
    """Return the picture of the site: the verdicts of all its reports together."""
    total: dict[str, int] = {}
    for one in reports:
        for verdict, count in one.card.verdicts.items():
            total[verdict] = total.get(verdict, 0) + count
    big = translate("publish.picture_site", lang, count=len(reports))
    made_up = reports and all(one.card.synthetic for one in reports)
    note = translate("publish.made_up", lang) if made_up else ""
    return _draw(title, big, total, lang, note)


def _draw(title: str, big: str, verdicts: Mapping[str, int], lang: Lang, note: str) -> bytes:
    image = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(image)
    y = EDGE
    for line in _lines(title, _font(50, bold=True), 3):
        pen.text((EDGE, y), line, font=_font(50, bold=True), fill=INK)
        y += 64
    if note:
        pen.text((EDGE, y), note, font=_font(30, bold=True), fill=MARKS["not_met"].colour)
    pen.text((EDGE, 306), big, font=_font(36), fill=GREY)
    shown = [(name, verdicts[name]) for name in _ORDER if verdicts.get(name)]
    total = sum(count for _, count in shown)
    left = float(EDGE)
    for name, count in shown:
        right = left + (WIDE - 2 * EDGE) * count / total
        pen.rectangle((left, 372, right - 3, 444), fill=MARKS[name].colour)
        left = right
    x, y = EDGE, 474
    for name, count in shown:
        words = f"{count} {translate(f'verdict.{name}', lang).lower()}"
        width = pen.textlength(words, font=_font(30)) + 36
        if x + width > WIDE - EDGE:
            x, y = EDGE, y + 48
        # In the order of the bar: not every font has the signs of all verdicts.
        pen.rectangle((x, y + 6, x + 24, y + 30), fill=MARKS[name].colour)
        pen.text((x + 36, y), words, font=_font(30), fill=INK)
        x += int(width) + 40
    held = io.BytesIO()
    image.quantize(64).save(held, "PNG", optimize=True)
    return held.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDE - 2 * EDGE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return lines

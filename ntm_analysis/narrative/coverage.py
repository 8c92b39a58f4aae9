"""The page on which of the law is known, made from the rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ntm_analysis.capitals import upper_first
from ntm_analysis.language import Lang, translate
from ntm_analysis.marks import MARKS
from ntm_analysis.rulebook import NATIONAL, Rulebook
from ntm_analysis.rulebook.coverage import Coverage, coverage
from ntm_analysis.tables import Md, escape, pipe_table

_LIKE = {"complete": "met", "partial": "pending", "unknown": "no_data"}
"""The verdicts whose marks stand for how much is known."""
_COUNTS = ("verified", "unverified", "delegated", "unknown")
_FEW = 8


def coverage_chapter(book: Rulebook, lang: Lang) -> str:
    """Return the appendix on coverage: by set, place and year.

    Returns
    -------
    str
        A Quarto document.
    """
    title = translate("report.coverage_title", lang)
    parts = [f"# {title} {{#sec-coverage}}\n", translate("report.coverage_intro", lang) + "\n"]
    found = list(coverage(book))
    for key, loaded in book.sets.items():
        rows = [_row(first, last, lang) for first, last in _alike(found, key)]
        parts.append(f"## {escape(upper_first(loaded.about.name[lang]))} {{.unnumbered}}\n")
        heads = ("place", "year", "state", "listed", *_COUNTS, "missing")
        if rows:
            parts.append(
                pipe_table(
                    [translate(f"report.head_{head}", lang) for head in heads],
                    rows,
                    translate("report.caption_coverage", lang, level=loaded.about.level[lang]),
                    f"tbl-coverage-{key}",
                    (6, 3, 7, 4, 4, 5, 5, 4, 9),
                    ("left", "left", "left", "right", "right", "right", "right", "right", "left"),
                )
            )
        else:
            wanted = loaded.about.indicators
            message = "report.coverage_nothing_of" if wanted else "report.coverage_nothing"
            parts.append(translate(message, lang, count=wanted) + "\n")
        if divided := max((one.divided for one in found if one.set == key), default=0):
            parts.append(translate("report.coverage_divided", lang, count=divided) + "\n")
        if loaded.about.note:
            parts.append(f"{escape(loaded.about.note[lang])}\n")
    return "\n".join(parts)


def _alike(found: Sequence[Coverage], key: str) -> Iterator[tuple[Coverage, Coverage]]:
    """Yield the first and last of years of a place that are alike."""
    mine = [one for one in found if one.set == key]
    while mine:
        first = mine[0]
        run = list(takewhile(lambda one: replace(one, year=first.year) == first, mine))  # noqa: B023
        yield first, run[-1]
        mine = mine[len(run) :]


def _row(one: Coverage, last: Coverage, lang: Lang) -> tuple[str, ...]:
    like = _LIKE[one.state]
    sign, css = MARKS[like].sign, like.replace("_", "-")
    word = translate(f"report.coverage_{one.state}", lang)
    return (
        one.place if one.place != NATIONAL else translate("report.nation", lang),
        str(one.year) if one.year == last.year else f"{one.year}–{last.year}",
        Md(f"[{sign} {escape(word)}]{{.ntm-{css}}}"),
        str(one.listed),
        str(one.verified),
        str(one.unverified),
        str(one.delegated),
        str(one.unknown),
        _missing(one.missing, one.unlisted, lang),
    )


def _missing(codes: tuple[str, ...], unlisted: tuple[int, ...], lang: Lang) -> str:
    parts = []
    if codes:
        more = len(codes) - _FEW
        text = ", ".join(codes[:_FEW])
        if more > 0:
            text += " " + translate("report.coverage_more", lang, count=more)
        parts.append(text)
    if unlisted:
        parts.append(translate("report.coverage_unlisted", lang, count=len(unlisted)))
    return "; ".join(parts) or "–"

"""Words and numbers that the sections of the comparison share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from ntm_analysis.capitals import upper_first
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import MET_FACES, Programme
from ntm_analysis.language import Lang, translate
from ntm_analysis.marks import HOLLOW
from ntm_analysis.numbers import format_number, format_requirement, format_value_near
from ntm_analysis.rulebook import Rule, Rulebook
from ntm_analysis.tables import Md, escape, in_language, verdict_span
from ntm_analysis.tables.markdown import VERDICT_SIGNS

_MOST_CODES = 12
_LEAST_RUN = 3


def section(
    key: str, comparison: Comparison, body: Callable[[Programme, str], str], intro: str = ""
) -> Md:
    """Return a section: its heading, and the body for each criteria set.

    Parameters
    ----------
    key : str
        `compare.{key}_title` is its title.
    comparison : Comparison
    body : callable
        Takes a programme and what ends its identifiers; returns Markdown.
    intro : str
        Markdown before the first body.
    """
    lang = comparison.lang
    title = escape(translate(f"compare.{key}_title", lang))
    parts = [f"## {title} {{#sec-compare-{key} .unnumbered}}"]
    if intro:
        parts.append(intro)
    if not comparison.programmes:
        parts.append(escape(translate("compare.nothing", lang)))
    several = len(comparison.programmes) > 1
    for programme in comparison.programmes:
        if several:
            name = escape(upper_first(programme.set_name))
            parts.append(f"### {name} {{#sec-compare-{key}-{programme.key} .unnumbered}}")
        parts.append(body(programme, f"-{programme.key}" if several else ""))
    return in_language("\n\n".join(part.strip("\n") for part in parts if part) + "\n", lang)


def text(key: str, lang: Lang, **fields: object) -> str:
    """Return a sentence of the comparison as Markdown; whole numbers are printed as such."""
    words = {
        name: format_number(value, lang) if isinstance(value, int) else value
        for name, value in fields.items()
    }
    return str(escape(translate(f"compare.{key}", lang, **words)))


def head(keys: Sequence[str], lang: Lang) -> list[str]:
    """Return the heads of columns."""
    return [translate(f"compare.head_{key}", lang) for key in keys]


def number(value: float, lang: Lang, decimals: int | None = None) -> str:
    """Return a number; as it comes, or with decimals."""
    return format_number(float(value), lang, decimals, min_decimals=decimals or 0)


def percent(share: float, lang: Lang, decimals: int = 1) -> str:
    """Return a share in per cent: `100%` is all of them, `0%` none."""
    value = 100 * float(share)
    if value in (0, 100):
        return f"{value:.0f}%"
    limit = 100.0 if value > 50 else 0.0
    return f"{format_value_near(value, limit, lang, decimals, decimals)}%"


def whole_percent(share: float) -> int:
    """Return a share in whole per cent: 100 only where it is all of them, 0 only for none."""
    value = round(100 * share)
    if 0 < share < 1:
        return min(99, max(1, value))
    return value


def signed(verdict: str, lang: Lang) -> Md:
    """Return a verdict as its sign and word; "not in force" for none."""
    if not verdict:
        return escape(translate("compare.not_in_force", lang))
    return verdict_span(verdict, translate(f"verdict.{verdict}", lang))


def verdict_head(verdict: str, lang: Lang) -> str:
    """Return the head of a column that counts a verdict."""
    return f"{VERDICT_SIGNS[verdict]} {translate(f'verdict.{verdict}', lang)}"


def met_head(lang: Lang) -> str:
    """Return the head of a column that counts what is met: firm, unproven, disputed."""
    signs = " ".join(VERDICT_SIGNS[face] for face in MET_FACES)
    return f"{translate('verdict.met', lang)} ({signs})"


def met_cell(row: Mapping[str, Any] | pd.Series[Any], lang: Lang) -> str:
    """Return how many are met: firm, unproven, disputed, each with its sign where there are any."""
    parts = [
        f"{VERDICT_SIGNS[face]} {format_number(int(row[face]), lang)}"
        for face in MET_FACES
        if row[face]
    ]
    return " ".join(parts) or "0"


def verdict_cell(row: Mapping[str, Any] | pd.Series[Any], verdict: str, lang: Lang) -> str:
    """Return how many have a verdict; of what is not applicable, apart what is not proven (▭)."""
    count = int(row[verdict])
    weak = int(row["weak_absence"]) if verdict == "not_applicable" else 0
    if not weak:
        return format_number(count, lang)
    firm = f"{VERDICT_SIGNS[verdict]} {format_number(count - weak, lang)} " if count > weak else ""
    return f"{firm}{HOLLOW} {format_number(weak, lang)}"


def listed(names: Sequence[str], lang: Lang, most: int = _MOST_CODES) -> str:
    """Return names in a row; beyond some, how many more there are."""
    if len(names) <= most:
        return ", ".join(names) or "–"
    more = translate("compare.more", lang, count=format_number(len(names) - most, lang))
    return f"{', '.join(names[:most])} {more}"


def in_runs(codes: Collection[str], order: Sequence[str]) -> list[str]:
    """Return indicators with three or more in a row as one: `5.1–5.6`.

    Parameters
    ----------
    codes : collection of str
    order : sequence of str
        All indicators of the criteria set, in order; runs end where a criterion ends.

    Returns
    -------
    list of str
        In that order.
    """
    found: list[str] = []
    for _, criterion in groupby(order, lambda code: code.partition(".")[0]):
        for chosen, group in groupby(criterion, lambda code: code in codes):
            run = list(group)
            if chosen:
                found += run if len(run) < _LEAST_RUN else [f"{run[0]}–{run[-1]}"]
    return found


def required(book: Rulebook, rule: Rule | None, lang: Lang) -> str:
    """Return what a rule asks for, limb by limb; "not in force" for no rule."""
    if rule is None:
        return translate("compare.not_in_force", lang)
    parts = []
    for limb in rule.indicator.limbs:
        scale = book.scale_labels(limb, lang)
        unit = book.units[limb.unit]
        asked = format_requirement(rule.requirements[limb.key], unit, lang, scale)
        parts.append(f"{limb.name[lang]}: {asked}" if limb.name else asked)
    return "; ".join(parts)

"""Section: what amending decisions changed, place by place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ntm_analysis.comparison.amendments import Amendment, amendments
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.words import head, listed, required, section, signed, text
from ntm_analysis.language import translate
from ntm_analysis.numbers import format_date, format_number
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.tables import Md, pipe_table

_DETAILED = 3
"""So many amendments are told in full; all are listed."""


def decision(comparison: Comparison) -> Md:
    """Return what amending decisions changed: the same figures under both rules."""
    return section("decision", comparison, _one, text("decision", comparison.lang))


def _one(programme: Programme, suffix: str) -> str:
    lang, found = programme.lang, amendments(programme)
    if not found:
        return text("no_decision", lang)
    turned = [one.turned() for one in found]
    parts = []
    covered = {place for one in found for place in one.places}
    without = sorted({c.commune.province for c in programme.latest_cases} - covered)
    if without:
        parts.append(text("decision_none", lang, count=len(without), places=listed(without, lang)))
    if len(found) > 1:
        parts.append(_overview(programme, found, turned, suffix))
    if len(found) > _DETAILED:
        parts.append(text("decision_shown", lang, shown=_DETAILED, rest=len(found) - _DETAILED))
    for number, (one, verdicts) in enumerate(zip(found[:_DETAILED], turned, strict=False), 1):
        ending = f"{suffix}-{number}" if len(found) > 1 else suffix
        parts.append(_detail(programme, one, verdicts, ending))
    return "\n\n".join(parts)


def _overview(
    programme: Programme, found: Sequence[Amendment], turned: Sequence[pd.DataFrame], suffix: str
) -> str:
    lang, most = programme.lang, 30
    rows = [
        (
            listed(one.places, lang, 3), format_date(one.day, lang, "short"),
            _named(programme.rulebook, one.decisions, programme),
            format_number(len(one.changes), lang), format_number(len(one.cases), lang),
            format_number(len(verdicts), lang),
        )
        for one, verdicts in list(zip(found, turned, strict=True))[:most]
    ]  # fmt: skip
    if len(found) > most:
        others, more = found[most:], turned[most:]
        label = translate("compare.others", lang, count=sum(len(one.places) for one in others))
        rows.append((label, "", "", "", format_number(sum(len(o.cases) for o in others), lang),
                     format_number(sum(map(len, more)), lang)))  # fmt: skip
    return pipe_table(
        head(("province", "from", "decision", "rules", "communes", "turned"), lang),
        rows,
        translate("compare.decisions_caption", lang),
        f"tbl-compare-decisions{suffix}",
        (8, 6, 10, 5, 5, 5),
        ("left", "left", "left", "right", "right", "right"),
    )


def _detail(programme: Programme, one: Amendment, turned: pd.DataFrame, suffix: str) -> str:
    lang, book = programme.lang, programme.rulebook
    words = text(
        "decided", lang, day=format_date(one.day, lang), places=listed(one.places, lang, 6),
        decisions=_named(book, one.decisions, programme), changes=len(one.changes),
        communes=len(one.cases), count=len(turned), turned=turned["commune"].nunique(),
    )  # fmt: skip
    unsure = [change.code for change in one.changes if change.unsure]
    if unsure:
        words += " " + text(
            "decision_unsure", lang, count=len(unsure), codes=listed(unsure, lang),
            turned=int(turned["indicator"].isin(unsure).sum()),
        )  # fmt: skip
    unread = sum(
        not (change.after and change.after.threshold and change.after.threshold.verified)
        for change in one.changes
    )
    if unread:
        words += " " + text("decision_unread", lang, count=unread)
    table = pipe_table(
        head(("indicator", "before", "after", "decision", "turns"), lang),
        [
            (
                f"{change.code} {programme.names[change.code]}",
                required(book, change.before, lang),
                required(book, change.after, lang),
                _named(book, [change.decision] if change.decision else [], programme),
                _turns(turned[turned["indicator"] == change.code], programme),
            )
            for change in one.changes
        ],
        translate("compare.decision_caption", lang, day=format_date(one.day, lang, "short")),
        f"tbl-compare-decision{suffix}",
        (10, 7, 7, 9, 12),
    )
    return f"{words}\n\n{table}"


def _turns(turned: pd.DataFrame, programme: Programme) -> Md:
    """Return which verdicts turned into which, and in how many communes."""
    lang = programme.lang
    if turned.empty:
        return Md("–")
    fakes = set(programme.communes.loc[programme.communes["synthetic"], "commune"])
    parts = []
    for (before, after), group in turned.groupby(["before", "after"], sort=False):
        count = text(
            "turn", lang, count=len(group), made_up=int(group["commune"].isin(fakes).sum())
        )
        parts.append(f"{signed(str(before), lang)} → {signed(str(after), lang)}: {count}")
    return Md("; ".join(parts))


def _named(book: Rulebook, keys: Sequence[str], programme: Programme) -> str:
    """Return decisions as they are cited, with their place: provinces use the same numbers."""
    names = [f"{book.decisions[key].number} ({book.decisions[key].place})" for key in keys]
    return listed(names, programme.lang, 3) if names else translate(
        "compare.decision_unknown", programme.lang
    )  # fmt: skip

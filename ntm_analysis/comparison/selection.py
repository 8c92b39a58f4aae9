"""Section: what is compared, and what was left out."""

from __future__ import annotations

from ntm_analysis.capitals import upper_first
from ntm_analysis.comparison.load import Comparison
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.comparison.words import head, listed, section, text
from ntm_analysis.language import translate
from ntm_analysis.numbers import format_number
from ntm_analysis.tables import Md, pipe_table


def selection(comparison: Comparison) -> Md:
    """Return which commune-years are compared, and which are not, and why."""
    lang = comparison.lang
    cases = [case for one in comparison.programmes for case in one.cases]
    communes = {case.commune.id: case.commune for case in (*cases, *comparison.alone)}
    made_up = sum(one.synthetic for one in communes.values())
    parts = [
        text(
            "selection", lang, cases=len(cases) + len(comparison.alone), communes=len(communes),
            made_up=made_up, sets=len(comparison.programmes),
        )
    ]  # fmt: skip
    if comparison.unselected:
        parts.append(text("unselected", lang, count=comparison.unselected))
    if comparison.unusable:
        names = listed(comparison.unusable, lang)
        parts.append(text("unusable", lang, count=len(comparison.unusable), names=names))
    if comparison.alone:
        names = listed([case.id for case in comparison.alone], lang)
        parts.append(text("alone", lang, count=len(comparison.alone), names=names))
    intro = " ".join(parts)
    if made_up:
        title = translate("compare.made_up_title", lang)
        warning = text("made_up", lang, count=made_up)
        intro += f'\n\n::: {{.callout-important title="{title}"}}\n{warning}\n:::'
    return section("selection", comparison, _one, intro)


def _one(programme: Programme, suffix: str) -> str:
    lang, communes, rows = programme.lang, programme.communes, programme.latest
    by_year = communes.groupby("year").size()
    table = pipe_table(
        head(("year", "communes_of_year", "last_year", "made_up"), lang),
        [
            (
                str(year),
                format_number(len({c.commune.id for c in programme.cases if c.params.year == year}),
                              lang),
                format_number(int(by_year.get(year, 0)), lang),
                format_number(
                    len({c.commune.id for c in programme.cases
                         if c.params.year == year and c.commune.synthetic}), lang),
            )
            for year in programme.years
        ],
        translate("compare.selection_caption", lang),
        f"tbl-compare-selection{suffix}",
        (5, 8, 8, 8),
        ("left", "right", "right", "right"),
    )  # fmt: skip
    words = text(
        "selected",
        lang,
        set=upper_first(programme.set_name),
        provinces=communes["province"].nunique(),
        indicators=len(programme.codes),
    )
    different = differing(programme)
    if different:
        words += " " + text("differing", lang, count=len(different), codes=listed(different, lang))
    words += " " + text("results", lang, results=len(rows), without=int(rows["without"].sum()))
    return f"{words}\n\n{table}"


def differing(programme: Programme) -> list[str]:
    """Return the indicators whose requirement is not the same for all communes compared."""
    asked = programme.latest.groupby("indicator")["requires"].nunique()
    everywhere = programme.latest.groupby("indicator").size() == len(programme.communes)
    return [code for code in programme.codes if asked[code] > 1 or not everywhere[code]]

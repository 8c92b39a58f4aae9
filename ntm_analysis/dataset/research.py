"""A question answered from the dataset: which indicators bind, where, and how that moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ntm_analysis.assessment import STANDINGS, is_thin
from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.language import Lang, say, translate
from ntm_analysis.numbers import format_number
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.ranking import least_to_rank
from ntm_analysis.tables import Md, escape, in_language, pipe_table
from ntm_analysis.tables.markdown import Align

_KEYS: Final = ("indicator", "name", "name_en")
_OPEN: Final = ("not_met", "pending")


def binding(results: pd.DataFrame, thin: float | None = None) -> pd.Series[Any]:
    """Return where an indicator binds: not met, pending, or met by a margin that is thin.

    Parameters
    ----------
    results : DataFrame
        As `load_results` gives it.
    thin : float, optional
        A margin is thin where less than this share may be lost; by default each report's own
        limit, as the column `thin` has it.

    Returns
    -------
    Series of bool
        Missing where there is no verdict (no data) or nothing to be met in the commune.

    Examples
    --------
    >>> results = load_results()
    >>> bool(binding(results)[results["verdict"] == "not_met"].all())
    True
    """
    near = results["thin"] if thin is None else is_thin(results["thinness"], thin)
    bound = (results["verdict"].isin(_OPEN) | near).astype("boolean")
    return bound.mask(~results["verdict"].isin(("met", *_OPEN)))


def shares(results: pd.DataFrame, by: str = "district", thin: float | None = None) -> pd.DataFrame:
    """Return the share of communes for which each indicator binds, by year and place.

    Returns
    -------
    DataFrame
        Columns `year`, `by`, `indicator`, `name`, `name_en`, `communes` (with data), `share`;
        in legal order.

    Examples
    --------
    >>> table = shares(load_results(), "province")
    >>> bool(table["share"].between(0, 1).all())
    True
    """
    known = results.assign(bound=binding(results, thin)).dropna(subset=["bound"])
    known = known.assign(bound=known["bound"].astype(float))
    groups = known.groupby(["year", by, "criterion", *_KEYS], dropna=False, sort=False)["bound"]
    table = groups.agg(communes="size", share="mean").reset_index()
    ranks = {code: rank for rank, code in enumerate(sorted(set(table["indicator"]), key=_place))}
    table["_order"] = table["indicator"].map(ranks)
    table = table.sort_values(["year", by, "_order"], kind="stable")
    return table.drop(columns=["criterion", "_order"]).reset_index(drop=True)


def _place(code: str) -> tuple[int, int]:
    criterion, _, place = code.partition(".")
    return int(criterion), int(place or 0)


def moved(results: pd.DataFrame, thin: float | None = None) -> pd.DataFrame:
    """Return how each indicator's share moved from the first to the last year.

    Only communes with a verdict in both years count, so that the change is theirs and not one of
    who was appraised.

    Returns
    -------
    DataFrame
        Columns `indicator`, `name`, `name_en`, `communes`, `first`, `last`, `change`, the largest
        change first; empty where there is one year only.

    Examples
    --------
    >>> moved(load_results()).columns[:3].tolist()
    ['indicator', 'name', 'name_en']
    """
    columns = [*_KEYS, "communes", "first", "last", "change"]
    years = sorted(results["year"].unique())
    if len(years) < 2:
        return pd.DataFrame(columns=columns)
    known = results.assign(bound=binding(results, thin).astype("Float64"))
    wide = known.pivot_table(
        index=[*_KEYS, "commune"], columns="year", values="bound", aggfunc="first"
    )
    both = wide[[years[0], years[-1]]].dropna().astype(float)
    both.columns = pd.Index(["first", "last"])
    table = both.groupby(level=list(_KEYS)).mean()
    table["communes"] = both.groupby(level=list(_KEYS)).size()
    table["change"] = table["last"] - table["first"]
    table = table.reset_index()
    ranks = table["change"].abs().rank(method="dense", ascending=False)
    order = [(rank, *_place(code)) for rank, code in zip(ranks, table["indicator"], strict=True)]
    return table.iloc[sorted(range(len(order)), key=order.__getitem__)][columns].reset_index(
        drop=True
    )


def answer(results: pd.DataFrame, lang: Lang, thin: float | None = None) -> Md:
    """Return the answer for each commune's last year in a sentence, and what it rests on."""
    year, now = _now(results)
    table = _top(now, len(now), thin)
    if table.empty:
        text = translate("dataset.research.nothing", lang)
    else:
        row = table.iloc[0]
        text = translate(
            "dataset.research.answer",
            lang,
            year=year,
            code=row["indicator"],
            name=_name(row, lang),
            share=_percent(row["share"], lang),
            communes=format_number(row["communes"], lang),
        )
        tied = list(table.loc[table["share"] == row["share"], "indicator"])[1:]
        if tied:
            text += " " + translate("dataset.research.tied", lang, codes=", ".join(tied))
    text += _unranked(now, thin, lang)
    text += " " + _standing(year, now, lang)
    communes = results.drop_duplicates("commune")
    made_up = int(communes["synthetic"].sum())
    parts = [str(escape(text))]
    if made_up:
        counts = {"synthetic": made_up, "communes": len(communes)}
        words = {name: format_number(count, lang) for name, count in counts.items()}
        note = translate("dataset.research.made_up", lang, **words)
        parts.append(f"::: {{.callout-warning}}\n{escape(note)}\n:::")
    return in_language("\n\n".join(parts) + "\n", lang)


def _standing(year: str, now: pd.DataFrame, lang: Lang) -> str:
    """Return how firm what is met is: met alone says nothing of evidence or of other figures."""
    met = now[now["verdict"].isin(COUNTED)]
    counts = {word: int((met["standing"] == word).sum()) for word in STANDINGS}
    words = {name: format_number(count, lang) for name, count in counts.items()}
    met_count = format_number(len(met), lang)
    return translate("dataset.research.standing", lang, year=year, met=met_count, **words)


def _name(row: pd.Series[Any], lang: Lang) -> str:
    return str(row["name_en"] if lang == "en" else row["name"])


def _percent(share: float, lang: Lang) -> str:
    return format_number(round(100 * share, 1), lang, decimals=1)


def of_years(results: pd.DataFrame, years: Sequence[int] | None = None) -> pd.DataFrame:
    """Return the results of some years.

    Parameters
    ----------
    results : DataFrame
        As `load_results` gives it.
    years : sequence of int, optional
        All by default.

    Raises
    ------
    DataErrors
        If there are no results of a year.

    Examples
    --------
    >>> results = load_results()
    >>> sorted(int(year) for year in of_years(results, [2024])["year"].unique())
    [2024]
    """
    if not years:
        return results
    known = sorted(int(year) for year in results["year"].unique())
    problems = [
        Problem(
            say("case.given"),
            say("dataset.research.no_year", year=year),
            say("dataset.research.no_year_wanted", years=", ".join(map(str, known))),
        )
        for year in dict.fromkeys(years)
        if year not in known
    ]
    if problems:
        raise DataErrors(problems)
    return results[results["year"].isin(list(years))]


def latest(results: pd.DataFrame) -> pd.DataFrame:
    """Return the results of each commune's own last year.

    Communes are not all appraised in one year: the last year of all may have only a few.

    Parameters
    ----------
    results : DataFrame
        As `load_results` gives it.

    Examples
    --------
    >>> results = load_results()
    >>> int(latest(results).groupby("commune")["year"].nunique().max())
    1
    """
    last = results.groupby("commune")["year"].transform("max")
    return results[results["year"] == last]


def _now(results: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return each commune's last results as of one time, and which years these are."""
    now = latest(results)
    first, last = int(now["year"].min()), int(now["year"].max())
    label = str(last) if first == last else f"{first}–{last}"
    return label, now.assign(everywhere="", year=last)


def _top(now: pd.DataFrame, top: int, thin: float | None) -> pd.DataFrame:
    total = shares(now, "everywhere", thin).query("share > 0")
    ranked = total[total["communes"] >= least_to_rank(now["commune"].nunique())]
    return ranked.sort_values("share", ascending=False, kind="stable").head(top)


def _unranked(now: pd.DataFrame, thin: float | None, lang: Lang) -> str:
    """Return which indicators bind somewhere and have data of too few communes to be ranked."""
    least = least_to_rank(now["commune"].nunique())
    total = shares(now, "everywhere", thin)
    few = total[(total["share"] > 0) & (total["communes"] < least)]
    if few.empty:
        return ""
    codes = [
        f"{code} ({format_number(count, lang)})"
        for code, count in zip(few["indicator"], few["communes"], strict=True)
    ]
    words = {"least": format_number(least, lang), "codes": ", ".join(codes)}
    return " " + translate("dataset.research.unranked", lang, **words)


def share_table(results: pd.DataFrame, lang: Lang, top: int = 10, thin: float | None = None) -> Md:
    """Return the indicators that bind most, in each commune's last year, as a table."""
    year, now = _now(results)
    header = [
        translate(f"dataset.research.{key}", lang) for key in ("indicator", "communes", "all")
    ]
    rows = [
        [
            f"{row['indicator']} {_name(row, lang)}",
            format_number(row["communes"], lang),
            f"{_percent(row['share'], lang)}%",
        ]
        for _, row in _top(now, top, thin).iterrows()
    ]
    caption = translate("dataset.research.caption", lang, year=year)
    return _table(header, rows, caption, "tbl-binding")


def district_table(
    results: pd.DataFrame, lang: Lang, top: int = 6, thin: float | None = None
) -> Md:
    """Return the share of these indicators in each district, a row a district."""
    year, now = _now(results)
    codes = list(_top(now, top, thin)["indicator"])
    none = translate("dataset.research.none", lang)
    place = now["district"].fillna(none) + " (" + now["province"] + ")"
    wide = shares(now.assign(place=place), "place", thin).pivot_table(
        index="place", columns="indicator", values="share"
    )
    communes = now.groupby(place)["commune"].nunique()
    heads = [translate(f"dataset.research.{key}", lang) for key in ("district", "communes")]
    rows = [
        [
            district,
            format_number(int(communes[district]), lang),
            *(_cell(wide, district, code, lang) for code in codes),
        ]
        for district in sorted(communes.index)
    ]
    caption = translate("dataset.research.district_caption", lang, year=year)
    return _table([*heads, *codes], rows, caption, "tbl-binding-districts")


def _cell(wide: pd.DataFrame, district: str, code: str, lang: Lang) -> str:
    share: Any = wide.at[district, code] if district in wide.index else None
    return "" if pd.isna(share) else f"{_percent(float(share), lang)}%"


def moved_table(results: pd.DataFrame, lang: Lang, top: int = 10, thin: float | None = None) -> Md:
    """Return the largest changes from the first to the last year as a table."""
    years = sorted(int(year) for year in results["year"].unique())
    if len(years) < 2:
        return escape(translate("dataset.research.one_year", lang))
    table = moved(results, thin).query("change != 0").head(top)
    heads = [translate(f"dataset.research.{key}", lang) for key in ("indicator", "communes")]
    header = [*heads, str(years[0]), str(years[-1]), translate("dataset.research.change", lang)]
    rows = [
        [
            f"{row['indicator']} {_name(row, lang)}",
            format_number(row["communes"], lang),
            f"{_percent(row['first'], lang)}%",
            f"{_percent(row['last'], lang)}%",
            format_number(round(100 * row["change"], 1), lang, decimals=1, sign=True),
        ]
        for _, row in table.iterrows()
    ]
    caption = translate("dataset.research.moved_caption", lang, first=years[0], last=years[-1])
    return _table(header, rows, caption, "tbl-moved")


def _table(header: list[str], rows: list[list[str]], caption: str, identifier: str) -> Md:
    widths = (6, *([2] * (len(header) - 1)))
    aligns: list[Align] = ["left", *(["right"] * (len(header) - 1))]  # type: ignore[list-item]
    return pipe_table(header, rows, caption, identifier, widths, aligns)

"""What goes into the assessment, as tables: rules in force, figures, and which of them are used."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ntm_analysis.communes import choose
from ntm_analysis.narrative import Report


def rules_table(report: Report) -> pd.DataFrame:
    """Return what the law asks of the commune on the report's day.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        A row an indicator in legal order, by its code, for the indicator's own quantity: `name`,
        `kind`, `formula` (over the variables of `figures_table`), `op` and `threshold` (in `unit`;
        NaN where nothing is to be compared), `requires`, `printed` (the decision's own words where
        they are kept), `decision`, and `law`: `verified` only where the decision itself was read,
        else `unverified`, `delegated` or `unknown`.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024)
    >>> rules_table(report).loc[["9", "11"], ["op", "threshold"]].to_numpy().tolist()
    [['>=', 97.0], ['<', 1.0]]
    """
    rows = []
    for rule in report.case.rules.rules:
        own, asked = rule.indicator.own, rule.own
        rows.append(
            {
                "indicator": rule.code,
                "name": rule.indicator.short[report.lang],
                "kind": own.kind,
                "unit": own.unit,
                "formula": own.formula,
                "op": asked.op,
                "threshold": math.nan if asked.threshold is None else float(asked.threshold),
                "requires": asked.text,
                "printed": rule.printed(own.key),
                "decision": rule.decision,
                "law": rule.law,
            }
        )
    return pd.DataFrame(rows).set_index("indicator")


def figures_table(report: Report) -> pd.DataFrame:
    """Return all figures of the dossier, every reading of each.

    One quantity may be reported several times. An indicator is assessed with the reading reported
    under it (`primary` where there are several), else with the general primary one; see
    `used_figures`.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        A row a reading, in the order of `figures.csv`: `variable`, `label`, `value` (NaN where it
        is a range, an inequality or a word), `text` (as written), `unit`, `as_of`, `indicator`
        (under which it is reported; empty: general), `source`, `primary`, `note`.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024)
    >>> figures = figures_table(report)
    >>> figures.loc[figures["variable"] == "poor_households", "value"].tolist()
    [33.0, 34.0]
    """
    variables, lang = report.case.rules.rulebook.variables, report.lang
    rows = [
        {
            "variable": one.variable,
            "label": variables[one.variable].label[lang],
            "value": one.low if one.exact else math.nan,
            "text": one.text,
            "unit": one.unit,
            "as_of": one.as_of,
            "indicator": one.indicator,
            "source": one.source,
            "primary": one.primary,
            "note": (one.note_en or one.note) if lang == "en" else one.note,
        }
        for one in report.case.readings
    ]
    columns = [
        *("variable", "label", "value", "text", "unit", "as_of"),
        *("indicator", "source", "primary", "note"),
    ]
    return pd.DataFrame(rows, columns=columns)


def used_figures(report: Report) -> pd.DataFrame:
    """Return the one reading of each variable that each indicator is assessed with.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        By `indicator` and `variable` of its own quantity: `label`, `value` (NaN where it is no
        plain number), `text`, `unit`, `source`, and `readings`: how many the dossier has in all.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024)
    >>> used_figures(report).loc["11", "value"].astype(int).to_dict()["poor_households"]
    33
    """
    variables, rows = report.case.rules.rulebook.variables, []
    for rule in report.case.rules.rules:
        for name in rule.indicator.own.variables:
            one = choose(report.case.readings, name, rule.code)
            if one is None:
                continue
            rows.append(
                {
                    "indicator": rule.code,
                    "variable": name,
                    "label": variables[name].label[report.lang],
                    "value": one.low if one.exact else math.nan,
                    "text": one.text,
                    "unit": one.unit,
                    "source": one.source,
                    "readings": sum(other.variable == name for other in report.case.readings),
                }
            )
    columns = ["indicator", "variable", "label", "value", "text", "unit", "source", "readings"]
    return pd.DataFrame(rows, columns=columns).set_index(["indicator", "variable"])


def computed_values(report: Report) -> pd.Series[float]:
    """Return the value of every indicator's own quantity, from the figures used.

    Each formula is worked out anew from `used_figures`, apart from the assessment: the two can be
    held against each other.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Series of float
        By the indicator's code, in the unit of `rules_table`. NaN where a figure is missing or is
        no plain number; where the dossier states the value without its counts, that value.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024)
    >>> values = computed_values(report)
    >>> round(float(values["11"]), 2)
    0.97
    """
    used = used_figures(report)["value"]
    held: dict[str, dict[str, float]] = {}
    for (code, name), value in zip(used.index, used, strict=True):
        held.setdefault(code, {})[name] = float(value)
    values = {}
    for rule in report.case.rules.rules:
        own, parts = rule.indicator.own, held.get(rule.code, {})
        names = own.parsed.variables
        if all(name in parts for name in names):
            arrays = {name: np.array([parts[name]]) for name in names}
            values[rule.code] = float(own.parsed.evaluate(arrays)[0])
        else:
            values[rule.code] = parts.get(own.stated or "", math.nan)
    return pd.Series(values, name="value", dtype=float).rename_axis("indicator")

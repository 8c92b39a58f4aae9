"""Many communes and years side by side, under one criteria set: the rows behind the comparison."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ntm_analysis.assessment import Assessment, assess
from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.communes import Case
from ntm_analysis.comparison.order import alphabetical
from ntm_analysis.language import Lang, translate
from ntm_analysis.rulebook import Rulebook, RulesInForce

WITHOUT = ("no_data", "pending")
VERDICTS = ("met", "not_applicable", "pending", "no_data", "not_met")
"""In the order in which the comparison shows them."""
WEAK = ("unproven", "disputed")
MET_FACES = ("met", *WEAK)
FACES = (*MET_FACES, *VERDICTS[1:])
"""The verdicts, and those that are met short of firm."""


@dataclass(frozen=True)
class Programme:
    """The commune-years that are compared, all under one criteria set.

    Parameters
    ----------
    cases : tuple of Case
        One or more.
    lang : {"vi", "en"}
    """

    cases: tuple[Case, ...]
    lang: Lang

    @cached_property
    def assessment(self) -> Assessment:
        """Their verdicts."""
        return assess(self.cases, self.lang)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """A row a commune-year and indicator, with who the commune is.

        Beside the columns of `Assessment.results`: `id`, `set`, `place` (the commune's name),
        `label` (the name that tells it apart and says whether it is made up), `district`,
        `province`, `synthetic`, `on`, `counted` (met or not applicable), `concluded` (concluded
        to be so), `face` (the verdict; the standing where it is met short of firm),
        `weak_absence` (not applicable, short of firm), `without` (no data or pending).
        """
        rows = self.assessment.results
        who = self._who.iloc[self._case_of(rows)].reset_index(drop=True)
        return pd.concat([rows, who.drop(columns=["commune", "year"])], axis=1).assign(
            set=self.key,
            counted=rows["verdict"].isin(COUNTED),
            concluded=rows["conclusion"].isin(COUNTED),
            face=rows["verdict"].mask(
                (rows["verdict"] == "met") & rows["standing"].isin(WEAK), rows["standing"]
            ),
            weak_absence=(rows["verdict"] == "not_applicable") & rows["standing"].isin(WEAK),
            without=rows["verdict"].isin(WITHOUT),
        )

    @cached_property
    def _who(self) -> pd.DataFrame:
        cases = self.cases
        labels = labels_of(cases, self.lang)
        return pd.DataFrame(
            {
                "commune": [c.params.commune for c in cases],
                "year": [c.params.year for c in cases],
                "id": [c.id for c in cases],
                "place": [c.commune.name for c in cases],
                "label": [labels[c.commune.id] for c in cases],
                "district": [c.commune.district or "" for c in cases],
                "province": [c.commune.province for c in cases],
                "synthetic": [c.commune.synthetic for c in cases],
                "on": [c.params.on for c in cases],
            }
        )

    def _case_of(self, rows: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        keys = pd.MultiIndex.from_frame(self._who[["commune", "year"]])
        return keys.get_indexer(pd.MultiIndex.from_frame(rows[["commune", "year"]]))

    @cached_property
    def latest(self) -> pd.DataFrame:
        """The rows of each commune's last year."""
        last = self.rows.groupby("commune")["year"].transform("max")
        return self.rows[self.rows["year"] == last]

    @cached_property
    def latest_cases(self) -> tuple[Case, ...]:
        """Each commune's last year."""
        last: dict[str, Case] = {}
        for case in self.cases:
            held = last.get(case.params.commune)
            if held is None or case.params.year > held.params.year:
                last[case.params.commune] = case
        return tuple(last.values())

    @cached_property
    def rules(self) -> dict[str, RulesInForce]:
        """The rules of each commune-year, by its id: those of its own place and day."""
        return {case.id: case.rules for case in self.cases}

    @property
    def rulebook(self) -> Rulebook:
        """All of the law."""
        return self.cases[0].rules.rulebook

    @property
    def key(self) -> str:
        """The criteria set's key."""
        return self.cases[0].params.set

    @property
    def set_name(self) -> str:
        """The criteria set's official name."""
        return self.cases[0].rules.name(self.lang)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The indicators in force for any commune's last year, in legal order."""
        there = set(self.latest["indicator"])
        return tuple(code for code in self.cases[0].rules.loaded.indicators if code in there)

    @cached_property
    def names(self) -> dict[str, str]:
        """The short names of all indicators of the set, ended ones too."""
        indicators = self.cases[0].rules.loaded.indicators
        return {code: indicator.short[self.lang] for code, indicator in indicators.items()}

    @property
    def made_up(self) -> int:
        """How many of the communes are made up."""
        return len({c.commune.id for c in self.cases if c.commune.synthetic})

    @cached_property
    def communes(self) -> pd.DataFrame:
        """A row a commune, as in its last year, by province, district and name.

        Columns: `id`, `commune`, `label`, `district`, `province`, `synthetic`, `year`, how many
        indicators have each of `FACES` (`met` is of what is firm), `weak_absence` (of those not
        applicable), `total`, `counted`, `without`, `concluded`, `share` (counted of total),
        `complete`, `concluded_all`, `open` (nothing not
        met, something without data).
        """
        rows = self.latest
        who = ["commune", "id", "label", "district", "province", "synthetic", "year"]
        counts = rows.groupby(["commune", "face"]).size().unstack(fill_value=0)
        counts = counts.reindex(columns=list(FACES), fill_value=0)
        table = rows.drop_duplicates("commune")[who].join(counts, on="commune")
        table["total"] = table[list(FACES)].sum(axis=1)
        table["counted"] = table[[*MET_FACES, "not_applicable"]].sum(axis=1)
        table["without"] = table["no_data"] + table["pending"]
        concluded = rows.groupby("commune")["concluded"].sum()
        table["concluded"] = table["commune"].map(concluded)
        weak = rows.groupby("commune")["weak_absence"].sum()
        table["weak_absence"] = table["commune"].map(weak)
        table["share"] = table["counted"] / table["total"]
        table["complete"] = table["counted"] == table["total"]
        table["concluded_all"] = table["concluded"] == table["total"]
        table["open"] = (table["not_met"] == 0) & (table["without"] > 0)
        order = ["province", "district", "label", "commune"]
        return table.sort_values(order, key=alphabetical, kind="stable", ignore_index=True)

    @property
    def years(self) -> list[int]:
        """The years, in order."""
        return sorted({case.params.year for case in self.cases})

    @property
    def days(self) -> list[tuple[str, dt.date]]:
        """The provinces and days whose rules apply to the communes' last years."""
        return sorted({(c.commune.province, c.params.on) for c in self.latest_cases})


def labels_of(cases: Sequence[Case], lang: Lang) -> dict[str, str]:
    """Return a label for each commune: its name, its district or province where it takes them.

    Communes of the same name are common. Those that are made up say so.
    """
    communes = {case.commune.id: case.commune for case in cases}
    near = {key: one.district or one.province for key, one in communes.items()}
    labels = {key: one.name for key, one in communes.items()}
    for longer in (
        {key: f"{labels[key]}, {near[key]}" for key in communes},
        {key: f"{labels[key]}, {near[key]}, {one.province}" for key, one in communes.items()},
        {key: f"{labels[key]} [{key}]" for key in communes},
    ):
        counts = Counter(labels.values())
        labels = {key: longer[key] if counts[label] > 1 else label for key, label in labels.items()}
    return {
        key: made_up(label, lang) if communes[key].synthetic else label
        for key, label in labels.items()
    }


def made_up(label: str, lang: Lang) -> str:
    """Return a name that says that what it names is made up."""
    return translate("compare.made_up_label", lang, name=label)

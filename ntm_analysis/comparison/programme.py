"""Many communes and years side by side: the numbers behind the comparison."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ntm_analysis.assessment import Assessment, assess, thinness
from ntm_analysis.communes import Case
from ntm_analysis.language import Lang
from ntm_analysis.rulebook import RulesInForce, rules_in_force

COUNTED = ("met", "not_applicable")
WITHOUT = ("no_data", "pending")


@dataclass(frozen=True)
class Programme:
    """The commune-years that are compared, all under one criteria set.

    Parameters
    ----------
    cases : tuple of Case
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
        """A row a commune-year and indicator, with who the commune is."""
        rows = self.assessment.results.copy()
        known = {(c.params.commune, c.params.year): c for c in self.cases}
        keys = list(zip(rows["commune"], rows["year"], strict=True))
        rows["id"] = [known[key].id for key in keys]
        rows["place"] = [known[key].commune.name for key in keys]
        rows["district"] = [known[key].commune.district or "" for key in keys]
        rows["province"] = [known[key].commune.province for key in keys]
        rows["synthetic"] = [known[key].commune.synthetic for key in keys]
        rows["counted"] = rows["verdict"].isin(COUNTED)
        rows["without"] = rows["verdict"].isin(WITHOUT)
        return rows

    @property
    def latest(self) -> pd.DataFrame:
        """The rows of each commune's last year."""
        last = self.rows.groupby("commune")["year"].transform("max")
        return self.rows[self.rows["year"] == last]

    @property
    def rules(self) -> RulesInForce:
        """The rules of the latest day among the cases."""
        return max(self.cases, key=lambda case: case.params.on).rules

    @property
    def made_up(self) -> int:
        """How many of the communes are made up."""
        return len({c.commune.id for c in self.cases if c.commune.synthetic})

    @property
    def communes(self) -> int:
        """How many communes there are."""
        return len({case.commune.id for case in self.cases})

    @property
    def years(self) -> list[int]:
        """The years, in order."""
        return sorted({case.params.year for case in self.cases})

    def shares(self) -> pd.DataFrame:
        """Return for each indicator how many communes have each verdict, the fewest met first."""
        table = self.latest.pivot_table(
            index="indicator", columns="verdict", values="commune", aggfunc="count", fill_value=0
        )
        verdicts = ("met", "not_applicable", "pending", "no_data", "not_met")
        table = table.reindex(columns=list(verdicts), fill_value=0)
        order = list(self.rules.by_code)
        table = table.reindex([code for code in order if code in table.index])
        table["share"] = (table["met"] + table["not_applicable"]) / table.sum(axis=1)
        return table.sort_values("share", kind="stable")

    def margins(self) -> pd.DataFrame:
        """Return the quartiles of relative margins, the tightest indicator first."""
        measured = self.latest[self.latest["relative_margin"].notna()]
        groups = measured.groupby("indicator", sort=False)["relative_margin"]
        table = groups.quantile(np.array([0, 0.25, 0.5, 0.75, 1])).unstack()
        table.columns = pd.Index(["least", "low", "median", "high", "most"])
        table["count"] = groups.size()
        return table.sort_values(["median", "least"], kind="stable")

    def thin(self, limit: int = 20) -> pd.DataFrame:
        """Return the met results that would be lost first, the thinnest first."""
        rows = self.latest.copy()
        rows["thinness"] = [thinness(row) for _, row in rows.iterrows()]
        return rows[rows["thinness"].notna()].nsmallest(limit, "thinness", keep="first")

    def changes(self) -> pd.DataFrame:
        """Return for each commune and step of years what was gained and lost."""
        found = []
        for commune, rows in self.rows.groupby("commune", sort=False):
            years = sorted(rows["year"].unique())
            by_year = {year: rows[rows["year"] == year].set_index("indicator") for year in years}
            for before, after in itertools.pairwise(years):
                old, new = by_year[before]["counted"], by_year[after]["counted"]
                both = [code for code in new.index if code in old.index]
                found.append(
                    {
                        "commune": commune,
                        "place": by_year[after]["place"].iloc[0],
                        "before": before,
                        "after": after,
                        "met_before": int(old.sum()),
                        "met_after": int(new.sum()),
                        "gained": [c for c in both if new[c] and not old[c]],
                        "lost": [c for c in both if old[c] and not new[c]],
                    }
                )
        columns = ["commune", "place", "before", "after", "met_before", "met_after", "gained",
                   "lost"]  # fmt: skip
        return pd.DataFrame(found, columns=columns)

    def summary(self, by: str) -> pd.DataFrame:
        """Return by district or province: communes, indicators met, complete, without figures."""
        rows = self.latest
        per = rows.groupby([by, "commune"], sort=True).agg(
            met=("counted", "sum"), total=("counted", "size"), without=("without", "sum"),
            synthetic=("synthetic", "first"),
        )  # fmt: skip
        per["complete"] = per["met"] == per["total"]
        table = per.groupby(level=0).agg(
            communes=("met", "size"), synthetic=("synthetic", "sum"), complete=("complete", "sum"),
            met=("met", "mean"), without=("without", "mean"), total=("total", "max"),
        )  # fmt: skip
        return table.reset_index()

    def decision_day(self) -> dt.date | None:
        """Return the last day on which the set's requirements changed, if they ever did."""
        rules = self.rules
        days = sorted(
            {
                span.from_
                for indicator in rules.loaded.indicators.values()
                for span in (*indicator.thresholds, *indicator.in_force)
                if span.from_ <= rules.on
            }
            | {
                span.until + dt.timedelta(days=1)
                for indicator in rules.loaded.indicators.values()
                for span in indicator.in_force
                if span.until is not None and span.until < rules.on
            }
        )
        return days[-1] if len(days) > 1 else None

    def decided(self, day: dt.date) -> pd.DataFrame:
        """Return the verdicts that differ under the rules of a day and of the day before.

        The same figures of each commune's last year are assessed under both.
        """
        last = {case.commune.id: case for case in sorted(self.cases, key=lambda c: c.params.year)}
        sides = []
        for on in (day - dt.timedelta(days=1), day):
            cases = []
            for case in last.values():
                rules = case.rules
                then = rules_in_force(rules.rulebook, rules.loaded.about.key, rules.place, on)
                params = case.params.model_copy(update={"on": on})
                cases.append(replace(case, rules=then, params=params))
            results = assess(cases, self.lang).results
            sides.append(results.set_index(["commune", "indicator"])["verdict"])
        both = pd.concat(sides, axis=1, keys=["before", "after"]).fillna("")
        return both[both["before"] != both["after"]].reset_index()

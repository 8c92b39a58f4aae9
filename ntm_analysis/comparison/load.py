"""Which commune-years are compared: read, and grouped by the criteria set that judges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from ntm_analysis.communes import Case, list_ids, load_cases
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.language import Lang
from ntm_analysis.paths import Project, find_project

LEAST = 2
"""Fewer commune-years under one criteria set are nothing to compare."""


@dataclass(frozen=True)
class Comparison:
    """All that is compared, and what was left out.

    Attributes
    ----------
    programmes : tuple of Programme
        One a criteria set, that with the most commune-years first.
    alone : tuple of Case
        Commune-years left out: the only ones under their criteria set.
    unselected : int
        Commune-years of the project that were not asked for.
    lang : {"vi", "en"}
    unusable : tuple of str
        Runs that have a report, but whose data have errors now.
    """

    programmes: tuple[Programme, ...]
    alone: tuple[Case, ...]
    unselected: int
    lang: Lang
    unusable: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> pd.DataFrame:
        """A row a commune-year and indicator: those of all programmes (see `Programme.rows`)."""
        if not self.programmes:
            return pd.DataFrame()
        return pd.concat([one.rows for one in self.programmes], ignore_index=True)


def load(
    ids: Sequence[str],
    lang: Lang,
    project: Project | None = None,
    unusable: Sequence[str] = (),
) -> Comparison:
    """Read commune-years for comparison.

    Parameters
    ----------
    ids : sequence of str
        The runs; none: all of `params/`.
    lang : {"vi", "en"}
    project : Project, optional
    unusable : sequence of str
        Runs that would be compared, had their data no errors: they are named.

    Raises
    ------
    DataErrors
        With everything wrong in the files.
    """
    home = project or find_project()
    known = list_ids(home)
    chosen = list(dict.fromkeys(ids)) or known
    cases = load_cases(home, chosen)
    found = compare(cases, lang, unselected=len(set(known) - {*chosen, *unusable}))
    return replace(found, unusable=tuple(unusable))


def compare(cases: Sequence[Case], lang: Lang, unselected: int = 0) -> Comparison:
    """Return commune-years grouped by the criteria set that judges them."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.params.set, []).append(case)
    ordered = sorted(groups.values(), key=len, reverse=True)
    programmes = [Programme(tuple(group), lang) for group in ordered if len(group) >= LEAST]
    alone = [case for group in ordered if len(group) < LEAST for case in group]
    return Comparison(tuple(programmes), tuple(alone), unselected, lang)

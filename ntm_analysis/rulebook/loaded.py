"""A criteria set as read from its folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ntm_analysis.rulebook.divisions import Division
from ntm_analysis.rulebook.models import Criterion, Indicator
from ntm_analysis.rulebook.sets import CriteriaSet


@dataclass(frozen=True)
class LoadedSet:
    """A criteria set: its criteria in legal order, and all regions, zones and groups."""

    about: CriteriaSet
    criteria: tuple[Criterion, ...]
    divisions: tuple[Division, ...] = ()

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its code, ended ones too, in legal order."""
        return {i.code: i for criterion in self.criteria for i in criterion.indicators}

    @cached_property
    def criterion(self) -> dict[int, Criterion]:
        """The criteria by number."""
        return {criterion.number: criterion for criterion in self.criteria}

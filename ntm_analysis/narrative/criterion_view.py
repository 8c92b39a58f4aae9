"""A criterion as templates and tables see it: its verdict as it stands, and its conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ntm_analysis.assessment import Assessment
from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.communes import Case
from ntm_analysis.language import Lang, translate
from ntm_analysis.tables import Md, standing_span


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion with what is said of it, in one language.

    Attributes
    ----------
    number : int
    name : str
    indicators, counted, firm, concluded : int
        How many indicators it has; how many are met or not applicable by the figures, how many
        of them firmly, how many are concluded to be so.
    verdict, word : str
        The worst of its indicators'.
    standing, standing_word : str
        The weakest of its indicators'; empty where one of them has none.
    conclusion, conclusion_word : str
        The worst of its indicators'.
    """

    number: int
    name: str
    indicators: int
    counted: int
    firm: int
    concluded: int
    verdict: str
    word: str
    standing: str
    standing_word: str
    conclusion: str
    conclusion_word: str

    @property
    def sign(self) -> Md:
        """The verdict as a shape and a word; short of firm, it is never that of a plain one."""
        return standing_span(self.verdict, self.word, self.standing, self.standing_word)

    @property
    def met(self) -> bool:
        """Whether all its indicators are met or not applicable by the figures."""
        return self.verdict in COUNTED

    @property
    def settled(self) -> bool:
        """Whether it is concluded to be met, or that nothing of the kind is there."""
        return self.conclusion in COUNTED


def criterion_views(case: Case, assessment: Assessment, lang: Lang) -> Mapping[int, CriterionView]:
    """Return the views of a case's criteria by number, in order."""
    table = assessment.criteria
    mine = table[
        (table["commune"] == case.params.commune) & (table["year"] == case.params.year)
    ].to_dict("records")
    views = {}
    for row in mine:
        number = int(row["criterion"])
        verdict, standing = str(row["verdict"]), str(row["standing"])
        conclusion = str(row["conclusion"])
        views[number] = CriterionView(
            number=number,
            name=case.rules.loaded.criterion[number].name[lang],
            indicators=int(row["indicators"]),
            counted=int(row["counted"]),
            firm=int(row["firm"]),
            concluded=int(row["concluded"]),
            verdict=verdict,
            word=translate(f"verdict.{verdict}", lang),
            standing=standing,
            standing_word=translate(f"standing.{standing or 'none'}", lang).lower(),
            conclusion=conclusion,
            conclusion_word=translate(f"conclusion.{conclusion}", lang),
        )
    return views

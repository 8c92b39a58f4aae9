"""What books and catalogues say of a report, kept beside it so that no figures are read again."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ntm_analysis.assessment import Assessment
from ntm_analysis.batch.plan import CARD, executed
from ntm_analysis.communes import Case
from ntm_analysis.language import Lang, say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem


class Card(BaseModel):
    """A report in a few words.

    Attributes
    ----------
    id : str
        `<commune>-<year>`.
    title : str
        Of its chapter.
    lang : {"vi", "en"}
    commune : str
        The commune's id.
    name, district, province : str
        `district` is empty where there is none.
    province_kind : {"tỉnh", "thành phố"}
    year : int
    set : str
        Key of the criteria set.
    on : date
        Whose law applies.
    synthetic : bool
        Whether the commune is made up.
    verdicts : dict of str to int
        How many indicators have each verdict.
    firm, concluded : int
        How many of those that count are so firmly, and how many are concluded to be met or not
        applicable.
    law : dict of str to int
        How many requirements are checked against the issued text, and in what other states they
        are; empty where a run from before did not say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    lang: Lang
    commune: str
    name: str
    district: str
    province: str
    province_kind: str = "tỉnh"
    year: int
    set: str
    on: dt.date
    synthetic: bool
    verdicts: dict[str, int]
    firm: int
    concluded: int
    law: dict[str, int] = {}

    @property
    def indicators(self) -> int:
        """How many indicators there are."""
        return sum(self.verdicts.values())

    @property
    def counted(self) -> int:
        """How many are met, those that do not apply among them."""
        return self.verdicts.get("met", 0) + self.verdicts.get("not_applicable", 0)


def card_of(case: Case, title: str, assessment: Assessment) -> Card:
    """Return the card of a case, from an assessment that holds it."""
    counts = assessment.counts(case)
    return Card(
        id=case.id,
        title=title,
        lang=case.params.lang,
        commune=case.commune.id,
        name=case.commune.name,
        district=case.commune.district or "",
        province=case.commune.province,
        province_kind=case.rules.province_kind,
        year=case.params.year,
        set=case.params.set,
        on=case.params.on,
        synthetic=case.commune.synthetic,
        verdicts=assessment.tally(case),
        firm=counts.firm,
        concluded=counts.concluded,
        law=dict(sorted(Counter(rule.law for rule in case.rules.rules).items())),
    )


def card_text(card: Card) -> str:
    """Return a card as its file holds it."""
    data = card.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def card_path(project: Project, name: str) -> Path:
    """Return where the card of a run lies."""
    return executed(project, name).with_name(CARD)


def read_cards(project: Project, names: Sequence[str]) -> list[Card]:
    """Read the cards of executed runs, in the order of the names.

    Raises
    ------
    DataErrors
        If a report is not whole: each that has to be run again is named.
    """
    cards, problems = [], []
    for name in names:
        path = card_path(project, name)
        try:
            cards.append(Card.model_validate_json(path.read_bytes()))
        except (OSError, ValidationError):
            what, wanted = say("batch.no_card"), say("batch.no_card_wanted", id=name)
            problems.append(Problem(project.relative(path), what, wanted))
    if problems:
        raise DataErrors(problems)
    return cards

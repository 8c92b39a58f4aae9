"""Reports read into a draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ntm_analysis.audit.claims import Claim, claims
from ntm_analysis.audit.reading import lines_of, remarks_of
from ntm_analysis.audit.report import Report
from ntm_analysis.documents import Document, read_document
from ntm_analysis.draft.facts import facts
from ntm_analysis.draft.identity import Identity
from ntm_analysis.draft.model import Draft, Found
from ntm_analysis.draft.papers import papers
from ntm_analysis.draft.passages import Passage, passages
from ntm_analysis.draft.placing import Placer
from ntm_analysis.draft.statements import statements
from ntm_analysis.draft.targets import targets
from ntm_analysis.draft.topics import Topics
from ntm_analysis.language import say
from ntm_analysis.rulebook import RulesInForce
from ntm_analysis.spelling import fold

_FAILED: Final = re.compile(r"\b(?:chua|khong) dat\b")
_MET: Final = re.compile(r"\bdat\b")
_POINT: Final = 1.0
Tell = Callable[[str], None]


def draft_files(paths: Sequence[Path], rules: RulesInForce, tell: Tell | None = None) -> Draft:
    """Return what reports on one commune hold.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        The first is the report proper; others may be tables and minutes.
    rules : RulesInForce
        The criteria set that they are written for.
    tell : callable, optional
        Told the name of each file before it is read.

    Raises
    ------
    DataErrors
        If a file cannot be read.
    """
    documents = []
    for path in paths:
        if tell:
            tell(path.name)
        documents.append(read_document(path))
    return draft_documents(documents, rules)


def draft_documents(documents: Sequence[Document], rules: RulesInForce) -> Draft:
    """Return what documents on one commune hold."""
    draft = Draft()
    topics = Topics(rules)
    every: list[Passage] = []
    for number, document in enumerate(documents, start=1):
        key = "report" if number == 1 else f"report-{number}"
        every += passages(list(lines_of(document.blocks)), rules, key)
        draft.remarks += remarks_of(document)
    _figures(draft, every, topics)
    numbered = {one.indicator for one in draft.found if _is_own(one, topics)}
    draft.found += list(statements(every, topics, numbered))
    draft.found = _doubted(_distinct(draft.found), topics)
    draft.papers = list(papers(every, topics))
    draft.facts = list(facts(every, topics))
    draft.claims = _claimed(every, topics)
    Identity(rules, draft).read(every)
    _planned(draft, every, topics)
    held = len({one.criterion for one in every if one.criterion is not None})
    if held < len(rules.by_criterion) / 3:
        draft.remarks.append(say("draft.few_criteria", found=held, total=len(rules.by_criterion)))
    return draft


def _figures(draft: Draft, every: Sequence[Passage], topics: Topics) -> None:
    placer = Placer(topics, topics.rules.on.year)
    known: dict[int, tuple[Report, dict[int, list[Claim]]]] = {}
    for passage in every:
        if id(passage.report) not in known:
            grouped: dict[int, list[Claim]] = {}
            for claim in claims(passage.report):
                grouped.setdefault(claim.place, []).append(claim)
            known[id(passage.report)] = (passage.report, grouped)
        placed = placer.place(passage, known[id(passage.report)][1].get(passage.place, []))
        draft.found += placed.found
        draft.missed += placed.missed
        draft.numbers += placed.numbers
        draft.placed += placed.numbers - len(placed.missed)


def _is_own(one: Found, topics: Topics) -> bool:
    return any(
        topic.own and one.variable in topic.variables
        for topic in topics.every
        if topic.code == one.indicator
    )


def _distinct(found: Sequence[Found]) -> list[Found]:
    """Return readings once each, the surest of those that say the same."""
    order = {"sure": 0, "likely": 1, "guess": 2}
    best: dict[tuple[str, str, str, object], Found] = {}
    for one in found:
        key = (one.variable, one.indicator, one.value, one.as_of)
        if key not in best or order[one.sure] < order[best[key].sure]:
            best[key] = one
    kept = list(best.values())
    sure = {(one.variable, one.indicator) for one in kept if one.sure != "guess"}
    return [
        one for one in kept
        if one.sure != "guess" or (one.variable, one.indicator) not in sure
    ]  # fmt: skip


def _doubted(found: Sequence[Found], topics: Topics) -> list[Found]:
    """Return readings, a percentage far from what its own part and whole give as a guess."""
    values = {(o.indicator, o.variable): o.value for o in found if o.kind == "share"}
    odd: set[tuple[str, str]] = set()
    for topic in topics.every:
        part, whole = (values.get((topic.code, name)) for name in (topic.part, topic.whole))
        if not topic.rate or not part or not whole or not float(whole):
            continue
        exact = 100 * float(part) / float(whole)
        for one in found:
            if (one.indicator, one.variable) == (topic.code, topic.rate) and one.kind == "rate":
                stated = re.sub(r"[<>=]", "", one.value).split("-")[0]
                if abs(float(stated) - exact) > _POINT:
                    odd.add((topic.code, topic.rate))
    return [
        replace(one, sure="guess") if (one.indicator, one.variable) in odd else one for one in found
    ]


def _claimed(every: Sequence[Passage], topics: Topics) -> dict[str, str]:
    """Return the verdict that is claimed of each indicator: its row's, else its criterion's."""
    of_criterion: dict[int, str] = {}
    of_row: dict[str, str] = {}
    for passage in every:
        verdict = _verdict(passage.text)
        if verdict and passage.role == "claim" and passage.code:
            of_row[passage.code] = verdict
        elif verdict and passage.part == "claim" and passage.criterion is not None:
            of_criterion.setdefault(passage.criterion, verdict)
    found = {
        rule.code: of_row.get(rule.code) or of_criterion.get(rule.indicator.criterion, "")
        for rule in topics.rules.rules
    }
    return {code: verdict for code, verdict in found.items() if verdict}


def _verdict(text: str) -> str:
    plain = fold(text)
    if _FAILED.search(plain):
        return "not_met"
    return "met" if _MET.search(plain) else ""


def _planned(draft: Draft, every: Sequence[Passage], topics: Topics) -> None:
    """Read the plan's targets."""
    year = topics.rules.on.year
    for _, (made, sure, spot, _span) in targets(every, topics, year):
        draft.targets.append((made, sure, spot))
    if draft.targets:
        key = f"appraisals.{year}.plan.year"
        draft.profile.setdefault(key, year + 1)
        draft.marks.setdefault(key, ("likely", draft.targets[0][2]))

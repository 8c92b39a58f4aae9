"""What there is to ask: each matter once, its other faces folded under it, and who can answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ntm_analysis.assessment import Assessment, condition_standings
from ntm_analysis.communes import Case
from ntm_analysis.communes.requests import OPEN
from ntm_analysis.communes.requests import Matter as Ref
from ntm_analysis.language import Text
from ntm_analysis.register.bodies import OF_CONDITION, Body, body, confirms
from ntm_analysis.register.index import asked, raises
from ntm_analysis.rulebook.requirement import LAW_REASONS
from ntm_analysis.scrutiny.closing import matter_of
from ntm_analysis.scrutiny.finding import SEVERITIES, Finding
from ntm_analysis.scrutiny.subject import both, phrase, small

PLAN: Final = "plan"
_GRAVE: Final = ("verdict", "evidence")
_OURS: Final = ("S21", "S22")
"""Checks of the appraised report itself: its legal bases and its form."""
_BODIES: Final = ("commune", "finance", "front", "police", "department", "nobody")
_SETTLES: Final = {
    "S05": "figure", "S08": "none_here", "S10": "document", "S12": "target", "S16": "list",
    "S17": "target", "S18": "document", "S20": "document", "S21": "draft", "S22": "draft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to ask.

    Attributes
    ----------
    subject : str
        The code of an indicator or the key of a condition; empty where it concerns none.
    conclusion : str
        The conclusion that leaves it open; empty where only findings do.
    findings : tuple of Finding
        Its faces.
    refs : tuple of (str, str)
        Each face as `requests.csv` names it.
    to : Body
    question, settles : Text
        What is asked, and what would settle it.
    faces : tuple of Text
        What else is said of it.
    """

    subject: str
    conclusion: str
    findings: tuple[Finding, ...]
    refs: tuple[Ref, ...]
    to: Body
    question: Text
    settles: Text
    faces: tuple[Text, ...]

    def written(self) -> str:
        """Return its refs as the column `finding` holds them."""
        return "; ".join(
            what if self.subject and on == self.subject else f"{what}:{on}"
            for what, on in self.refs
        )


@dataclass
class _Draft:
    subject: str = ""
    conclusion: str = ""
    findings: list[Finding] = field(default_factory=list)


def matters_of(
    case: Case, assessment: Assessment, findings: Iterable[Finding]
) -> tuple[Matter, ...]:
    """Return what there is to ask of a dossier, by who can answer.

    Parameters
    ----------
    case : Case
    assessment : Assessment
        That holds the case.
    findings : iterable of Finding
        What the scrutiny found.
    """
    drafts: dict[str, _Draft] = {}
    rows = assessment.records(case)
    ours: set[str] = set()
    settled = {code for code, one in case.decided.items() if one.decision not in OPEN}
    for code in case.rules.by_code:
        conclusion = str(rows[code]["conclusion"])
        if conclusion in OPEN:
            drafts[code] = _Draft(code, conclusion)
            if rows[code]["reason"] in LAW_REASONS and conclusion == "no_data":
                ours.add(code)
    for condition in condition_standings(case):
        if condition.conclusion in OPEN:
            drafts[condition.key] = _Draft(condition.key, condition.conclusion)
    grouped = list(findings)
    general = {matter_of(one)[1] for one in grouped if one.check == "S02" and not one.indicator}
    for one in grouped:
        key, subject = _place(case, one, general)
        if subject not in settled:
            drafts.setdefault(key, _Draft(subject)).findings.append(one)
    made = (_matter(case, key, draft, key in ours) for key, draft in drafts.items())
    return tuple(sorted(made, key=_order))


def _order(one: Matter) -> tuple[int, int]:
    grave = [SEVERITIES.index(finding.severity) for finding in one.findings]
    if one.conclusion:
        grave.append(0 if one.conclusion != "prove" else 1)
    return _BODIES.index(one.to.key), min(grave)


def _is_ours(one: Finding) -> bool:
    return one.ours or one.check in _OURS


def _place(case: Case, one: Finding, general: set[str]) -> tuple[str, str]:
    """Return the matter that a finding belongs to, and its subject."""
    if _is_ours(one):
        return f"ours {' '.join(matter_of(one))} {one.sentence.vi}", ""
    if one.check in ("S12", "S17"):
        return PLAN, ""
    if one.check == "S07":  # a part greater than a base that has several values
        for cited in one.figures[1:]:
            if (name := cited.text.partition("=")[0]) in general:
                return f"S02:{name}", ""
    if one.indicator:
        return one.indicator, one.indicator
    check, on = matter_of(one)
    if on in {condition.key for condition in case.rules.loaded.about.conditions}:
        return on, on
    return f"{check}:{on}", ""


def _matter(case: Case, key: str, draft: _Draft, ours: bool) -> Matter:
    found = sorted(draft.findings, key=lambda one: SEVERITIES.index(one.severity))
    ours = ours or any(_is_ours(one) for one in found)
    department = confirms(case, draft.subject)
    plain = draft.conclusion == "prove" and not any(one.severity in _GRAVE for one in found)
    if ours:
        to = body(case, "nobody")
    elif draft.subject in OF_CONDITION:
        to = body(case, OF_CONDITION[draft.subject])
    elif plain and department and not found:
        to = Body("department", department.name)
    else:
        to = body(case, "commune")
    sentences = [one.sentence for one in found]
    if draft.conclusion and (not any(one.severity in _GRAVE for one in found) or to.key not in
                             ("commune", "nobody")):  # fmt: skip
        sentences = [_asked(case, draft, to, ours), *sentences]
    refs = [(draft.conclusion, draft.subject)] if draft.conclusion else []
    refs += [matter_of(one) for one in found]
    return Matter(
        draft.subject,
        draft.conclusion,
        tuple(found),
        tuple(dict.fromkeys(refs)),
        to,
        sentences[0],
        _settles(case, draft, to, found),
        tuple(sentences[1:]),
    )


def _asked(case: Case, draft: _Draft, to: Body, ours: bool) -> Text:
    """Return the question that an open conclusion asks."""
    rule = case.rules.by_code.get(draft.subject)
    if rule is None:
        condition = next(
            one for one in case.rules.loaded.about.conditions if one.key == draft.subject
        )
        return phrase(
            "requests.ask_condition",
            body=to.name,
            name=condition.name,
            requires=small(condition.requires),
        )
    key = "ours" if ours else "confirm" if to.key == "department" else draft.conclusion
    return phrase(
        f"requests.ask_{key}",
        code=rule.code,
        short=small(rule.indicator.short),
        body=to.name,
        asked=asked(rule.indicator.evidence),
    )


def _settles(case: Case, draft: _Draft, to: Body, found: Sequence[Finding]) -> Text:
    """Return what would settle a matter."""
    rule = case.rules.by_code.get(draft.subject)
    if to.key == "nobody":
        return phrase("requests.settle_draft")
    if draft.subject in OF_CONDITION:
        return phrase("requests.settle_condition", body=to.name)
    if rule is not None and draft.conclusion in OPEN:
        proof = asked(rule.indicator.evidence)
        if draft.conclusion == "prove":
            if not found or to.key == "department":  # the question itself names the proof
                return phrase(f"requests.settle_floor_{case.params.evidence_floor}")
            more = raises("E", case.params.evidence_floor, proof)
            if to.key == "department" or not (department := confirms(case, rule.code)):
                return more
            name = department.name
            return both(
                lambda lang: phrase("requests.settle_confirmed", more=more, body=name)[lang]
            )
        if draft.conclusion == "no_data" and any(one.check == "S04" for one in found):
            return phrase("requests.settle_named")
        return phrase(f"requests.settle_{draft.conclusion}", asked=proof)
    kinds = dict.fromkeys(_SETTLES.get(one.check, "figures") for one in found)
    return phrase(f"requests.settle_{next(iter(kinds))}")

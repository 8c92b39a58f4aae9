"""Questions by round: what is to be asked now, what was asked, what an answer changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ntm_analysis.assessment import Assessment
from ntm_analysis.communes import Case
from ntm_analysis.communes.requests import Request
from ntm_analysis.communes.stands import Stand
from ntm_analysis.language import Lang
from ntm_analysis.register.matters import Matter, matters_of
from ntm_analysis.scrutiny.closing import stands_of
from ntm_analysis.scrutiny.finding import Finding

COLUMNS: Final = (
    "commune",
    "year",
    "id",
    "round",
    "to",
    "body",
    "indicator",
    "finding",
    "state",
    "asked_on",
    "due_on",
    "answered_on",
    "answer",
    "question",
    "faces",
    "settles",
    "before",
    "now",
)
"""The columns of `ntm requests`: a contract."""


@dataclass(frozen=True, slots=True)
class Question:
    """A matter, the request about it, or both.

    Attributes
    ----------
    matter : Matter or None
        None where what was asked is there no more.
    request : Request or None
        The last one about it; None where it has not been asked.
    state : str
        `new`; `draft`, `asked`, `answered`, `withdrawn`; `late`, asked and past its day;
        `own`, of the appraiser's own draft; `settled`, asked about and there no more.
    stands : Stand
        How its subject stands now.
    """

    matter: Matter | None
    request: Request | None
    state: str
    stands: Stand

    @property
    def now(self) -> str:
        """What is concluded of its subject now; empty where it concerns none."""
        return self.stands.conclusion

    @property
    def to(self) -> str:
        """Who is asked."""
        if self.request is not None:
            return self.request.to
        assert self.matter is not None
        return self.matter.to.key


def questions_of(
    case: Case, assessment: Assessment, findings: Iterable[Finding]
) -> tuple[Question, ...]:
    """Return what is to be asked and what was asked, nothing twice.

    A matter is asked again only where the scrutiny found a face of it that no request names; then
    it is new again, with those faces alone.
    """
    stands = stands_of(case, assessment)
    found: list[Question] = []
    used: set[int] = set()
    for matter in matters_of(case, assessment, findings):
        now = stands.get(matter.subject, Stand())
        about = [one for one in case.requests if one.matters & set(matter.refs)]
        about += [
            one
            for one in case.requests
            if one not in about and matter.subject and one.subject == matter.subject
        ]
        if matter.to.key == "nobody":
            found.append(Question(matter, None, "own", now))
            continue
        used |= {one.row for one in about}
        last = max(about, key=lambda one: one.round, default=None)
        named = {ref for one in about for ref in one.matters}
        fresh = [ref for ref in matter.refs if ref not in named]
        if last is None or (last.closes and fresh):
            found.append(Question(matter, None, "new", now))
        found += [Question(matter, one, _state(one, case.params.on), now) for one in about]
    for one in case.requests:
        if one.row not in used:
            found.append(Question(None, one, "settled", stands.get(one.subject, Stand())))
    return tuple(found)


def _state(one: Request, on: dt.date) -> str:
    late = one.state == "asked" and one.due_on is not None and one.due_on < on
    return "late" if late else one.state


def next_round(case: Case) -> int:
    """Return the number of the round that asks what is new: the first, or one after the last."""
    sent = [one.round for one in case.requests if one.state != "draft"]
    drafts = [one.round for one in case.requests if one.state == "draft"]
    return max(drafts, default=max(sent, default=0) + 1)


def new_rows(
    case: Case, questions: Sequence[Question], round_: int, due: dt.date | None, lang: Lang
) -> list[dict[str, str]]:
    """Return what is new as rows of `requests.csv`: drafts, until they bear the day of sending."""
    taken = {one.id for one in case.requests}
    numbers = (n for n in range(1, 10_000) if f"{round_}.{n}" not in taken)
    return [
        {
            "id": f"{round_}.{next(numbers)}",
            "round": str(round_),
            "to": one.to,
            "indicator": one.matter.subject,
            "finding": one.matter.written(),
            "due_on": due.isoformat() if due else "",
            "state": "draft",
            "year": str(case.params.year),
            "question": one.matter.question[lang],
            "before": one.stands.written(),
        }
        for one in questions
        if one.state == "new" and one.matter is not None
    ]


def questions_frame(
    case: Case,
    questions: Sequence[Question],
    lang: Lang,
    round_: int,
    due: dt.date | None = None,
) -> pd.DataFrame:
    """Return questions as a table with `COLUMNS`."""
    fresh = iter(new_rows(case, questions, round_, due, lang))
    rows = []
    for one in questions:
        row = next(fresh) if one.state == "new" else {}
        rows.append((case.params.commune, case.params.year, *_row(one, row, lang)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(one: Question, fresh: dict[str, str], lang: Lang) -> tuple[object, ...]:
    asked, matter = one.request, one.matter

    def day(name: str) -> str:
        value = getattr(asked, name) if asked else None
        return value.isoformat() if value else ""

    return (
        asked.id if asked else fresh.get("id", ""),
        asked.round if asked else fresh.get("round", ""),
        one.to,
        matter.to.name[lang] if matter and (not asked or asked.to == matter.to.key) else "",
        asked.subject if asked else matter.subject if matter else "",
        "; ".join(asked.findings) if asked else matter.written() if matter else "",
        one.state,
        day("asked_on"),
        day("due_on") or fresh.get("due_on", ""),
        day("answered_on"),
        asked.answer if asked else "",
        (asked.question if asked and asked.question else "")
        or (matter.question[lang] if matter else ""),
        "\n".join(face[lang] for face in matter.faces) if matter else "",
        matter.settles[lang] if matter else "",
        asked.before if asked else "",
        one.stands.written(),
    )

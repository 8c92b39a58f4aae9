"""A commune that says something hostile in every field where people may write what they like."""

from __future__ import annotations

import csv
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from ntm_analysis.communes import decisions, evidence, facts, figures, requests
from ntm_analysis.communes.profile import Commune
from ntm_analysis.language import Text
from tests.hostile.values import VALUES

ID = "gia-dinh-0001"
YEAR = 2024
BARE = frozenset(
    {
        "hamlets",
        "identity.hamlets",
        "leadership.facts.text.vi",
        "dossier.items.name.vi",
        "plan.tasks.tasks.vi",
    }
)
"""Fields whose texts are the values and nothing else."""
Fields = dict[str, list[str]]
"""What was written, by field: `hamlets`, `plan.tasks.field`, `figures.csv:note`."""


class _Pen:
    """Hands out values, other ones to each field, and keeps what it gave to which."""

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values
        self.given: Fields = {}
        self.marks: dict[str, str] = {}
        self.count, self.start = len(values), 0
        self.at = 0

    def one(self, field: str) -> str:
        """Return a text for a field that stands once: several values in one."""
        chosen = [self.values[(self.at + n) % len(self.values)] for n in range(5)]
        self.at += 5
        return self._note(field, " · ".join(one.strip() for one in chosen))

    def many(self, field: str, count: int = 0, turn: int = 0) -> list[str]:
        """Return so many values for a field of a list or a column, one an item."""
        turn += self.start
        texts = [self.values[(n + turn) % len(self.values)] for n in range(count or self.count)]
        return [self._note(field, text) for text in texts]

    def few(self) -> None:
        """Give the lists that follow a third of the values each, others than those before had."""
        self.count = len(self.values) // 3 + 1
        self.start += self.count

    def _note(self, field: str, text: str) -> str:
        if field not in BARE:  # so that it tells in which field it was written
            text = f"{text} {self.marks.setdefault(field, f'q{len(self.marks):02}q')}"
        self.given.setdefault(field, []).append(text)
        return text


def spoil(project: Path, values: Sequence[str] = VALUES) -> Fields:
    """Write hostile values into every free field of one commune; return them by field."""
    folder = project / "data" / "communes" / ID
    pen = _Pen(values)
    path = folder / "commune.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    _profile(data, pen)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    pen.count = len(values)
    codes = _evidence(folder / "evidence.csv", pen)
    _figures(folder / "figures.csv", pen)
    _decisions(folder / "appraisal.csv", codes, pen)
    _requests(folder / "requests.csv", codes, pen)
    _facts(folder / "facts.csv", codes, pen)
    return pen.given


def _label(pen: _Pen, field: str) -> dict[str, str]:
    return {lang: pen.one(f"{field}.{lang}") for lang in ("vi", "en")}


def _labels(pen: _Pen, field: str) -> list[dict[str, str]]:
    vi, en = pen.many(f"{field}.vi"), pen.many(f"{field}.en", turn=1)
    return [{"vi": one, "en": other} for one, other in zip(vi, en, strict=True)]


def _document(pen: _Pen, field: str, **other: Any) -> dict[str, Any]:
    return {
        "title": _label(pen, f"{field}.title"),
        "number": pen.one(f"{field}.number"),
        "issuer": _label(pen, f"{field}.issuer"),
        "date": "2024-01-02",
        "source": pen.one(f"{field}.source"),
        **other,
    }


def _documents(pen: _Pen, field: str) -> list[dict[str, Any]]:
    return [
        {"title": title, "number": number, "issuer": issuer, "date": "2024-01-02", "source": source}
        for title, number, issuer, source in zip(
            _labels(pen, f"{field}.title"), pen.many(f"{field}.number", turn=2),
            _labels(pen, f"{field}.issuer"), pen.many(f"{field}.source", turn=3), strict=True,
        )
    ]  # fmt: skip


def _hamlets(texts: list[str]) -> list[str]:
    """Return the texts as names of hamlets: none twice but for capitals, none with a semicolon."""
    names: dict[str, str] = {}
    for text in texts:
        if ";" not in text:
            name = f"{text} 2" if text.casefold() in names else text
            names[name.casefold()] = name
    return list(names.values())


def _profile(data: dict[str, Any], pen: _Pen) -> None:
    data["name"] = pen.one("name")
    data["district"] = pen.one("district")
    data["note"] = _label(pen, "note")
    data["hamlets"] = _hamlets(pen.many("hamlets"))
    pen.few()
    data["formerly"] = [
        {"name": name, "district": district, "province": province, "until": "2010-01-01"}
        for name, district, province in zip(
            pen.many("formerly.name"), pen.many("formerly.district", turn=1),
            pen.many("formerly.province", turn=2), strict=True,
        )
    ]  # fmt: skip
    data["merged_into"] = {
        "name": pen.one("merged_into.name"),
        "district": pen.one("merged_into.district"),
        "province": pen.one("merged_into.province"),
        "until": "2025-06-30",
    }
    pen.few()
    data["sources"] = {
        "so-lieu": _document(pen, "sources"),
        **{f"s{n}": one for n, one in enumerate(_documents(pen, "sources"))},
    }
    _appraisal(data["appraisals"][YEAR], pen)


def _appraisal(appraisal: dict[str, Any], pen: _Pen) -> None:
    # The name of that year is the one that the report shows.
    appraisal["identity"] = {
        "name": pen.one("identity.name"),
        "district": pen.one("identity.district"),
        "note": _label(pen, "identity.note"),
        "hamlets": _hamlets(pen.many("identity.hamlets")),
    }
    appraisal["appraiser"] = _label(pen, "appraiser")
    appraisal["submitted_to"] = _label(pen, "submitted_to")
    appraisal["petition"] = _document(pen, "petition")
    pen.few()
    appraisal["legal_bases"] += _documents(pen, "legal_bases")
    appraisal["citations"] = [
        {
            "decision": key,
            "number": pen.one("citations.number"),
            "source": pen.one("citations.source"),
        }
        for key in ("318/QĐ-TTg@viet-nam", "211/QĐ-TTg@viet-nam")
    ]  # fmt: skip
    pen.few()
    appraisal["dossier"] = {
        "declared_complete": True,
        "source": pen.one("dossier.source"),
        "items": [
            {"name": name, "present": True, "source": source}
            for name, source in zip(
                _labels(pen, "dossier.items.name"),
                pen.many("dossier.items.source", turn=1),
                strict=True,
            )
        ],
    }
    pen.few()
    appraisal["leadership"] = {
        "facts": [
            {"text": text, "source": source}
            for text, source in zip(
                _labels(pen, "leadership.facts.text"),
                pen.many("leadership.facts.source", turn=1),
                strict=True,
            )
        ],
        "documents": _documents(pen, "leadership.documents"),
    }
    appraisal["base_set"] |= {
        "by": _label(pen, "base_set.by"),
        "source": pen.one("base_set.source"),
    }
    appraisal["claim"]["source"] = pen.one("claim.source")
    for key, condition in appraisal["conditions"].items():
        condition |= {
            "statement": _label(pen, "conditions.statement"),
            "document": _document(pen, "conditions.document"),
            "source": pen.one("conditions.source"),
            "status": "met" if key != "debt" else "pending",
        }
    pen.few()
    appraisal["plan"] = {
        "year": YEAR + 1,
        "tasks": [
            {"field": field, "tasks": [task], "source": source}
            for field, task, source in zip(
                _labels(pen, "plan.tasks.field"), _labels(pen, "plan.tasks.tasks"),
                pen.many("plan.tasks.source", turn=2), strict=True,
            )
        ],
        "targets": [
            {"name": name, "text": text, "period": period, "source": source}
            for name, text, period, source in zip(
                _labels(pen, "plan.targets.name"), _labels(pen, "plan.targets.text"),
                _labels(pen, "plan.targets.period"), pen.many("plan.targets.source", turn=3),
                strict=True,
            )
        ],
    }  # fmt: skip
    pen.few()
    appraisal["office"] = _office(pen)


def _person(pen: _Pen, field: str, *others: str) -> dict[str, Any]:
    return {
        "name": pen.one(f"{field}.name"),
        **{other: _label(pen, f"{field}.{other}") for other in ("post", *others)},
    }


def _office(pen: _Pen) -> dict[str, Any]:
    """Return what only the appraising office knows: its lists with many values each."""

    def rows(field: str, names: Sequence[str], labels: Sequence[str]) -> list[dict[str, Any]]:
        columns: dict[str, Sequence[Any]] = {
            **{key: pen.many(f"{field}.{key}", turn=turn) for turn, key in enumerate(names)},
            **{key: _labels(pen, f"{field}.{key}") for key in labels},
        }
        return [dict(zip(columns, one, strict=True)) for one in zip(*columns.values(), strict=True)]

    papers = ("report", "request", "minutes", "submission")
    return {
        **{key: _label(pen, f"office.{key}") for key in ("place", "superior")},
        **{key: pen.one(f"office.{key}") for key in ("symbol", "unit")},
        "signatory": _person(pen, "office.signatory", "in_place_of"),
        "head_of_commune": _person(pen, "office.head_of_commune", "in_place_of"),
        "recipients": _labels(pen, "office.recipients"),
        "team": rows("office.team", ["name"], ["post", "role"]),
        "visits": rows("office.visits", (), ["place", "seen"]),
        "meeting": {
            "at": _label(pen, "office.meeting.at"),
            **{key: pen.one(f"office.meeting.{key}") for key in ("begun", "ended")},
            "secretary": _person(pen, "office.meeting.secretary"),
            "attendees": rows("office.meeting.attendees", ["name"], ["post"]),
            "opinions": rows("office.meeting.opinions", (), ["by", "text"]),
        },
        "recommendations": _labels(pen, "office.recommendations"),
        "papers": {key: {"number": pen.one("office.papers.number")} for key in papers},
    }


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


EVIDENCE = (
    "document", "number", "issuer", "note", "note_en", "document_en", "issuer_en", "confirmed_by",
)  # fmt: skip
FACTS = ("text", "text_en", "place", "place_en")
DECISIONS = ("by", "role", "reason", "reason_en", "role_en")
REQUESTS = ("id", "answer", "answer_en", "question")


def _evidence(path: Path, pen: _Pen) -> list[str]:
    """Give each indicator as many documents as there are values; return the indicators."""
    rows = _read(path)
    count = len(pen.values) + len(rows)
    filled = [dict(rows[n % len(rows)]) for n in range(count)]
    for turn, column in enumerate(EVIDENCE):
        for row, text in zip(filled, pen.many(f"evidence.csv:{column}", count, turn), strict=True):
            row |= {column: text, "confirmed_on": "2024-02-01"}
    _write(path, (*evidence.COLUMNS, *evidence.OPTIONAL), filled)
    return list(dict.fromkeys(row["indicator"] for row in rows))


def _figures(path: Path, pen: _Pen) -> None:
    rows = _read(path)
    count = len(pen.values) + len(rows)
    filled = [
        dict(rows[n % len(rows)], primary="yes" if n < len(rows) else "") for n in range(count)
    ]
    for turn, column in enumerate(("note", "note_en")):
        for row, text in zip(filled, pen.many(f"figures.csv:{column}", count, turn), strict=True):
            row[column] = text
    for row, text in zip(filled, pen.many("figures.csv:source", count, 2), strict=True):
        row["source"] = f"so-lieu:{text}"
    _write(path, (*figures.COLUMNS, *figures.OPTIONAL), filled)


def _decisions(path: Path, codes: Sequence[str], pen: _Pen) -> None:
    rows = [
        {"indicator": codes[n % len(codes)], "decision": "clarify", "on": "2024-11-06",
         "round": str(n // len(codes) + 1), "year": str(YEAR)}
        for n in range(len(pen.values))
    ]  # fmt: skip
    for turn, column in enumerate(DECISIONS):
        for row, text in zip(rows, pen.many(f"appraisal.csv:{column}", turn=turn), strict=True):
            row[column] = text
    _write(path, (*decisions.COLUMNS, *decisions.OPTIONAL), rows)


def _requests(path: Path, codes: Sequence[str], pen: _Pen) -> None:
    rows = [
        {"indicator": codes[n % len(codes)], "round": str(n // len(codes) + 1), "to": "commune",
         "finding": "clarify", "asked_on": "2024-11-06", "answered_on": "2024-11-07",
         "state": "answered", "year": str(YEAR)}
        for n in range(len(pen.values))
    ]  # fmt: skip
    for turn, column in enumerate(REQUESTS):
        for row, text in zip(rows, pen.many(f"requests.csv:{column}", turn=turn), strict=True):
            row[column] = text
    _write(path, (*requests.COLUMNS, *requests.OPTIONAL), rows)


def _facts(path: Path, codes: Sequence[str], pen: _Pen) -> None:
    rows = [
        {"indicator": codes[n % len(codes)], "kind": "work", "year": str(YEAR)}
        for n in range(len(pen.values))
    ]
    for turn, column in enumerate(FACTS):
        for row, text in zip(rows, pen.many(f"facts.csv:{column}", turn=turn), strict=True):
            row[column] = text
    for row, text in zip(rows, pen.many("facts.csv:source", turn=5), strict=True):
        row["source"] = f"so-lieu:{text}"
    _write(path, (*facts.COLUMNS, *facts.OPTIONAL), rows)


SHOWN = (
    "hamlets", "identity.name", "identity.district", "identity.hamlets", "appraiser.vi",
    "petition.title.vi", "petition.number", "petition.issuer.vi", "legal_bases.title.vi",
    "legal_bases.number", "legal_bases.issuer.vi", "citations.number",
    "dossier.items.name.vi", "leadership.facts.text.vi", "leadership.documents.title.vi",
    "leadership.documents.number", "leadership.documents.issuer.vi", "base_set.by.vi",
    "conditions.statement.vi", "conditions.document.title.vi", "conditions.document.number",
    "conditions.document.issuer.vi", "plan.tasks.field.vi", "plan.tasks.tasks.vi",
    "plan.targets.name.vi", "plan.targets.text.vi", "plan.targets.period.vi",
    "evidence.csv:document", "evidence.csv:number", "evidence.csv:issuer",
    "evidence.csv:note", "evidence.csv:confirmed_by", "requests.csv:id",
    "requests.csv:answer", "facts.csv:place",
)  # fmt: skip
"""The fields of which a Vietnamese report shows every text; of decisions, the last round."""


def free_texts(model: type[BaseModel] = Commune, before: str = "") -> Iterator[str]:
    """Yield the fields of a schema that take any text."""
    for name, field in model.model_fields.items():
        yield from _of(field.annotation, f"{before}{name}", bool(field.metadata))


def _of(kind: Any, path: str, patterned: bool) -> Iterator[str]:
    if get_origin(kind) is Annotated:
        inner, *rules = get_args(kind)
        yield from _of(inner, path, patterned or any(hasattr(one, "metadata") for one in rules))
    elif get_origin(kind) in (Union, types.UnionType, tuple, dict):
        for one in get_args(kind)[1 if get_origin(kind) is dict else 0 :]:
            yield from _of(one, path, patterned)
    elif kind is str and not patterned:
        yield path
    elif kind is Text:
        yield from (f"{path}.vi", f"{path}.en")
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from free_texts(kind, f"{path}.")

"""What the sheets of the form hold: columns, keys, and paths of the profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ntm_analysis.language import Lang, translate

VERSION: Final = 2
MARK: Final = "ntm:"
"""A hidden row names the columns by key, so that a form is read whatever its language."""
HIDDEN: Final = "_ntm"
Kind = Literal[
    "figures",
    "evidence",
    "decisions",
    "requests",
    "facts",
    "targets",
    "profile",
    "office",
    "further",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    key : str
        As in the CSV file; `_` in front for what is only shown.
    width : float
        In characters.
    input : bool
        Whether people write in it.
    hidden : bool
    needed : bool
        Whether a row that says anything must fill it in.
    words : str
        The message that heads it, where another sheet has a column of the same key.
    """

    key: str
    width: float
    input: bool = True
    hidden: bool = False
    needed: bool = False
    words: str = ""

    def title(self, lang: Lang) -> str:
        """Return the column's heading."""
        name = self.words or self.key.lstrip("_").replace(".", "_")
        return translate(f"forms.column_{name}", lang)


FIGURES: Final = (
    Column("variable", 4, input=False, hidden=True),
    Column("_label", 44, input=False),
    Column("_unit", 13, input=False),
    Column("_used", 10, input=False),
    Column("value", 14),
    Column("_rate", 10, input=False),
    Column("as_of", 12),
    Column("indicator", 9),
    Column("source", 16),
    Column("primary", 8),
    Column("drafted", 13),
    Column("note", 30),
    Column("note_en", 24),
    Column("year", 7),
    Column("_scope", 4, input=False, hidden=True),
    Column("_order", 4, input=False, hidden=True),
)
EVIDENCE: Final = (
    Column("indicator", 8, input=False),
    Column("_name", 36, input=False),
    Column("_requires", 16, input=False),
    Column("claimed_value", 12),
    Column("claimed_verdict", 15),
    Column("document", 28),
    Column("number", 16),
    Column("issuer", 18),
    Column("issued_on", 12),
    Column("grade", 8),
    Column("drafted", 13),
    Column("note", 30),
    Column("valid_until", 12),
    Column("file", 22),
    Column("confirmed_by", 20),
    Column("confirmed_on", 12),
    Column("document_en", 22),
    Column("issuer_en", 18),
    Column("note_en", 22),
    Column("year", 7),
    Column("_order", 4, input=False, hidden=True),
)
DECISIONS: Final = (
    Column("indicator", 4, input=False, hidden=True),
    Column("_subject", 8, input=False),
    Column("_name", 36, input=False, words="decided"),
    Column("_verdict", 15, input=False, words="computed"),
    Column("_standing", 17, input=False),
    Column("decision", 20, needed=True),
    Column("by", 20, needed=True),
    Column("role", 18),
    Column("on", 14, needed=True, words="decided_on"),
    Column("reason", 40),
    Column("round", 7),
    Column("role_en", 18),
    Column("reason_en", 26),
    Column("year", 7),
    Column("_order", 4, input=False, hidden=True),
)
REQUESTS: Final = (
    Column("id", 8, needed=True, words="request"),
    Column("round", 7, needed=True),
    Column("to", 18, needed=True),
    Column("indicator", 14, words="about"),
    Column("finding", 14, needed=True),
    Column("question", 44),
    Column("asked_on", 12),
    Column("due_on", 12),
    Column("answered_on", 12),
    Column("answer", 40),
    Column("state", 13, needed=True),
    Column("before", 18),
    Column("answer_en", 26),
    Column("year", 7),
    Column("_order", 4, input=False, hidden=True),
)
FACTS: Final = (
    Column("indicator", 16, needed=True, words="part"),
    Column("kind", 14, needed=True),
    Column("text", 60, needed=True, words="done"),
    Column("place", 24, words="where"),
    Column("amount", 12),
    Column("unit", 16),
    Column("source", 16, needed=True),
    Column("text_en", 40, words="done_en"),
    Column("place_en", 20, words="where_en"),
    Column("year", 7),
    Column("_order", 4, input=False, hidden=True),
)
TARGETS: Final = (
    Column("name.vi", 36, needed=True),
    Column("name.en", 30),
    Column("indicator", 9),
    Column("requires", 12),
    Column("unit", 22),
    Column("text.vi", 18),
    Column("text.en", 18),
    Column("period.vi", 14, needed=True),
    Column("period.en", 14),
    Column("until", 8),
    Column("source", 14),
)
PROFILE: Final = (
    Column("path", 4, input=False, hidden=True),
    Column("_label", 46, input=False),
    Column("_needed", 18, input=False),
    Column("value", 60),
)
UNREAD: Final = (
    Column("_in_file", 18, input=False),
    Column("_section", 30, input=False),
    Column("_page", 8, input=False),
    Column("_stated", 14, input=False),
    Column("_reason", 30, input=False),
    Column("_quote", 80, input=False),
)
"""What of a report went nowhere."""
OFFICE: Final = (
    Column("path", 4, input=False, hidden=True),
    Column("_label", 34, input=False),
    Column("first", 32, words="office_first"),
    Column("second", 30, words="office_second"),
    Column("third", 40, words="office_third"),
    Column("first_en", 28, words="office_first_en"),
    Column("second_en", 28, words="office_second_en"),
    Column("third_en", 32, words="office_third_en"),
)
FURTHER: Final = (Column("path", 52), Column("value", 80))
COLUMNS: Final[Mapping[Kind, Sequence[Column]]] = {
    "figures": FIGURES,
    "evidence": EVIDENCE,
    "decisions": DECISIONS,
    "requests": REQUESTS,
    "facts": FACTS,
    "targets": TARGETS,
    "profile": PROFILE,
    "office": OFFICE,
    "further": FURTHER,
}
DATES: Final = frozenset({
    "as_of", "issued_on", "valid_until", "confirmed_on", "on", "asked_on", "due_on", "answered_on",
})  # fmt: skip
LINES: Final = frozenset({
    "note", "note_en", "document", "document_en", "number", "issuer", "issuer_en", "reason",
    "reason_en", "question", "answer", "answer_en", "role", "role_en", "by", "confirmed_by",
    "text", "text_en", "place", "place_en",
})  # fmt: skip
"""Columns whose text may have several lines."""

IDENTITY: Final = (
    "id", "name", "code", "district", "province", "classes", "hamlets", "population", "synthetic",
    "note.vi", "note.en",
)  # fmt: skip
APPRAISAL: Final = (
    "appraiser.vi", "appraiser.en", "submitted_to.vi", "submitted_to.en", "period.from",
    "period.until", "petition.title.vi", "petition.title.en", "petition.number",
    "petition.issuer.vi", "petition.issuer.en", "petition.date", "petition.source",
    "claim.criteria_met", "claim.criteria_total", "claim.indicators_met",
    "claim.indicators_total", "claim.source", "base_set.recognised", "base_set.by.vi",
    "base_set.by.en", "base_set.criteria_met", "base_set.criteria_total",
    "base_set.indicators_met", "base_set.indicators_total", "base_set.source",
    "dossier.declared_complete", "dossier.source", "plan.year", "drafted",
)  # fmt: skip
SOURCE_ROWS: Final = "_sources"
"""Rows of the profile that declare a paper: its key, then what it is."""
SOURCE: Final = ("key", "title.vi", "title.en", "number", "date")
CONDITION: Final = (
    "status", "claimed", "statement.vi", "statement.en", "rate", "document.title.vi",
    "document.number", "document.date", "grade", "source",
)  # fmt: skip


def sheet_name(kind: str, lang: Lang) -> str:
    """Return the name of a sheet."""
    return translate(f"forms.sheet_{kind}", lang)


def flatten(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the leaves of nested mappings and lists with their paths: `a.0.b`."""
    if isinstance(data, Mapping) and data:
        for key, value in data.items():
            yield from flatten(value, f"{path}.{_escape(str(key))}" if path else _escape(str(key)))
    elif isinstance(data, list) and data:
        for place, value in enumerate(data):
            yield from flatten(value, f"{path}.{place}")
    elif data is not None and not isinstance(data, Mapping | list):
        yield path, data


def _escape(key: str) -> str:
    """Return a mapping's key as part of a path: no point, and no place in a list."""
    key = key.replace("%", "%25").replace(".", "%2E")
    return f"%{ord(key[0]):02X}{key[1:]}" if _PLACE.match(key) else key


def _plain(key: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), key)


_PLACE: Final = re.compile(r"^[0-9]{1,3}$")
_ESCAPED: Final = re.compile(r"%([0-9A-F]{2})")


def unflatten(leaves: Mapping[str, Any]) -> dict[str, Any]:
    """Return the nested data of paths and leaves; keys that count from 0 make a list.

    Examples
    --------
    >>> unflatten({"a.0.b": 1, "c.%30": 2})
    {'a': [{'b': 1}], 'c': {'0': 2}}
    """
    tree: dict[str, Any] = {}
    for path, value in leaves.items():
        *parents, last = path.split(".")
        node = tree
        for key in parents:
            child = node.setdefault(key, {})
            if not isinstance(child, dict):
                child = node[key] = {}
            node = child
        node[last] = value
    result = _lists(tree)
    assert isinstance(result, dict)
    return result


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(map(_PLACE.match, node)):
        return [_lists(node[key]) for key in sorted(node, key=int)]
    return {_plain(key): _lists(value) for key, value in node.items()}

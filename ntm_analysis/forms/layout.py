"""What the sheets of the form hold: columns, keys, and paths of the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from ntm_analysis.language import Lang, translate

VERSION: Final = 1
MARK: Final = "ntm:"
"""A hidden row names the columns by key, so that a form is read whatever its language."""
HIDDEN: Final = "_ntm"
Kind = Literal["figures", "evidence", "targets", "profile", "further"]


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
    """

    key: str
    width: float
    input: bool = True
    hidden: bool = False

    def title(self, lang: Lang) -> str:
        """Return the column's heading."""
        return translate(f"forms.column_{self.key.lstrip('_').replace('.', '_')}", lang)


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
TARGETS: Final = (
    Column("name.vi", 36),
    Column("name.en", 30),
    Column("indicator", 9),
    Column("requires", 12),
    Column("unit", 22),
    Column("text.vi", 18),
    Column("text.en", 18),
    Column("period.vi", 14),
    Column("period.en", 14),
    Column("until", 8),
    Column("source", 14),
)
PROFILE: Final = (
    Column("path", 4, input=False, hidden=True),
    Column("_label", 46, input=False),
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
FURTHER: Final = (Column("path", 52), Column("value", 80))
COLUMNS: Final[Mapping[Kind, Sequence[Column]]] = {
    "figures": FIGURES,
    "evidence": EVIDENCE,
    "targets": TARGETS,
    "profile": PROFILE,
    "further": FURTHER,
}
DATES: Final = frozenset({"as_of", "issued_on", "valid_until", "confirmed_on"})

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
    return key.replace("%", "%25").replace(".", "%2E")


def _plain(key: str) -> str:
    return key.replace("%2E", ".").replace("%25", "%")


def unflatten(leaves: Mapping[str, Any]) -> dict[str, Any]:
    """Return the nested data of paths and leaves; keys that count from 0 make a list."""
    tree: dict[str, Any] = {}
    for path, value in leaves.items():
        *parents, last = path.split(".")
        node = tree
        for key in parents:
            child = node.setdefault(_plain(key), {})
            if not isinstance(child, dict):
                child = node[_plain(key)] = {}
            node = child
        node[_plain(last)] = value
    result = _lists(tree)
    assert isinstance(result, dict)
    return result


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    made = {key: _lists(value) for key, value in node.items()}
    if made and all(key.isdecimal() and len(key) < 4 for key in made):
        return [made[key] for key in sorted(made, key=int)]
    return made

"""The rows of the sheets of decisions, requests and facts as those of the CSV files."""

from __future__ import annotations

from typing import Any, Final

from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.requirement import unit_key
from ntm_analysis.forms.rows import texts_of
from ntm_analysis.forms.tables import Form, Table
from ntm_analysis.forms.words import clean, keys_by_word
from ntm_analysis.language import LANGUAGES

_CHOICES: Final = {
    "decision": "conclusion.",
    "to": "requests.to_word.",
    "state": "requests.state_word.",
    "kind": "facts.kind_word.",
}


def read_decisions(table: Table, form: Form, reader: Reader) -> None:
    """Read what the appraiser decided: a row an indicator or condition and round."""
    found: list[tuple[float, dict[str, str], int]] = []
    for row in table.rows():
        if not table.filled(row):
            continue
        key = "indicator" if table.cell(row, "indicator") not in ("", None) else "_subject"
        made = {"indicator": _subject(table, row, key, form, reader)}
        made |= _choices(table, row, ("decision",), reader)
        made["on"] = reader.date(table.cell(row, "on"), table.place(row, "on"))
        texts = ("by", "role", "reason", "round", "role_en", "reason_en", "year")
        made |= texts_of(table, row, texts, reader)
        found.append((table.order(row), made, row))
    form.decisions = _rows(found, "appraisal", table, form)
    for number, row in enumerate(row for *_, row in sorted(found, key=lambda one: one[0])):
        form.places["appraisal", number, "indicator"] = table.place(row, "_subject")


def read_requests(table: Table, form: Form, reader: Reader) -> None:
    """Read what was asked and answered, a row a request."""
    conclusions = keys_by_word("conclusion.")
    found: list[tuple[float, dict[str, str], int]] = []
    for row in table.rows():
        if not table.filled(row):
            continue
        made = {"indicator": _subject(table, row, "indicator", form, reader)}
        made |= _choices(table, row, ("to", "state"), reader)
        for key in ("asked_on", "due_on", "answered_on"):
            made[key] = reader.date(table.cell(row, key), table.place(row, key))
        texts = ("id", "round", "finding", "question", "answer", "answer_en", "year", "before")
        made |= texts_of(table, row, texts, reader)
        parts = (part.strip() for part in made["finding"].split(";"))
        made["finding"] = "; ".join(conclusions.get(p.casefold(), p) for p in parts if p)
        made["before"] = conclusions.get(made["before"].casefold(), made["before"])
        found.append((table.order(row), made, row))
    form.requests = _rows(found, "requests", table, form)


def read_facts(table: Table, form: Form, reader: Reader) -> None:
    """Read what was done, a row each."""
    found: list[tuple[float, dict[str, str], int]] = []
    parts = keys_by_word("facts.part_word.")
    for row in table.rows():
        if not table.filled(row):
            continue
        raw = table.cell(row, "indicator")
        part = parts.get(clean(raw).casefold()) if isinstance(raw, str) else None
        code = part or reader.code(raw, table.place(row, "indicator"), form.about.get("set", ""))
        made = {"indicator": code} | _choices(table, row, ("kind",), reader)
        place = table.place(row, "amount")
        made["amount"] = reader.figure(table.cell(row, "amount"), None, place)
        texts = ("text", "place", "unit", "source", "text_en", "place_en", "year")
        made |= texts_of(table, row, texts, reader)
        made["unit"] = unit_key(made["unit"], reader.book) if made["unit"] else ""
        found.append((table.order(row), made, row))
    form.facts = _rows(found, "facts", table, form)


def _rows(
    found: list[tuple[float, dict[str, str], int]], file: str, table: Table, form: Form
) -> list[dict[str, str]] | None:
    """Return the rows in their order; None for a sheet that was left blank, which takes nothing."""
    found.sort(key=lambda one: one[0])
    for number, (_, _, row) in enumerate(found):
        for column in table.columns:
            form.places[file, number, column] = table.place(row, column)
    return [made for _, made, _ in found] or None


def _choices(table: Table, row: int, keys: tuple[str, ...], reader: Reader) -> dict[str, str]:
    made = {}
    for key in keys:
        family = _CHOICES[key]
        place = table.place(row, key)
        words = keys_by_word(family)
        made[key] = reader.choice(table.cell(row, key), place, words, "forms.verdict", family)
    return made


def _subject(table: Table, row: int, key: str, form: Form, reader: Reader) -> str:
    """Return an indicator's code, or the key of a condition that is called by its name."""
    raw: Any = table.cell(row, key)
    set_key = form.about.get("set", "")
    loaded = reader.book.sets.get(set_key)
    word = clean(raw).casefold() if isinstance(raw, str) else ""
    for condition in loaded.about.conditions if loaded else ():
        if word in (condition.key, *(condition.name[lang].casefold() for lang in LANGUAGES)):
            return condition.key
    return reader.code(raw, table.place(row, key), set_key)

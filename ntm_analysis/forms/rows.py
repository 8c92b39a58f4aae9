"""The rows of the sheets of figures and evidence as those of the CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ntm_analysis.communes.evidence import GRADES
from ntm_analysis.communes.figures import POSSIBLE
from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.claims import claim_variable
from ntm_analysis.forms.drafts import certainty_words
from ntm_analysis.forms.layout import LINES
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.tables import Form, Table
from ntm_analysis.forms.words import clean, keys_by_word
from ntm_analysis.forms.workbook import letters
from ntm_analysis.language import LANGUAGES, say, translate
from ntm_analysis.numbers.answers import ANSWERS
from ntm_analysis.rulebook import Rulebook

_FORM_SOURCE: Final = "form"


def read_figures(table: Table, form: Form, reader: Reader) -> None:
    """Read the sheet of figures: a row a reading."""
    rows: list[tuple[float, dict[str, str], int]] = []
    names = _names(reader.book)
    for row in table.rows():
        name = _variable(table, row, names)
        raw = table.cell(row, "value")
        filled = table.filled(row)
        if (row, table.columns.get("value", 0)) in table.grid.hidden or not filled:
            continue
        if not name and raw in ("", None):
            continue
        if raw in ("", None) and name in reader.book.variables:
            if filled != ["year"]:
                reader.note(table.place(row, "value"), say("forms.blank"), say("forms.skipped"))
            continue
        if not name or (name not in reader.book.variables and raw in ("", None)):
            place = Place(table.grid.name, row + 1, letters(table.columns.get("_label", 1)))
            shown = table.cell(row, "_label")
            reader.problem(place, say("forms.no_variable"), say("forms.no_variable_wanted"), shown)
            continue
        made = _figure(table, row, name, form, reader)
        if str(table.place(row, "value")) in reader.blanks:
            continue
        rows.append((table.order(row), made, row))
    rows.sort(key=lambda item: item[0])
    for number, (_, made, row) in enumerate(rows):
        form.figures.append(made)
        for column in table.columns:
            form.places["figures", number, column] = table.place(row, column)


def _figure(table: Table, row: int, name: str, form: Form, reader: Reader) -> dict[str, str]:
    variable = reader.book.variables.get(name)
    place = table.place(row, "value")
    raw = table.cell(row, "value")
    value = reader.figure(raw, variable, place, percent=table.is_percent(row, "value"))
    if value and table.is_computed(row, "value"):
        reader.note(place, say("forms.computed", text=clean(raw)), value)
    made = {
        "variable": name,
        "value": value,
        "unit": variable.unit if variable else "",
        "as_of": reader.date(table.cell(row, "as_of"), table.place(row, "as_of")),
    }
    chosen = table.place(row, "primary")
    primary = reader.choice(table.cell(row, "primary"), chosen, _primary_words(), "forms.primary")
    made["primary"] = "" if primary == "no" else primary
    made["drafted"] = _drafted(table, row, reader)
    code = table.cell(row, "indicator")
    made["indicator"] = reader.code(code, table.place(row, "indicator"), form.about.get("set", ""))
    made |= texts_of(table, row, ("source", "note", "note_en", "year"), reader)
    made["source"] = made["source"] or f"{_FORM_SOURCE}:{place.column}{row + 1}"
    return made


def _primary_words() -> dict[str, str]:
    possible = {translate("forms.possible", lang).casefold(): POSSIBLE for lang in LANGUAGES}
    return {**ANSWERS, **possible}


def _drafted(table: Table, row: int, reader: Reader) -> str:
    place = table.place(row, "drafted")
    return reader.choice(table.cell(row, "drafted"), place, certainty_words(), "forms.drafted")


def texts_of(table: Table, row: int, keys: tuple[str, ...], reader: Reader) -> dict[str, str]:
    """Return the cells of a row that hold text."""
    made = {}
    for key in keys:
        raw = table.cell(row, key)
        if table.is_percent(row, key) and isinstance(raw, int | float):
            raw = f"{round(raw * 100, 10):g}%"
        place = table.place(row, key)
        made[key] = reader.text(reader.undated(raw, place, key), place, lines=key in LINES)
    return made


def _names(book: Rulebook) -> dict[str, str]:
    names = {name.casefold(): name for name in book.variables}
    for name, variable in book.variables.items():
        for lang in LANGUAGES:
            names.setdefault(clean(variable.label[lang]).casefold(), name)
    return names


def _variable(table: Table, row: int, names: Mapping[str, str]) -> str:
    for key in ("variable", "_label"):
        text = table.cell(row, key)
        if isinstance(text, str) and text:
            found = names.get(clean(text).casefold())
            return found or (text if key == "variable" else "")
    return ""


def read_evidence(table: Table, form: Form, reader: Reader) -> None:
    """Read the register of evidence: a row a document or claim."""
    rows = [
        (table.order(row), _proof(table, row, form, reader), row)
        for row in table.rows()
        if table.filled(row)
    ]
    rows.sort(key=lambda item: item[0])
    for number, (_, made, row) in enumerate(rows):
        form.evidence.append(made)
        for column in table.columns:
            form.places["evidence", number, column] = table.place(row, column)


def _proof(table: Table, row: int, form: Form, reader: Reader) -> dict[str, str]:
    set_key = form.about.get("set", "")
    code = reader.code(table.cell(row, "indicator"), table.place(row, "indicator"), set_key)
    made = {"indicator": code, "claimed_value": _claim(table, row, code, set_key, reader)}
    made["claimed_verdict"] = reader.choice(
        table.cell(row, "claimed_verdict"), table.place(row, "claimed_verdict"),
        keys_by_word("verdict."), "forms.verdict", "verdict.",
    )  # fmt: skip
    for key in ("issued_on", "valid_until", "confirmed_on"):
        made[key] = reader.date(table.cell(row, key), table.place(row, key))
    texts = ("document", "number", "issuer", "note", "document_en", "issuer_en", "note_en",
             "year", "file", "confirmed_by")  # fmt: skip
    made |= texts_of(table, row, texts, reader)
    place = table.place(row, "grade")
    grade = reader.text(table.cell(row, "grade"), place).upper()
    if grade and grade not in GRADES:
        reader.problem(place, say("evidence.grade"), say("evidence.grade_wanted"), grade)
        grade = ""
    elif not grade and (made["document"] or made["number"]):
        # A document that shows nothing is rare: whoever left the grade open should know.
        reader.note(place, say("forms.blank"), "E")
    made["grade"] = grade or "E"
    made["drafted"] = _drafted(table, row, reader)
    return made


def _claim(table: Table, row: int, code: str, set_key: str, reader: Reader) -> str:
    """Return a claimed value, held to what the indicator measures as a figure is."""
    raw: Any = table.cell(row, "claimed_value")
    place = table.place(row, "claimed_value")
    variable = claim_variable(reader.book, set_key, code)
    percent = table.is_percent(row, "claimed_value")
    value = reader.fitting(raw, variable, place, percent=percent)
    if value and table.is_computed(row, "claimed_value"):
        reader.note(place, say("forms.computed", text=clean(raw)), value)
    return value

"""Many communes in one table: a row a commune, a column a quantity."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any, Final

from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.figures_sheet import variables_in_order
from ntm_analysis.forms.layout import MARK, Column, sheet_name
from ntm_analysis.forms.marks import EMPTY_RESULT
from ntm_analysis.forms.place import Place
from ntm_analysis.forms.profile_rows import NAMES
from ntm_analysis.forms.sheets import FIRST_ROW, Book
from ntm_analysis.forms.tables import Form
from ntm_analysis.forms.words import clean
from ntm_analysis.forms.workbook import Grid, letters
from ntm_analysis.language import LANGUAGES, Lang, say, translate
from ntm_analysis.rulebook import RulesInForce
from ntm_analysis.spelling import fold, slug

IDENTITY: Final = ("id", "name", "code", "district", "province", "year", "set", "on", "appraiser")
_SHARED: Final = ("province", "district", "year", "set", "on", "appraiser")
"""What merged cells may say of several communes at once."""
_NEEDED: Final = ("name", "province", "year")
_ROWS: Final = 200
_MANY: Final = 3


def write_many(rules: RulesInForce, lang: Lang) -> bytes:
    """Return a blank wide sheet as the bytes of an `.xlsx` file."""
    stream = io.BytesIO()
    book = Book(stream, lang)
    variables, names = rules.rulebook.variables, variables_in_order(rules)
    columns: list[Column] = [_Labelled(key, 14, label=_heading(key, lang)) for key in IDENTITY]
    columns += [_Labelled(name, 16, label=f"{variables[name].label[lang]}") for name in names]
    lead = translate("forms.lead_many", lang)
    sheet = book.sheet(sheet_name("many", lang), columns, lead, FIRST_ROW + _ROWS)
    for row in range(FIRST_ROW, FIRST_ROW + _ROWS):
        sheet.blank(row)
    book.close()
    return stream.getvalue()


def _heading(key: str, lang: Lang) -> str:
    """Return the heading of a column on the commune; a star marks what must be filled in."""
    return translate(f"forms.many_{key}", lang) + (" *" if key in _NEEDED else "")


class _Labelled(Column):
    """A column with a heading of its own."""

    def __init__(self, key: str, width: float, label: str) -> None:
        super().__init__(key, width)
        object.__setattr__(self, "label", label)

    def title(self, lang: Lang) -> str:
        """Return the variable's label."""
        return str(self.label)  # type: ignore[attr-defined]

    __slots__ = ("label",)


def _headings(reader: Reader) -> dict[str, str]:
    names: dict[str, str] = {}
    for key in IDENTITY:
        names[key] = names[MARK + key] = key
        for lang in LANGUAGES:
            names[translate(f"forms.many_{key}", lang).casefold()] = key
    for name, variable in reader.book.variables.items():
        names[name] = names[MARK + name] = name
        for lang in LANGUAGES:
            names.setdefault(variable.label[lang].casefold(), name)
    return names


def find_table(grids: Sequence[Grid], reader: Reader) -> tuple[Grid, int, dict[int, str]] | None:
    """Return the sheet with a row a commune, its first row, and what its columns hold."""
    names = _headings(reader)
    found = [table for grid in grids if (table := _find(grid, names))]
    filled = [one for one in found if _filled(one[0], one[1], one[2])] or found
    if len(filled) > 1:
        which = ", ".join(f"“{one[0].name}”" for one in filled)
        place = Place(filled[0][0].name, 1, "A")
        wanted = say("forms.sheets_twice_wanted")
        reader.problem(place, say("forms.sheets_twice", names=which), wanted)
    return filled[0] if filled else None


def _filled(grid: Grid, first: int, columns: dict[int, str]) -> bool:
    rows = range(first, len(grid.rows))
    return any(grid.at(row, column) not in ("", None) for row in rows for column in columns)


def _find(grid: Grid, names: dict[str, str]) -> tuple[Grid, int, dict[int, str]] | None:
    for number, row in enumerate(grid.rows[:20]):
        columns = {
            place: names[heading]
            for place, cell in enumerate(row)
            if isinstance(cell, str) and (heading := clean(cell).casefold().rstrip(" *")) in names
        }
        found = set(columns.values())
        if len(found & set(IDENTITY)) >= 2 and len(columns) >= _MANY:
            first = number + 1
            # Under the hidden keys stand the headings.
            if any(isinstance(c, str) and c.startswith(MARK) for c in row):
                first += 1
            return grid, first, columns
    return None


def read_many(
    grid: Grid, first: int, columns: dict[int, str], reader: Reader, defaults: dict[str, str]
) -> list[Form]:
    """Return a form for each row of a wide table.

    Parameters
    ----------
    grid, first, columns
        As `find_table` gives them.
    reader : Reader
        Takes problems and conversions.
    defaults : dict
        `set` and `on` where the table has no such columns.
    """
    for place, cell in enumerate(grid.rows[first - 1]):
        where = Place(grid.name, first, letters(place))
        twice = place in columns and columns[place] in [columns[n] for n in columns if n < place]
        if twice:
            told = say("table.column_twice", column=cell)
            reader.problem(where, told, say("table.column_twice_wanted"), cell)
        elif cell not in ("", None) and place not in columns and not _is_number(cell):
            wanted = say("forms.column_unknown_wanted")
            reader.problem(where, say("forms.column_unknown"), wanted, cell)
    # A column that is there twice is told of, and read once.
    columns = {
        place: key
        for place, key in columns.items()
        if key not in [columns[n] for n in columns if n < place]
    }
    _check_commas(grid, first, columns, reader)
    forms = []
    seen: dict[str, tuple[int, str]] = {}
    for row in range(first, len(grid.rows)):
        _check_width(grid, row, first, reader)
        cells = {columns[c]: grid.at(row, c) for c in columns}
        for column, key in columns.items():
            if key in _SHARED and (row, column) in grid.hidden:
                cells[key] = grid.at(*grid.hidden[row, column])
        said = [value for value in cells.values() if value not in ("", None, EMPTY_RESULT)]
        if not said:
            continue
        if _is_remark(cells, said):
            start = Place(grid.name, row + 1, letters(min(columns)))
            reader.note(start, str(clean(said[0])), say("forms.remark"))
            continue
        form = _row(grid, row, columns, cells, reader, defaults)
        key = f"{form.profile['id']}-{form.about['year']}"
        if key in seen:
            where = Place(grid.name, row + 1, letters(min(columns)))
            other, district = seen[key]
            apart = fold(form.profile.get("district", "")) != fold(district)
            told = say("forms.twice_apart" if apart else "forms.twice", row=other)
            wanted = say("forms.twice_apart_wanted" if apart else "forms.twice_wanted")
            reader.problem(where, told, wanted, key)
        seen[key] = (row + 1, form.profile.get("district", ""))
        forms.append(form)
    if not forms:
        where = Place(grid.name, first + 1, "A")
        reader.problem(where, say("forms.no_rows"), say("forms.no_rows_wanted"))
    return forms


def _is_number(heading: Any) -> bool:
    """Return whether a column only numbers the rows, as tables of offices do."""
    return fold(str(clean(heading))).rstrip(". ") in ("stt", "tt", "so tt", "no", "#")


_TOTALS: Final = re.compile(r"^(?:tong|cong|toan (?:huyen|tinh|thi xa)|total|sum)\b")


def _is_remark(cells: dict[str, Any], said: list[Any]) -> bool:
    """Return whether a row is no commune: totals, or a note or signature below the table."""
    name = fold(str(clean(cells.get("name") or "")))
    named = any(cells.get(key) not in ("", None) for key in ("province", "year"))
    return bool(_TOTALS.match(name)) or (len(said) == 1 and isinstance(said[0], str) and not named)


def _check_width(grid: Grid, row: int, first: int, reader: Reader) -> None:
    """Note cells beyond the headings, and rows of a CSV file that are too short."""
    head = grid.rows[first - 1]
    width = max((n + 1 for n, cell in enumerate(head) if cell not in ("", None)), default=0)
    cells = grid.rows[row]
    for column in range(len(cells)):
        named = column < len(head) and head[column] not in ("", None)
        if not named and cells[column] not in ("", None, EMPTY_RESULT):
            place = Place(grid.name, row + 1, letters(column))
            value = cells[column]
            reader.problem(place, say("forms.beyond"), say("forms.beyond_wanted"), value)
            return
    if not grid.name and len(cells) < width and any(cell not in ("", None) for cell in cells):
        place = Place(grid.name, row + 1, letters(len(cells)))
        count = width - len(cells)
        reader.note(place, say("forms.shorter", count=count), say("forms.shorter_read"))


def _check_commas(grid: Grid, first: int, columns: dict[int, str], reader: Reader) -> None:
    """Note neighbours that may be one number, parted at its decimal comma.

    Only in a CSV file that parts columns by commas and has no decimals at all: where a row lacks
    a cell at its end, `95,18` fills its place without a trace.
    """
    figures = {place for place, key in columns.items() if key not in IDENTITY}
    cells = [grid.at(row, place) for row in range(first, len(grid.rows)) for place in figures]
    if grid.delimiter != "," or any(re.search(r"\d[.,]\d", str(cell)) for cell in cells):
        return
    for row in range(first, len(grid.rows)):
        for place in sorted(figures):
            pair = [str(grid.at(row, one)) for one in (place, place + 1)]
            variable = reader.book.variables[columns[place]]
            if place + 1 not in figures or variable.kind not in ("percent", "amount"):
                continue
            if all(map(str.isdecimal, pair)) and len(pair[1]) <= _DECIMALS:
                where = Place(grid.name, row + 1, letters(place))
                written = say("forms.comma_split", first=pair[0], second=pair[1])
                reader.note(where, written, say("forms.comma_read", number=",".join(pair)))
                break


_DECIMALS: Final = 3


def _row(
    grid: Grid,
    row: int,
    columns: dict[int, str],
    cells: dict[str, Any],
    reader: Reader,
    defaults: dict[str, str],
) -> Form:
    by_key = {key: place for place, key in columns.items()}
    called = " ".join(
        f"{value:g}" if isinstance(value, float) else str(clean(value))
        for value in (cells.get("name"), cells.get("year"))
        if value
    )

    def place(key: str) -> Place:
        return Place(grid.name, row + 1, letters(by_key.get(key, 0)), called)

    texts = {key: reader.text(cells.get(key), place(key)) for key in IDENTITY if key != "on"}
    for key in _NEEDED:
        if not texts[key]:
            wanted = say("forms.many_empty_wanted")
            reader.problem(place(key), say("forms.many_empty", column=_name(key)), wanted)
    for key, kind in NAMES.items():
        texts[key] = reader.name(texts[key], kind, place(key)) if texts[key] else ""
    identity = texts["id"] or slug(texts["name"])
    year = texts["year"]
    on = reader.date(cells.get("on"), place("on")) or defaults.get("on", "")
    unsaid = () if on else ("on",)
    if not on and year.isdecimal() and len(year) == 4:
        on = dt.date(int(year), 12, 31).isoformat()
    form = Form({"set": texts["set"] or defaults.get("set", ""), "on": on, "year": year})
    form.lacks = ("evidence", *unsaid)
    form.profile = {"id": identity, "name": texts["name"], "province": texts["province"]}
    for key in ("code", "district"):
        if texts[key]:
            form.profile[key] = texts[key].zfill(5) if key == "code" else texts[key]
    stated = texts["appraiser"] or translate("forms.not_stated", "vi")
    form.profile[f"appraisals.{year}.appraiser.vi"] = stated
    form.profile[f"appraisals.{year}.appraiser.en"] = texts["appraiser"] or translate(
        "forms.not_stated", "en"
    )
    for key in IDENTITY:
        form.places["profile", key] = place(key)
    for name in (n for n in columns.values() if n not in IDENTITY):
        where = place(name)
        column = by_key[name]
        variable = reader.book.variables[name]
        if (row, column) in grid.hidden:
            reader.problem(where, say("forms.merged"), say("forms.merged_wanted"))
            continue
        raw, note = _without_confirmation(cells[name])
        value = reader.figure(raw, variable, where, percent=(row, column) in grid.percents)
        if not value:
            continue
        if (row, column) in grid.computed:
            reader.note(where, say("forms.computed", text=clean(raw)), value)
        number = len(form.figures)
        form.figures.append(
            {"variable": name, "value": value, "unit": variable.unit,
             "source": f"form:{where.column}{where.row}", **note}
        )  # fmt: skip
        for key in ("value", "variable", "unit", "source"):
            form.places["figures", number, key] = where
    return form


def _without_confirmation(cell: Any) -> tuple[Any, dict[str, str]]:
    """Return a cell without a closing `(đã kiểm tra)`, and the note that this makes.

    Examples
    --------
    >>> _without_confirmation("900 (checked)")[0]
    '900'
    """
    match = _CONFIRMED.match(cell) if isinstance(cell, str) else None
    if match is None:
        return cell, {}
    return match[1], {f"note{end}": translate("forms.confirmed", lang) for lang, end in _NOTES}


_CONFIRMED: Final = re.compile(
    r"^(.*\d.*?)\s*[(;,–-]?\s*(?:đã kiểm tra|checked)\)?$", re.IGNORECASE
)
_NOTES: Final[tuple[tuple[Lang, str], ...]] = (("vi", ""), ("en", "_en"))


def _name(key: str) -> str:
    return say(f"forms.many_{key}")

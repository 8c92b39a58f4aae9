"""The rows of an annex: what each prints, under which criterion and heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ntm_analysis.law.codes import Code, code_and_name, read_code
from ntm_analysis.law.columns import Columns, is_header, is_numbering
from ntm_analysis.law.grid import Line
from ntm_analysis.law.names import Names
from ntm_analysis.law.words import plain

_REMARK: Final = re.compile(r"^(?:ghi chu|chu thich|luu y|\(?\*+\)?|\[\d\]|noi nhan)\b|^\(?\*")
_ENDED: Final = re.compile(r"[.;:]\s*$")
_YEAR: Final = re.compile(r"^(?:den |het |cuoi |tu )*(?:nam )?((?:19|20)\d\d)$")


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row with a value, as printed.

    Attributes
    ----------
    code : Code or None
    name : str
    values : dict of str to str
        The printed words by region, zone or group; by the empty text where there is none.
    criterion : int or None
        The criterion under which it stands.
    heading : str
        The row without a value under which it stands, where it is a bullet of it.
    heading_code : Code or None
    unit : str
    page, row : int or None
    uneven : bool
        Whether lines of its cell could not be told apart.
    yearly : bool
        Whether its values stood in rows of years below it.
    """

    code: Code | None
    name: str
    values: dict[str, str] = field(default_factory=dict)
    criterion: int | None = None
    heading: str = ""
    heading_code: Code | None = None
    unit: str = ""
    page: int | None = None
    row: int | None = None
    uneven: bool = False
    yearly: bool = False


@dataclass(slots=True)
class Context:
    """What stands above the rows that follow, over the borders of tables.

    Attributes
    ----------
    criterion : int or None
    heading : AnnexRow or None
    """

    criterion: int | None = None
    heading: AnnexRow | None = None


def rows_of(
    lines: Sequence[Line], columns: Columns, names: Names, context: Context
) -> list[AnnexRow]:
    """Return the rows of a table that print a value.

    Parameters
    ----------
    lines : sequence of Line
    columns : Columns
    names : Names
    context : Context
        Carries the criterion from table to table.
    """
    found: list[AnnexRow] = []
    page, above = None, ""
    for line in lines[columns.head :]:
        if is_header(line, columns) or is_numbering(line) or not any(s.text for s in line.spots):
            continue
        new_page, page = line.page != page and page is not None, line.page
        row = _row(line, columns, above)
        above = line.text(columns.code) if columns.code is not None else ""
        spans = line.spots[columns.values[0][0]].origin == line.spots[columns.name].origin
        if _REMARK.match(plain(row.name)) or row.name.lstrip().startswith("*"):
            continue
        if columns.criterion is not None and line.text(columns.criterion):
            code, title = code_and_name(line.text(columns.criterion))
            context.criterion = names.criterion(title) or (
                code.numbers[0] if code and code.numbers else None
            )
        has_value = any(row.values.values()) and not spans
        if found and _continues(row, found[-1], new_page, has_value=has_value):
            found[-1] = _joined(found[-1], row)
            continue
        if not has_value:
            if row.name:
                _enter(row, names, context)
            if spans or not row.name or _is_title(row, names):
                continue
            found.append(_under(row, context))
            continue
        found += [_under(one, context) for one in _split(row)]
    return _without_headings(_with_years([_of_years(row) for row in found]))


def _of_years(row: AnnexRow) -> AnnexRow:
    """Join the values of columns that are years to one: `2023: ≥ 50; 2024: ≥ 53`."""
    years = {label: year_of(label) for label in row.values}
    if len(years) < 2 or not all(years.values()):
        return row
    said = {years[label]: " ".join(text.split()) for label, text in row.values.items() if text}
    words = "; ".join(f"{year}: {text}" for year, text in said.items())
    same = len(said) == len(years) and len(set(said.values())) == 1
    return replace(row, values={"": next(iter(said.values())) if same else words})


def _with_years(rows: list[AnnexRow]) -> list[AnnexRow]:
    """Join rows named by a year alone to one of the indicator that stands above them."""
    kept: list[AnnexRow] = []
    for row in rows:
        year = year_of(row.name)
        last = kept[-1] if kept else None
        if not year or not (row.heading or last):
            kept.append(row)
            continue
        said = {key: f"{year}: {text}" for key, text in row.values.items() if text}
        if last is not None and last.yearly and last.heading in (row.heading, last.name):
            values = {
                key: "; ".join(
                    part for part in (last.values.get(key, ""), said.get(key, "")) if part
                )
                for key in {**last.values, **said}
            }
            kept[-1] = replace(last, values=values)
        elif row.heading:
            bare = bool(last and last.name == row.heading and not any(last.values.values()))
            above = kept.pop() if bare else replace(row, code=row.heading_code, name=row.heading)
            kept.append(replace(above, values=said, heading=row.heading, yearly=True))
        else:
            kept.append(row)
    return kept


def year_of(text: str) -> str:
    """Return the year that a heading names and nothing else: `Năm 2023`; else an empty text."""
    match = _YEAR.match(" ".join(plain(text).split()))
    return match[1] if match else ""


def _row(line: Line, columns: Columns, above: str) -> AnnexRow:
    """Return a row as printed; a code repeated from the row above is none of its own."""
    code, name = code_and_name(line.text(columns.name))
    if columns.code is not None:
        spot = line.spots[columns.code]
        own = spot.origin != line.spots[columns.name].origin
        printed = read_code(spot.text) if own and spot.text else None
        fresh = line.own(columns.code) or spot.origin[0] == line.spots[columns.name].origin[0]
        fresh = fresh and spot.text != above
        if printed is not None and fresh and (code is None or (code.bullet and not printed.bullet)):
            code = printed
        elif (
            printed is not None
            and code is not None
            and len(printed.numbers) == 1
            and not code.bullet
        ):
            code = _under_number(code, printed)
    values = {label: line.text(column) for column, label in columns.values}
    unit = line.text(columns.unit) if columns.unit is not None else ""
    return AnnexRow(
        code,
        " ".join(name.split("\n")) if "\n" not in name else name,
        values,
        unit=unit,
        page=line.page,
        row=line.row,
    )


def _under_number(code: Code, criterion: Code) -> Code:
    """Return the code of an indicator that is numbered anew in each criterion."""
    if len(code.numbers) == 1 and not criterion.roman:
        return Code((criterion.numbers[0], code.numbers[0]))
    return code


def _enter(row: AnnexRow, names: Names, context: Context) -> None:
    """Take a row without a value as the heading of those that follow."""
    number = names.criterion(row.name)
    coded = (
        row.code.numbers[0]
        if row.code and len(row.code.numbers) == 1 and not row.code.roman
        else None
    )
    if number is not None or coded in names.criteria:
        context.criterion = number or coded
    context.heading = row


def _under(row: AnnexRow, context: Context) -> AnnexRow:
    heading = context.heading
    if row.code is not None and not row.code.bullet and row.values and any(row.values.values()):
        context.heading = row
        heading = None if len(row.code.numbers) > 1 else heading
    if heading is None or heading is row:
        return replace(row, criterion=context.criterion)
    return replace(
        row, criterion=context.criterion, heading=heading.name, heading_code=heading.code
    )


def _is_title(row: AnnexRow, names: Names) -> bool:
    """Whether a row without a value is a heading and no indicator whose value is missing."""
    if row.code is not None and len(row.code.numbers) > 1:
        return False
    number = names.criterion(row.name)
    best = names.matches(row.name)[0]
    return number is not None or row.code is None or best.score < 0.5


def _without_headings(rows: list[AnnexRow]) -> list[AnnexRow]:
    """Leave out rows without a value whose value stands in the bullets below them."""
    kept = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        empty = not any(row.values.values())
        if empty and following is not None and following.heading == row.name and row.name:
            continue
        kept.append(row)
    return kept


def _continues(row: AnnexRow, last: AnnexRow, new_page: bool, *, has_value: bool) -> bool:
    """Whether a row only carries on the one before it, as over the end of a page."""
    if row.code is not None:
        return False
    if not row.name:
        return has_value and not any(last.values.values())
    begins_small = row.name[:1].islower()
    if has_value:
        blank = not any(last.values.values())
        rest = all(text[:1].islower() for text in row.values.values() if text)
        return begins_small and new_page and (blank or rest)
    return begins_small and (new_page or not _ENDED.search(last.name))


def _joined(last: AnnexRow, row: AnnexRow) -> AnnexRow:
    values = {
        label: " ".join(part for part in (text, row.values.get(label, "")) if part)
        for label, text in last.values.items()
    }
    return replace(last, name=f"{last.name} {row.name}".strip(), values=values)


def _split(row: AnnexRow) -> Iterator[AnnexRow]:
    """Yield a row for each coded line of a cell that holds several indicators."""
    items = _items(row.name, coded=True)
    if len(items) < 2:
        yield replace(row, name=" ".join(row.name.split()))
        return
    lead = [] if code_and_name(row.name.split("\n")[0])[0] else [items.pop(0)]
    parts = {label: _items(text, coded=False) for label, text in row.values.items()}
    even = all(
        len(part) in (len(items), 1 if len(set(part)) == 1 else -1) for part in parts.values()
    )
    heading = lead[0] if lead else ""
    for index, item in enumerate(items):
        code, name = code_and_name(item)
        values = {
            label: (part[index] if even and len(part) == len(items) else row.values[label])
            for label, part in parts.items()
        }
        yield replace(
            row, code=code or row.code, name=name, values=values, uneven=not even or any(
                len(part) != len(items) for part in parts.values()
            ), heading=heading,
        )  # fmt: skip


def _items(text: str, *, coded: bool) -> list[str]:
    """Return the lines of a cell; a line without a code of its own carries on the one above it."""
    items: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        starts = not coded or code_and_name(line)[0] is not None
        if starts or not items:
            items.append(line.strip())
        else:
            items[-1] += f" {line.strip()}"
    return items

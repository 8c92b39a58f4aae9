"""Checking tables against their schemas before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa

from ntm_analysis.dataset.schema import Field, ForeignKey, Table
from ntm_analysis.language import say
from ntm_analysis.problems import Collector, Problem

_SHOWN = 5


def check_tables(tables: Mapping[str, tuple[Table, pa.Table]], problems: Collector) -> None:
    """Note what in the tables breaks their schemas: types, constraints, keys, references."""
    for table, data in tables.values():
        for field in table.fields:
            _check_field(table, field, data, problems)
        if table.key:
            _check_key(table, data, problems)
        for foreign in table.foreign:
            _check_foreign(table, data, foreign, tables[foreign.table][1], problems)


def _check_field(table: Table, field: Field, data: pa.Table, problems: Collector) -> None:
    pattern = re.compile(field.pattern) if field.pattern else None
    seen: dict[object, int] = {}
    for row, cell in enumerate(data.column(field.name).to_pylist()):
        seen.setdefault(cell, row)
    wrong = []
    for cell, row in seen.items():
        if cell is None:
            bad = field.required
        else:
            bad = bool(
                (field.enum and cell not in field.enum)
                or (pattern and not pattern.fullmatch(str(cell)))
                or (field.minimum is not None and cell < field.minimum)  # type: ignore[operator]
                or (field.maximum is not None and cell > field.maximum)  # type: ignore[operator]
            )
        if bad:
            wrong.append((row, cell))
    for row, cell in wrong[:_SHOWN]:
        problems.add(_problem(table, "cell", row, field.name, "" if cell is None else str(cell)))


def _check_key(table: Table, data: pa.Table, problems: Collector) -> None:
    first: dict[tuple[object, ...], int] = {}
    for row, key in enumerate(_rows(data, table.key)):
        if first.setdefault(key, row) != row:
            text = ", ".join(map(str, key))
            problems.add(_problem(table, "twice", row, ", ".join(table.key), text))


def _check_foreign(
    table: Table, data: pa.Table, foreign: ForeignKey, other: pa.Table, problems: Collector
) -> None:
    known = set(_rows(other, foreign.to))
    missing = {key: row for row, key in enumerate(_rows(data, foreign.fields)) if key not in known}
    for key, row in list(missing.items())[:_SHOWN]:
        text = ", ".join(map(str, key))
        problems.add(_problem(table, "foreign", row, ", ".join(foreign.fields), text))


def _rows(data: pa.Table, names: tuple[str, ...]) -> list[tuple[object, ...]]:
    return list(zip(*(data.column(name).to_pylist() for name in names), strict=True))


def _problem(table: Table, fault: str, row: int, column: str, value: str) -> Problem:
    return Problem(
        f"{table.name}.csv",
        say(f"dataset.{fault}"),
        say(f"dataset.{fault}_wanted"),
        row=row + 2,
        column=column,
        value=value or None,
    )

"""What differs between a report's files and those made anew, row by row and cell by cell."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

RESULTS: Final = "results.csv"
_KEY: Final = ("commune", "year", "indicator")
_SHOWN: Final = 120
_BEFORE: Final = 40
"""Letters shown of a line, and before the first that differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a report says otherwise than its inputs give now.

    Attributes
    ----------
    file : str
        The report's file.
    row : int or None
        The row or cell in that file, from 1; None where it is not there.
    what : str
        The indicator or finding, or the heading of a notebook's cell.
    column : str
        Of a table; empty where a whole row, cell or file differs.
    report, now : str
        What stands in the report, and what comes out now; empty where there is nothing.
    """

    file: str
    row: int | None
    what: str
    column: str
    report: str
    now: str


def differences(file: str, report: str | None, now: str) -> Iterator[Difference]:
    """Yield the differences of one file of a report.

    Parameters
    ----------
    file : str
        `results.csv`, `findings.csv`, a notebook or any other.
    report : str or None
        As it lies there; None where it does not.
    now : str
        As it comes out now.
    """
    if report == now:
        return
    found: list[Difference] = []
    if report is not None:
        try:
            found = list(_by_kind(file, report, now))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error):
            found = []
    # Bytes that differ without any cell doing so (line ends, order, metadata) are told as such.
    yield from found or [Difference(file, None, "", "", "" if report is None else "…", "…")]


def _by_kind(file: str, report: str, now: str) -> Iterator[Difference]:
    if file == RESULTS:
        yield from _results(file, report, now)
    elif file.endswith(".csv"):
        yield from _rows(file, report, now)
    elif file.endswith(".ipynb"):
        yield from _cells(file, json.loads(report), json.loads(now))
    elif file.endswith(".json"):
        yield from _entries(file, json.loads(report), json.loads(now))


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _results(file: str, report: str, now: str) -> Iterator[Difference]:
    old = {tuple(row[key] for key in _KEY): (n, row) for n, row in enumerate(_table(report), 2)}
    new = {tuple(row[key] for key in _KEY): row for row in _table(now)}
    for key in dict.fromkeys((*old, *new)):
        number, before = old.get(key, (None, None))
        after = new.get(key)
        if before is None or after is None:
            words = [one["verdict"] if one else "" for one in (before, after)]
            yield Difference(file, number, key[-1], "", *words)
            continue
        for column in dict.fromkeys((*before, *after)):
            values = before.get(column) or "", after.get(column) or ""
            if values[0] != values[1]:
                yield Difference(file, number, key[-1], str(column), *map(str, values))


def _rows(file: str, report: str, now: str) -> Iterator[Difference]:
    """Yield the rows that only one of two tables has."""
    old, new = _table(report), _table(now)
    left = Counter(tuple(row.items()) for row in new)
    for number, row in enumerate(old, start=2):
        if left[tuple(row.items())]:
            left[tuple(row.items())] -= 1
        else:
            yield Difference(file, number, _named(row), "", row.get("sentence") or "…", "")
    for items, count in left.items():
        row = dict(items)
        for _ in range(count):
            yield Difference(file, None, _named(row), "", "", row.get("sentence") or "…")


def _named(row: Mapping[str, str]) -> str:
    return " ".join(filter(None, (row.get("check"), row.get("indicator"))))


def _cells(file: str, report: Any, now: Any) -> Iterator[Difference]:
    old, new = report["cells"], now["cells"]
    heading = ""
    for number in range(max(len(old), len(new))):
        before, after = (cells[number] if number < len(cells) else None for cells in (old, new))
        texts = [_text(cell) for cell in (before, after)]
        for line in (texts[0] or texts[1]).splitlines():
            if line.startswith("#") and line.lstrip("#").startswith(" "):
                heading = line.lstrip("# ").partition("{")[0].strip()
                break
        if before != after:
            yield Difference(file, number + 1, heading, "", *_unlike(*texts))
    if old == new:
        yield Difference(file, None, "metadata", "", "…", "…")


def _text(cell: Any) -> str:
    """Return what a cell shows: its own text, or its outputs'."""
    if cell is None:
        return ""
    if cell["cell_type"] != "code":
        return _joined(cell["source"])
    shown = [
        _joined(output.get("text") or data.get("text/markdown") or data.get("text/plain", ""))
        for output in cell["outputs"]
        for data in [output.get("data", {})]
    ]
    return "\n".join(shown)


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def _unlike(one: str, other: str) -> tuple[str, str]:
    """Return the first lines of two texts that the other does not have, from where they part."""
    lines = [
        next((line for line in text.splitlines() if line.strip() and line not in known), "")
        for text, known in ((one, set(other.splitlines())), (other, set(one.splitlines())))
    ]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(*lines, strict=False))
    start = sum(1 for _ in alike)
    start = max(0, start - _BEFORE) if start > _BEFORE else 0
    return _cut(lines[0], start), _cut(lines[1], start)


def _cut(line: str, start: int) -> str:
    end = start + _SHOWN
    return f"{'…' if start else ''}{line[start:end]}{'…' if len(line) > end else ''}"


def _entries(file: str, report: Any, now: Any) -> Iterator[Difference]:
    for key in dict.fromkeys((*report, *now)):
        if report.get(key) != now.get(key):
            values = (json.dumps(one.get(key), ensure_ascii=False) for one in (report, now))
            yield Difference(file, None, "", str(key), *values)

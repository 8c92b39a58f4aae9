"""Tables: percentages from the columns beside them, totals of columns and of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby, pairwise
from typing import Final, NamedTuple

from ntm_analysis.audit.bases import near
from ntm_analysis.audit.figures import (
    NUM,
    Printed,
    agrees,
    printed,
    printed_amount,
    show,
)
from ntm_analysis.audit.masking import THIN
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.ratios import explained
from ntm_analysis.audit.report import Report
from ntm_analysis.documents import Cell

_CELL: Final = re.compile(
    rf"^\(?(?P<n>{NUM})\)?\s*(?P<percent>%)?(?:\s*[^\W\d_]+(?:\s[^\W\d_]+)?)?$"
)
_RATE: Final = re.compile(r"(?:tỷ|tỉ)\s*(?:lệ|trọng)|%|phần trăm|cơ cấu", re.I)
_NOT_ADDED: Final = re.compile(
    r"(?:tỷ|tỉ)\s*(?:lệ|trọng)|%|bình quân|/|năng suất|đơn giá|mức|điểm|năm sinh|tuổi|"
    r"^(?:tt|stt|số tt|số thứ tự|mã)|so sánh|tăng|giảm|chênh|xếp|hệ số",
    re.I,
)
_TOTAL: Final = re.compile(
    r"^(?:tổng\s*(?:cộng|số|)|cộng|toàn xã|toàn huyện)\s*[:.]?(?:\s.{0,25})?$", re.I
)
_RATED_ROW: Final = re.compile(r"^(?:tỷ|tỉ)\s*(?:lệ|trọng)|(?:^|\s)%$", re.I)
_RUNNING: Final = re.compile(r"^(?:s?tt|số tt|số thứ tự)\b", re.I)
_WHOLE: Final = re.compile(r"tổng|kế hoạch|toàn bộ|dân số|phải|cần|giao", re.I)
_PLAN: Final = re.compile(r"kế hoạch|\bKH\b|giao|dự toán|chỉ tiêu", re.I)
_NUMBERED: Final = re.compile(r"^(?:[IVX]+|[A-Z]|\d+\.\d+.*|[-+*•])\.?$|^[-+*•]\s")
_SUB: Final = re.compile(r"trong đó|cộng|tổng", re.I)
_NEAR: Final = Fraction(1, 2)
_CLOSE: Final = Fraction(15, 100)
_LARGEST: Final = 60


class _Value(NamedTuple):
    number: Printed
    percent: bool
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    label: str
    cells: dict[int, _Value]
    plain: bool


@dataclass(frozen=True, slots=True)
class _Table:
    names: dict[int, str]
    rows: list[_Row]


def check_tables(report: Report) -> Iterator[Finding]:
    """Recompute the percentages and totals of tables."""
    for table in _tables(report):
        yield from _percentages(report, table)
        yield from _percentages(report, _turned(table))
        across = list(_across(report, table))
        yield from (finding for *_, finding in across)
        mended = {
            (row.place, column): sum_
            for row, column, sum_, finding in across
            if finding.verdict != "agrees"
        }
        yield from _columns(report, table, mended)


def stated_rates(report: Report) -> Iterator[tuple[int, int, int]]:
    """Yield where cells of columns for percentages stand, if they have no sign of their own."""
    for table in _tables(report):
        for row in table.rows:
            for column, (_, percent, text, _) in row.cells.items():
                rated = _RATE.search(table.names.get(column, "")) or _RATED_ROW.search(row.label)
                if not percent and rated:
                    at = _at(report.paragraphs[row.place].bare, text)
                    yield row.place, at, at + len(text)


def stated_totals(report: Report) -> Iterator[tuple[int, int, int]]:
    """Yield where the rows of totals stand."""
    for table in _tables(report):
        for row in table.rows:
            if _TOTAL.match(row.label) and len(table.rows) > 1:
                yield row.place, 0, len(report.paragraphs[row.place].bare)


def _tables(report: Report) -> Iterator[_Table]:
    rows = [
        (place, paragraph.lines[0])
        for place, paragraph in report.numbered()
        if paragraph.lines[0].cells
    ]
    for _, group in groupby(rows, key=lambda each: each[1].table):
        names: dict[int, str] = {}
        found: list[_Row] = []
        for place, line in group:
            cells: dict[int, _Value] = {}
            texts = []
            for cell in line.cells:
                text = " ".join(cell.text.split()).replace(THIN, ".")
                texts.append((cell, text))
                if number := _number(text, place):
                    cells[cell.column] = number
            if not found and not _is_data(cells, texts):
                for cell, text in texts:
                    for column in range(cell.column, cell.column + cell.columns):
                        names[column] = f"{names.get(column, '')} {text}".strip()
                continue
            words = [t for _, t in texts if re.search(r"[^\W\d_]|%", t) and not _number(t, 0)]
            first = " ".join(words[:2])
            head = texts[0][1] if texts else ""
            plain = not _NUMBERED.match(head) and not _NUMBERED.match(first)
            found.append(_Row(place, first, cells, plain))
        if found and len(names) > 1:
            yield _Table(names, found)


def _is_data(cells: dict[int, _Value], texts: list[tuple[Cell, str]]) -> bool:
    """Whether a row holds data: figures that do not merely number the columns."""
    values = [cell[0].value for cell in cells.values()]
    numbered = len(values) > 2 and all(b - a == 1 for a, b in pairwise(values))
    filled = sum(bool(text) for _, text in texts)
    return bool(values) and not (numbered and len(values) >= filled - 1)


def _number(text: str, place: int) -> _Value | None:
    match = _CELL.match(text.strip())
    if not match:
        return None
    if match["percent"]:
        value = printed(match["n"])
        return _Value(value, True, match["n"], place) if value else None
    found = printed_amount(match["n"])
    return _Value(found[0], False, match["n"], place) if found else None


def _turned(table: _Table) -> _Table:
    """Return the table with rows for columns, its columns of running numbers left out."""
    names = {index: row.label for index, row in enumerate(table.rows)}
    rated = any(_RATED_ROW.search(label) for label in names.values())
    columns = [c for c, name in table.names.items() if rated and not _RUNNING.match(name)]
    rows = [
        _Row(
            0,
            table.names[column],
            {i: row.cells[column] for i, row in enumerate(table.rows) if column in row.cells},
            True,
        )
        for column in columns
    ]
    kept = {
        i: label if _RATED_ROW.search(label) else label.replace("%", "")
        for i, label in names.items()
    }
    return _Table(kept, [row for row in rows if len(row.cells) > 2])


def _percentages(report: Report, table: _Table) -> Iterator[Finding]:
    for column, name in table.names.items():
        stated = {
            index: percent
            for index, row in enumerate(table.rows)
            if column in row.cells
            and (percent := printed(row.cells[column][2]))
            and (_RATE.search(name) or row.cells[column][1])
        }
        if not stated or not (_RATE.search(name) or len(stated) > 1):
            continue
        pair = _pair(table, column, stated)
        if pair is None:
            continue
        part, whole = pair
        for index, percent in stated.items():
            row = table.rows[index]
            if part not in row.cells or whole not in row.cells or not row.cells[whole][0].value:
                continue
            top, bottom = row.cells[part][0].value, row.cells[whole][0].value
            exact = 100 * top / bottom
            right = agrees(exact, percent)
            if not right and not near(exact, percent.value):
                continue
            yield _finding(
                report, row, column, f"{percent.text}%",
                explained(exact, percent, f"{show(top)}/{show(bottom)}"), right=right,
            )  # fmt: skip


def _pair(table: _Table, column: int, stated: dict[int, Printed]) -> tuple[int, int] | None:
    """Return the columns of part and whole: those that most rows bear out, or that say so."""
    columns = sorted(
        {
            each
            for index in stated
            for each in table.rows[index].cells
            if each < column
            and not _RATE.search(table.names.get(each, ""))
            and not _RUNNING.match(table.names.get(each, ""))
        }
    )[-_LARGEST:]
    best: tuple[int, int, int] | None = None
    for part, whole in ((a, b) for pair in combinations(columns, 2) for a, b in (pair, pair[::-1])):
        rows = [
            index
            for index in stated
            if part in table.rows[index].cells
            and whole in table.rows[index].cells
            and table.rows[index].cells[whole][0].value
        ]
        fitting = sum(
            agrees(
                100 * table.rows[i].cells[part][0].value / table.rows[i].cells[whole][0].value,
                stated[i],
            )
            for i in rows
        )
        if fitting and (best is None or fitting > best[0]):
            best = (fitting, part, whole)
        if fitting == len(rows) > 1:
            break
    if best and best[0] >= 2 and 2 * best[0] >= len(stated):
        return best[1], best[2]
    if best and best[0] == len(stated) == 1:
        return best[1], best[2]
    return _said(table, columns, column)


def _said(table: _Table, columns: list[int], column: int) -> tuple[int, int] | None:
    """Return the two columns before where their names tell whole and part."""
    if len(columns) < 2 or columns[-1] != column - 1:
        return None
    part, others = columns[-1], columns[:-1]
    wholes = [each for each in others if _WHOLE.search(table.names.get(each, ""))]
    if not wholes or _WHOLE.search(table.names.get(part, "")):
        return None
    whole = wholes[-1]
    over = any(
        row.cells[part][0].value > row.cells[whole][0].value
        for row in table.rows
        if part in row.cells and whole in row.cells
    )
    plan = _PLAN.search(table.names.get(whole, ""))
    return (part, whole) if not over or plan else None


def _columns(
    report: Report, table: _Table, mended: dict[tuple[int, int], Fraction]
) -> Iterator[Finding]:
    """Add up columns above, or below, their total."""
    places = [index for index, row in enumerate(table.rows) if _TOTAL.match(row.label)]
    if len(places) != 1:
        return
    at = places[0]
    if at == len(table.rows) - 1:
        parts = table.rows[:at]
    elif at == 0:
        parts = table.rows[1:]
    else:
        return
    flat = all(row.plain and not _SUB.search(row.label) for row in parts)
    if len(parts) < 2:
        return
    total = table.rows[at]
    findings = []
    for column, (stated, percent, text, _) in total.cells.items():
        if percent or _NOT_ADDED.search(table.names.get(column, "-")):
            continue
        given = [row.cells[column][0] for row in parts if column in row.cells]
        if len(given) < 2:
            continue
        sum_ = sum((each.value for each in given), Fraction(0))
        slack = _slack([stated, *given])
        right = abs(sum_ - stated.value) <= slack
        if not right and (
            not _readable(total, column, sum_) or _explained(parts, total, column, mended)
        ):
            continue
        shown = " + ".join(show(each.value) for each in given[:8]) + (" + …" if given[8:] else "")
        findings.append(
            _finding(report, total, column, text, f"{shown} = {show(sum_)}", right=right)
        )
    wrong = [each for each in findings if each.verdict != "agrees"]
    borne_out = len(findings) > len(wrong) or len(findings) == 1
    yield from findings if flat and borne_out else (f for f in findings if f not in wrong)


def _readable(total: _Row, column: int, sum_: Fraction) -> bool:
    """Whether a total that differs is near enough to be meant as this sum."""
    value = total.cells[column][0].value
    return bool(value) and abs(sum_ - value) <= _NEAR * value


def _explained(
    parts: list[_Row], total: _Row, column: int, mended: dict[tuple[int, int], Fraction]
) -> bool:
    """Whether a cell that was found wrong in its row explains the column's total."""
    sum_ = sum(
        (
            mended.get((row.place, column), row.cells[column][0].value)
            for row in parts
            if column in row.cells
        ),
        Fraction(0),
    )
    stated = mended.get((total.place, column), total.cells[column][0].value)
    return sum_ == stated


def _slack(numbers: list[Printed]) -> Fraction:
    decimals = max(each.decimals for each in numbers)
    return Fraction(len(numbers), 2 * 10**decimals) if decimals else Fraction(0)


_Added = tuple[_Row, int, Fraction, Finding]


def _across(report: Report, table: _Table) -> Iterator[_Added]:
    """Add up the cells of a row where the other rows bear out that one column is the total."""
    for column, name in table.names.items():
        if not re.search(
            r"tổng|cộng|toàn (?:xã|huyện|trường)|chung$", name, re.I
        ) or _NOT_ADDED.search(name):
            continue
        others = [
            each
            for each, other in table.names.items()
            if each != column and not _NOT_ADDED.search(other)
            and sum(each in row.cells for row in table.rows) * 2 > len(table.rows)
        ]  # fmt: skip
        for run in (
            [each for each in others if each > column],
            [each for each in others if each < column],
        ):
            if len(run) >= 2 and (findings := _rows(report, table, column, run)):
                yield from findings
                break


def _rows(report: Report, table: _Table, column: int, run: list[int]) -> list[_Added]:
    findings: list[_Added] = []
    for row in table.rows:
        given = [row.cells[each][0] for each in run if each in row.cells]
        if column not in row.cells or not given or _RATED_ROW.search(row.label):
            continue
        stated, _, text, _ = row.cells[column]
        sum_ = sum((each.value for each in given), Fraction(0))
        right = abs(sum_ - stated.value) <= _slack([stated, *given])
        sums = " + ".join(show(each.value) for each in given) + f" = {show(sum_)}"
        finding = _finding(report, row, column, text, sums, right=right)
        findings.append((row, column, sum_, finding))
    fitting = sum(finding.verdict == "agrees" for *_, finding in findings)
    wrong = [
        (sum_, row.cells[column].number.value)
        for row, _, sum_, finding in findings
        if finding.verdict != "agrees"
    ]
    borne_out = fitting >= 2 and 3 * fitting >= 2 * len(findings)
    if fitting == len(wrong) == 1:
        borne_out = abs(wrong[0][0] - wrong[0][1]) <= _CLOSE * wrong[0][1]
    return findings if borne_out else []


def _finding(
    report: Report, row: _Row, column: int, stated: str, recomputed: str, *, right: bool
) -> Finding:
    text, place = row.cells[column].text, row.cells[column].place
    paragraph = report.paragraphs[place]
    at = _at(paragraph.bare, text)
    verdict = "agrees" if right else "disagrees"
    return Finding(place, at, at + len(text), stated, recomputed, verdict, paragraph.text)  # type: ignore[arg-type]


def _at(bare: str, text: str) -> int:
    """Return where a cell's number stands in its row."""
    found = [match.start() for match in re.finditer(rf"(?<![\d.,]){re.escape(text)}(?![\d])", bare)]
    return found[-1] if found else 0

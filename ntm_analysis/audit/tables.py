"""Tables: percentages from the columns beside them, totals of columns and of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Final, TypeAlias

from ntm_analysis.audit.bases import near
from ntm_analysis.audit.figures import Printed, agrees, printed, show
from ntm_analysis.audit.grids import (
    RATE,
    RATED_ROW,
    RUNNING,
    TOTAL,
    Row,
    Table,
    position,
    tables,
    turned,
)
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.ratios import explained
from ntm_analysis.audit.report import Report

_NOT_ADDED: Final = re.compile(
    r"(?:tỷ|tỉ)\s*(?:lệ|trọng)|%|bình quân|/|năng suất|đơn giá|mức|điểm|năm sinh|tuổi|"
    r"^(?:tt|stt|số tt|số thứ tự|mã)|so sánh|tăng|giảm|chênh|xếp|hệ số",
    re.I,
)
_WHOLE: Final = re.compile(r"tổng|kế hoạch|toàn bộ|dân số|phải|cần|giao", re.I)
_PLAN: Final = re.compile(r"kế hoạch|\bKH\b|giao|dự toán|chỉ tiêu", re.I)
_ALL: Final = re.compile(r"^(?:tổng(?: cộng| số)?|cộng|toàn xã|toàn huyện)\s*[:.]?$", re.I)
_SUB: Final = re.compile(r"trong đó|cộng|tổng", re.I)
_NEAR: Final = Fraction(1, 2)
_CLOSE: Final = Fraction(15, 100)
_LARGEST: Final = 60


_Mended: TypeAlias = dict[tuple[int, int], Fraction]


_Added: TypeAlias = tuple[Row, int, Fraction, Finding]


def check_tables(report: Report) -> Iterator[Finding]:
    """Recompute the percentages and totals of tables."""
    for table in tables(report):
        across = list(_across(report, table))
        columns = list(_columns(report, table, _mended(across)))
        yield from (finding for *_, finding in (*across, *columns))
        yield from _percentages(report, table, _mended([*across, *columns]))
        yield from _percentages(report, turned(table), {})


def _mended(added: list[_Added]) -> _Mended:
    """Return what the sums make of the cells that disagree with them."""
    return {
        (row.place, column): sum_
        for row, column, sum_, finding in added
        if finding.verdict != "agrees"
    }


def _percentages(report: Report, table: Table, mended: _Mended) -> Iterator[Finding]:
    for column, name in table.names.items():
        stated = {
            index: percent
            for index, row in enumerate(table.rows)
            if column in row.cells
            and (percent := printed(row.cells[column][2]))
            and (RATE.search(name) or row.cells[column][1])
        }
        if not stated or not (RATE.search(name) or len(stated) > 1):
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
            over = mended.get((row.place, whole), bottom)
            if not right and agrees(100 * mended.get((row.place, part), top) / over, percent):
                continue  # a total beside it is wrong, and this is right
            yield _finding(
                report, row, column, f"{percent.text}%",
                explained(exact, percent, f"{show(top)}/{show(bottom)}"), right=right,
            )  # fmt: skip


def _pair(table: Table, column: int, stated: dict[int, Printed]) -> tuple[int, int] | None:
    """Return the columns of part and whole: those that most rows bear out, or that say so."""
    columns = sorted(
        {
            each
            for index in stated
            for each in table.rows[index].cells
            if each < column
            and not RATE.search(table.names.get(each, ""))
            and not RUNNING.match(table.names.get(each, ""))
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


def _said(table: Table, columns: list[int], column: int) -> tuple[int, int] | None:
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


def _columns(report: Report, table: Table, mended: _Mended) -> Iterator[_Added]:
    """Add up columns above, or below, their total."""
    places = [index for index, row in enumerate(table.rows) if TOTAL.match(row.label)]
    if len(places) != 1:
        return
    at = places[0]
    if at == len(table.rows) - 1:
        parts = table.rows[:at]
    elif at == 0:
        parts = table.rows[1:]
    else:
        return
    marks = {row.mark for row in parts}
    groups = [row for row in parts if row.mark == "group"]
    if len(marks) > 1 and len(groups) > 1:
        parts = groups  # I and II add up to the total, and not what each of them holds
    flat = len({row.mark for row in parts}) == 1 and not any(_SUB.search(r.label) for r in parts)
    if len(parts) < 2:
        return
    total = table.rows[at]
    findings: list[_Added] = []
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
        finding = _finding(report, total, column, text, f"{shown} = {show(sum_)}", right=right)
        findings.append((total, column, sum_, finding))
    wrong = [each for each in findings if each[-1].verdict != "agrees"]
    # what follows a total may be other things than its parts: `Tổng số hộ`, then `Hộ nghèo`
    alone = at > 0 or bool(_ALL.match(total.label))
    borne_out = len(findings) > len(wrong) or (len(findings) == 1 and alone and len(marks) == 1)
    yield from findings if flat and borne_out else (f for f in findings if f not in wrong)


def _readable(total: Row, column: int, sum_: Fraction) -> bool:
    """Whether a total that differs is near enough to be meant as this sum."""
    value = total.cells[column][0].value
    return bool(value) and abs(sum_ - value) <= _NEAR * value


def _explained(parts: list[Row], total: Row, column: int, mended: _Mended) -> bool:
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


def _across(report: Report, table: Table) -> Iterator[_Added]:
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


def _rows(report: Report, table: Table, column: int, run: list[int]) -> list[_Added]:
    findings: list[_Added] = []
    for row in table.rows:
        given = [row.cells[each][0] for each in run if each in row.cells]
        if column not in row.cells or not given or RATED_ROW.search(row.label):
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
    report: Report, row: Row, column: int, stated: str, recomputed: str, *, right: bool
) -> Finding:
    text, place = row.cells[column].text, row.cells[column].place
    paragraph = report.paragraphs[place]
    at = position(paragraph.bare, text)
    verdict = "agrees" if right else "disagrees"
    return Finding(place, at, at + len(text), stated, recomputed, verdict, paragraph.text)  # type: ignore[arg-type]

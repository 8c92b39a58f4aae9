"""What the columns of an annex's table hold, by their headers and their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ntm_analysis.law.codes import code_and_name, read_code
from ntm_analysis.law.grid import Line
from ntm_analysis.law.marks import printed_value
from ntm_analysis.law.names import Names
from ntm_analysis.law.words import plain
from ntm_analysis.spelling import fold

_HEADER: Final = re.compile(
    r"^(?:stt|tt|so tt|so thu tu|ma|ma so|ten|tieu chi|noi dung|chi tieu|don vi|dvt|ghi chu|muc"
    r"|yeu cau|quy dinh|nguong|nhom|vung|khu vuc|ket qua|co quan|dien giai)\b"
)
_LEFT_OUT: Final = re.compile(
    r"\bghi chu\b|\bket qua\b|\b(?:hien|thuc) trang\b|\btu (?:danh gia|cham)\b|\bdiem\b"
    r"|\b(?:co quan|don vi|so nganh|nganh|phong|nguoi)\b.*\b(?:phu trach|chu tri|huong dan|theo doi"
    r"|tham dinh|thuc hien|danh gia)\b|^so nganh|\bcan cu\b|\bvan ban\b|\bminh chung\b|\bho so\b"
    r"|\bphuong phap\b|\bhuong dan\b|\bcu\b|\btruoc khi sua\b|\bda ban hanh\b|\bthoi gian\b"
    r"|\bphu trach\b"
)
_NATIONAL: Final = re.compile(r"\btrung uong\b|\bqd ttg\b|\bttg\b|\b318\b|\bquoc gia\b|\btw\b")
_UNIT: Final = re.compile(r"^(?:don vi(?: tinh)?|dvt|don vi do)$")
_COMMON: Final = re.compile(r"\bchung\b|\bca nuoc\b|\btoan tinh\b")
_GROUPED: Final = re.compile(
    r"\b(?:vung|nhom|khu vuc|xa|nam|mien|dong bang|tay nguyen|trung bo|bo)\b"
)
_VALUE: Final = re.compile(
    r"\d|^(?:dat|co|khong|dam bao|bao dam|thuc hien|duy tri|dap ung|trien khai|hoan thanh|kha"
    r"|tot|[x✓✔-])\b"
    r"|\bquy dinh\b|^[-–—x✓✔]$"
)
_NAMED: Final = re.compile(r"^(?:ten )?(?:noi dung|chi tieu|tieu chi|chi so)\b")
_LONG: Final = 140
_SHORT: Final = 12.0
_FEW: Final = 3
_HEAD_ROWS: Final = 12
_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    Attributes
    ----------
    head : int
        The number of rows of the header, with what stands above it.
    code, criterion, unit : int or None
    name : int
    values : tuple of (int, str)
        Columns of values, each with its region, zone or group.
    left_out : tuple of str
        Headers of columns that look like values and are none of the decision's.
    headers : frozenset of tuple of str
        The header's rows, to know them where they are repeated.
    unnamed : bool
        Whether several columns of values have no header that tells them apart.
    """

    head: int
    code: int | None
    criterion: int | None
    name: int
    unit: int | None
    values: tuple[tuple[int, str], ...]
    left_out: tuple[str, ...] = ()
    headers: frozenset[tuple[str, ...]] = frozenset()
    unnamed: bool = False


def looks_like_value(text: str) -> bool:
    """Whether words may be a requirement."""
    return 0 < len(text) <= _LONG and bool(_VALUE.search(printed_value(text).text or "-"))


def is_numbering(line: Line) -> bool:
    """Whether a row numbers the columns: `(1) | (2) | (3)`, `A | B | 1 | 2`."""
    texts = [spot.text.strip("() .") for spot in line.spots if spot.text.strip()]
    if len(texts) < 3:
        return False
    digits = [int(text) for text in texts if text.isdigit()]
    letters = [text for text in texts if re.fullmatch(r"[A-Z]", text)]
    whole = len(digits) + len(letters) == len(texts)
    return whole and digits == list(range(digits[0], digits[0] + len(digits))) if digits else False


def columns_of(lines: Sequence[Line], names: Names, before: Columns | None) -> Columns | None:
    """Return what the columns of a table hold; None where it is no table of requirements.

    Parameters
    ----------
    lines : sequence of Line
    names : Names
        Of the criteria set.
    before : Columns or None
        Those of the table before it, which goes on where this one has no header of its own.
    """
    if not lines:
        return None
    width = len(lines[0].spots)
    start, head = _header(lines)
    if head == 0 and before is not None and _width(before) <= width:
        return Columns(
            0, before.code, before.criterion, before.name, before.unit, before.values,
            before.left_out, before.headers, before.unnamed,
        )  # fmt: skip
    body = [line for line in lines[head:] if not is_numbering(line)]
    if not body:
        return None
    titles = [_title(lines[start:head], column) for column in range(width)]
    code = _code_column(body, titles)
    name = _name_column(body, names, width, code)
    if name is None and not names.complete:
        name = _titled_column(body, titles, code)
    if name is None:
        return None
    unit = next((c for c in range(width) if titles[c] and _UNIT.match(plain(titles[c][-1]))), None)
    criterion = _criterion_column(body, names, name, code)
    values, left_out, unnamed = _value_columns(body, titles, name, {code, unit, criterion})
    if not values:
        return None
    headers = frozenset(_key(line) for line in lines[start:head])
    return Columns(head, code, criterion, name, unit, values, left_out, headers, unnamed)


def is_header(line: Line, columns: Columns) -> bool:
    """Whether a row repeats the header."""
    return _key(line) in columns.headers


def _key(line: Line) -> tuple[str, ...]:
    return tuple(plain(spot.text) for spot in line.spots)


def _width(columns: Columns) -> int:
    return max(column for column, _ in columns.values) + 1


def _header(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first row of the header, and the row after it; both 0 where there is none."""
    start = None
    for index, line in enumerate(lines[:_HEAD_ROWS]):
        own = {spot.origin: spot.text for spot in line.spots if spot.text}
        named = [text for text in own.values() if _HEADER.match(fold(" ".join(text.split())))]
        if len(named) > 1 and not any(_dotted(text) for text in own.values()):
            start = index
            break
    if start is None:
        return 0, 0
    head = start + 1
    while head < len(lines) and _goes_on(lines, start, head):
        head += 1
    while head < len(lines) and is_numbering(lines[head]):
        head += 1
    return start, head


def _dotted(text: str) -> bool:
    code, _ = code_and_name(text + " x")
    return code is not None and len(code.numbers) > 1


def _goes_on(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether a row is a further row of the header that begins at `start`."""
    line, first = lines[index], lines[start].row or 0
    merged = [
        spot for spot in line.spots if spot.text and first <= spot.origin[0] < (line.row or 0)
    ]
    own = {spot.origin: spot.text for spot in line.spots if spot.text and spot not in merged}
    if not own or is_numbering(line):
        return False
    texts = list(own.values())
    if any(read_code(text) and not fold(text).startswith(("vung", "nhom")) for text in texts):
        return False
    if any(looks_like_value(text) and not _GROUPED.search(fold(text)) for text in texts):
        return False
    if merged:
        return True
    blank = sum(not spot.text for spot in line.spots[:2])
    return (
        blank > 0
        and line.spots[-1].text != ""
        and len({spot.origin for spot in line.spots if spot.text}) > 1
    )


def _title(head: Sequence[Line], column: int) -> list[str]:
    texts = [" ".join(line.text(column).split()) for line in head if not is_numbering(line)]
    return list(dict.fromkeys(text for text in texts if text))


def _code_column(body: Sequence[Line], titles: list[list[str]]) -> int | None:
    for column in range(min(3, len(titles))):
        cells = [line.text(column) for line in body if line.text(column)]
        codes = sum(read_code(text) is not None for text in cells)
        named = bool(titles[column]) and re.match(
            r"^(?:stt|tt|so tt|so thu tu|ma|ma so|tc|so)$", plain(titles[column][0])
        )
        if cells and codes >= (0.3 if named else _SHARE) * len(cells):
            return column
    return None


def _name_column(body: Sequence[Line], names: Names, width: int, code: int | None) -> int | None:
    best, most = None, 0.0
    for column in range(width):
        if column == code:
            continue
        texts = {
            line.spots[column].origin: line.text(column)
            for line in body
            if len(line.text(column)) > 8 and not looks_like_number(line.text(column))
        }
        score = sum(names.matches(code_and_name(text)[1])[0].score for text in texts.values())
        if score > most + 1e-9:
            best, most = column, score
    return best if most > 1 or (len(body) < 3 and most > 0.3) else None


def _titled_column(body: Sequence[Line], titles: list[list[str]], code: int | None) -> int | None:
    """Return the column that its title and its long texts tell, of a set without names so far."""
    best, longest = None, _SHORT
    for column, title in enumerate(titles):
        texts = {line.spots[column].origin: line.text(column) for line in body if line.text(column)}
        if column == code or len(texts) < _FEW or not title or not _NAMED.match(plain(title[-1])):
            continue
        mean = sum(map(len, texts.values())) / len(texts)
        if mean > longest:
            best, longest = column, mean
    return best


def looks_like_number(text: str) -> bool:
    """Whether words are a sign and a number, and little else."""
    return bool(re.match(r"^[<>≥≤=\s]*\d+(?:[.,]\d+)?\s*%?$", text.strip()))


def _criterion_column(
    body: Sequence[Line], names: Names, name: int, code: int | None
) -> int | None:
    for column in range(name):
        if column == code:
            continue
        texts = {line.text(column) for line in body if line.text(column)}
        known = sum(names.criterion(code_and_name(text)[1]) is not None for text in texts)
        if texts and known >= _SHARE * len(texts):
            return column
    return None


def _value_columns(
    body: Sequence[Line], titles: list[list[str]], name: int, taken: set[int | None]
) -> tuple[tuple[tuple[int, str], ...], tuple[str, ...], bool]:
    found: list[int] = []
    left_out: list[str] = []
    for column in range(name + 1, len(titles)):
        if column in taken:
            continue
        cells = [
            line.text(column)
            for line in body
            if line.text(column) and line.spots[column].origin != line.spots[name].origin
        ]
        alike = sum(looks_like_value(text) for text in cells)
        if not cells or alike < _SHARE * len(cells):
            continue
        title = plain(" ".join(titles[column]))
        if _LEFT_OUT.search(title):
            left_out.append(" / ".join(titles[column]))
        elif not any(_same(body, other, column) for other in found):
            found.append(column)
    ours = [c for c in found if not _NATIONAL.search(plain(" ".join(titles[c])))]
    if ours and len(ours) < len(found):
        left_out += [" / ".join(titles[c]) for c in found if c not in ours]
        found = ours
    if len(found) == 1:
        title = titles[found[0]][-1] if titles[found[0]] else ""
        label = title if _GROUPED.search(plain(title)) and re.search(r"\d", title) else ""
        return ((found[0], label),), tuple(left_out), False
    labels = [_label(titles[column]) for column in found]
    unnamed = len(set(labels)) < len(labels)
    if unnamed:
        labels = [f"{label} ({n})".strip() for n, label in enumerate(labels, 1)]
    return tuple(zip(found, labels, strict=True)), tuple(left_out), unnamed


def _label(titles: list[str]) -> str:
    title = titles[-1] if titles else ""
    return "" if _COMMON.search(plain(title)) else title


def _same(body: Sequence[Line], one: int, other: int) -> bool:
    """Whether two columns of the grid are one of the table."""
    return all(line.spots[one].origin == line.spots[other].origin for line in body)

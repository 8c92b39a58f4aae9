"""Tables of a report: what each column holds, and what each row is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ntm_analysis.audit.model import Line
from ntm_analysis.audit.words import UNIT
from ntm_analysis.documents.model import Cell
from ntm_analysis.spelling import fold

Role = Literal[
    "prose", "label", "code", "criterion", "name", "required", "result", "plan", "earlier",
    "claim", "evidence", "unit", "part",
]  # fmt: skip
_HEADS: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("code", re.compile(r"^(?:s?tt|so tt|so thu tu|ma(?: so)?)$")),
    ("unit", re.compile(r"^(?:don vi(?: tinh)?|dvt)$")),
    ("claim", re.compile(r"danh gia|dat\s*/\s*(?:chua|khong)|^dat chuan$|ket luan")),
    ("evidence", re.compile(r"minh chung|ho so|van ban|tai lieu|ghi chu")),
    ("plan", re.compile(r"ke hoach|muc tieu|phan dau|chi tieu giao|nghi quyet|\bkh\b|"
                        r"^so (?:voi|sanh)|tang.{0,4}giam")),
    ("result", re.compile(r"ket qua|thuc hien|hien trang|dat duoc|thuc te|thuc trang|"
                          r"\bth(?: den)?(?: nam)? \d|\buoc\b")),
    ("required", re.compile(r"yeu cau|quy dinh|\bqd\b|chi tieu (?:theo|cua)|nguong|muc chuan|"
                            r"chi tieu chung|chi tieu$(?<=\d.chi tieu)")),
    ("earlier", re.compile(r"nam truoc|dau nam|cung ky|dau ky")),
    ("criterion", re.compile(r"^(?:ten )?tieu chi$")),
    ("name", re.compile(r"noi dung|chi tieu|tieu chi|^ten|hang muc|danh muc")),
    ("result", re.compile(r"so luong|so lieu|gia tri|ty le|tong so|nam \d{4}|^so ")),
)  # fmt: skip
_TOTAL: Final = re.compile(
    r"^(?:(?:tong(?: cong| so)?|cong)(?: toan)?(?: xa\b.{0,20})?|toan xa)\s*(?:[:(].*)?$"
)
_HAMLET: Final = re.compile(r"^(?:thon|xom|ap|ban|to dan pho|tdp|khu|buon|lang)\s+\S")
_CODE: Final = re.compile(r"^\s*(?P<code>\d{1,2}\.\d{1,2})\.?(?:\s|$)")
_WHOLE: Final = re.compile(r"^\s*(?P<n>\d{1,2})\.?\s*$")
_FIGURE: Final = re.compile(r"\d")
_WHOLE_HEAD: Final = re.compile(
    r"^tong(?: so| cong| chieu dai| dien tich| khoi luong)?(?: \(.*\))?$"
)
_PART_HEAD: Final = re.compile(
    r"^(?:(?:trong do|so luong|so|da|dien tich|chieu dai|khoi luong)[: ]*)*"
    r"(?:dat|dat chuan|dam bao|bao dam|thuc hien|dat yeu cau)(?: \(.*\))?$"
)
_NUMERIC: Final = re.compile(r"^[\d\s.,/%()–-]*\d[\d\s.,/%()–-]*$")
_HEAD_UNIT: Final = re.compile(r"\(\s*(?P<u>%|km|ha|tấn|m2|m²|triệu đồng|tỷ đồng)\s*\)\s*$", re.I)
_GENERIC: Final = re.compile(
    r"\b(?:ket qua|thuc hien|dat duoc|nam|\d{4}|den|hien trang|so|luong|lieu|uoc|tinh|ca)\b"
)
_LEVEL: Final = re.compile(r"(?:muc|muc do|cap do)$")
_COUNTED: Final = re.compile(rf"^(?:tổng\s+)?(?:số\s+)?(?P<u>{UNIT})(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with what its column holds."""

    role: Role
    text: str
    head: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: the name and code of what it is of, a criterion that it opens, its cells."""

    line: Line
    name: str
    code: str
    heading: str
    number: int | None
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    rows: tuple[GridRow, ...]


def grid_of(lines: Sequence[Line], year: int = 0) -> Grid:
    """Return a table's rows with their columns understood.

    Parameters
    ----------
    lines : sequence of Line
    year : int
        The year of the appraisal: a column of an earlier year beside one of it is no result.
    """
    count = _header_rows(lines)
    heads: dict[int, str] = {}
    rows: list[GridRow] = []
    for line in lines[:count]:
        cells = []
        _spread(line, heads)
        title = sum(bool(cell.text.strip()) for cell in line.cells) == 1 and count > 1
        for cell in line.cells:
            text = " ".join(cell.text.split())
            if title and cell.column == 0 and text:
                cells.append(GridCell("label", text, ""))
                continue
            for column in range(cell.column, cell.column + cell.columns):
                if text and text not in heads.get(column, ""):
                    heads[column] = f"{heads.get(column, '')} {text}".strip()
            if cell.rows and text:
                cells.append(GridCell("label", text, ""))
        rows.append(GridRow(line, "", "", "", None, tuple(cells)))
    roles = _in_time({column: _role(head) for column, head in heads.items()}, heads, year)
    if count and "name" not in roles.values():
        for column, role in roles.items():
            if role == "criterion":
                roles[column] = "name"
    body = lines[count:]
    totals = any(_TOTAL.match(_first_words(line)) for line in body)
    held = ""
    for line in body:
        row, held = _row(line, heads, roles, held, totals=totals)
        rows.append(row)
    return Grid(tuple(rows))


def _spread(line: Line, heads: dict[int, str]) -> None:
    """Let a heading stand over the columns beside it that have one only in the next row."""
    under = [cell.column for cell in line.cells if cell.text.strip()]
    if not heads or any(column not in heads and column < min(heads) for column in under):
        return
    for column in sorted(under):
        left = [each for each in heads if each < column]
        if column not in heads and left and max(left) in under:
            heads[column] = heads[max(left)].removesuffix(f" {_text_at(line, max(left))}")


def _text_at(line: Line, column: int) -> str:
    return next((" ".join(c.text.split()) for c in line.cells if c.column == column), "")


def _in_time(roles: dict[int, Role], heads: dict[int, str], year: int) -> dict[int, Role]:
    """Return what columns hold, those of other years than the appraisal's told apart."""
    years = {
        column: max(map(int, re.findall(r"(?<!\d)20\d\d(?!\d)", heads[column])), default=0)
        for column, role in roles.items()
        if role == "result"
    }
    if len(years) < 2 or not year:
        return roles
    latest = max((each or year for each in years.values() if each <= year), default=year)
    moved: dict[int, Role] = {
        column: "earlier" if of < latest else "plan"
        for column, of in years.items()
        if of and (of < latest or of > year)
    }
    return {**roles, **moved}


def _header_rows(lines: Sequence[Line]) -> int:
    for number, line in enumerate(lines[:4]):
        texts = [" ".join(cell.text.split()) for cell in line.cells if cell.text.strip()]
        named = sum(_role(text) != "part" for text in texts)
        if len(texts) > 1 and (named >= max(2, len(texts) / 2) or _over_figures(lines, number)):
            after = lines[number + 1 : number + 3]
            more = 0
            for one in after:
                cells = [cell.text.strip() for cell in one.cells if cell.text.strip()]
                numbered = [re.sub(r"\W", "", text) for text in cells]
                if (
                    numbered
                    and all(n.isdecimal() or len(n) == 1 for n in numbered)
                    and len({*numbered}) == len(numbered) > 2
                ) or _under_heads(lines[number], one, cells):
                    more += 1
                else:
                    break
            return number + 1 + more
    return 0


def _under_heads(above: Line, line: Line, cells: list[str]) -> bool:
    """Whether a row only goes on with the headings over it: no name, no figure, heads alone."""
    first = next((cell for cell in line.cells if cell.text.strip() and cell.rows), None)
    return (
        bool(cells)
        and first is not None
        and first.column > min(cell.column for cell in above.cells if cell.text.strip())
        and all(_role(text) != "part" for text in cells)
        and not any(_FIGURE.search(re.sub(r"20\d\d|\(.*?\)", "", text)) for text in cells)
    )


def _over_figures(lines: Sequence[Line], number: int) -> bool:
    """Whether a row of words stands over rows of figures."""
    texts = [cell.text.strip() for cell in lines[number].cells if cell.text.strip()]
    below = [
        [cell.text.strip() for cell in line.cells if cell.text.strip()]
        for line in lines[number + 1 : number + 4]
    ]
    figures = [sum(bool(_NUMERIC.match(text)) for text in row) for row in below]
    words = not any(_FIGURE.search(re.sub(r"\b(?:20)\d\d\b|\(.*?\)", "", t)) for t in texts)
    return len(texts) > 2 and words and len(below) > 1 and all(n > 1 for n in figures)


def _role(head: str) -> Role:
    plain = fold(head)
    return next((role for role, words in _HEADS if words.search(plain)), "part")


def _first_words(line: Line) -> str:
    return next(
        (fold(" ".join(c.text.split())) for c in line.cells if re.search(r"[^\W\d_]{2}", c.text)),
        "",
    )


def _row(
    line: Line, heads: dict[int, str], roles: dict[int, Role], held: str, *, totals: bool
) -> tuple[GridRow, str]:
    texts = [(cell, " ".join(cell.text.split())) for cell in line.cells]
    first = _first_words(line)
    is_part = bool(_HAMLET.match(first)) or (totals and not _TOTAL.match(first))
    by_role: dict[Role, str] = {}
    cells: list[GridCell] = []
    held_head = ""
    for cell, text in texts:
        role = roles.get(cell.column, "part" if heads else "result")
        if role in ("code", "criterion", "name", "unit") and text:
            same = role == "name" and heads.get(cell.column) == held_head
            by_role[role] = text if same else by_role.get(role, text)
            held_head = heads.get(cell.column, "") if role == "name" else held_head
    if not heads or "name" not in by_role:
        label = next((t for _, t in texts if re.search(r"[^\W\d_]{2}", t)), "")
        by_role.setdefault("name", "" if _TOTAL.match(fold(label)) else label)
    if not is_part:
        texts = _shared(texts, heads)
    name, criterion = by_role.get("name", ""), by_role.get("criterion", "")
    for cell, text in texts:
        if not text or not cell.rows:
            continue
        role = roles.get(cell.column, "part") if heads else "part"
        if text == name or role in ("name", "criterion", "code", "unit"):
            role = "label"
        elif role == "part":
            role = "part" if is_part else "result"
        elif is_part:
            role = "part"
        head = heads.get(cell.column, "")
        bare = role == "result" and not re.search(r"[^\W\d_]", text)
        unit = ""
        if bare and (said := _HEAD_UNIT.search(head)):
            unit = "" if "%" in text else said["u"]
        elif bare:
            unit = by_role.get("unit", "") or _unit_of(head)
            unit = "" if unit == "%" and "%" in text else unit
            if not unit and not heads:
                named = _HEAD_UNIT.search(name)
                unit = ("" if "%" in text else named["u"]) if named else _unit_of(name)
        shown = f"{unit} {text}" if _LEVEL.match(fold(unit)) else f"{text} {unit}"
        cells.append(GridCell(role, shown.strip(), "" if _generic(head) else head))
    code = _CODE.match(name) or _CODE.match(by_role.get("code", ""))
    whole = _WHOLE.match(by_role.get("code", ""))
    heading = ""
    if criterion and criterion != held:
        heading, held = criterion, criterion
    elif (
        not criterion
        and name
        and whole
        and not any(c.role in ("result", "part") and _FIGURE.search(c.text) for c in cells)
    ):
        heading = name
    elif not criterion and (named := re.match(r"(?i)ti[eê]u ch[ií]\s*(?:s[oố]\s*)?\d", name)):
        heading = name if named else ""
    number = int(whole["n"]) if whole else None
    shown = _CODE.sub("", name)
    return GridRow(line, shown, code["code"] if code else "", heading, number, tuple(cells)), held


def _shared(texts: list[tuple[Cell, str]], heads: dict[int, str]) -> list[tuple[Cell, str]]:
    """Return a row's cells with a total and what of it meets the indicator written as one share."""
    bare = [
        (cell, text, fold(heads.get(cell.column, "")))
        for cell, text in texts
        if _NUMERIC.match(text) and "/" not in text and "%" not in text
    ]
    wholes = [(cell, text) for cell, text, head in bare if _WHOLE_HEAD.match(head)]
    parts = [(cell, text) for cell, text, head in bare if _PART_HEAD.match(head)]
    if len(wholes) != 1 or len(parts) != 1:
        return texts
    (whole, total), (part, met) = wholes[0], parts[0]
    return [
        (cell, f"{met}/{total}" if cell is part else text)
        for cell, text in texts
        if cell is not whole
    ]


def _unit_of(head: str) -> str:
    """Return what a column says that its numbers are counted in."""
    counted = _COUNTED.match(head)
    return counted["u"].lower() if counted else ""


def _generic(head: str) -> bool:
    """Whether a column's heading only says that its cells are results."""
    return not re.search(r"[a-z]{2}", _GENERIC.sub("", fold(head)))

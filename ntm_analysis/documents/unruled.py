"""Tables of a PDF that no lines rule: columns by the gaps that run down a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from ntm_analysis.documents.model import Cell, Document, table_row
from ntm_analysis.documents.pdf import Reader, joined, text_lines

Word = dict[str, Any]
Gap = tuple[float, float]
_NARROWEST: Final = 5.0
_LEAST: Final = 3
_CROSSED: Final = 0.05
"""How large a share of the lines with several columns may run into a gap."""
_OVER: Final = 0.3
_EDGE: Final = 2.0
_FEW: Final = 6
_APART: Final = 1.3
"""How many times the usual step from line to line begins a new row where no code does."""
_CODE: Final = 6
_MOSTLY: Final = 0.7


def read_unruled(path: Path) -> Document:
    """Return a PDF's lines as the rows of one table, its columns by the gaps between words.

    Notes
    -----
    A row begins where the first column has a word, if that column is narrow; else where the step
    from line to line is wide. What stands on two pages at one place, and a page's number, is left
    out.
    """
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        reader = Reader()
        pages = [text_lines(reader.words(page)) for page in pdf.pages]
    running = Counter((joined(line), round(line[0]["top"])) for page in pages for line in page)
    gaps: list[Gap] = []
    rows: list[tuple[int, list[Cell]]] = []
    for number, lines in enumerate(pages, 1):
        body = [line for line in lines if running[joined(line), round(line[0]["top"])] == 1
                and not joined(line).strip(" -–—/").isdigit()]  # fmt: skip
        found = _gaps(body) if len(body) >= _FEW else gaps
        gaps = found if len(found) >= len(gaps) else gaps
        rows += [(number, cells) for cells in _rows(body, gaps)]
    blocks = (
        table_row(cells, at + 1, 1, at, page) for at, (page, cells) in enumerate(rows) if cells
    )
    return Document(tuple(blocks), tuple(reader.remarks()))


def _gaps(lines: Sequence[list[Word]]) -> list[Gap]:
    """Return the gaps between columns, by the lines that have words in most of them."""
    several = [runs for line in lines if len(runs := _runs(line)) > 1]
    usual = sorted(map(len, several))[len(several) // 2] if several else 0
    parted = [runs for runs in several if len(runs) >= usual]
    covered: Counter[int] = Counter()
    for runs in parted:
        covered.update({x for start, end in runs for x in range(int(start), int(end) + 1)})
    most = max(1.0, _CROSSED * len(parted))
    found: list[Gap] = []
    start: int | None = None
    left = min((runs[0][0] for runs in parted), default=0.0)
    right = max((runs[-1][1] for runs in parted), default=0.0)
    for x in range(int(left), int(right) + 1):
        if covered[x] <= most:
            start = x if start is None else start
        elif start is not None:
            if x - start >= _LEAST and start > left:
                found.append((start, x))
            start = None
    return [gap for gap in found if _divides(parted, gap)]


def _divides(lines: Sequence[Sequence[Gap]], gap: Gap) -> bool:
    """Whether most lines that have words to the right of where a gap begins stop before it."""
    beyond = [line for line in lines if line[-1][1] > gap[0] + 1]
    over = sum(any(start < gap[0] < end - 1 for start, end in line) for line in beyond)
    return over <= _OVER * len(beyond)


def _runs(line: Sequence[Word]) -> list[Gap]:
    """Return where a line's words stand, those with no more than a space between them as one."""
    found: list[Gap] = []
    for word in line:
        if found and word["x0"] - found[-1][1] < _NARROWEST:
            found[-1] = (found[-1][0], word["x1"])
        else:
            found.append((word["x0"], word["x1"]))
    return found


def _rows(lines: Sequence[list[Word]], gaps: Sequence[Gap]) -> Iterator[list[Cell]]:
    parted = [(line[0]["top"], _spans(line, gaps), _cells(line, gaps)) for line in lines]
    firsts = [cells[0] for _, spans, cells in parted if not spans and cells and cells[0]]
    coded = bool(firsts) and sum(len(text) <= _CODE for text in firsts) >= _MOSTLY * len(firsts)
    steps = sorted(below[0] - above[0] for above, below in pairwise(parted))
    usual = steps[len(steps) // 4] if steps else 0.0
    held: list[str] = []
    before: float | None = None
    for top, spans, cells in parted:
        wide = before is not None and top - before > _APART * usual
        if held and (spans or (bool(cells[0]) if coded else wide)):
            yield _row(held)
            held = []
        if spans:
            text = " ".join(cell for cell in cells if cell)
            yield [Cell(text, 0, len(gaps) + 1)]
        else:
            held = [
                "\n".join(part for part in (one, more) if part)
                for one, more in zip(held or [""] * len(cells), cells, strict=True)
            ]
        before = top
    if held:
        yield _row(held)


def _row(texts: Sequence[str]) -> list[Cell]:
    return [Cell(text, column) for column, text in enumerate(texts)]


def _spans(line: Sequence[Word], gaps: Sequence[Gap]) -> bool:
    """Whether a line runs over a gap, as a title does."""
    return any(run[0] < start and run[1] > end for run in _runs(line) for start, end in gaps)


def _cells(line: Sequence[Word], gaps: Sequence[Gap]) -> list[str]:
    """Return a line's words by columns; words with no more than a space between stay together."""
    held: list[list[Word]] = [[] for _ in range(len(gaps) + 1)]
    runs = _runs(line)
    for word in line:
        start = next(run[0] for run in runs if run[0] <= word["x0"] <= run[1])
        held[sum(start >= end - _EDGE for _, end in gaps)].append(word)
    return [joined(words) if words else "" for words in held]

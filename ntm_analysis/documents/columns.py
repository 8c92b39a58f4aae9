"""Pages that are set in two columns: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

Word = dict[str, Any]
_MIDDLE: Final = (0.3, 0.7)
_GUTTER: Final = 0.7
_LEAST: Final = 3
_FILLED: Final = 0.6
_NEAR: Final = 0.2


def in_reading_order(
    lines: Sequence[list[Word]],
) -> Iterator[tuple[tuple[float, int, float], list[Word]]]:
    """Yield lines with what they are sorted by: those of two columns divided, the left ones first.

    Parameters
    ----------
    lines : sequence of list of words
        The lines of a page from top to bottom, each from left to right.
    """
    left_edge = min((line[0]["x0"] for line in lines), default=0.0)
    right_edge = max((line[-1]["x1"] for line in lines), default=0.0)
    at = 0
    while at < len(lines):
        end, gutter = _run(lines, at, left_edge, right_edge)
        if gutter is not None and _is_columns(lines[at:end], gutter, left_edge):
            top = float(lines[at][0]["top"])
            for line in lines[at:end]:
                for side in (0, 1):
                    part = [word for word in line if (word["x0"] > gutter) == bool(side)]
                    if part:
                        yield (top, side, float(part[0]["top"])), part
            at = end
        else:
            line = lines[at]
            yield (float(line[0]["top"]), 0, float(line[0]["top"])), line
            at += 1


def _run(
    lines: Sequence[list[Word]], at: int, left_edge: float, right_edge: float
) -> tuple[int, float | None]:
    """Return where the lines end that all leave one gap free, and the middle of that gap."""
    width = right_edge - left_edge
    free = [(left_edge + _MIDDLE[0] * width, left_edge + _MIDDLE[1] * width)]
    end = at
    for line in lines[at:]:
        least = _GUTTER * (line[0]["bottom"] - line[0]["top"])
        rest = free
        for word in line:
            rest = [
                part for gap in rest for part in _without(gap, word) if part[1] - part[0] >= least
            ]
        if not rest:
            break
        free, end = rest, end + 1
    if end == at:
        return at + 1, None
    low, high = max(free, key=lambda gap: gap[1] - gap[0])
    return end, (low + high) / 2


def _without(gap: tuple[float, float], word: Word) -> Iterator[tuple[float, float]]:
    low, high = gap
    if word["x1"] <= low or word["x0"] >= high:
        yield gap
        return
    if word["x0"] > low:
        yield low, word["x0"]
    if word["x1"] < high:
        yield word["x1"], high


def _is_columns(lines: Sequence[list[Word]], gutter: float, left_edge: float) -> bool:
    """Whether lines are prose in two columns: both sides stand, and the left ones are filled."""
    left = [[word for word in line if word["x0"] <= gutter] for line in lines]
    right = [[word for word in line if word["x0"] > gutter] for line in lines]
    both = sum(bool(one) and bool(other) for one, other in zip(left, right, strict=True))
    if both < _LEAST:
        return False
    ends = [gutter - line[-1]["x1"] for line in left if line]
    starts = {round(line[0]["x0"] / 4) for line in right if line}
    full = sum(each <= _NEAR * (gutter - left_edge) for each in ends)
    return full >= _FILLED * len(ends) and len(starts) <= max(2, both // 2)

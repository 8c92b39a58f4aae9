"""Pandoc Markdown from data: escaping at the source, pipe tables, spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Align = Literal["left", "right", "center"]
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@])")
_OPENING = re.compile(r"^(\s*)([-+:]|\d+[.)]|\(\w+\)|[A-Za-z][.)])(?=\s|$)")
_SPACES = re.compile(r"\s+")


class Md(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def escape(text: str) -> Md:
    """Return text from data as Markdown that shows it literally, on one line."""
    if isinstance(text, Md):
        return text
    one_line = _SPACES.sub(" ", text.strip())
    escaped = _SPECIAL.sub(r"\\\1", one_line)
    return Md(
        _OPENING.sub(
            lambda m: (
                f"{m[1]}\\{m[2]}" if not m[2][0].isalnum() else f"{m[1]}{m[2][:-1]}\\{m[2][-1]}"
            ),
            escaped,
        )
    )


def _rule(width: int, align: Align) -> str:
    dashes = "-" * max(width, 3)
    return {"left": f":{dashes}", "right": f"{dashes}:", "center": f":{dashes}:"}[align]


def pipe_table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    identifier: str,
    widths: Sequence[int],
    aligns: Sequence[Align] | None = None,
) -> Md:
    """Return a pipe table with a caption and an identifier.

    Parameters
    ----------
    header : sequence of str
    rows : sequence of sequences of str
        Cells; those that are not `Md` are escaped.
    caption : str
    identifier : str
        `tbl-…`, unique in the book.
    widths : sequence of int
        The columns' shares of the width, as numbers of dashes.
    aligns : sequence of {"left", "right", "center"}, optional
        Left by default.
    """
    chosen = aligns or ["left"] * len(header)
    # Pandoc keeps the widths only where a line is longer than its column setting of 72.
    unit = max(1, -(-90 // sum(widths)))
    lines = [
        _line(header),
        "|" + "|".join(_rule(w * unit, a) for w, a in zip(widths, chosen, strict=True)) + "|",
        *(_line(row) for row in rows),
    ]
    return Md("\n".join(lines) + f"\n\n: {escape(caption)} {{#{identifier}}}\n")


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escape(cell) or " " for cell in cells) + " |"


VERDICT_SIGNS = {
    "met": "●",
    "not_met": "×",
    "pending": "◆",
    "no_data": "□",
    "not_applicable": "▬",
}
"""Shapes beside the words, so that colour is never the only sign; all fonts have them."""


def verdict_span(verdict: str, word: str) -> Md:
    """Return a verdict as its sign and word, with a class for colour."""
    return Md(f"[{VERDICT_SIGNS[verdict]} {escape(word)}]{{.ntm-{verdict.replace('_', '-')}}}")

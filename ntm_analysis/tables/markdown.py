"""Pandoc Markdown from data: pipe tables, spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ntm_analysis.marks import MARKS
from ntm_analysis.tables.escape import Md, escape

Align = Literal["left", "right", "center"]


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

    Raises
    ------
    ValueError
        If header, widths, aligns and rows are not of one length: a reader of Markdown would drop
        what is beyond the shortest.
    """
    chosen = aligns or ["left"] * len(header)
    if {len(header), *map(len, rows)} != {len(widths)}:
        raise ValueError(f"{identifier}: rows are not of {len(widths)} cells like its widths")
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


VERDICT_SIGNS = {verdict: mark.sign for verdict, mark in MARKS.items()}
"""Shapes beside the words, so that colour is never the only sign; all fonts have them."""


def verdict_span(verdict: str, word: str) -> Md:
    """Return a verdict, or the standing that one has short of firm, as sign and word.

    A class gives the colour.
    """
    return Md(f"[{VERDICT_SIGNS[verdict]} {escape(word)}]{{.ntm-{verdict.replace('_', '-')}}}")


def standing_span(verdict: str, word: str, standing: str, standing_word: str) -> Md:
    """Return a verdict as it stands: short of firm, the sign and colour are never a plain one's.

    Parameters
    ----------
    verdict, word : str
    standing, standing_word : str
        Empty where the verdict has none; the word in small letters.

    Examples
    --------
    >>> standing_span("met", "Đạt", "disputed", "số liệu chưa thống nhất")
    '[▲ Đạt, số liệu chưa thống nhất]{.ntm-disputed}'
    """
    if standing in ("", "firm"):
        return verdict_span(verdict, word)
    own = "not_applicable" if verdict == "not_applicable" else standing
    return verdict_span(own, f"{word}, {standing_word}")

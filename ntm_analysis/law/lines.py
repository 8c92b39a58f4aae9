"""Indicators and requirements from lines of text, where no table is ruled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ntm_analysis.documents import Document
from ntm_analysis.law.codes import Code, code_and_name
from ntm_analysis.law.columns import looks_like_value
from ntm_analysis.law.names import Names
from ntm_analysis.law.rows import AnnexRow
from ntm_analysis.spelling import fold

_GAP: Final = re.compile(r"\s{3,}|\s*(?:\.{3,}|…)\s*")
_COLON: Final = re.compile(r":\s*(?=\S)")
_SAID: Final = re.compile(
    r"^(?:da|duoc|nang cao|ban hanh|to chuc|xep loai|hang nam|thuong xuyen)\b"
)
_SHORT: Final = 40
_TAIL: Final = re.compile(
    r"\s(?P<value>(?:(?:[<>≥≤]=?|trên|dưới|từ|tối thiểu|tối đa|ít nhất|không quá|không dưới)\s*)"
    r"\d[\d.,]*\s*%?(?:\s*(?:trở lên|trở xuống))?(?:\s[\w²/]+){0,3}|\d[\d.,]*\s*%"
    r"|Đạt|Có|Đảm bảo|Bảo đảm|Không|UBND[^.;:]*quy định[^.;:]*|[Mm]ức độ \d)\s*[.;]?$"
)


def text_rows(document: Document, names: Names) -> Iterator[AnnexRow]:
    """Yield rows from a document's lines: a code or bullet, a name, a value at the end.

    Parameters
    ----------
    document : Document
    names : Names
    """
    criterion: int | None = None
    for name, code, value, page, number in _entries(document):
        if not value:
            found = names.criterion(name)
            if found is not None or (code and len(code.numbers) == 1 and not code.roman):
                criterion = found or (code.numbers[0] if code else None)
            continue
        yield AnnexRow(code, name, {"": value}, criterion, page=page, row=number)


def _entries(document: Document) -> Iterator[tuple[str, Code | None, str, int | None, int]]:
    held: list[str] = []
    at: tuple[int | None, int] = (None, 0)
    for block in document.blocks:
        if block.part not in ("body", "text_box") or not block.text.strip():
            continue
        line = block.words.strip()
        starts = code_and_name(line)[0] is not None
        if starts and held:
            yield _entry(" ".join(held), at)
            held = []
        if starts or held:
            at = at if held else (block.page, block.number)
            held.append(line)
    if held:
        yield _entry(" ".join(held), at)


def _is_value(text: str) -> bool:
    """Whether the end of a line is its value: a few words that say what is to be so."""
    short = len(text) <= _SHORT and bool(_SAID.match(fold(text.strip())))
    return short or looks_like_value(text)


def _entry(text: str, at: tuple[int | None, int]) -> tuple[str, Code | None, str, int | None, int]:
    code, rest = code_and_name(text)
    for divider in (_GAP, _COLON):
        parts = list(divider.finditer(rest))
        if parts and _is_value(rest[parts[-1].end() :]):
            return rest[: parts[-1].start()].strip(), code, rest[parts[-1].end() :].strip(), *at
    if match := _TAIL.search(rest):
        return rest[: match.start()].strip(" :-–"), code, match["value"].strip(), *at
    return rest, code, "", *at

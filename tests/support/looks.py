"""What an eye would see on the pages of a PDF: words over words, off the paper, across a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

THIN = 2.5
"""Points; what is drawn thinner is a rule."""
TOUCH = 1.0
"""Points by which boxes may touch."""
HANGING = 4.0
"""Points by which a full stop or hyphen may hang into the margin."""
LOW_SURROGATES = {chr(code) for code in range(0xDC00, 0xE000)}
HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line; some of its calls give U+0002."""
SHARED = 0.4
"""Share of a word's height from which two words count as lying on one another."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page with its box, in points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its words, and the upright rules of its tables."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[tuple[float, float, float], ...]
    """Each with its place from the left, its lower and its upper end."""


def pages_of(pdf: Path) -> Iterator[Page]:
    """Give the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            yield Page(number, width, height, tuple(_words(page)), tuple(_rules(page)))
    finally:
        document.close()


def _words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    text = page.get_textpage()
    letters, box = "", [0.0, 0.0, 0.0, 0.0]
    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if letter in LOW_SURROGATES:
            continue  # the second half of the letter before
        made_up = pdfium.FPDFText_IsGenerated(text.raw, index) == 1
        left, bottom, right, top = text.get_charbox(index)
        broken = letter.isspace() or made_up
        apart = bool(letters) and not (
            bottom < box[3] and top > box[1] and -(box[3] - box[1]) / 2 < left - box[2] < 4 * TOUCH
        )
        if letters and (broken or apart):
            yield Word(letters, *box)
            letters = ""
        if broken or right <= left or top <= bottom:
            continue
        box = (
            [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]
            if letters
            else [left, bottom, right, top]
        )
        letters += letter
    if letters:
        yield Word(letters, *box)


def text_below_heads(pdf: Path, top: float = 54) -> Iterator[str]:
    """Give the text of each page below its running head.

    Parameters
    ----------
    pdf : Path
    top : float
        Points from the upper edge of the paper that hold the head.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text, limit = page.get_textpage(), page.get_size()[1] - top
            units = [
                min(pdfium.FPDFText_GetUnicode(text.raw, index), 0x10FFFF)
                for index in range(text.count_chars())
                if text.get_charbox(index)[1] < limit
            ]
            # A letter beyond the first plane comes as itself or as two halves.
            whole = "".join(
                chr(unit)
                for before, unit in zip([0, *units], units, strict=False)
                if not (before > 0xFFFF and chr(unit) in LOW_SURROGATES) and unit
            )
            text_ = whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            yield text_.replace("\x02", HYPHEN)


def _rules(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float]]:
    """Give the upright rules whose both ends meet level ones: those of tables, not of charts."""
    upright, level = [], []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = item.get_bounds()
        if right - left < THIN < top - bottom:
            upright.append(((left + right) / 2, bottom, top))
        elif top - bottom < THIN < right - left:
            level.append(((bottom + top) / 2, left, right))

    def met(place: float, end: float) -> bool:
        return any(
            abs(height - end) < 2 * TOUCH and left - TOUCH < place < right + TOUCH
            for height, left, right in level
        )

    for place, low, high in upright:
        if met(place, low) and met(place, high):
            yield place, low, high


def overprinted(pdf: Path) -> list[str]:
    """Return the words of a PDF that are printed over other words, with their pages."""
    found = []
    for page in pages_of(pdf):
        if len(page.words) < 2:
            continue
        box = np.array([(w.left, w.bottom, w.right, w.top) for w in page.words])
        across = np.minimum.outer(box[:, 2], box[:, 2]) - np.maximum.outer(box[:, 0], box[:, 0])
        upright = np.minimum.outer(box[:, 3], box[:, 3]) - np.maximum.outer(box[:, 1], box[:, 1])
        height = box[:, 3] - box[:, 1]
        lower = np.minimum.outer(height, height)
        over = np.triu((across > TOUCH) & (upright > SHARED * lower), k=1)
        for first, second in np.argwhere(over):
            one, other = page.words[first], page.words[second]
            found.append(f"p. {page.number}: “{one.text}” and “{other.text}”")
    return found


def off_the_paper(pdf: Path, left: float = 0, right: float = 0) -> list[str]:
    """Return the words of a PDF that leave the paper, or its side margins, with their pages.

    Parameters
    ----------
    pdf : Path
    left, right : float
        Margins in points.
    """
    return [
        f"p. {page.number}: “{word.text}”"
        for page in pages_of(pdf)
        for word in page.words
        if word.left < left - (TOUCH if left == 0 else HANGING)
        or word.right > page.width - right + (TOUCH if right == 0 else HANGING)
        or word.bottom < -TOUCH
        or word.top > page.height + TOUCH
    ]


def out_of_cells(pdf: Path) -> list[str]:
    """Return the words of a PDF that cross an upright rule of a table, with their pages."""
    found = []
    for page in pages_of(pdf):
        for word in page.words:
            middle = (word.bottom + word.top) / 2
            if any(
                word.left + TOUCH < place < word.right - TOUCH and low < middle < high
                for place, low, high in page.rules
            ):
                found.append(f"p. {page.number}: “{word.text}”")
    return found

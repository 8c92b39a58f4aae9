"""Typst as the installed wheel: always with the package's own fonts, never the machine's."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final, cast

import typst

from ntm_analysis.book.errors import BookError
from ntm_analysis.book.letters import boxed_letters
from ntm_analysis.language import say

FONTS = Path(str(resources.files("ntm_analysis"))) / "fonts"
ACCESSIBLE: Final = "ua-1"
NO_BOXES: Final = "a-2b"
"""A standard that forbids boxes for letters, and asks nothing of headings."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF as it was set.

    Attributes
    ----------
    pdf : bytes
    boxed : mapping of str to str
        Letters that no font has, by the file that holds them (see `boxed_letters`).
    """

    pdf: bytes
    boxed: Mapping[str, str]

    def packed(self) -> bytes:
        """Return it as one piece, to be kept."""
        return json.dumps(dict(self.boxed)).encode() + b"\n" + self.pdf

    @classmethod
    def of(cls, packed: bytes) -> Typeset:
        """Return what `packed` gave."""
        boxed, _, pdf = packed.partition(b"\n")
        return cls(pdf, json.loads(boxed))


def source_date_epoch() -> int | None:
    """Return `SOURCE_DATE_EPOCH` in seconds since 1970, or None if it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(value) if value.isdigit() else None


def compile_pdf(main: Path, timestamp: int) -> Typeset:
    """Return the PDF of a typst document; it conforms to PDF/UA-1 wherever the document allows it.

    Parameters
    ----------
    main : Path
        The document; all that it names lies in or below its folder.
    timestamp : int
        Seconds since 1970.

    Raises
    ------
    BookError
        If typst refuses it; what it said, with the place, is the error's log.
    """
    try:
        return Typeset(_pdf(main, timestamp, ACCESSIBLE), {})
    except BookError as error:
        if "PDF/UA" not in str(error):
            raise
        boxed = boxed_letters(error.log)
    return Typeset(_pdf(main, timestamp), boxed or _boxed(main, timestamp))


def lacking(texts: Mapping[str, str]) -> dict[str, str]:
    """Return which letters of some texts no font has, neither our own nor this machine's.

    Quarto's own typst takes the machine's fonts too, and says nothing of letters in none of them.

    Parameters
    ----------
    texts : mapping of str to str
        By where they stand.

    Returns
    -------
    dict of str to str
        Where there are any, each once in the order of the text.
    """
    letters = "".join(sorted(set("".join(texts.values()))))
    for system in (False, True):
        if letters:
            letters = _in_no_font(letters, system=system)
    found = {where: [one for one in dict.fromkeys(text) if one in letters]
             for where, text in texts.items()}  # fmt: skip
    return {where: "".join(those) for where, those in found.items() if those}


def _in_no_font(letters: str, *, system: bool) -> str:
    text = json.dumps(letters, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "letters.typ"
        main.write_text(f'#set text(font: "Liberation Serif")\n#{text}\n', encoding="utf-8")
        try:
            _pdf(main, 0, NO_BOXES, system=system)
        except BookError as error:
            return "".join(boxed_letters(error.log).values())
    return ""


def _boxed(main: Path, timestamp: int) -> dict[str, str]:
    """Return the letters that no font has, where something else hid them from PDF/UA-1's check."""
    try:
        _pdf(main, timestamp, NO_BOXES)
    except BookError as error:
        return boxed_letters(error.log)
    return {}


def _pdf(main: Path, timestamp: int, *standards: typst.PDFStandard, system: bool = False) -> bytes:
    try:
        return typst.compile(
            main,
            root=main.parent,
            font_paths=[FONTS],
            ignore_system_fonts=not system,
            format="pdf",
            pdf_standards=list(standards),
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise BookError(say("book.typst", detail=error.message), _log(error)) from None


def compile_png(root: Path, drawings: Sequence[Path], ppi: int) -> list[bytes]:
    """Return pictures of drawings in a folder, in their order."""
    if not drawings:
        return []
    lines = ["#set page(width: auto, height: auto, margin: 0pt, fill: white)"]
    for number, path in enumerate(drawings):
        if number:
            lines.append("#pagebreak()")
        lines.append(f"#image({json.dumps('/' + path.relative_to(root).as_posix())})")
    main = root / "drawings.typ"
    main.write_text("\n".join(lines), encoding="utf-8")
    try:
        pages: object = typst.compile(
            main,
            root=root,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="png",
            ppi=ppi,
        )
    except typst.TypstError as error:
        raise BookError(say("book.typst", detail=error.message), _log(error)) from None
    finally:
        main.unlink()
    # One page comes as bytes, several as a list, whatever the wheel's annotations say.
    return [pages] if isinstance(pages, bytes) else list(cast("list[bytes]", pages))


def _log(error: typst.TypstError) -> str:
    return str(getattr(error, "diagnostic", "") or error)

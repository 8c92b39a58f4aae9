"""Typst as the installed wheel: always with the package's own fonts, never the machine's."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import cast

import typst

from ntm_analysis.book.errors import BookError
from ntm_analysis.language import say

FONTS = Path(str(resources.files("ntm_analysis"))) / "fonts"


def source_date_epoch() -> int | None:
    """Return `SOURCE_DATE_EPOCH` in seconds since 1970, or None if it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(value) if value.isdigit() else None


def compile_pdf(main: Path, timestamp: int, *, accessible: bool) -> bytes:
    """Return the PDF of a typst document.

    Parameters
    ----------
    main : Path
        The document; all that it names lies in or below its folder.
    timestamp : int
        Seconds since 1970.
    accessible : bool
        Whether it must conform to PDF/UA-1.

    Raises
    ------
    BookError
        If typst refuses it; what it said, with the place, is the error's log.
    """
    try:
        return typst.compile(
            main,
            root=main.parent,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"] if accessible else [],
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

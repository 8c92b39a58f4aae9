"""Typst as the installed wheel: always with the package's own fonts, never the machine's."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import typst

from ntm_analysis.book.errors import BookError
from ntm_analysis.language import say

FONTS = Path(str(resources.files("ntm_analysis"))) / "fonts"


def source_date_epoch() -> int | None:
    """Return `SOURCE_DATE_EPOCH` in seconds since 1970, or None if it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(value) if value.isdigit() else None


def compile_pdf(main: Path, standards: Sequence[str], timestamp: int) -> bytes:
    """Return the PDF of a typst document.

    Raises
    ------
    BookError
        If typst refuses it; what it said, with the place, is the error's log.
    """
    try:
        pdf = typst.compile(
            str(main),
            root=str(main.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(standards),  # type: ignore[arg-type]
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise BookError(say("book.typst", detail=error.message), _log(error)) from None
    assert isinstance(pdf, bytes)
    return pdf


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
            str(main),
            root=str(root),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="png",
            ppi=ppi,
        )
    except typst.TypstError as error:
        raise BookError(say("book.typst", detail=error.message), _log(error)) from None
    finally:
        main.unlink()
    return [pages] if isinstance(pages, bytes) else list(pages)  # type: ignore[call-overload, no-any-return]


def _log(error: typst.TypstError) -> str:
    return str(getattr(error, "diagnostic", "") or error)

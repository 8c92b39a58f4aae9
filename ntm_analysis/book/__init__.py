"""The book: chapters into HTML, PDF and DOCX, by Quarto or by the built-in renderer.

Both read the one `_quarto.yml`. The built-in renderer is pandoc and typst with small filters and
templates: `source` (a chapter's Markdown) → `numbering` (numbers and references of all chapters)
→ `html`, `pdf`, `docx` → `output` (the finished folder put in place at once).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ntm_analysis.book import builtin, quarto
from ntm_analysis.book.config import read_config
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.made import prepare, read_made, write_made
from ntm_analysis.book.output import files_in, keep_log, publish, workshop
from ntm_analysis.book.pdf import count_pages

__all__ = ["FORMATS", "BookError", "BookResult", "RendererName", "build_book"]

FORMATS = ("html", "pdf", "docx")
RendererName = Literal["auto", "quarto", "builtin"]


@dataclass(frozen=True, slots=True)
class BookResult:
    """A rendered book.

    Attributes
    ----------
    output_dir : Path
    files : list of Path
        What to open: the first page, the PDF, the DOCX; only the formats asked for.
    renderer : str
        `quarto` or `builtin`.
    pdf_pages : int or None
        None if no PDF was made.
    stale : list of Path
        Printed forms from before that show something else than the book does now.
    warnings : list of str
        What Quarto warned of, or what of the chapters' outputs the built-in renderer leaves out.
    boxed : mapping of str to str
        Letters that no font of the PDF has, by their chapter: boxes stand in their place.
    """

    output_dir: Path
    files: list[Path]
    renderer: str
    pdf_pages: int | None
    stale: list[Path]
    warnings: list[str]
    boxed: Mapping[str, str] = field(default_factory=dict)


def build_book(
    project: Path,
    formats: Sequence[str] = FORMATS,
    renderer: RendererName = "auto",
    on_progress: Callable[[str, int, int], None] | None = None,
) -> BookResult:
    """Render the book of a project into its output folder.

    Formats that are not asked for stay as they are. Nothing in the output folder changes before
    everything asked for is made.

    Parameters
    ----------
    project : Path
        The folder of `_quarto.yml`.
    formats : sequence of str
        Among `html`, `pdf` and `docx`.
    renderer : {"auto", "quarto", "builtin"}
        `auto` takes Quarto if it is on PATH.
    on_progress : callable, optional
        Told the stage, in the user's language, the steps done and the steps in all.

    Raises
    ------
    DataErrors
        If `_quarto.yml` or a language file cannot be read.
    BookError
        If a chapter is missing or broken, a reference leads nowhere, or a tool fails; what the
        tool said is kept in `reports/book.log`.
    """
    unknown = set(formats) - set(FORMATS)
    if unknown or not formats:
        raise ValueError(f"formats must be among {FORMATS}, not {sorted(unknown)}")
    project = project.resolve()
    wanted = [name for name in FORMATS if name in formats]
    chosen = renderer
    if chosen == "auto":
        chosen = "quarto" if quarto.available() else "builtin"
    try:
        config = read_config(project)
        target = project / config.output_dir
        made = read_made(project, target, config.output_name)
        printed: Mapping[str, str] = {}
        stale: list[str] = []
        warnings: list[str] = []
        boxed: Mapping[str, str] = {}
        with workshop(project) as folder:
            new = folder / "book"
            if chosen == "quarto":
                warnings = quarto.render(project, config, wanted, new)
                if "pdf" in wanted:
                    boxed = quarto.boxed(project, config)
            else:
                rendered = builtin.render(
                    project, config, wanted, folder, new, made.printed, on_progress
                )
                printed, stale, boxed = rendered.printed, rendered.stale, rendered.boxed
                warnings = rendered.book.left_out
                builtin.memo_of(project).prune()
            prepare(new, made, files_in(new), printed)
            files = publish(new, target, wanted, made.files)
        write_made(target, files, printed)
    except BookError as error:
        keep_log(project, error)
        raise
    outdated = [target / name for name in stale]
    return _result(target, config.output_name, wanted, chosen, outdated, warnings, boxed)


def _result(
    target: Path,
    own: str,
    formats: Sequence[str],
    renderer: str,
    stale: list[Path],
    warnings: list[str],
    boxed: Mapping[str, str],
) -> BookResult:
    files = [target / "index.html"] if "html" in formats else []
    pages = None
    for name in formats:
        if name != "html":
            made = _made(target, own, name)
            files += made
            if name == "pdf" and made:
                pages = count_pages(made[0].read_bytes())
    return BookResult(target, files, renderer, pages, stale, warnings, boxed)


def _made(target: Path, own: str, kind: str) -> list[Path]:
    """Return the printed book, if it is there."""
    named = target / f"{own}.{kind}"
    if named.is_file():
        return [named]
    # Where no name is set, Quarto takes one of its own.
    return sorted(target.glob(f"*.{kind}"), key=os.path.getmtime)[-1:]

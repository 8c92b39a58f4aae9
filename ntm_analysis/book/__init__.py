"""The book: chapters into HTML, PDF and DOCX, by Quarto or by the built-in renderer.

Both read the one `_quarto.yml`. The built-in renderer is pandoc and typst with small filters and
templates: `source` (a chapter's Markdown) → `numbering` (numbers and references of all chapters)
→ `html`, `pdf`, `docx` → `output` (the finished folder put in place at once).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ntm_analysis.book import quarto
from ntm_analysis.book.config import BookConfig, read_config
from ntm_analysis.book.docx import write_docx
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.html import write_html
from ntm_analysis.book.memo import FOLDER, Memo
from ntm_analysis.book.numbering import read_manuscript
from ntm_analysis.book.output import PRINTED, keep_log, publish, workshop
from ntm_analysis.book.pdf import count_pages, write_pdf

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
    """

    output_dir: Path
    files: list[Path]
    renderer: str
    pdf_pages: int | None


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
        with workshop(project) as folder:
            new = folder / "book"
            if chosen == "quarto":
                quarto.render(project, config, wanted, new)
            else:
                _render(project, config, wanted, folder, on_progress)
            publish(new, target, wanted)
    except BookError as error:
        keep_log(project, error)
        raise
    return _result(target, wanted, chosen)


def _render(
    project: Path,
    config: BookConfig,
    formats: Sequence[str],
    folder: Path,
    on_progress: Callable[[str, int, int], None] | None,
) -> None:
    new, drafts = folder / "book", folder / "drafts"
    new.mkdir()
    drafts.mkdir()
    memo = Memo(project / "reports" / FOLDER)
    book = read_manuscript(project, config, drafts, on_progress, memo)
    name = config.output_name
    # Pages offer the printed forms made now and those that are kept.
    kept = [s for s in PRINTED if (project / config.output_dir / f"{name}{s}").is_file()]
    offered = [f"{name}{s}" for s in PRINTED if s[1:] in formats or s in kept]
    if "html" in formats:
        write_html(book, new, offered, on_progress)
    if "pdf" in formats:
        write_pdf(book, new / f"{name}.pdf", on_progress)
    if "docx" in formats:
        write_docx(project, book, new / f"{name}.docx", on_progress)
    memo.prune()


def _result(target: Path, formats: Sequence[str], renderer: str) -> BookResult:
    files = [target / "index.html"] if "html" in formats else []
    pages = None
    for name in formats:
        if name != "html":
            made = sorted(target.glob(f"*.{name}"), key=os.path.getmtime)
            files += made[-1:]
            if name == "pdf" and made:
                pages = count_pages(made[-1].read_bytes())
    return BookResult(target, files, renderer, pages)

"""The built-in renderer: one book by pandoc and typst, into a folder that is then put in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.docx import write_docx
from ntm_analysis.book.html import write_html
from ntm_analysis.book.manuscript import Manuscript, Progress
from ntm_analysis.book.memo import FOLDER, Memo
from ntm_analysis.book.numbering import read_manuscript
from ntm_analysis.book.output import PRINTED
from ntm_analysis.book.pdf import write_pdf
from ntm_analysis.book.search import PageText


def memo_of(project: Path) -> Memo:
    """Return what was rendered before in a project."""
    return Memo(project / "reports" / FOLDER)


def render(
    project: Path,
    config: BookConfig,
    formats: Sequence[str],
    folder: Path,
    site: Path,
    on_progress: Progress | None = None,
) -> tuple[Manuscript, list[PageText]]:
    """Render a book into the folder of its site.

    Parameters
    ----------
    project : Path
    config : BookConfig
    formats : sequence of str
        Among `html`, `pdf` and `docx`.
    folder : Path
        For what is only needed on the way.
    site : Path
        The folder made; a book of several comes to lie below it.
    on_progress : callable, optional

    Returns
    -------
    Manuscript
    list of PageText
        Of the HTML pages, if they are made.
    """
    drafts = folder / "drafts"
    drafts.mkdir(parents=True)
    place = site / config.folder
    place.mkdir(parents=True, exist_ok=True)
    book = read_manuscript(project, config, drafts, on_progress, memo_of(project))
    name = config.output_name
    # Pages offer the printed forms made now and those that are kept.
    published = project / config.output_dir / config.folder
    kept = [s for s in PRINTED if (published / f"{name}{s}").is_file()]
    offered = [f"{name}{s}" for s in PRINTED if s[1:] in formats or s in kept]
    texts = []
    if "html" in formats:
        texts = write_html(book, site, offered, on_progress)
    if "pdf" in formats:
        write_pdf(book, place / f"{name}.pdf", on_progress)
    if "docx" in formats:
        write_docx(project, book, place / f"{name}.docx", on_progress)
    return book, texts

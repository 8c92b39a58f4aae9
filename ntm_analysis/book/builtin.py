"""The built-in renderer: one book by pandoc and typst, into a folder that is then put in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.docx import write_docx
from ntm_analysis.book.html import write_html
from ntm_analysis.book.made import PRINTED
from ntm_analysis.book.manuscript import Manuscript, Progress
from ntm_analysis.book.memo import FOLDER, Memo
from ntm_analysis.book.numbering import read_manuscript
from ntm_analysis.book.pdf import write_pdf
from ntm_analysis.book.search import PageText


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was rendered.

    Attributes
    ----------
    book : Manuscript
    texts : list of PageText
        Of the HTML pages, if they are made.
    printed : mapping of str to str
        For each printed form, made now or before, the hash of the manuscript it shows.
    stale : list of str
        Printed forms from before that show something else than the manuscript does now.
    boxed : mapping of str to str
        Letters that no font of the PDF has, by the title of their chapter.
    """

    book: Manuscript
    texts: list[PageText]
    printed: Mapping[str, str]
    stale: list[str]
    boxed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forms:
    """The printed forms of a book.

    Attributes
    ----------
    offered : list of str
        Those that show what the pages do.
    shown : mapping of str to str
        For each, made now or before, the hash of the manuscript it shows.
    stale : list of str
        Those from before that show something else than the manuscript does now.
    """

    offered: list[str]
    shown: Mapping[str, str]
    stale: list[str]


def memo_of(project: Path) -> Memo:
    """Return what was rendered before in a project."""
    return Memo(project / "reports" / FOLDER)


def render(
    project: Path,
    config: BookConfig,
    formats: Sequence[str],
    folder: Path,
    site: Path,
    printed: Mapping[str, str],
    on_progress: Progress | None = None,
) -> Rendered:
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
    printed : mapping of str to str
        For each printed form that lies in the book's place, the hash of the manuscript it shows:
        pages offer those that are made now or show what the pages do.
    on_progress : callable, optional
    """
    drafts = folder / "drafts"
    drafts.mkdir(parents=True)
    place = site / config.folder
    place.mkdir(parents=True, exist_ok=True)
    book = read_manuscript(project, config, drafts, on_progress, memo_of(project))
    forms = printed_forms(project, book, formats, printed)
    name = config.output_name
    texts, boxed = [], {}
    if "html" in formats:
        texts = write_html(book, site, project, forms.offered, on_progress)
    if "pdf" in formats:
        boxed = write_pdf(book, place / f"{name}.pdf", on_progress)
    if "docx" in formats:
        write_docx(project, book, place / f"{name}.docx", on_progress)
    return Rendered(book, texts, forms.shown, forms.stale, boxed)


def printed_forms(
    project: Path, book: Manuscript, formats: Sequence[str], printed: Mapping[str, str]
) -> Forms:
    """Return which printed forms a book has once the given formats are made.

    Parameters
    ----------
    project : Path
    book : Manuscript
    formats : sequence of str
    printed : mapping of str to str
        For each printed form that lies in the book's place, the hash of the manuscript it shows.
    """
    config, digest = book.config, book.digest
    published = project / config.output_dir / config.folder
    forms = {f"{config.output_name}{suffix}": suffix[1:] in formats for suffix in PRINTED}
    kept = {form for form, now in forms.items() if not now and (published / form).is_file()}
    stale = {form for form in kept if printed.get(form) != digest}
    shown = {form: digest for form, now in forms.items() if now}
    shown |= {form: printed[form] for form in kept if form in printed}
    offered = [form for form, now in forms.items() if now or form in kept - stale]
    return Forms(offered, shown, sorted(stale))

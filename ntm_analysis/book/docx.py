"""The book as a Word document, in the styles of a reference document."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ntm_analysis.book import media, pandoc
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.manuscript import Manuscript, Progress, entries_by_part, part_note
from ntm_analysis.book.memo import key_of
from ntm_analysis.book.typesetting import source_date_epoch
from ntm_analysis.book.wordfields import numbered_by_word
from ntm_analysis.language import say

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
STYLE = "style.docx"
DOCUMENT = "word/document.xml"
HEADING = re.compile(
    r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)" />\s*'
    r'<w:p><w:pPr><w:pStyle w:val="Heading(\d)" /></w:pPr>(.*?)</w:p>',
    re.DOTALL,
)
TEXT = re.compile(r"<w:t\b[^>]*>([^<]*)</w:t>|<w:br\s*/>")
FIELD_END = '<w:fldChar w:fldCharType="end" />'
FIELD = re.compile(
    r'<w:p><w:r>(<w:fldChar w:fldCharType="begin"[^>]*/>)'
    r"(<w:instrText[^>]*>TOC \\o &quot;1-(\d)&quot;[^<]*</w:instrText>"
    rf'<w:fldChar w:fldCharType="separate" />){FIELD_END}</w:r></w:p>'
)
ENTRY = (
    '<w:p><w:pPr><w:pStyle w:val="TOC{level}" /></w:pPr>{start}<w:hyperlink w:anchor="{name}">'
    '<w:r><w:t xml:space="preserve">{text}</w:t></w:r><w:r><w:tab /></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin" /></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate" /></w:r><w:r><w:t></w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end" /></w:r></w:hyperlink></w:p>'
)
DATES = re.compile(r"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def write_docx(
    project: Path, book: Manuscript, target: Path, on_progress: Progress | None = None
) -> None:
    """Write the book as a Word document.

    Drawings are in it as PNG: word processors differ in how they show SVG, and lose its fonts.

    Parameters
    ----------
    project : Path
    book : Manuscript
    target : Path
        The file.
    on_progress : callable, optional

    Raises
    ------
    BookError
        If pandoc fails, or the reference document is missing.
    """
    stage = say("book.stage_docx")
    steps = len(book.listed) + 1
    widths = media.rasterise(book.folder, book.memo)
    openings = _openings(book)
    parts: list[str] = []
    with ThreadPoolExecutor(pandoc.workers()) as pool:
        for number, part in enumerate(
            pool.map(lambda n: _blocks(book, n, widths), range(len(book.listed)))
        ):
            opening = pandoc.dumps(openings.get(number, []))
            parts += [_inside(opening), _inside(part)]
            if on_progress:
                on_progress(stage, number + 1, steps)
    config = book.config
    meta = {
        "title": config.title,
        "subtitle": config.subtitle,
        "author": config.author,
        "date": " · ".join(filter(None, (*config.cover, config.date))),
        "lang": config.lang,
        "description": config.description,
        "toc-title": book.labels["toc-title-document"],
    }
    text = pandoc.document(
        book.chapters[0].tree.version,
        {key: value for key, value in meta.items() if value},
        f"[{','.join(part for part in parts if part)}]",
    )
    args = ["-f", "json", "-t", "docx", "--toc", f"--toc-depth={config.toc_depth}"]
    style = b""
    if config.reference_doc:
        reference = project / config.reference_doc
        if not reference.is_file():
            raise BookError(say("book.reference_doc", file=config.reference_doc))
        style = reference.read_bytes()
        args.append(f"--reference-doc={STYLE}")
    epoch = source_date_epoch()

    def made() -> bytes:
        raw = book.folder / "raw.docx"
        (book.folder / STYLE).write_bytes(style)  # just what the result is kept by
        pandoc.run([*args, "-o", raw.name], text, target.name, epoch=epoch or 0, cwd=book.folder)
        return finished(raw.read_bytes(), dated=epoch is not None)

    pictures = media.digest_of_pictures(book.folder, book.pictures)
    key = key_of(("docx", text, *args, style, pictures, str(epoch)))
    target.write_bytes(book.memo.bytes(key, made))
    if on_progress:
        on_progress(stage, steps, steps)


def _blocks(book: Manuscript, number: int, widths: Mapping[str, float]) -> str:
    chapter = book.listed[number]
    own = {name: widths[name] for name in chapter.pictures if name in widths}
    args = ["-t", "json"]
    for name in ("resolve", "columns", "docx"):
        args += ["-L", pandoc.lua_filter(name)]
    return book.render(chapter, book.print_options(number, widths=own), args, _only_blocks)


def _inside(blocks: str) -> str:
    """Return what stands between the brackets of a list."""
    return blocks.removeprefix("[").removesuffix("]")


def _only_blocks(text: str) -> str:
    return pandoc.dumps(json.loads(text)["blocks"])


def _openings(book: Manuscript) -> dict[int, list[object]]:
    """Return the pages that open parts, by the number of the chapter that they precede."""
    found: dict[int, list[object]] = {}
    number = 0
    for kind, part, chapters in entries_by_part(book.listed):
        if part and kind == "chapter":
            found[number] = [
                {"t": "Header", "c": [1, [f"part-{len(found) + 1}", [], []], _words(part)]}
            ]
            if note := part_note(chapters, book.labels):
                style = ["", [], [["custom-style", "Synthetic"]]]
                paragraph = {"t": "Para", "c": _words(note)}
                found[number].append({"t": "Div", "c": [style, [paragraph]]})
        number += len(chapters)
    return found


def _words(text: str) -> list[object]:
    spaced: list[object] = []
    for word in text.split():
        spaced += [{"t": "Space"}, {"t": "Str", "c": word}]
    return spaced[1:]


def finish(path: Path) -> None:
    """Finish a document that Quarto made, in its place."""
    made = finished(path.read_bytes(), dated=source_date_epoch() is not None)
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(made)
    draft.replace(path)


def finished(docx: bytes, *, dated: bool) -> bytes:
    """Return a document of pandoc's as Word has one, with fixed times.

    Table rows stay whole, contents are written out, and captions are numbered by fields.

    Parameters
    ----------
    docx : bytes
    dated : bool
        Whether the dates of making are kept.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts[DOCUMENT].decode()
    document = document.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
    parts[DOCUMENT] = numbered_by_word(contents_filled(document)).encode()
    if not dated:
        core = parts["docProps/core.xml"].decode()
        parts["docProps/core.xml"] = DATES.sub("", core).encode()
    return zipped(parts)


def contents_filled(document: str) -> str:
    """Return a document with the entries of its table of contents written out.

    Word makes them anew when it opens the file; other programs show what stands there.
    """
    field = FIELD.search(document)
    if field is None:
        return document
    depth = int(field.group(3))
    begin = field.group(1) + field.group(2)
    lines = []
    for match in HEADING.finditer(document):
        name, level = match.group(1), int(match.group(2))
        text = "".join(
            " " if found.group(1) is None else found.group(1)
            for found in TEXT.finditer(match.group(3))
        )
        if level <= depth:
            start, begin = f"<w:r>{begin}</w:r>" if begin else "", ""
            lines.append(ENTRY.format(level=level, start=start, name=name, text=text.strip()))
    if not lines:
        return document
    lines[-1] = lines[-1].removesuffix("</w:p>") + f"<w:r>{FIELD_END}</w:r></w:p>"
    return document[: field.start()] + "".join(lines) + document[field.end() :]


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP archive with fixed times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()

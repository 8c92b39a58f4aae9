"""The printed book: each chapter as typst markup, all set as one PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

from ntm_analysis.book import media, pandoc
from ntm_analysis.book.manuscript import Manuscript, Progress, entries_by_part, part_note
from ntm_analysis.book.memo import key_of
from ntm_analysis.book.typesetting import Typeset, compile_pdf, source_date_epoch
from ntm_analysis.language import say

TEMPLATE = "report.typ"
PAGES = re.compile(rb"/Type\s*/Pages\b.*?/Count\s+(\d+)", re.DOTALL)


def write_pdf(
    book: Manuscript, target: Path, on_progress: Progress | None = None
) -> dict[str, str]:
    """Write the book as a PDF.

    The PDF conforms to PDF/UA-1 (accessible) wherever its pictures allow it.

    Parameters
    ----------
    book : Manuscript
    target : Path
        The file.
    on_progress : callable, optional

    Returns
    -------
    dict of str to str
        Letters that no font of the PDF has, by the title of their chapter; those of pictures and
        of the cover under a name that says so.

    Raises
    ------
    BookError
        If pandoc or typst fails.
    """
    stage = say("book.stage_pdf")
    steps = len(book.listed) + 1
    texts: list[str] = []
    with ThreadPoolExecutor(pandoc.workers()) as pool:
        for text in pool.map(lambda n: _chapter(book, n), range(len(book.listed))):
            texts.append(text)
            if on_progress:
                on_progress(stage, len(texts), steps)
    timestamp = source_date_epoch() or 0
    main = _main(book)
    pictures = media.digest_of_pictures(book.folder, book.pictures)
    key = key_of(("pdf", main, *texts, pictures, str(timestamp)))
    made = Typeset.of(
        book.memo.bytes(key, lambda: _set(book.folder, main, texts, timestamp).packed())
    )
    target.write_bytes(made.pdf)
    if on_progress:
        on_progress(stage, steps, steps)
    return _by_chapter(book, made.boxed)


def _set(folder: Path, main: str, texts: Sequence[str], timestamp: int) -> Typeset:
    template = resources.files("ntm_analysis.book").joinpath("templates", TEMPLATE)
    (folder / TEMPLATE).write_bytes(template.read_bytes())
    for number, text in enumerate(texts):
        (folder / _file(number)).write_text(text, encoding="utf-8", newline="\n")
    document = folder / "book.typ"
    document.write_text(main, encoding="utf-8", newline="\n")
    return compile_pdf(document, timestamp)


def _by_chapter(book: Manuscript, boxed: Mapping[str, str]) -> dict[str, str]:
    titles = {_file(number): chapter.title for number, chapter in enumerate(book.listed)}
    found: dict[str, str] = {}
    for file in sorted(boxed, key=[*titles, *boxed].index):
        title = titles.get(file, say("letters.elsewhere"))
        found[title] = "".join(dict.fromkeys(found.get(title, "") + boxed[file]))
    return found


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a PDF; 0 if it does not show it openly."""
    return max((int(count) for count in PAGES.findall(pdf)), default=0)


def _file(number: int) -> str:
    return f"chapter-{number + 1}.typ"


def _chapter(book: Manuscript, number: int) -> str:
    chapter = book.listed[number]
    options = book.print_options(number)
    args = ["-t", "typst", "--wrap=none", "--eol=lf"]
    for name in ("resolve", "columns", "typst"):
        args += ["-L", pandoc.lua_filter(name)]
    text = book.render(chapter, options, args)
    if chapter.labels.lang != book.labels.lang:
        text = f'#[\n#set text(lang: "{chapter.labels.lang}")\n{text}\n]\n'
    return f'#import "{TEMPLATE}": *\n{text}'


def _main(book: Manuscript) -> str:
    config = book.config
    values = {
        "title": config.title,
        "subtitle": config.subtitle,
        "author": config.author,
        "date": config.date,
        "description": config.description,
        "lang": book.labels.lang,
        "contents": book.labels["toc-title-document"],
    }
    given = "".join(f"  {k}: {json.dumps(v, ensure_ascii=False)},\n" for k, v in values.items())
    lines = "".join(f"{json.dumps(line, ensure_ascii=False)}, " for line in config.cover)
    given += f"  about: ({lines}),\n"
    dated = "false" if source_date_epoch() is None else "true"
    chapters = _inclusions(book)
    return (
        f'#import "{TEMPLATE}": report, ntm-part\n#show: report.with(\n{given}'
        f"  contents-depth: {config.toc_depth},\n  dated: {dated},\n)\n\n{chapters}"
    )


def _inclusions(book: Manuscript) -> str:
    lines, number = [], 0
    for kind, part, chapters in entries_by_part(book.listed):
        if part and kind == "chapter":
            given = json.dumps([part, part_note(chapters, book.labels)], ensure_ascii=False)
            lines.append(f"#ntm-part({given[1:-1]})\n")
        for _ in chapters:
            lines.append(f'#include "{_file(number)}"\n')
            number += 1
    return "".join(lines)

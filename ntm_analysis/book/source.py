"""A chapter's Markdown: from a `.qmd` with its includes, or from an executed notebook."""

from __future__ import annotations

import json
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.book import outputs
from ntm_analysis.book.cells import for_book
from ntm_analysis.book.config import Entry
from ntm_analysis.book.errors import BookError
from ntm_analysis.book.memo import digest_of
from ntm_analysis.language import LANGUAGES, Lang, say, user_lang

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
OWN_HTML = re.compile(r"^```\{=html\}$", re.MULTILINE)
INCLUDE = re.compile(r"^[ \t]*\{\{<\s*include\s+(\S+)\s*>\}\}[ \t]*$", re.MULTILINE)
FIRST_TITLE = re.compile(r"^#[ \t]+.*$", re.MULTILINE)
UNNUMBERED = re.compile(r"\{[^}]*(?:\.unnumbered|(?<=[{\s])-(?=[\s}]))[^}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """A chapter as its author wrote it.

    Attributes
    ----------
    entry : Entry
        Its place in the book.
    meta : mapping
        Its front matter.
    text : str
        Its Markdown without front matter, includes resolved, in NFC.
    numbered : bool
        Whether the chapter has a number.
    files : mapping of str to str
        What it was read from, relative to the project, with the hash of what stood there.
    left_out : tuple of str
        What outputs of its cells hold that a book cannot show, in the chapter's language.
    """

    entry: Entry
    meta: Mapping[str, Any]
    text: str
    numbered: bool
    files: Mapping[str, str]
    left_out: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The front matter's title, or empty: then the first heading is the title."""
        return str(self.meta.get("title") or "")


def read_source(project: Path, entry: Entry) -> Source:
    """Read a chapter.

    Raises
    ------
    BookError
        If it is missing, broken, or a notebook that was not executed.
    """
    files: dict[str, str] = {}
    left_out: list[str] = []
    if entry.path.endswith(".ipynb"):
        content = _read(project, entry.path, entry.path, files)
        text, left_out = _notebook_markdown(content, entry.path)
    else:
        text = _with_includes(project, entry.path, entry.path, (), files)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    meta, body = split_front_matter(text, entry.path)
    return Source(entry, meta, body, _is_numbered(meta, body), files, tuple(left_out))


def split_front_matter(text: str, chapter: str) -> tuple[dict[str, Any], str]:
    """Return a text's front matter and what follows it."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    try:
        meta = yaml.safe_load(found.group(1) or "")
    except yaml.YAMLError as error:
        message = say("book.front_matter", chapter=chapter, detail=error)
        raise BookError(message) from None
    return (meta if isinstance(meta, dict) else {}), text[found.end() :]


def _is_numbered(meta: Mapping[str, Any], body: str) -> bool:
    if meta.get("title"):
        return meta.get("number-sections", True) is not False
    heading = FIRST_TITLE.search(body)
    return not (heading and UNNUMBERED.search(heading.group()))


def _read(project: Path, path: str, chapter: str, files: dict[str, str]) -> str:
    try:
        content = (project / path).read_bytes()
        files.setdefault(path, digest_of(content))
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise BookError(say("book.missing", chapter=chapter, file=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        message = say("book.unreadable", chapter=chapter, file=path, detail=error)
        raise BookError(message) from None


def _with_includes(
    project: Path, path: str, chapter: str, above: tuple[str, ...], files: dict[str, str]
) -> str:
    if path in above:
        raise BookError(say("book.include_circle", chapter=chapter, file=path))
    text = _read(project, path, chapter, files).replace("\r\n", "\n")
    if above:
        text = split_front_matter(text, chapter)[1]

    def included(match: re.Match[str]) -> str:
        name = match.group(1).strip("\"'")
        # As Quarto has it: from the chapter, also in a file that is itself included.
        base = "" if name.startswith("/") else posixpath.dirname(chapter)
        target = posixpath.normpath(posixpath.join(base, name.lstrip("/")))
        return _with_includes(project, target, chapter, (*above, path), files).strip("\n")

    return INCLUDE.sub(included, text)


def _notebook_markdown(text: str, chapter: str) -> tuple[str, list[str]]:
    try:
        markdown, left_out = _cells_markdown(for_book(json.loads(text))["cells"], chapter)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BookError(say("book.notebook", chapter=chapter)) from None
    # Raw HTML is not read, but for what our templates write, and that only if it is harmless.
    return OWN_HTML.sub("``` {.ntm-html}", markdown), left_out


def _cells_markdown(cells: Sequence[Mapping[str, Any]], chapter: str) -> tuple[str, list[str]]:
    code = [
        cell for cell in cells if cell.get("cell_type") == "code" and outputs.joined(cell["source"])
    ]
    if code and not any(cell.get("execution_count") or cell.get("outputs") for cell in code):
        raise BookError(say("book.not_executed", chapter=chapter))
    parts: list[str] = []
    left_out: list[str] = []
    for place, cell in enumerate(cells, 1):
        tags = cell.get("metadata", {}).get("tags", ())
        kind = cell.get("cell_type")
        # The first cell may hold the front matter as raw text.
        if kind == "markdown" or (kind == "raw" and not parts):
            parts.append(outputs.joined(cell["source"]))
        elif kind == "code" and "remove-output" not in tags:
            lang = _language(parts[0] if parts else "", chapter)
            for text, missing in _outputs(cell, chapter, place, lang):
                parts.append(text)
                left_out += [missing] if missing else []
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n", left_out


def _language(text: str, chapter: str) -> Lang:
    own = split_front_matter(text, chapter)[0].get("lang")
    return next((lang for lang in LANGUAGES if lang == own), user_lang())


def _outputs(
    cell: Mapping[str, Any], chapter: str, place: int, lang: Lang
) -> Iterator[tuple[str, str]]:
    for output in cell.get("outputs", ()):
        if output.get("output_type") == "error":
            detail = f"{output.get('ename')}: {output.get('evalue')}"
            raise BookError(say("book.failed_notebook", chapter=chapter, detail=detail))
        yield outputs.shown(output, place, lang)

"""The book's plan: `_quarto.yml` merged with its profiles, as both renderers read it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ntm_analysis.book.errors import BookError
from ntm_analysis.language import say
from ntm_analysis.paths import MARKER
from ntm_analysis.yamlfile import read_yaml

Kind = Literal["chapter", "appendix"]
Place = Literal["here", "elsewhere", "aside"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the book.

    Attributes
    ----------
    path : str
        The chapter's source, relative to the project, with forward slashes.
    kind : {"chapter", "appendix"}
    part : str
        Title of the part that it stands in, or empty.
    page : str
        Its HTML page, relative to the site; empty for the name that Quarto gives it.
    place : {"here", "elsewhere", "aside"}
        `elsewhere`: its page belongs to another book of the site, which this one refers to;
        printed books have it. `aside`: a page that no list of chapters names and no printed book
        has.
    """

    path: str
    kind: Kind
    part: str = ""
    page: str = ""
    place: Place = "here"


@dataclass(frozen=True, slots=True)
class BookConfig:
    """What `_quarto.yml` and its profiles say about the book.

    Attributes
    ----------
    title, subtitle, author, date, description : str
        Empty where not given.
    lang : str
        The book's language, `vi` or `en`.
    language_file : str
        File of labels, relative to the project; empty if none is named.
    output_dir : str
    output_name : str
        Name of the PDF and DOCX files, without suffix.
    entries : tuple of Entry
        In reading order.
    number_depth : int
        Headings below this level carry no number; 0 if sections are not numbered.
    toc_depth : int
        Deepest heading level in the printed table of contents.
    reference_doc : str
        Word document with the styles, relative to the project; empty if none is named.
    formats : tuple of str
        Formats declared under `format`, in Quarto's names.
    folder : str
        Where the book lies in a site of several; empty where it is the only one, or their index.
    shelf : str
        The first page of the index that a book of several belongs to; empty for others.
    catalogue : str
        The index's list of books; empty for others.
    cover : tuple of str
        Lines below the title of a printed book; none where it is about several communes.
    front : str
        What the first page opens with, as HTML; empty where it begins with its chapter.
    """

    title: str
    subtitle: str
    author: str
    date: str
    description: str
    lang: str
    language_file: str
    output_dir: str
    output_name: str
    entries: tuple[Entry, ...]
    number_depth: int
    toc_depth: int
    reference_doc: str
    formats: tuple[str, ...]
    folder: str = ""
    shelf: str = ""
    catalogue: str = ""
    cover: tuple[str, ...] = ()
    front: str = ""


def merge(base: Any, extra: Any) -> Any:
    """Return `base` overlaid with `extra`: mappings merged, lists appended, the rest replaced."""
    if isinstance(base, Mapping) and isinstance(extra, Mapping):
        merged = dict(base)
        for key, value in extra.items():
            merged[key] = merge(merged[key], value) if key in merged else value
        return merged
    if isinstance(base, list) and isinstance(extra, list):
        return [*base, *(item for item in extra if item not in base)]
    return extra


def read_config(project: Path, *, profiles: bool = True) -> BookConfig:
    """Read the book's plan.

    Parameters
    ----------
    project : Path
    profiles : bool
        Whether the chapters that profiles add, such as the communes', are in it.

    Raises
    ------
    DataErrors
        If a file is missing or is not YAML.
    BookError
        If it plans no book.
    """
    data = _read(project / MARKER)
    for profile in _profiles(data) if profiles else ():
        path = project / f"_quarto-{profile}.yml"
        if path.is_file():
            data = merge(data, _read(path))
    book = _mapping(data.get("book"))
    entries = (
        *entries_of(book.get("chapters"), "chapter"),
        *entries_of(book.get("appendices"), "appendix"),
    )
    if not entries:
        raise BookError(say("book.no_chapters", file=MARKER))
    formats = _mapping(data.get("format"))
    docx, typst = _mapping(formats.get("docx")), _mapping(formats.get("typst"))
    title = str(book.get("title") or "")
    numbered = data.get("number-sections", True) is not False
    return BookConfig(
        title=title,
        subtitle=str(book.get("subtitle") or ""),
        author=_people(book.get("author")),
        date=str(book.get("date") or ""),
        description=str(book.get("description") or ""),
        lang=str(data.get("lang") or "vi"),
        language_file=str(data.get("language") or ""),
        output_dir=str(_mapping(data.get("project")).get("output-dir") or "_book"),
        output_name=str(book.get("output-file") or "book"),
        entries=entries,
        number_depth=int(data.get("number-depth") or 3) if numbered else 0,
        toc_depth=int(typst.get("toc-depth") or data.get("toc-depth") or 2),
        reference_doc=str(docx.get("reference-doc") or ""),
        formats=tuple(str(name) for name in formats),
        cover=tuple(str(line) for line in data.get("cover-text") or ()),
    )


def _read(path: Path) -> dict[str, Any]:
    return dict(_mapping(read_yaml(path, path.name).data))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _profiles(data: Mapping[str, Any]) -> list[str]:
    chosen = os.environ.get("QUARTO_PROFILE", "").split(",")
    plan = _mapping(data.get("profile"))
    default, group = plan.get("default"), plan.get("group")
    named = [name.strip() for name in chosen if name.strip()]
    if not named and default:
        named = [str(one) for one in (default if isinstance(default, list) else [default])]
    # Of each group, the first is there unless another of it is asked for.
    groups = [group] if isinstance(group, list) and group and isinstance(group[0], str) else group
    for one in groups or ():
        if not set(one) & set(named):
            named.append(str(one[0]))
    return named


def _people(value: Any) -> str:
    people = value if isinstance(value, list) else [value]
    names = [p.get("name") if isinstance(p, Mapping) else p for p in people]
    return ", ".join(str(name) for name in names if name)


def entries_of(items: Any, kind: Kind, part: str = "") -> Iterator[Entry]:
    """Give the pages that a list of chapters names, as `_quarto.yml` writes such lists."""
    for item in items if isinstance(items, list) else []:
        if isinstance(item, str):
            yield Entry(item, kind, part)
        elif isinstance(item, Mapping) and "part" in item:
            name = str(item["part"])
            if name.endswith((".qmd", ".md", ".ipynb")):
                yield Entry(name, kind, part)
                name = Path(name).stem
            yield from entries_of(item.get("chapters"), kind, name)
        elif isinstance(item, Mapping) and ("file" in item or "href" in item):
            yield Entry(str(item.get("file") or item["href"]), kind, part)
        else:
            raise BookError(say("book.entry", item=item))

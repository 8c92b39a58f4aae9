"""One book of a shelf by Quarto: in a copy of the project, for two renders of one would collide."""

from __future__ import annotations

import hashlib
import json
import posixpath
import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.book import builtin, quarto, quarto_kit
from ntm_analysis.book.config import BookConfig, Entry
from ntm_analysis.book.made import SEALS
from ntm_analysis.book.manuscript import page_of
from ntm_analysis.book.numbering import read_manuscript
from ntm_analysis.book.search import PageText, write_texts
from ntm_analysis.book.typesetting import lacking
from ntm_analysis.language import Lang, translate
from ntm_analysis.paths import MARKER
from ntm_analysis.tables.escape import title
from ntm_analysis.yamlfile import read_yaml

PREFACE = "preface.qmd"
"""What the project calls `index.qmd`: a book of a shelf has a first page of its own."""
SHARED = ("book",)
"""Folders of the project that the settings of the formats refer to."""


@cache
def settings_digest(root: Path) -> str:
    """Return the hash of the settings and of Quarto itself."""
    digest = hashlib.sha256((root / MARKER).read_bytes())
    for name in SHARED:
        for path in sorted(p for p in (root / name).rglob("*") if p.is_file()):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name, part in quarto_kit.parts():
        digest.update(name.encode())
        digest.update(hashlib.sha256(part.read_bytes()).digest())
    digest.update(quarto.version().encode())
    return digest.hexdigest()


def warnings_file(root: Path, slug: str) -> Path:
    """Return where it stands what Quarto warned of, or what was left out, when a book was made."""
    return root / "reports" / SEALS / slug / "warnings.txt"


def render(
    root: Path,
    config: BookConfig,
    formats: Sequence[str],
    folder: Path,
    site: Path,
    home: str,
    lang: Lang,
    printed: Mapping[str, str],
) -> builtin.Rendered:
    """Render a book of a shelf with Quarto into the folder of the site.

    Parameters
    ----------
    root : Path
        The project.
    config : BookConfig
    formats : sequence of str
    folder : Path
        For the copy of the project.
    site : Path
    home : str
        Markdown of the first page, its links relative to the project.
    lang : {"vi", "en"}
    printed : mapping of str to str
        For each printed form that lies in the book's place, the hash of the manuscript it shows.

    Raises
    ------
    BookError
        If Quarto is missing or fails, or a chapter is broken.
    """
    # Reading it first finds broken references, and all files that belong to it.
    book = read_manuscript(root, config, folder / "drafts", memo=builtin.memo_of(root))
    forms = builtin.printed_forms(root, book, formats, printed)
    copy = folder / "project"
    _copy(root, copy, book.files)
    entries = [_placed(entry, config) for entry in config.entries]
    for before, after in zip(config.entries, entries, strict=True):
        if before.path != after.path and after.path == PREFACE:
            (copy / PREFACE).write_bytes((root / before.path).read_bytes())
    back = posixpath.relpath(config.shelf, config.folder)
    link = f"[← {translate('book.shelf', lang)}]({back})"
    # Only pages: a printed book does not lie beside the index.
    home += f'\n::: {{.content-visible when-format="html"}}\n{link}\n:::\n'
    (copy / "index.qmd").write_text(home, encoding="utf-8")
    _write_settings(root, copy, config, entries)
    new = copy / "_rendered"
    warned = quarto.render(copy, replace(config, entries=tuple(entries)), formats, new)
    warnings_file(root, config.folder).write_text("\n".join(warned), encoding="utf-8")
    place = site / config.folder
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)
    texts = []
    if "html" in formats:
        own = [page_of(entry.path) for entry in entries if entry.place == "here"]
        made_up = {page_of(c.source.entry.path) for c in book.chapters if c.about_made_up}
        texts = _texts(place, config.folder, own, made_up)
        write_texts(texts, site)
    boxed = {}
    if "pdf" in formats:
        boxed = lacking({c.title: f"{c.title}{c.source.text}" for c in book.listed})
    return builtin.Rendered(book, texts, forms.shown, forms.stale, boxed)


def _copy(root: Path, copy: Path, files: Iterable[str]) -> None:
    for name in SHARED:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name)
    for name in files:
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target)


def _placed(entry: Entry, config: BookConfig) -> Entry:
    if entry is config.entries[0]:
        return replace(entry, path="index.qmd")
    return replace(entry, path=PREFACE) if entry.path == "index.qmd" else entry


def _with_kit(formats: Any) -> dict[str, Any]:
    """Return the formats of a plan with the look and the filters of our pages."""
    own = dict(formats) if isinstance(formats, dict) else {}
    given = own.get("html")
    html = dict(given) if isinstance(given, dict) else {}
    for key, more in quarto_kit.FORMAT["html"].items():
        before = html.get(key) or []
        html[key] = [*(before if isinstance(before, list) else [before]), *more]
    return {**own, "html": html}


def _write_settings(root: Path, copy: Path, config: BookConfig, entries: Sequence[Entry]) -> None:
    data: dict[str, Any] = dict(read_yaml(root / MARKER, MARKER).data)
    data["project"] = {"type": "book", "output-dir": "_rendered"}
    data.pop("profile", None)
    data["execute"] = {**data.get("execute", {}), **quarto_kit.EXECUTE}
    data["format"] = _with_kit(data.get("format"))
    chapters = [entry for entry in entries if entry.kind == "chapter"]
    data["book"] = {
        **data["book"],
        # The name of a district or province, which Quarto would read as Markdown.
        "subtitle": str(title(config.subtitle)),
        "output-file": config.output_name,
        "chapters": list(_listed(chapters)),
        "appendices": [entry.path for entry in entries if entry.kind == "appendix"],
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    (copy / MARKER).write_text(text, encoding="utf-8")


def _listed(entries: Sequence[Entry]) -> Iterable[str | dict[str, Any]]:
    part: dict[str, Any] = {}
    for entry in entries:
        if not entry.part:
            part = {}
            yield entry.path
        elif part.get("part") == entry.part:
            part["chapters"].append(entry.path)
        else:
            part = {"part": entry.part, "chapters": [entry.path]}
            yield part


def _texts(
    place: Path, folder: str, own: Sequence[str], made_up: Collection[str]
) -> list[PageText]:
    """Return what Quarto's own index says of the pages."""
    records = json.loads((place / "search.json").read_bytes())
    sections: dict[str, list[tuple[str, str, str]]] = {}
    titles: dict[str, str] = {}
    for record in records:
        page, _, anchor = str(record["href"]).partition("#")
        if page in own:
            titles.setdefault(page, str(record["title"]))
            heading = str(record.get("section") or "")
            sections.setdefault(page, []).append((anchor, heading, str(record["text"])))
    return [
        PageText(posixpath.join(folder, page), _plain(titles[page]), known, page in made_up)
        for page, known in sections.items()
    ]


def _plain(title: str) -> str:
    """Return a title without the markup of its number."""
    return " ".join(title.replace("\u00a0", " ").split())

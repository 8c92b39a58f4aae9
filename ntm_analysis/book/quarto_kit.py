"""What Quarto takes from us for its printed books: template, filters, fonts and fixed words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ntm_analysis.batch import write_text
from ntm_analysis.book.config import BookConfig
from ntm_analysis.book.front import front_of_book
from ntm_analysis.book.labels import Labels, read_labels
from ntm_analysis.book.manuscript import page_of
from ntm_analysis.book.typesetting import FONTS
from ntm_analysis.language import say

FOLDER = "reports/.print"
"""Where `_quarto.yml` looks for it. It is written before each render, so it fits this package."""
FILTERS = ("quarto", "number", "resolve", "columns", "typst", "docx", "fold")
TEMPLATES = ("report.typ", "quarto.typ")
CELLS = "cells.py"
EXECUTE = {"ipynb-filters": [f"{FOLDER}/{CELLS}"]}
"""The setting of Quarto's that lets notebooks pass through our filter."""
STYLE = "report.css"
FORMAT: dict[str, dict[str, list[Any]]] = {
    "html": {
        "css": [f"{FOLDER}/{STYLE}"],
        "filters": [{"path": f"{FOLDER}/fold.lua", "at": "pre-ast"}],
    }
}
"""The setting that gives Quarto's pages the look of a commune's page."""
LABELS = ("ch", "apx", "sec", "fig", "tbl")
OWN_WORDS = ("synthetic", "synthetic_mark", "synthetic_part_note")


def write_kit(project: Path, config: BookConfig) -> None:
    """Write what a render by Quarto needs into a project, where it is not there already.

    Raises
    ------
    DataErrors
        If a language file cannot be read.
    BookError
        If it lacks a label.
    """
    folder = project / FOLDER
    (folder / "media").mkdir(parents=True, exist_ok=True)
    for old in (folder / "media").iterdir():
        old.unlink()
    for name, source in parts():
        content = source.read_bytes()
        target = folder / name
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
    front = ""
    if not config.folder:
        ways = {entry.path: page_of(entry.path) for entry in config.entries}
        front = front_of_book(project, ways, read_labels(project, config).lang)
    write_text(folder / "front.html", front)
    settings = json.dumps(_settings(project, config), ensure_ascii=False, indent=1)
    write_text(folder / "settings.json", settings)


def parts() -> Iterator[tuple[str, Traversable]]:
    """Give the files that do not depend on the project, by their paths in the folder."""
    ours = resources.files("ntm_analysis.book")
    for name in FILTERS:
        yield f"{name}.lua", ours.joinpath("filters", f"{name}.lua")
    for name in TEMPLATES:
        yield name, ours.joinpath("templates", name)
    yield STYLE, ours.joinpath("assets", STYLE)
    yield CELLS, ours.joinpath(CELLS)
    for font in sorted(FONTS.glob("*.ttf")):
        yield f"fonts/{font.name}", font


def _settings(project: Path, config: BookConfig) -> dict[str, Any]:
    return {
        "lang": read_labels(project, config).lang,
        "depth": config.number_depth,
        "python": sys.executable,
        "words": {lang: _words(read_labels(project, config, lang)) for lang in ("vi", "en")},
    }


def _words(labels: Labels) -> dict[str, Any]:
    return {
        "lang": labels.lang,
        "callouts": labels.callouts,
        **{f"crossref-{kind}-prefix": labels[f"crossref-{kind}-prefix"] for kind in LABELS},
        **{name: labels.own(name) for name in OWN_WORDS},
        "second_title": say("book.second_title", chapter="{chapter}", heading="{heading}"),
        "no_pictures": say("book.no_pictures"),
    }

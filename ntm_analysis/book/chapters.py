"""The chapters that are made: a notebook a commune, the comparison, the appendices on the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.batch import executed, write_text
from ntm_analysis.batch.card import Card
from ntm_analysis.book.cover import cover_lines
from ntm_analysis.book.quarto_kit import EXECUTE, FORMAT
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative import checks_chapter
from ntm_analysis.narrative.coverage import coverage_chapter
from ntm_analysis.narrative.rulebook import rulebook_chapter
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.tables.escape import title

PROFILE = "_quarto-communes.yml"
DEMO = "demo"
"""The profile of a book that holds made-up communes as well."""


def for_readers(cards: Sequence[Card]) -> list[Card]:
    """Return the cards of real communes; all where none is real, each marked as made up."""
    return [card for card in cards if not card.synthetic] or list(cards)


def rulebook_path(project: Project) -> Path:
    """Return where the rulebook's appendix is written."""
    return project.reports / "book" / "rulebook.qmd"


def real_first(cards: Sequence[Card]) -> list[Card]:
    """Return cards in the order of the book: made-up communes after all others."""
    return sorted(cards, key=lambda card: card.synthetic)


def write_chapters(project: Project, cards: Sequence[Card], comparison: Path | None = None) -> None:
    """Write the generated appendices, and the profile that lists the generated chapters.

    Parameters
    ----------
    project : Project
    cards : sequence of Card
        Of communes whose notebooks have been executed.
    comparison : Path, optional
        The executed comparison, a chapter after those of the real communes.
    """
    listing: dict[str, Any] = {
        "book": {
            "chapters": commune_chapters(project, cards, comparison),
            "appendices": write_appendices(project, cards),
        },
        "execute": EXECUTE,
        "format": FORMAT,
    }
    if lines := cover_lines(cards):
        # Quarto reads what stands there as Markdown, the built-in renderer as it is.
        listing |= {"cover": [str(title(line)) for line in lines], "cover-text": list(lines)}
    text = yaml.safe_dump(listing, allow_unicode=True, sort_keys=False)
    write_text(project.root / PROFILE, text)


def book_lang(cards: Sequence[Card]) -> Lang:
    """Return the language of the chapters that are about no single commune."""
    return real_first(cards)[0].lang


def commune_chapters(
    project: Project, cards: Sequence[Card], comparison: Path | None = None
) -> list[Any]:
    """Return the list of the communes' chapters as `_quarto.yml` writes it.

    The made-up communes stand in a part of their own, after the comparison: behind the part, it
    would seem to belong to it.
    """
    paths = {
        made_up: [
            project.relative(executed(project, card.id))
            for card in cards
            if card.synthetic == made_up
        ]
        for made_up in (False, True)
    }
    compared = [] if comparison is None else [project.relative(comparison)]
    name = translate("book.synthetic_part", book_lang(cards))
    part = [{"part": name, "chapters": paths[True]}] if paths[True] else []
    return [*paths[False], *compared, *part]


def write_appendices(project: Project, cards: Sequence[Card]) -> list[str]:
    """Write the appendices on the rules that communes are judged by; return their paths.

    Made-up communes decide nothing where there are others.
    """
    lang = book_lang(cards)
    rulebook = load_rulebook(project.rulebook)
    ruled = [card for card in cards if not card.synthetic] or cards
    sets = list(dict.fromkeys(card.set for card in ruled))
    folder = rulebook_path(project).parent
    texts = {
        rulebook_path(project): rulebook_chapter(rulebook, sets, lang),
        folder / "checks.qmd": checks_chapter(lang),
        folder / "coverage.qmd": coverage_chapter(rulebook, lang),
    }
    for path, text in texts.items():
        write_text(path, text)
    return [project.relative(path) for path in texts]

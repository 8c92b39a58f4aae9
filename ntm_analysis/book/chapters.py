"""The chapters that are made: a notebook a commune, the comparison, the appendices on the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.batch import executed, write_text
from ntm_analysis.batch.card import Card
from ntm_analysis.language import Lang
from ntm_analysis.narrative import checks_chapter
from ntm_analysis.narrative.coverage import coverage_chapter
from ntm_analysis.narrative.rulebook import rulebook_chapter
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook

PROFILE = "_quarto-communes.yml"


def rulebook_path(project: Project) -> Path:
    """Return where the rulebook's appendix is written."""
    return project.reports / "book" / "rulebook.qmd"


def write_chapters(project: Project, cards: Sequence[Card], comparison: Path | None = None) -> None:
    """Write the generated appendices, and the profile that lists the generated chapters.

    Parameters
    ----------
    project : Project
    cards : sequence of Card
        Of communes whose notebooks have been executed, in the order of the book.
    comparison : Path, optional
        The executed comparison, a chapter after theirs.
    """
    listing = {
        "book": {
            "chapters": commune_chapters(project, cards, comparison),
            "appendices": write_appendices(project, cards),
        }
    }
    text = yaml.safe_dump(listing, allow_unicode=True, sort_keys=False)
    write_text(project.root / PROFILE, text)


def book_lang(cards: Sequence[Card]) -> Lang:
    """Return the language of the chapters that are about no single commune."""
    return cards[0].lang


def commune_chapters(
    project: Project, cards: Sequence[Card], comparison: Path | None = None
) -> list[Any]:
    """Return the list of the communes' chapters as `_quarto.yml` writes it."""
    chapters = [executed(project, card.id) for card in cards]
    chapters += [comparison] if comparison is not None else []
    return [project.relative(path) for path in chapters]


def write_appendices(project: Project, cards: Sequence[Card]) -> list[str]:
    """Write the appendices on the rules that communes are judged by; return their paths."""
    lang = book_lang(cards)
    rulebook = load_rulebook(project.rulebook)
    sets = list(dict.fromkeys(card.set for card in cards))
    folder = rulebook_path(project).parent
    texts = {
        rulebook_path(project): rulebook_chapter(rulebook, sets, lang),
        folder / "checks.qmd": checks_chapter(lang),
        folder / "coverage.qmd": coverage_chapter(rulebook, lang),
    }
    for path, text in texts.items():
        write_text(path, text)
    return [project.relative(path) for path in texts]

"""The chapters that are made: a notebook a commune, the rulebook and the checks as appendices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from ntm_analysis.batch import executed, write_text
from ntm_analysis.communes import Case
from ntm_analysis.narrative import checks_chapter
from ntm_analysis.narrative.coverage import coverage_chapter
from ntm_analysis.narrative.rulebook import rulebook_chapter
from ntm_analysis.paths import Project

PROFILE = "_quarto-communes.yml"


def rulebook_path(project: Project) -> Path:
    """Return where the rulebook's appendix is written."""
    return project.reports / "book" / "rulebook.qmd"


def write_chapters(project: Project, cases: Sequence[Case], comparison: Path | None = None) -> None:
    """Write the generated appendix, and the profile that lists the generated chapters.

    Parameters
    ----------
    project : Project
    cases : sequence of Case
        Communes whose notebooks have been executed, in the order of the book.
    comparison : Path, optional
        The executed comparison, a chapter after theirs.
    """
    lang = cases[0].params.lang
    rules = list({(c.params.set, c.rules.place, c.params.on): c.rules for c in cases}.values())
    appendix = rulebook_path(project)
    write_text(appendix, rulebook_chapter(rules, lang))
    checks = project.reports / "book" / "checks.qmd"
    write_text(checks, checks_chapter(lang))
    known = project.reports / "book" / "coverage.qmd"
    write_text(known, coverage_chapter(cases[0].rules.rulebook, lang))
    chapters = [executed(project, case.id) for case in cases]
    chapters += [comparison] if comparison is not None else []
    listing = {
        "book": {
            "chapters": [project.relative(path) for path in chapters],
            "appendices": [
                project.relative(appendix),
                project.relative(checks),
                project.relative(known),
            ],
        }
    }
    text = yaml.safe_dump(listing, allow_unicode=True, sort_keys=False)
    write_text(project.root / PROFILE, text)

"""The chapters that are made: a notebook a commune, the rulebook and the checks as appendices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.batch import executed, write_text
from ntm_analysis.communes import Case
from ntm_analysis.language import translate
from ntm_analysis.narrative import checks_chapter
from ntm_analysis.narrative.coverage import coverage_chapter
from ntm_analysis.narrative.rulebook import rulebook_chapter
from ntm_analysis.paths import Project

PROFILE = "_quarto-communes.yml"


def rulebook_path(project: Project) -> Path:
    """Return where the rulebook's appendix is written."""
    return project.reports / "book" / "rulebook.qmd"


def real_first(cases: Sequence[Case]) -> list[Case]:
    """Return cases in the order of the book: made-up communes after all others."""
    return sorted(cases, key=lambda case: case.commune.synthetic)


def write_chapters(project: Project, cases: Sequence[Case], comparison: Path | None = None) -> None:
    """Write the generated appendix, and the profile that lists the generated chapters.

    Parameters
    ----------
    project : Project
    cases : sequence of Case
        Communes whose notebooks have been executed; in the book the made-up ones stand in a part
        of their own, and only where there are no others do the appendices go by them.
    comparison : Path, optional
        The executed comparison, a chapter after those of the real communes.
    """
    cases = real_first(cases)
    made_up = [case for case in cases if case.commune.synthetic]
    real = cases[: len(cases) - len(made_up)]
    lang = cases[0].params.lang
    ruled = real or cases
    rules = list({(c.params.set, c.rules.place, c.params.on): c.rules for c in ruled}.values())
    appendix = rulebook_path(project)
    write_text(appendix, rulebook_chapter(rules, lang))
    checks = project.reports / "book" / "checks.qmd"
    write_text(checks, checks_chapter(lang))
    known = project.reports / "book" / "coverage.qmd"
    write_text(known, coverage_chapter(cases[0].rules.rulebook, lang))
    # The comparison stands before the part: after it, it would seem to belong to it.
    paths = [executed(project, case.id) for case in real]
    paths += [comparison] if comparison is not None else []
    chapters: list[Any] = [project.relative(path) for path in paths]
    if made_up:
        inside = [project.relative(executed(project, case.id)) for case in made_up]
        chapters.append({"part": translate("book.synthetic_part", lang), "chapters": inside})
    listing = {
        "book": {
            "chapters": chapters,
            "appendices": [
                project.relative(appendix),
                project.relative(checks),
                project.relative(known),
            ],
        }
    }
    text = yaml.safe_dump(listing, allow_unicode=True, sort_keys=False)
    write_text(project.root / PROFILE, text)

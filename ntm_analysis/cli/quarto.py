"""What Quarto calls: before it renders, after it, and for the pictures of its Word document."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.build import book_cards, compare_cards, is_demo
from ntm_analysis.cli.console import BAD_INPUT, err, stop, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.run import RunOptions, run_changed


def before_render() -> None:
    """Run what changed and write what Quarto reads; nothing inside `ntm book`."""
    if os.environ.get("NTM_BOOK"):
        return
    project = project_here()
    from ntm_analysis.book import BookError
    from ntm_analysis.book.chapters import DEMO, write_chapters
    from ntm_analysis.book.config import read_config
    from ntm_analysis.book.quarto_kit import write_kit

    with told(), alone(project, "prerender"):
        if not run_changed(project, None, RunOptions(), for_book=True):
            stop(BAD_INPUT)
        demo = is_demo()
        cards = book_cards(project, demo)
        comparison = compare_cards(project, cards, place=DEMO if demo else "")
        write_chapters(project, cards, comparison)
        try:
            write_kit(project.root, read_config(project.root))
        except BookError as error:
            err.print(str(error), style="red", markup=False)
            stop(BAD_INPUT)


def after_render() -> None:
    """Finish the Word documents that Quarto made; inside `ntm book` this is done there."""
    if os.environ.get("NTM_BOOK"):
        return
    from ntm_analysis.book.docx import finish

    for line in os.environ.get("QUARTO_PROJECT_OUTPUT_FILES", "").splitlines():
        path = Path(line.strip())
        if path.suffix == ".docx" and path.is_file():
            finish(path)


def draw_pictures(root: Path) -> None:
    """Draw the SVGs named on standard input; print their widths in points as JSON."""
    from ntm_analysis.book import BookError
    from ntm_analysis.book.builtin import memo_of
    from ntm_analysis.book.media import rasterise

    names = [name for name in sys.stdin.read().splitlines() if (root / name).is_file()]
    try:
        widths = rasterise(root, memo_of(root), names)
    except BookError as error:
        err.print(str(error), style="red", markup=False)
        stop(BAD_INPUT)
    sys.stdout.write(json.dumps(widths))

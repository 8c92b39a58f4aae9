"""Seconds of making the book of 30 communes: by the built-in renderer, by Quarto if it is there.

Both render the same executed notebooks, of made-up communes that differ from each other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.project import HERE
from bench.results import record
from ntm_analysis.batch.comparison import run_comparison
from ntm_analysis.book import quarto
from ntm_analysis.book.memo import FOLDER
from ntm_analysis.communes import list_ids
from ntm_analysis.paths import Project

COMMUNES, SIZES = 30, (3, 10, 30)
FORMATS = "html,pdf"


def ntm(root: Path, *arguments: str) -> None:
    """Run a command of this package in a project."""
    environment = {**os.environ, "NTM_LANG": "en"}
    command = [sys.executable, "-m", "ntm_analysis", *arguments]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def make(root: Path, communes: int) -> float:
    """Make a project whose notebooks have run; return how long they ran."""
    for name in ("data/rulebook", "notebooks", "book"):
        shutil.copytree(HERE / name, root / name)
    for name in ("_quarto.yml", "index.qmd"):
        shutil.copy2(HERE / name, root)
    ntm(root, "sample", "--n", str(communes), "--seed", "1")
    took = seconds(lambda: ntm(root, "run"))
    ids = list_ids(Project(root))
    run_comparison(Project(root), ids, "vi")  # a notebook, too: not part of rendering
    return took


def book(root: Path, renderer: str = "builtin", *more: str) -> float:
    """Return how long the book takes."""
    return seconds(lambda: ntm(root, "book", "--renderer", renderer, "--to", FORMATS, *more))


def afresh(root: Path) -> None:
    """Forget what was rendered before."""
    for name in (f"reports/{FOLDER}", "reports/volumes", "_book"):
        shutil.rmtree(root / name, ignore_errors=True)


def change(root: Path) -> None:
    """Change one figure of one commune, and run its notebook."""
    figures = next((root / "data" / "communes").glob("*/figures.csv"))
    text = figures.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    row = next(n for n, line in enumerate(lines) if line.startswith("income_per_head,"))
    name, value, *rest = lines[row].split(",")
    lines[row] = ",".join([name, f"{float(value) + 1:g}", *rest])
    figures.write_text("".join(lines), encoding="utf-8")
    ntm(root, "run")


def main() -> None:
    """Measure and record."""
    grown, ran = {}, {}
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            root = Path(name) / str(size)
            ran[size] = make(root, size)
            afresh(root)
            grown[size] = book(root)
            print(f"{size:7} communes: notebooks {ran[size]:.1f} s, book {grown[size]:.1f} s")
        root = Path(name) / str(COMMUNES)
        unchanged = book(root)
        change(root)
        changed = book(root)
        afresh(root)
        split = book(root, "builtin", "--split-by", "district")
        split_unchanged = book(root, "builtin", "--split-by", "district")
        change(root)
        split_changed = book(root, "builtin", "--split-by", "district")
        other = book(root, "quarto") if quarto.available() else None
    own = grown[COMMUNES]
    record(
        book_30_s=round(own, 1),
        book_30_quarto_s=None if other is None else round(other, 1),
        builtin_vs_quarto=None if other is None else round(other / own, 2),
        book_30_unchanged_s=round(unchanged, 1),
        book_30_one_changed_s=round(changed, 1),
        shelf_30_s=round(split, 1),
        shelf_30_unchanged_s=round(split_unchanged, 1),
        shelf_30_one_changed_s=round(split_changed, 1),
        run_s_by_communes={str(size): round(took, 1) for size, took in ran.items()},
        book_s_by_communes={str(size): round(took, 1) for size, took in grown.items()},
    )


if __name__ == "__main__":
    main()

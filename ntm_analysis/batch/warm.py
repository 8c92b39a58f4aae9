"""What makes a process warm: imported once by the parent of all notebook processes.

Importing it imports what a notebook needs and fills the caches that every report uses. It starts
no thread and leaves nothing that a notebook could see.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from ntm_analysis.batch.apart import WARM_PROJECT


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Let packages find a kernel while they are imported, as they would in a notebook.

    Without it pandas takes the process for a terminal, and has other display options.
    """
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def _import_all() -> None:
    with _as_in_a_kernel():
        import pandas  # noqa: F401
    import nbformat
    from IPython.core import ultratb  # noqa: F401

    from ntm_analysis.batch import kernel, outputs, runner  # noqa: F401
    from ntm_analysis.language import LANGUAGES, messages

    nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
    for lang in LANGUAGES:
        messages(lang)


def _make_one_report(root: Path) -> None:
    from ntm_analysis.batch.outputs import tables_of
    from ntm_analysis.batch.plain import plain_story
    from ntm_analysis.communes import list_ids, load_case
    from ntm_analysis.narrative import Report
    from ntm_analysis.paths import Project
    from ntm_analysis.provenance import rules_digest

    project = Project(root)
    for name in list_ids(project)[:1]:
        report = Report(load_case(project, name), project)
        tables_of(report)
        plain_story(report)
    rules_digest.cache_clear()  # by the next run the rules may be others
    _close_fonts()


def _close_fonts() -> None:
    """Let go of Matplotlib's open font files: forks would share their positions."""
    from matplotlib import font_manager

    font_manager._get_font.cache_clear()  # type: ignore[attr-defined]


signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends this, too
_root = os.environ.pop(WARM_PROJECT, "")
# What fails here is for the run to tell of; here it only means less warmth.
with warnings.catch_warnings(), contextlib.suppress(Exception):
    _import_all()
    if _root:
        warnings.simplefilter("ignore")
        _make_one_report(Path(_root))
# A report makes many objects, keeps most of them and ends within seconds: look for rubbish seldom.
gc.set_threshold(50_000, 20, 100)
gc.collect()
gc.freeze()  # the pages of all this stay shared with every child

"""`ntm export`: the open dataset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_analysis.cli.alone import alone
from ntm_analysis.cli.console import out, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import say


def export_dataset(ids: Sequence[str] | None, folder: Path, *, force: bool) -> None:
    """Write the dataset and say what it holds."""
    project = project_here()
    with told(), alone(project, "export", elsewhere=True):
        from ntm_analysis.dataset import export

        rows = export(project, folder, ids, force=force)
    out.print(say("dataset.done", out=folder, **rows), style="green", markup=False)

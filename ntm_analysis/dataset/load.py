"""Results for analysis in pandas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem

if TYPE_CHECKING:
    import pandas as pd


def load_results(folder: str | Path | None = None) -> pd.DataFrame:
    """Return the results of all communes as pandas has them.

    Parameters
    ----------
    folder : path, optional
        A folder that `ntm export` wrote; by default the results are computed from the project
        around the working directory.

    Returns
    -------
    DataFrame
        One row a commune-year and indicator; the codebook says what its columns hold.

    Raises
    ------
    DataErrors
        If the folder holds no dataset, or the project's data has problems.

    Examples
    --------
    >>> results = load_results()
    >>> bool((results.groupby(["commune", "year"]).size() > 0).all())
    True
    """
    from ntm_analysis.dataset.tables import results_table, to_pandas

    if folder is not None:
        import pyarrow.parquet as pq

        path = Path(folder) / "results.parquet"
        if not path.is_file():
            problem = Problem(str(path), say("dataset.absent"), say("dataset.absent_wanted"))
            raise DataErrors([problem])
        return to_pandas(pq.read_table(path))
    from ntm_analysis.assessment import assess
    from ntm_analysis.communes import load_cases
    from ntm_analysis.paths import find_project

    cases = sorted(
        load_cases(find_project()), key=lambda one: (one.params.commune, one.params.year)
    )
    return to_pandas(results_table(assess(cases, "vi")))

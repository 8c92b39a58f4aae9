"""Batches of notebooks, run by papermill."""

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.batch.run import NOTEBOOK, RunResult, executed, is_current, run_cases
from ntm_analysis.provenance import Inputs, inputs_of

__all__ = [
    "NOTEBOOK",
    "Inputs",
    "RunResult",
    "executed",
    "inputs_of",
    "is_current",
    "run_cases",
    "write_text",
]

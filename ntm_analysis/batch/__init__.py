"""Batches of notebooks, run by papermill."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntm_analysis.batch.atomic import write_text
    from ntm_analysis.batch.plan import NOTEBOOK, executed, is_current, split_current
    from ntm_analysis.batch.run import RunResult, run_cases
    from ntm_analysis.provenance import Inputs, inputs_of

__all__ = [
    "NOTEBOOK",
    "Inputs",
    "RunResult",
    "executed",
    "inputs_of",
    "is_current",
    "run_cases",
    "split_current",
    "write_text",
]

_HOMES = {
    "NOTEBOOK": "ntm_analysis.batch.plan",
    "Inputs": "ntm_analysis.provenance",
    "RunResult": "ntm_analysis.batch.run",
    "executed": "ntm_analysis.batch.plan",
    "inputs_of": "ntm_analysis.provenance",
    "is_current": "ntm_analysis.batch.plan",
    "run_cases": "ntm_analysis.batch.run",
    "split_current": "ntm_analysis.batch.plan",
    "write_text": "ntm_analysis.batch.atomic",
}


def __getattr__(name: str) -> Any:
    # Names are fetched when asked for: to see that nothing changed needs no papermill.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(name)

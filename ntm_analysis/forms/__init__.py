"""Forms: a workbook out, a filled-in one in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntm_analysis.forms.load import Imported, import_file
    from ntm_analysis.forms.source import Filling, filling_of
    from ntm_analysis.forms.wide import write_many
    from ntm_analysis.forms.write import write_form

__all__ = ["Filling", "Imported", "filling_of", "import_file", "write_form", "write_many"]

_HOMES = {
    "Filling": "source",
    "Imported": "load",
    "filling_of": "source",
    "import_file": "load",
    "write_form": "write",
    "write_many": "wide",
}


def __getattr__(name: str) -> Any:
    # Names are fetched when asked for: checking a commune's files needs no workbook.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""The papermill engine `ntm`: `papermill --engine ntm`, or `engine_name="ntm"`."""

from __future__ import annotations

from typing import Any

NAME = "ntm"


class WarmEngine:
    """Runs a notebook in a warm process instead of a kernel's; see `runner.Engine`.

    Papermill loads this while it is being imported itself, so what it does comes later.
    """

    @classmethod
    def execute_notebook(cls, *arguments: Any, **given: Any) -> Any:
        """Run a notebook and return it."""
        return _engine().execute_notebook(*arguments, **given)

    @classmethod
    def nb_kernel_name(cls, *arguments: Any, **given: Any) -> Any:
        """Return the name of a notebook's kernel."""
        return _engine().nb_kernel_name(*arguments, **given)

    @classmethod
    def nb_language(cls, *arguments: Any, **given: Any) -> Any:
        """Return a notebook's language."""
        return _engine().nb_language(*arguments, **given)


def _engine() -> Any:
    from ntm_analysis.batch.runner import Engine

    return Engine

"""Write docs/reference/api.md from the docstrings of what notebooks use; run it to renew the page.

A test holds the page against the docstrings and runs their examples.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ntm_analysis import Report, assess, calculation, check_parameters, load_cases, load_results
from ntm_analysis.communes import Case
from ntm_analysis.dataset import research

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "api.md"
INTRODUCTION = """\
# For notebooks: what one can call

Written from the docstrings by `python -m tools.api_reference`; a test runs every example. Used in
[`commune.ipynb`](../../notebooks/commune.ipynb),
[`comparison.ipynb`](../../notebooks/comparison.ipynb) and
[`research.ipynb`](../../notebooks/research.ipynb). The sections of the report are the functions of
`ntm_analysis.narrative` (`narrative.summary(report)`, `narrative.criterion(report, 11)`, …): each
returns Markdown that shows itself in Jupyter.
"""
CONTENTS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("A report", "Report.load", Report.load),
    ("A report", "Case.with_figures", Case.with_figures),
    ("A report", "assess", assess),
    ("A report", "check_parameters", check_parameters),
    *(
        (
            "From figures to verdicts: `calculation`",
            f"calculation.{name}",
            getattr(calculation, name),
        )
        for name in calculation.__all__
    ),
    ("Many communes", "load_cases", load_cases),
    ("Many communes", "load_results", load_results),
    *(
        ("Many communes", f"research.{name}", getattr(research, name))
        for name in ("of_years", "latest", "binding", "shares", "moved")
    ),
)
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


def page() -> str:
    """Return the page."""
    parts, group = [INTRODUCTION], ""
    for heading, name, function in CONTENTS:
        if heading != group:
            group = heading
            parts.append(f"## {heading}\n")
        parts.append(_entry(name, function))
    return "\n".join(parts)


def _entry(name: str, function: Callable[..., Any]) -> str:
    text = inspect.getdoc(function) or ""
    pieces = _SECTION.split(text)
    lines = [f"### `{name}{_signature(function)}`\n", f"{pieces[0].strip()}\n"]
    for title, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if title == "Examples":
            lines.append(f"```python\n{body.strip()}\n```\n")
        else:
            lines.append(f"**{title}**\n\n{_items(body)}\n")
    return "\n".join(lines)


def _signature(function: Callable[..., Any]) -> str:
    kept = [
        one.replace(annotation=inspect.Parameter.empty)
        for one in inspect.signature(function).parameters.values()
        if one.name not in ("self", "cls")
    ]
    return str(inspect.Signature(kept))


def _items(body: str) -> str:
    """Return the items of a section as a list: what is named, then what is said of it."""
    items: list[str] = []
    for line in body.strip().splitlines():
        if line.startswith(" ") and items:
            items[-1] += f" {line.strip()}" if items[-1].count("\n") else f"\n  {line.strip()}"
        elif line.strip():
            items.append(f"- `{line.strip()}`")
    return "\n".join(items)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

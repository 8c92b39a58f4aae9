"""What a book takes of a notebook's cells: text, and of outputs the Markdown.

Quarto runs this file by itself, as a filter of notebooks: for HTML it would take an output's
`text/html`, which is there for Jupyter and has lost references and identifiers. So it knows
nothing but the standard library.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MARKDOWN, REMOVED = "text/markdown", "remove-cell"


def for_book(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook as a book takes it.

    Cells with the tag `remove-cell` go, those of text as well; of an output that is Markdown
    nothing else stays.
    """
    cells = [_markdown_only(cell) for cell in notebook["cells"] if REMOVED not in _tags(cell)]
    return {**notebook, "cells": cells}


def _tags(cell: dict[str, Any]) -> Any:
    return cell.get("metadata", {}).get("tags") or ()


def _markdown_only(cell: dict[str, Any]) -> dict[str, Any]:
    if "outputs" not in cell:
        return cell
    return {**cell, "outputs": [_markdown_of(output) for output in cell["outputs"]]}


def _markdown_of(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    return {**output, "data": {MARKDOWN: data[MARKDOWN]}} if MARKDOWN in data else output


def main() -> None:
    """Filter a notebook from standard input to standard output."""
    content = sys.stdin.buffer.read()
    filtered = for_book(json.loads(content))
    sys.stdout.buffer.write(json.dumps(filtered, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()

"""Pandoc as the bundled program: text in, text out, errors in the author's words."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pypandoc

from ntm_analysis.book.errors import BookError
from ntm_analysis.language import say

Ast = dict[str, Any]
WORKERS = "NTM_PANDOCS"

# Text from data must never become markup or a link, nor change: no raw HTML, no typographic rules.
READER = (
    "markdown-smart-raw_html-raw_tex-raw_attribute-example_lists-autolink_bare_uris"
    "+native_divs+native_spans"
)


@cache
def program() -> str:
    """Return the path of pandoc."""
    return str(pypandoc.get_pandoc_path())


def lua_filter(name: str) -> str:
    """Return the path of one of our Lua filters."""
    return str(Path(str(resources.files("ntm_analysis.book"))) / "filters" / f"{name}.lua")


def workers() -> int:
    """Return how many pandocs may run at once: all processors, or what `$NTM_PANDOCS` says."""
    given = os.environ.get(WORKERS, "")
    return int(given) if given.isdecimal() and int(given) else os.cpu_count() or 1


def run(
    args: Sequence[str], text: str, chapter: str, *, epoch: int = 0, cwd: Path | None = None
) -> str:
    """Run pandoc on a text and return what it writes.

    Parameters
    ----------
    args : sequence of str
        Its arguments.
    text : str
        Its standard input.
    chapter : str
        What to name in an error.
    epoch : int
        Seconds since 1970, as the time that formats with a date write.
    cwd : Path, optional
        Where relative paths start.

    Raises
    ------
    BookError
        If pandoc fails.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    done = subprocess.run(
        [program(), *args],
        input=text.encode(),
        capture_output=True,
        env=environment,
        cwd=cwd,
        check=False,
    )
    log = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        detail = log.splitlines()[-1] if log else done.returncode
        raise BookError(say("book.pandoc", chapter=chapter, detail=detail), log)
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def _meta(value: Any) -> dict[str, Any]:
    """Return a value as pandoc's JSON metadata."""
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {str(k): _meta(v) for k, v in value.items()}}
    if isinstance(value, list | tuple):
        return {"t": "MetaList", "c": [_meta(item) for item in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaString", "c": str(value)}


def plain(value: Any) -> Any:
    """Return pandoc's JSON metadata, as our filters write it, as plain values."""
    match value:
        case {"t": "MetaMap", "c": content}:
            return {key: plain(item) for key, item in content.items()}
        case {"t": "MetaList", "c": content}:
            return [plain(item) for item in content]
        case {"t": "MetaString" | "MetaBool", "c": content}:
            return content
    return ""


def dumps(value: Any) -> str:
    """Return a part of a document as pandoc's JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def document(version: str, meta: Mapping[str, Any], blocks: str) -> str:
    """Return a document as the text that pandoc reads with `-f json`.

    Parameters
    ----------
    version : str
        Of the document tree, as JSON.
    meta : mapping
        Plain values.
    blocks : str
        The document's blocks, as JSON: they are passed on as they are.
    """
    given = dumps({key: _meta(value) for key, value in meta.items()})
    return f'{{"pandoc-api-version":{version},"meta":{given},"blocks":{blocks}}}'

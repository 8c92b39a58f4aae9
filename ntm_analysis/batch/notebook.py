"""Running one notebook with papermill: parameters checked, result clean."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import tempfile
import uuid
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

import nbformat
import yaml
from jupyter_client.manager import AsyncKernelManager
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook
from papermill.inspection import inspect_notebook
from papermill.iorw import papermill_io
from papermill.translators import PythonTranslator, papermill_translators

from ntm_analysis.batch.engine import NAME, WarmEngine
from ntm_analysis.batch.parameters import unknown_parameters
from ntm_analysis.language import Lang, say
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.tables import escape, title

EngineName = Literal["ntm", "kernel"]


class _QuietManager(AsyncKernelManager):
    """Kernels that share no TCP ports and do not chatter on the terminal when they are ended."""

    def __init__(self, **kwargs: Any) -> None:
        if os.name == "posix":
            # Kernels started at once would race for ports; each gets sockets in its own folder.
            folder = tempfile.mkdtemp(prefix="ntm-kernel-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            kwargs.setdefault("transport", "ipc")
            kwargs.setdefault("ip", str(Path(folder) / "kernel"))
        super().__init__(**kwargs)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        kw.setdefault("stderr", subprocess.DEVNULL)
        await super()._async_launch_kernel(kernel_cmd, **kw)

    _launch_kernel = _async_launch_kernel


class _ReadableTranslator(PythonTranslator):
    """Writes Vietnamese strings as people read them, not as escapes."""

    @classmethod
    def translate_escaped_str(cls, str_val: str) -> str:
        return json.dumps(str_val, ensure_ascii=False)


papermill_translators.register("python", _ReadableTranslator)
papermill_engines.register(NAME, WarmEngine)  # also where the entry point is not installed


class NotebookFailedError(Exception):
    """A notebook stopped with an error.

    Attributes
    ----------
    notebook : NotebookNode
        As far as it came, with the traceback.
    cell : int
        The execution count of the cell that failed.
    """

    def __init__(self, notebook: nbformat.NotebookNode, cell: int, message: str) -> None:
        super().__init__(message)
        self.notebook = notebook
        self.cell = cell


def check_parameters(source: Path, file: str, parameters: Mapping[str, Any]) -> None:
    """Check that the notebook's tagged parameters are just those given.

    Raises
    ------
    DataErrors
        For each parameter that one side has and the other lacks.
    """
    declared = list(inspect_notebook(str(source)))
    problems = unknown_parameters(file, parameters, declared) + [
        Problem(file, say("run.parameter_missing", name=name), say("run.parameter_wanted"))
        for name in sorted(set(declared) - set(parameters))
    ]
    if problems:
        raise DataErrors(problems)


class _Memory:
    """A place for papermill to write to that no crash leaves files in."""

    scheme = "ntm-memory://"
    texts: ClassVar[dict[str, str]] = {}

    @classmethod
    def write(cls, text: str, path: str) -> None:
        """Keep a notebook."""
        cls.texts[path] = text

    @classmethod
    def pretty_path(cls, path: str) -> str:
        """Return the path for messages."""
        return path


papermill_io.register(_Memory.scheme, _Memory)


def execute(
    source: Path,
    parameters: Mapping[str, Any],
    root: Path,
    engine: EngineName = "ntm",
    here: bool = False,
) -> nbformat.NotebookNode:
    """Execute a notebook and return it, without anything that differs from run to run.

    Parameters
    ----------
    source : Path
        The notebook's source.
    parameters : mapping
        For its tagged cell.
    root : Path
        The project, in which it runs.
    engine : {"ntm", "kernel"}
        Our own engine, or papermill as it comes, with a Jupyter kernel.
    here : bool
        Let our engine run it in this process, which must be fresh.

    Raises
    ------
    NotebookFailedError
        If a cell raises, or the kernel dies.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    output = f"{_Memory.scheme}{uuid.uuid4().hex}/{source.name}"
    own: dict[str, Any] = {"kernel_manager_class": _QuietManager}
    if engine == "ntm":
        own = {"engine_name": NAME, "here": here}
    try:
        notebook = execute_notebook(
            str(source),
            output,
            parameters=dict(parameters),
            kernel_name="python3",
            cwd=str(root),
            progress_bar=False,
            request_save_on_cell_execute=False,
            **own,
        )
    except PapermillExecutionError as error:
        failed = nbformat.reads(_Memory.texts[output], as_version=4)
        message = f"{error.ename}: {error.evalue}"
        raise NotebookFailedError(failed, error.exec_count or 0, message) from None
    finally:
        _Memory.texts.pop(output, None)
    return _clean(notebook)


def _clean(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if not cell.metadata.get("tags"):
            # Quarto wraps a cell with any metadata in a div, which breaks its table of contents.
            cell.metadata.pop("tags", None)
        elif "injected-parameters" in cell.metadata["tags"]:
            cell["id"] = "injected-parameters"  # papermill gives it another in each run
    language = notebook.metadata.get("language_info", {})
    notebook.metadata["language_info"] = {"name": language.get("name", "python")}
    return notebook


def set_title(notebook: nbformat.NotebookNode, text: str, lang: Lang, **more: Any) -> None:
    """Give a notebook its title: a heading in Jupyter, the chapter's front matter in the book.

    Parameters
    ----------
    notebook : NotebookNode
        Its first cell holds a title, as a heading or as front matter of its own.
    text : str
        Plain.
    lang : {"vi", "en"}
    **more
        What else the chapter's front matter says.
    """
    cells = notebook.cells
    if cells and cells[0].source.startswith("---"):
        cells[0].source = cells[0].source.split("\n---", 1)[-1].strip()
        if not cells[0].source:
            cells.pop(0)
    if not (cells and cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")):
        cells.insert(0, nbformat.v4.new_markdown_cell("# ", id="title"))
    shown = cells[0]
    shown.source = "\n".join([f"# {escape(text)}", *shown.source.splitlines()[1:]])
    shown.metadata["tags"] = ["remove-cell"]
    data = {"title": str(title(text)), "lang": lang, **more}
    header = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    # Quarto reads it; Jupyter folds it away, all but its first line, and nbconvert leaves it out.
    front = nbformat.v4.new_raw_cell(f"\n---\n{header}---", id="front-matter")
    front.metadata = {"jupyter": {"source_hidden": True}, "raw_mimetype": "application/yaml"}
    cells.insert(0, front)
    notebook.metadata["title"] = text

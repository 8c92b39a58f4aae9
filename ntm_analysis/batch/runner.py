"""Running a notebook for papermill in a warm process instead of a kernel's.

Each notebook gets a fresh process forked from a parent that has imported the usual packages; the
shell, the messages and the way they become outputs are those of ipykernel and nbclient.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.client import timestamp
from nbclient.exceptions import (
    CellExecutionComplete,
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode
from papermill import engines
from papermill.clientwrap import PapermillNotebookClient
from papermill.log import logger

from ntm_analysis.batch.apart import started
from ntm_analysis.batch.parameters import check_given

Message = dict[str, Any]


class _Runner(PapermillNotebookClient):
    """Papermill's client of a kernel, fed with messages by other means than sockets."""

    def papermill_run(self, cells: _Here | _Apart) -> None:
        """Run the notebook's cells up to the first that fails."""
        self.reset_execution_trackers()
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                self._run_cell(cells, cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
        self.nb.metadata["language_info"] = cells.language_info
        self.set_widgets_metadata()

    def _run_cell(self, cells: _Here | _Apart, cell: NotebookNode, index: int) -> None:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return
        if self.record_timing:
            cell.metadata["execution"] = {}
        self.code_cells_executed += 1
        cell.outputs = []
        self.clear_before_next_output = False
        reply: Message = {}
        for kind, message in cells.run(cell.source, self._get_timeout(cell)):
            if kind == "reply":
                reply = message
            else:
                with contextlib.suppress(CellExecutionComplete):
                    self.process_message(message, cell, index)
        if self.record_timing:
            cell.metadata["execution"]["shell.execute_reply"] = timestamp(reply)
        content = reply["content"]
        allowed = not self.force_raise_errors and (
            self.allow_errors
            or content.get("ename") in self.allow_error_names
            or "raises-exception" in tags
        )
        if content["status"] == "error" and not allowed:
            raise CellExecutionError.from_cell_and_msg(cell, content)


class _Here:
    """Runs cells in this process."""

    def __init__(self) -> None:
        from ntm_analysis.batch.kernel import Kernel

        self._messages: list[Message] = []
        self._kernel = Kernel(self._messages.append)
        self._messages.clear()
        self.language_info = self._kernel.language_info

    def run(self, source: str, _timeout: float | None) -> Iterator[tuple[str, Message]]:
        """Run a cell; yield its messages, then the reply."""
        reply = self._kernel.run(source)
        messages, self._messages[:] = list(self._messages), []
        for message in messages:
            yield "message", message
        yield "reply", reply


class _Apart:
    """Runs cells in a process of their own."""

    def __init__(self, process: Any, connection: Connection) -> None:
        self._process, self._connection = process, connection
        self.language_info = self._receive()

    def run(self, source: str, timeout: float | None) -> Iterator[tuple[str, Message]]:
        """Run a cell; yield its messages as they come, then the reply."""
        self._connection.send(source)
        end = None if timeout is None else time.monotonic() + timeout
        kind = ""
        while kind != "reply":
            left = None if end is None else max(0.0, end - time.monotonic())
            if not self._connection.poll(left):
                raise CellTimeoutError.error_from_timeout_and_cell(
                    "Cell execution timed out", int(timeout or 0), NotebookNode(source=source)
                )
            kind, message = self._receive()
            yield kind, message

    def _receive(self) -> Any:
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            raise DeadKernelError("Kernel died") from None


def _serve(connection: Connection) -> None:
    from ntm_analysis.batch.kernel import Kernel

    kernel = Kernel(lambda message: connection.send(("message", message)))
    connection.send(kernel.language_info)
    while True:
        try:
            source = connection.recv()
        except EOFError:
            return
        connection.send(("reply", kernel.run(source)))


class Engine(engines.Engine):
    """What papermill's engine `ntm` does."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: float = 60,
        execution_timeout: float | None = None,
        here: bool = False,
        **kwargs: Any,
    ) -> None:
        """Run the cells of a notebook.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
        kernel_name : str
            Of a kernel for Python.
        log_output, stdout_file, stderr_file, execution_timeout
            As papermill has them.
        start_timeout
            Without effect.
        here : bool
            Run in this process, which must be fresh and serve nothing else afterwards.
        **kwargs
            What papermill passes on to nbclient: `allow_errors` and the like.
        """
        language = nb_man.nb.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise NoSuchKernel(kernel_name)
        check_given(nb_man.nb)
        for name in ("input_path", "timeout", "startup_timeout"):
            kwargs.pop(name, None)
        kwargs.pop("kernel_manager_class", None)
        runner = _Runner(
            nb_man,
            timeout=execution_timeout,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            **kwargs,
        )
        if here:
            runner.papermill_run(_Here())
            return
        with started(_serve) as (process, connection):
            runner.papermill_run(_Apart(process, connection))

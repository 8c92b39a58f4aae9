"""An IPython kernel without sockets: it runs cells in the process it is made in."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from jupyter_client.session import Session
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from ntm_analysis.batch.apart import without_debugger
from ntm_analysis.batch.streams import Stream

with without_debugger():
    from ipykernel import debugger  # noqa: F401
    from ipykernel.eventloops import enable_gui
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.zmqshell import ZMQInteractiveShell

Message = dict[str, Any]
INLINE = "module://matplotlib_inline.backend_inline"


class _DirectSession(Session):
    """Hands each message on, after the same passage through JSON as on a wire."""

    take = AnyTrait(allow_none=True)

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Message:
        """Send a message to whoever runs the notebook."""
        message: Message
        if isinstance(msg_or_type, str):
            message = self.msg(
                msg_or_type, content=content, parent=parent, header=header, metadata=metadata
            )
        else:
            message = msg_or_type
        for part in ("content", "metadata"):
            message[part] = self.unpack(self.pack(message[part]))
        message["buffers"] = buffers or []
        if self.take is not None:
            self.take(message)
        return message


class _DirectShell(ZMQInteractiveShell):
    """The real kernel's shell, which would look for its kernel in the application."""

    def enable_gui(self, gui: Any = None) -> None:
        """Enable a user interface; `inline` is none."""
        enable_gui(gui, kernel=self.kernel)
        self.active_eventloop = gui


# Packages tell notebooks from terminals by the name of the shell's class.
for _name in ("__name__", "__qualname__", "__module__"):
    setattr(_DirectShell, _name, getattr(ZMQInteractiveShell, _name))


class _DirectKernel(IPythonKernel):
    """The real kernel's way of executing, without its sockets and threads."""

    shell_class = Type(_DirectShell)
    # Asked for before a cell that awaits: there is no such thread here.
    shell_channel_thread = SimpleNamespace(parent_thread=None)

    @property
    def execution_count(self) -> int:
        """The number of the next cell."""
        return int(self.shell.execution_count)  # type: ignore[union-attr]

    @execution_count.setter
    def execution_count(self, _value: int) -> None:
        pass


class Kernel:
    """Runs the cells of one notebook here, in an interpreter that has run none before.

    Nothing is restored afterwards: give each notebook a process of its own.

    Parameters
    ----------
    take : callable
        Takes each message that a kernel would publish.
    """

    def __init__(self, take: Callable[[Message], None]) -> None:
        if IPythonKernel.initialized():
            raise RuntimeError("this process has a kernel already")
        _choose_backend()
        sys.argv = [sys.argv[0] if sys.argv else ""]
        _let_import_from_here()
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._session = _DirectSession(key=b"", take=take)
        self._parent: Message = {}
        config = Config()
        config.HistoryManager.enabled = False  # it would write to a file of the user's
        self._kernel = _DirectKernel.instance(
            session=self._session,
            iopub_socket=object(),
            config=config,
            log=logging.getLogger(__name__),
        )
        self.language_info: dict[str, Any] = self._kernel.language_info
        for name in ("stdout", "stderr"):
            stream = Stream(name, lambda text, name=name: self._say(name, text))  # type: ignore[misc]
            getattr(sys, name).flush()
            stream.catch_descriptor()
            setattr(sys, name, stream)
        shell: Any = self._kernel.shell
        shell.extension_manager.load_extension("storemagic")
        sys.stdout.flush()

    def run(self, source: str) -> Message:
        """Run a cell and return the kernel's reply."""
        content = {"code": source, "silent": False, "store_history": True}
        self._parent = self._session.msg("execute_request", content=content)
        self._kernel.set_parent([], self._parent)
        self._publish("status", {"execution_state": "busy"})
        count = self._kernel.execution_count
        self._publish("execute_input", {"code": source, "execution_count": count})
        reply = self._loop.run_until_complete(
            self._kernel.do_execute(
                source, silent=False, store_history=True, cell_meta={}, cell_id=None
            )
        )
        sys.stdout.flush()
        sys.stderr.flush()
        self._publish("status", {"execution_state": "idle"})
        return self._session.msg("execute_reply", reply, parent=self._parent)

    def _publish(self, kind: str, content: Message) -> None:
        self._session.send(None, kind, content, parent=self._parent)

    def _say(self, name: str, text: str) -> None:
        self._publish("stream", {"name": name, "text": text})


def _choose_backend() -> None:
    """Show figures in the notebook, as a kernel does, also if Matplotlib is imported already."""
    backend = os.environ.setdefault("MPLBACKEND", INLINE)
    if "matplotlib" in sys.modules and "matplotlib.pyplot" not in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = backend


def _let_import_from_here() -> None:
    """Let a notebook import modules beside it, at the place where a kernel looks for them."""
    if "" in sys.path or sys.flags.safe_path:
        return
    ends = ("site-packages", "dist-packages")
    places = (n for n, path in enumerate(sys.path) if os.path.basename(path) in ends)  # noqa: PTH119
    sys.path.insert(next(places, 0), "")

"""Where runs take place: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntm_analysis.batch import apart
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem


@dataclass(frozen=True, slots=True)
class Place:
    """Where runs take place.

    Attributes
    ----------
    executor : Executor
    width : int
        How many runs it can do at once.
    far : bool
        Whether a run must carry its files along.
    """

    executor: Executor
    width: int
    far: bool


@contextlib.contextmanager
def local_place(project: Project, jobs: int, runs: int) -> Iterator[Place]:
    """Give a place on this machine for some runs: each in a fresh process, `jobs` at once.

    A thread a process: one that is killed takes no other along, as it does in a process pool.
    """
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="ntm-run")
    apart.start_warming(project.root, runs)
    try:
        yield Place(pool, jobs, far=False)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        apart.end_all()
        pool.shutdown(wait=True)


@contextlib.contextmanager
def cluster_place(address: str, patience: float = 60) -> Iterator[Place]:
    """Give a place on a Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler (`tcp://…`), or the path of a Dask configuration file (`.yaml`) or
        scheduler file (`.json`).
    patience : float
        Seconds to wait for the scheduler, and then for its first worker.

    Raises
    ------
    DataErrors
        If Dask is not installed, or the cluster cannot be reached.
    """
    try:
        import distributed
    except ImportError:
        raise _problem("no_dask", address) from None
    with contextlib.ExitStack() as stack:
        try:
            client = stack.enter_context(_client(distributed, address, patience))
            client.wait_for_workers(1, timeout=patience)
        except (OSError, TimeoutError, ValueError) as error:
            raise _problem("no_cluster", address, str(error)) from error
        width = max(1, sum(client.nthreads().values()))
        executor = client.get_executor(pure=False)
        try:
            yield Place(executor, width, far=True)
        finally:
            executor.shutdown(wait=False)


def _client(distributed: Any, address: str, patience: float) -> Any:
    path = Path(address)
    if "://" in address:
        return distributed.Client(address, timeout=patience)
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if path.suffix == ".json":
        return distributed.Client(scheduler_file=os.fspath(path), timeout=patience)
    import dask

    dask.config.update(dask.config.config, dask.config.collect([os.fspath(path)], env={}))
    if not dask.config.get("scheduler-address", None):
        raise ValueError("scheduler-address")
    return distributed.Client(timeout=patience)


def _problem(key: str, address: str, reason: str = "") -> DataErrors:
    problem = say(f"batch.{key}", reason=reason)
    return DataErrors([Problem("--cluster", problem, say(f"batch.{key}_wanted"), value=address)])

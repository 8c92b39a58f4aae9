"""Files written whole: what a writer that was killed left goes with the next run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.batch.atomic import write_all, write_bytes

KILLED = """
import os, pathlib, signal, sys
from ntm_analysis.batch import atomic
pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
atomic.write_bytes(pathlib.Path(sys.argv[1]), b"half")
"""
WRITERS: dict[str, Callable[[Path], None]] = {
    "one": lambda path: write_bytes(path, b"new"),
    "sealed": lambda path: write_all(path.parent, {path.name: b"new", "z": b""}, seal="z"),
}


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("write", WRITERS.values(), ids=list(WRITERS))
def test_what_a_killed_writer_left_is_swept(tmp_path: Path, write: Callable[[Path], None]) -> None:
    target = tmp_path / "Biểu mẫu [1].xlsx"
    target.write_bytes(b"old")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert killed.returncode != 0 and target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    others = tmp_path / f".{target.name}.{os.getppid()}-x.part"  # a writer that lives
    others.write_bytes(b"")
    write(target)
    assert target.read_bytes() == b"new"
    left = {path.name for path in tmp_path.iterdir()} - {target.name, "z"}
    assert left == {others.name}

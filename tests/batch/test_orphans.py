"""A command that is killed leaves no process behind, whatever its notebooks are doing."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.batch.many import alive, exists, project_of, start, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
BUSY = {
    # Holds Python's lock for longer than anyone waits: no other thread of the process runs.
    "deaf": "import re\nre.match('(a+)+$', 'a' * 80 + 'b')",
    "with a child": "import subprocess\nsubprocess.run(['sleep', '600'])",
}


def below(pid: int) -> set[int]:
    """Return the processes that a process started, and those that these started."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(place.name)] = int(fields[1])
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


@pytest.mark.parametrize("body", BUSY.values(), ids=list(BUSY))
def test_no_process_outlives_a_command_that_is_killed(tmp_path: Path, body: str) -> None:
    project = project_of(tmp_path, 2, body)
    command = start(project, "--jobs", "2")
    wait_for(lambda: len(alive(project)) == 2)
    started = below(command.pid)
    assert set(alive(project)) <= started
    command.send_signal(signal.SIGKILL)
    command.communicate(timeout=60)
    wait_for(lambda: not [pid for pid in started if exists(pid)], 20)

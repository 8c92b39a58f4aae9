"""Long runs under blows: workers, parents and commands are killed at random, again and again."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from ntm_analysis.batch import executed
from tests.batch.many import alive, assert_whole, finished, project_of, start, wait_for

pytestmark = [
    pytest.mark.kill,
    pytest.mark.skipif(os.name != "posix", reason="signals"),
]
COMMUNES = 30
NAMES = {f"xa-{number:05}-2024" for number in range(COMMUNES)}
BODY = "time.sleep(0.5)\nfrom ntm_analysis import Report\nReport.load(commune, year).title"


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_command_is_ended_again_and_again(tmp_path: Path, blow: signal.Signals) -> None:
    dice = random.Random(blow)
    project = project_of(tmp_path, COMMUNES, BODY)
    made_at: dict[str, int] = {}
    ends = 0
    while finished(project) != NAMES:
        command = start(project, "--jobs", "2")
        before = len(finished(project))
        wait_for(lambda at=before, of=command: len(finished(project)) > at or of.poll() is not None)
        time.sleep(dice.random() * 3)
        command.send_signal(blow)
        command.communicate(timeout=300)
        ends += 1
        wait_for(lambda: alive(project) == [])
        assert_whole(project, finished(project))
        for name in finished(project):
            time_made = executed(project, name).stat().st_mtime_ns
            assert made_at.setdefault(name, time_made) == time_made, "made twice"
        print(f"{blow.name} {ends}: {len(finished(project))} of {COMMUNES} finished")
    said, _ = start(project).communicate(timeout=300)
    assert f"{COMMUNES} unchanged" in said
    assert ends >= 2


def test_workers_are_killed_at_random(tmp_path: Path) -> None:
    dice = random.Random(1)
    project = project_of(tmp_path, COMMUNES, BODY)
    command = start(project, "--jobs", "2")
    killed = 0
    while command.poll() is None:
        time.sleep(0.2 + dice.random())
        for pid in alive(project)[:1]:
            if killed < COMMUNES // 4:
                os.kill(pid, signal.SIGKILL)
                killed += 1
    said, told = command.communicate()
    failed = COMMUNES - len(finished(project))
    print(f"{killed} workers killed: {said.strip()} {told.strip()}")
    assert killed >= 5
    assert f"{COMMUNES - failed} run, 0 unchanged, {failed} failed" in said
    assert failed <= killed // 2  # each had a second try
    assert_whole(project, finished(project))
    rest = start(project)
    said, _ = rest.communicate(timeout=300)
    assert f"{failed} run, {COMMUNES - failed} unchanged, 0 failed" in said
    assert finished(project) == NAMES


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    project = project_of(tmp_path, 3, BODY)
    # A limit on the size of files is what an unprivileged process can have of a full disk.
    command = start(project, "--jobs", "1", limit=2_000)
    said, told = command.communicate(timeout=300)
    assert command.returncode == 1
    assert "3 failed" in said and "File too large" in told
    assert finished(project) == set()
    assert not [p for p in project.reports.rglob("*") if p.is_file()]

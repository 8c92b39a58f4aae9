"""What goes wrong with one commune harms no other, is told, and is made good by the next run."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from ntm_analysis.batch import atomic, executed
from ntm_analysis.communes import list_ids
from tests.batch.many import (
    alive,
    assert_whole,
    finished,
    project_of,
    run,
    set_body,
    start,
    tries,
    wait_for,
)

NAME = "xa-000{}-2024".format
posix = pytest.mark.skipif(os.name != "posix", reason="signals")


def _states(results: dict[str, object]) -> list[str]:
    return [result.state for result in results.values()]  # type: ignore[attr-defined]


def test_one_that_fails_stops_no_other_and_is_run_again_alone(tmp_path: Path) -> None:
    project = project_of(tmp_path, 3, "if number == 1: raise ValueError('hỏng')")
    results = run(project, jobs=2)
    assert _states(results) == ["done", "failed", "done"]
    assert "hỏng" in results["01"].message
    assert results["01"].notebook.is_file() and "failed" in results["01"].notebook.parts
    assert_whole(project, {NAME("00"), NAME("02")})
    assert _states(run(project, jobs=2)) == ["unchanged", "failed", "unchanged"]
    assert tries(project) == {"00": 1, "01": 2, "02": 1}


def test_bad_data_of_one_stop_no_other(tmp_path: Path) -> None:
    project = project_of(tmp_path, 3, "pass")
    assert start(project).wait(timeout=300) == 0
    figures = project.communes / NAME("01").rpartition("-")[0] / "figures.csv"
    sound = figures.read_text(encoding="utf-8")
    figures.write_text(sound.replace(",household,", ",hh,", 1), encoding="utf-8")
    set_body(project, "1 + 1")
    before = executed(project, NAME("01")).read_bytes()

    careful = start(project, "--fail-fast")
    assert "Nothing was written" in careful.communicate(timeout=300)[1]
    assert careful.returncode == 1
    assert tries(project) == {"00": 1, "01": 1, "02": 1}

    command = start(project)
    said, told = command.communicate(timeout=300)
    assert command.returncode == 1
    assert "2 run, 0 unchanged, 1 failed" in said
    row = f"{project.relative(figures)}:2:unit"
    assert told.count(row) == 1, told
    assert f"{NAME('01')}: errors in its data, shown above: 1" in told
    assert "the others run" in told and "Nothing was written" not in told
    assert executed(project, NAME("01")).read_bytes() == before
    assert_whole(project, {NAME("00"), NAME("01"), NAME("02")})

    figures.write_text(sound, encoding="utf-8")
    mended = start(project)
    assert "1 run, 2 unchanged, 0 failed" in mended.communicate(timeout=300)[0]
    assert mended.returncode == 0
    assert tries(project) == {"00": 2, "01": 2, "02": 2}


def test_fail_fast_leaves_the_rest(tmp_path: Path) -> None:
    project = project_of(tmp_path, 5, "if number == 0: raise ValueError('hỏng')\ntime.sleep(0.3)")
    results = run(project, jobs=1, fail_fast=True)
    assert results["00"].state == "failed"
    assert results["04"].state == "left"
    assert "04" not in tries(project)
    assert alive(project) == []


@posix
def test_a_killed_worker_costs_only_its_own_commune(tmp_path: Path) -> None:
    body = "if number == 1: os.kill(os.getpid(), signal.SIGKILL)\ntime.sleep(0.3)"
    project = project_of(tmp_path, 4, body)
    results = run(project, jobs=2)
    assert _states(results) == ["done", "failed", "done", "done"]
    assert "-9" in results["01"].message
    assert tries(project) == {"00": 1, "01": 2, "02": 1, "03": 1}
    assert not (project.reports / NAME("01")).exists()
    assert_whole(project, {NAME("00"), NAME("02"), NAME("03")})


@posix
def test_a_worker_killed_once_is_tried_again_after_the_others(tmp_path: Path) -> None:
    body = (
        "mark = pathlib.Path('killed')\nif number == 0 and not mark.exists():\n"
        "    mark.touch(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    project = project_of(tmp_path, 3, body)
    order: list[str] = []
    results = run(project, jobs=2, on_result=lambda result: order.append(result.id))
    assert _states(results) == ["done"] * 3
    assert order[-1] == NAME("00")


def test_a_hanging_notebook_is_ended_with_all_its_children(tmp_path: Path) -> None:
    body = (
        "import subprocess\nif number == 1:\n    child = subprocess.Popen(['sleep', '600'])\n"
        "    open('pids/xa-00001.txt', 'a').write(f'{child.pid}\\n')\n    time.sleep(600)"
    )
    project = project_of(tmp_path, 2, body)
    results = run(project, jobs=2, timeout=4)
    assert _states(results) == ["done", "failed"]
    assert "4" in results["01"].message
    wait_for(lambda: alive(project) == [])
    assert tries(project)["01"] == 2  # the notebook and its child, once
    assert_whole(project, {NAME("00")})


def test_a_full_disk_is_told_and_writes_nothing_by_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_of(tmp_path, 2, "1")
    assert _states(run(project, jobs=2)) == ["done", "done"]
    before = {p: p.read_bytes() for p in (project.reports / NAME("01")).iterdir()}
    write_part = atomic._write_part

    def full(path: Path, content: bytes) -> Path:
        if path.name == "results.csv" and NAME("01") in path.parts:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_part(path, content)

    monkeypatch.setattr(atomic, "_write_part", full)
    set_body(project, "2")
    results = run(project, jobs=2)
    assert _states(results) == ["done", "failed"]
    assert "No space left" in results["01"].message
    assert {p: p.read_bytes() for p in (project.reports / NAME("01")).iterdir()} == before
    monkeypatch.undo()
    assert _states(run(project, jobs=2)) == ["unchanged", "done"]


def test_what_a_killed_writer_left_is_cleared_away(tmp_path: Path) -> None:
    project = project_of(tmp_path, 1, "1")
    part = project.reports / NAME("00") / f".{NAME('00')}.ipynb.abc.part"
    part.parent.mkdir(parents=True)
    part.write_text("{")
    run(project, jobs=1)
    assert_whole(project, {NAME("00")})


@posix
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_an_end_in_the_middle_loses_only_what_was_under_way(
    tmp_path: Path, blow: signal.Signals
) -> None:
    project = project_of(tmp_path, 4, "if number >= 2: time.sleep(600)")
    command = start(project, "--jobs", "2")
    wait_for(lambda: len(finished(project)) == 2 and len(alive(project)) == 2)
    command.send_signal(blow)
    _, told = command.communicate(timeout=300)
    if blow == signal.SIGINT:
        assert command.returncode == 130
        assert "Finished: 2 of 4" in told
    wait_for(lambda: alive(project) == [])
    assert_whole(project, {NAME("00"), NAME("01")})
    # The same notebook, not one changed: the next run does only the rest.
    rest = start(project, "--jobs", "2", "--timeout", "1", "--fail-fast")
    said, _ = rest.communicate(timeout=300)
    assert rest.returncode == 1
    assert "2 unchanged" in said
    assert tries(project)["00"] == tries(project)["01"] == 1
    assert len(list_ids(project)) == 4

"""Runs on a real Dask cluster: a scheduler and two workers in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ntm_analysis.batch import executed, executors
from ntm_analysis.problems import DataErrors
from tests.batch.many import assert_whole, finished, project_of, run, start, wait_for

pytest.importorskip("distributed")
NAME = "xa-000{}-2024".format


class Cluster:
    """A scheduler and workers on this machine, with folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--port", "0", "--host", "127.0.0.1")
        wait_for(self.file.is_file)
        self.address = json.loads(self.file.read_text())["address"]

    def add_worker(self) -> int:
        """Start a worker with its nanny; return the nanny's process."""
        options = ("--nthreads", "1", "--host", "127.0.0.1")
        return self._start("dask_worker", *options)

    def _start(self, program: str, *options: str) -> int:
        place = self.folder / f"place-{len(self.processes)}"
        place.mkdir()
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", f"distributed.cli.{program}"),
                *("--scheduler-file", self.file, "--no-dashboard"),
                *options,
            ],
            cwd=place,
            env={**os.environ, "DASK_DISTRIBUTED__WORKER__USE_FILE_LOCKING": "False"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process.pid

    def stop(self) -> None:
        """End all of it."""
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    made.add_worker()
    made.add_worker()
    try:
        yield made
    finally:
        made.stop()


def _log(folder: Path, then: str = "") -> str:
    # Workers share no folder with the project, so this one is named in full.
    log = str(folder / "log.txt")
    return (
        f"with open({log!r}, 'a') as log: log.write(f'{{commune}} {{os.getppid()}}\\n')\n{then}\n"
        "from ntm_analysis import Report\nstr(Report.load(commune, year).title)\nos.getcwd()"
    )


def test_inputs_go_there_and_results_come_back(tmp_path: Path, cluster: Cluster) -> None:
    project = project_of(tmp_path / "project", 3, _log(tmp_path))
    results = run(project, cluster=cluster.address)
    assert [result.state for result in results.values()] == ["done"] * 3
    assert_whole(project, {NAME(f"0{n}") for n in range(3)})
    text = executed(project, NAME("00")).read_text(encoding="utf-8")
    assert "ntm-task-" in text and str(project.root) not in text
    assert not (project.root / "pids").exists()
    again = run(project, cluster=str(cluster.file))
    assert [result.state for result in again.values()] == ["unchanged"] * 3


def test_the_same_bytes_as_here(tmp_path: Path, cluster: Cluster) -> None:
    far, near = (project_of(tmp_path / name, 1, "commune") for name in ("far", "near"))
    run(far, cluster=cluster.address)
    run(near, jobs=1)
    for path in (near.reports / NAME("00")).iterdir():
        assert (far.reports / NAME("00") / path.name).read_bytes() == path.read_bytes()


def test_failures_and_time_limits_are_told(tmp_path: Path, cluster: Cluster) -> None:
    body = "if number == 0: raise ValueError('hỏng')\nif number == 1: time.sleep(600)"
    project = project_of(tmp_path, 3, body)
    results = run(project, cluster=cluster.address, timeout=8)
    assert [result.state for result in results.values()] == ["failed", "failed", "done"]
    assert "hỏng" in results["00"].message and "8" in results["01"].message
    assert finished(project) == {NAME("02")}


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    try:
        cluster.add_worker()
        cluster.add_worker()
        mark = str(tmp_path / "killed")
        # The first notebook kills the Dask worker that it runs for.
        kill = (
            "import multiprocessing\n"
            f"if not os.path.exists({mark!r}):\n    open({mark!r}, 'w').close()\n"
            "    victim = multiprocessing.parent_process().pid\n"
            "    os.kill(victim, signal.SIGKILL)\n    time.sleep(600)"
        )
        project = project_of(tmp_path / "project", 5, _log(tmp_path, kill))
        command = start(project, "--cluster", cluster.address)
        said, told = command.communicate(timeout=240)
        assert command.returncode == 0, told
        assert "5 run, 0 unchanged, 0 failed" in said
        assert Path(mark).exists()
        assert_whole(project, {NAME(f"0{n}") for n in range(5)})
        started = [line.split()[0] for line in (tmp_path / "log.txt").read_text().splitlines()]
        assert set(started) == {f"xa-0000{n}" for n in range(5)}
        assert len(started) <= 7  # what the killed worker had, and no more, a second time
    finally:
        cluster.stop()


def test_a_worker_with_other_software_is_refused(tmp_path: Path, cluster: Cluster) -> None:
    project = project_of(tmp_path, 1, "1")
    from ntm_analysis.batch import run as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "software_digest", lambda: "another")
        results = run(project, cluster=cluster.address)
    assert results["00"].state == "failed"
    assert not (project.reports / NAME("00")).exists()


def test_a_configuration_file_names_the_scheduler(tmp_path: Path, cluster: Cluster) -> None:
    file = tmp_path / "dask.yaml"
    file.write_text(yaml.safe_dump({"scheduler-address": cluster.address}))
    with executors.cluster_place(str(file)) as place:
        assert place.width == 2 and place.far


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere.yaml", "nowhere.json"])
def test_a_cluster_that_is_not_there_is_a_problem(address: str) -> None:
    with pytest.raises(DataErrors, match="--cluster"), executors.cluster_place(address, patience=1):
        pass

"""Ctrl-C ends a command without a traceback, also while its modules still load."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from ntm_analysis import cli

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of process groups")


@pytest.mark.parametrize("after", [0.15, 0.25, 0.4])
@pytest.mark.parametrize("command", [["check"], ["rules", "list"]])
def test_while_modules_load(repository, after, command):
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "ntm_analysis", *command],
        cwd=repository, start_new_session=True, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    told = []
    for line in process.stderr:  # our own start has begun
        told.append(line)
        if "ntm_analysis" in line or "typing" in line:
            break
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    told += process.stderr.readlines()
    assert process.wait(60) in (0, 130, -signal.SIGINT)
    assert not [line for line in told if "Traceback" in line or "KeyboardInterrupt" in line]


def test_a_module_cut_short_is_no_fault_of_ours(monkeypatch, capsys):
    def cut_short():
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise ImportError("numpy could not be imported") from error

    monkeypatch.setattr("ntm_analysis.cli.app.app", cut_short)
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as end:
            cli.main()
    finally:
        signal.signal(signal.SIGINT, before)
    assert end.value.code == 130
    assert "Traceback" not in capsys.readouterr().err

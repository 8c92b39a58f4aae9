"""Commands that write, killed at random moments and started two at a time: nothing half-written."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from bench.project import make_project
from ntm_analysis.files.together import STATE, unfinished
from tests.support.commands import (
    COMMANDS,
    Command,
    bring_back,
    end,
    keep,
    make_scene,
    ntm,
    start,
    state,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
KILLS = int(os.environ.get("KILLS", "50"))
"""Moments at which commands are killed, of all commands together."""
WRITING = [name for name, command in COMMANDS.items() if command.writes != "nothing"]
CHECK = ("check",)


@dataclass
class Tally:
    """What became of the files of a command that was killed."""

    kills: int = 0
    unchanged: int = 0
    done: int = 0
    healed: int = 0
    """Left in the middle, as far as readers are told, and made whole by the next command."""
    lost: int = 0


TALLIES: dict[str, Tally] = {}
TWICE: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def tables() -> Iterator[None]:
    yield
    if TALLIES:
        print(f"\n{'killed':18}" + "".join(f"{name:>10}" for name in asdict(Tally())))
    for name, tally in TALLIES.items():
        print(f"{name:18}" + "".join(f"{count:10}" for count in asdict(tally).values()))
    for name, line in TWICE.items():
        print(f"two at once: {name:18} {line}")


@pytest.fixture(scope="module")
def scene(once_per_run: Callable[..., Path]) -> Path:
    return once_per_run("commands", lambda folder: make_scene(folder / "p") and None)


@pytest.fixture
def root(scene: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scene / "p", tmp_path / "Dự án của tôi")


def _outside(files: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in files.items() if name.startswith("out/")}


def _inside(files: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in files.items() if not name.startswith("out/")}


def _blow(root: Path, command: Command, lasts: float, step: int | None) -> bool:
    """Kill a command before a change of a file, or where that is None at some moment.

    False where it ended before: what is kept between commands spared it some changes.
    """
    going = start(root, command.words, cut=step)
    if step is None:
        time.sleep(lasts)
        going.kill()
    ended = end(going)
    assert step is None or ended.code in (-9, 0), ended
    return step is None or ended.code == -9


def blows(root: Path, command: Command, kills: int, dice: random.Random, heal: bool) -> Tally:
    """Kill a command at so many moments; the next ones make all whole.

    `heal`: another command comes first, after which all that belongs to the project is whole.
    """
    for words in command.first:
        assert not ntm(root, words).fault(0)
    if command.words[0] == "book" and not (root / "_book").exists():
        assert not ntm(root, command.words).fault(0)
        (root / "_book" / "index.html").write_text("an older book", encoding="utf-8")
    before = root.parent / "before"
    keep(root, before)
    old, began = state(root), time.monotonic()
    assert not (ended := ntm(root, command.words, cut=-1).fault(0)), ended
    lasts, new = time.monotonic() - began, state(root)
    steps = int((root.parent / "steps").read_text())
    assert new != old and steps > 2
    tally = Tally()
    for number in range(kills):
        bring_back(root, before)
        # Two blows of three fall where a file is about to change, the others anywhere.
        by_step = number % 3 != 2
        moment = lasts * dice.random()
        while not _blow(root, command, moment, step := dice.randrange(steps) if by_step else None):
            assert step and step > 2
            steps = step
            bring_back(root, before)
        tally.kills += 1
        if heal:
            check = ntm(root, CHECK)
            codes = (0,) if any((root / "params").iterdir()) else (1,)  # nothing left to check
            assert not check.fault(*codes), check
            assert not unfinished(root)
        now = state(root)
        project = command.writes == "project" and command.words[0] not in ("run", "book")
        if heal and project:
            tally.healed += "was ended" in check.told
        if now in (old, new):
            tally.unchanged += now == old
            tally.done += now == new
        elif heal and (project or (_inside(now) != _inside(old) and command.writes == "beside")):
            tally.lost += 1
        if now != new or not command.second:
            ended = ntm(root, command.words).fault(0)
            assert not ended, ended
        left = [
            path.relative_to(root).as_posix()
            for pattern in ("*.part", f"{STATE}/change-*", "reports/.book-*")
            for path in root.rglob(pattern)
            if path.name != "holder.json.part"
        ]
        if left or state(root) != new:
            print(f"left: {left}; differ: {set(state(root).items()) ^ set(new.items())}")
            tally.lost += 1
        elif now not in (old, new):
            tally.healed += 1
    return tally


@pytest.mark.kill
@pytest.mark.parametrize("name", WRITING)
def test_killed_at_any_moment_the_next_command_heals(name: str, root: Path) -> None:
    command = COMMANDS[name]
    kills = -(-command.kills * KILLS // 50)
    if not kills:
        pytest.skip("one file, written as the form is")
    TALLIES[name] = blows(root, command, kills, random.Random(name), heal=True)
    assert TALLIES[name].lost == 0


@pytest.mark.parametrize("name", ["new year"])
def test_killed_where_it_writes_the_same_command_makes_it_whole(name: str, tmp_path: Path) -> None:
    project = make_project(tmp_path / "Dự án của tôi", 1)
    tally = blows(project.root, COMMANDS[name], 2, random.Random(name), heal=False)
    assert tally.lost == 0


@pytest.mark.kill
@pytest.mark.parametrize("name", list(COMMANDS))
def test_two_at_once(name: str, root: Path) -> None:
    command, before = COMMANDS[name], root.parent / "before"
    for words in command.first:
        assert not ntm(root, words).fault(0)
    keep(root, before)
    one = ntm(root, command.words)
    assert not one.fault(0), one
    new = state(root)
    bring_back(root, before)
    ended = [end(going) for going in [start(root, command.words), start(root, command.words)]]
    assert sorted(two.code for two in ended) == sorted([0, command.second]), ended
    assert not [two for two in ended if two.fault(0, command.second)]
    assert state(root) == new
    if command.writes == "nothing":
        assert [two.said for two in ended] == [one.said, one.said]
    assert not [p for p in root.rglob("*.part") if STATE not in p.parts]
    lost = [two.told.strip().splitlines() for two in ended if two.code]
    TWICE[name] = f"the second is told: {lost[0][0]}" if lost else "as one"

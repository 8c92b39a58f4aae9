"""Every command that people use, in surroundings that nobody wishes for: a word, never a wreck."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.project import make_project
from ntm_analysis.assessment import assess
from ntm_analysis.communes import load_case
from ntm_analysis.files.together import STATE
from ntm_analysis.paths import Project
from tests.support.commands import (
    COMMANDS,
    RUN,
    Ended,
    Surroundings,
    bring_back,
    every_file,
    keep,
    make_scene,
    ntm,
    state,
)

kill = pytest.mark.kill
posix = pytest.mark.skipif(os.name != "posix", reason="limits and rights of POSIX")
DATA = ("data", "params", "_quarto.yml")
TEXTS = (".csv", ".yaml", ".yml", ".qmd", ".txt")


def _text(change: Callable[[str], str]) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        if path.suffix in TEXTS:
            path.write_bytes(change(path.read_bytes().decode("utf-8")).encode())

    return apply


def _made_at(seconds: int) -> Callable[[Path], None]:
    return lambda path: os.utime(path, (seconds, seconds))


FILES: dict[str, Callable[[Path], None]] = {
    "crlf": _text(lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n")),
    "nfd": _text(lambda text: unicodedata.normalize("NFD", text)),
    "bom": _text(lambda text: "\ufeff" + text),
    "made in 1970": _made_at(0),
    "made in 2150": _made_at(5_680_281_600),
}
"""What is done to every file of the data."""
PLACES: dict[str, tuple[str, Surroundings]] = {
    "no home": ("p", Surroundings(environment={"HOME": None, "USER": None, "LOGNAME": None})),
    "a home that is not there": ("p", Surroundings(environment={"HOME": "/none/here"})),
    "no folder for what is temporary": (
        "p", Surroundings(environment={"TMPDIR": "/none/here", "TEMP": None, "TMP": None}),
    ),
    "a long one for it": ("p", Surroundings(environment={"TMPDIR": "{long}"})),
    "no UTF-8": (
        "p",
        Surroundings(
            environment={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        ),
    ),
    "a Vietnamese path": ("Dự án (xã) của tôi", Surroundings()),
    "an odd path": (unicodedata.normalize("NFD", "Ổ đĩa #1 & 'Sở' 100%"), Surroundings()),
}  # fmt: skip


@pytest.fixture(scope="module")
def scene(once_per_run: Callable[..., Path]) -> Path:
    return once_per_run("commands", lambda folder: make_scene(folder / "p") and None) / "p"


@pytest.fixture(scope="module")
def usual(scene: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, object]]:
    """What each command says and leaves where nothing is odd."""
    root = shutil.copytree(scene, tmp_path_factory.mktemp("usual") / "p")
    return {name: (ended.said, left) for name, ended, left in each(root, Surroundings())}


def each(root: Path, where: Surroundings) -> Iterator[tuple[str, Ended, object]]:
    """Run every command from the same start; yield how it ended and what it left."""
    before = root.parent / "before"
    keep(root, before)
    for name, command in COMMANDS.items():
        if name in ("shelf", "rename", "restore"):  # as book and remove are
            continue
        bring_back(root, before)
        for words in command.first:
            assert not (fault := ntm(root, words, where).fault(0)), (name, fault)
        yield name, ntm(root, command.words, where), state(root)


@kill
@pytest.mark.parametrize("name", list(PLACES))
def test_places(name: str, scene: Path, tmp_path: Path, usual: dict[str, object]) -> None:
    folder, where = PLACES[name]
    long = tmp_path / ("thư mục tạm " * 12).strip()
    long.mkdir()
    environment = {
        key: value and value.replace("{long}", str(long))
        for key, value in where.environment.items()
    }
    root = shutil.copytree(scene, tmp_path / folder)
    faults = {}
    for key, ended, left in each(root, Surroundings(environment=environment)):
        if fault := ended.fault(0):
            faults[key] = fault
        elif COMMANDS[key].writes == "nothing" and (ended.said, left) != usual[key]:
            faults[key] = "says something else"
        elif left != usual[key][1]:  # type: ignore[index]
            faults[key] = f"leaves {set(left.items()) ^ set(usual[key][1].items())}"  # type: ignore
    print(f"\n{name}: {len(usual) - len(faults)} of {len(usual)} as usual")
    assert not faults
    assert not list(long.iterdir())


@kill
@pytest.mark.parametrize("name", list(FILES))
def test_files(name: str, scene: Path, tmp_path: Path, usual: dict[str, object]) -> None:
    root = shutil.copytree(scene, tmp_path / "p")
    every_file(root, FILES[name], *DATA)
    faults = {}
    for key, ended, _ in each(root, Surroundings()):
        if fault := ended.fault(0):
            faults[key] = fault
        elif COMMANDS[key].writes == "nothing" and ended.said != usual[key][0]:  # type: ignore[index]
            faults[key] = "says something else"
    print(f"\n{name}: {len(usual) - len(faults)} of {len(usual)} as usual")
    assert not faults


@pytest.mark.parametrize("name", list(FILES))
def test_verdicts_are_the_same_from_other_files(name: str, tmp_path: Path) -> None:
    project = make_project(tmp_path / "p", 1)
    before = assess([load_case(project, RUN)]).results
    other = Path(shutil.copytree(project.root, tmp_path / "q"))  # nothing is known of it yet
    every_file(other, FILES[name], *DATA)
    assert assess([load_case(Project(other), RUN)]).results.equals(before)


def _in_the_way(root: Path, where: Surroundings, must_fail: bool) -> dict[str, str]:
    """Run all commands where they cannot write; return what went wrong, by command."""
    faults, told = {}, {}
    before = root.parent / "before"
    keep(root, before)
    for name, command in COMMANDS.items():
        if name in ("shelf", "rename", "restore"):
            continue
        bring_back(root, before)
        for words in command.first:
            assert not (fault := ntm(root, words).fault(0)), (name, fault)
        old = state(root)
        ended = ntm(root, command.words, where)
        now = state(root)
        told[name] = (ended.told.strip().splitlines() or [""])[0]
        if fault := ended.fault(0, 1):
            faults[name] = fault
        elif command.writes == "nothing" and ended.code:
            faults[name] = f"fails: {ended.told}"
        elif ended.code and now != old:
            faults[name] = f"changed {set(now.items()) ^ set(old.items())}"
        elif must_fail and command.writes == "project" and not ended.code:
            faults[name] = "claims to have written"
        elif parts := [p.name for p in root.rglob("*.part") if STATE not in p.parts]:
            faults[name] = f"left {parts}"
        if (ended.code or name in faults) and (fault := ntm(root, command.words).fault(0)):
            faults[name] = f"{faults.get(name, '')} not healed: {fault}"
        print(f"{name:18} {ended.code} {told[name][:150]}")
    return faults


@kill
@posix
@pytest.mark.parametrize("size", [0, 300, 20_000])
def test_a_full_disk(size: int, scene: Path, tmp_path: Path) -> None:
    print(f"\nno file above {size} bytes")
    root = shutil.copytree(scene, tmp_path / "p")
    assert not _in_the_way(root, Surroundings(limit=size), must_fail=False)


@kill
@pytest.mark.skipif(sys.platform != "linux", reason="drops a right of Linux")
def test_a_project_that_can_only_be_read(scene: Path, tmp_path: Path) -> None:
    root = shutil.copytree(scene, tmp_path / "p")
    out = tmp_path / "out"
    out.mkdir()
    where = Surroundings(powerless=True)
    faults = {}
    for words in COMMANDS["book"].first:
        assert not ntm(root, words).fault(0)
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = state(root)
    for name, command in COMMANDS.items():
        if name == "restore":  # nothing has been removed
            continue
        ended = ntm(root, command.words, where, out=out)
        print(f"{name:18} {ended.code} {(ended.told.strip().splitlines() or [''])[0][:150]}")
        if fault := ended.fault(1 if command.writes == "project" else 0):
            faults[name] = fault
        if state(root) != before:
            faults[name] = "changed the project"
    for path in [root, *root.rglob("*")]:
        path.chmod(0o755)
    assert not faults

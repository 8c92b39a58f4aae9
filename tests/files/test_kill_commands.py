"""Commands that write, killed at random moments and started two at a time: nothing half-written."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.project import make_project
from ntm_analysis.communes import load_case
from ntm_analysis.files.together import STATE, unfinished
from ntm_analysis.forms import filling_of, write_form
from ntm_analysis.paths import Project

pytestmark = [pytest.mark.kill, pytest.mark.skipif(os.name != "posix", reason="signals")]
KILLS = int(os.environ.get("KILLS", "50"))
RUN = "xa-00000-2024"
COMMANDS = {
    "import": ["import", "form.xlsx", "--force", "--yes"],
    "form": ["form", "--out", "out/form.xlsx", "--fill", RUN, "--force"],
    "export": ["export", "--out", "out", "--force"],
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_project(tmp_path / "Dự án của tôi", 1)
    shutil.copy2("CITATION.cff", project.root)
    case = load_case(project, RUN)
    (project.root / "form.xlsx").write_bytes(
        write_form(case.rules, "vi", filling_of(project, case))
    )
    return project


def _start(project: Project, words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ntm_analysis", *words],
        cwd=project.root, env={**os.environ, "NTM_LANG": "en", "COLUMNS": "200"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _state(project: Project) -> dict[str, str]:
    """Return the digests of what commands write, without backups and what is under way."""
    found = {}
    for part in ("data/communes", "params", "out"):
        for path in sorted((project.root / part).rglob("*")):
            if path.is_file():
                name = path.relative_to(project.root).as_posix()
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _back(project: Project, before: Path) -> None:
    for part in ("data/communes", "params", "out"):
        shutil.rmtree(project.root / part, ignore_errors=True)
        if (before / part).exists():
            shutil.copytree(before / part, project.root / part)


def _once(project: Project, words: list[str]) -> tuple[float, str]:
    started = time.monotonic()
    command = _start(project, words)
    said, told = command.communicate(timeout=120)
    assert command.returncode == 0, said + told
    return time.monotonic() - started, told


def _data(state: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in state.items() if not name.startswith("out/")}


def _blow(
    project: Project, command: subprocess.Popen[str], lasts: float, dice: random.Random
) -> bool:
    """Kill a command at some moment, check the project, and return whether it had to be healed."""
    # Writing is a small part of it, and comes last: half of the blows fall there.
    time.sleep(lasts * (dice.random() if dice.random() < 0.5 else 0.7 + 0.3 * dice.random()))
    command.kill()
    command.communicate()
    check = _start(project, ["check"])
    _, told = check.communicate(timeout=120)
    assert check.returncode == 0, told
    assert not unfinished(project.root)
    return "was ended" in told


@pytest.mark.parametrize("name", list(COMMANDS))
def test_killed_at_any_moment_the_next_command_heals(
    name: str, project: Project, tmp_path: Path
) -> None:
    words, dice = COMMANDS[name], random.Random(name)
    before = tmp_path / "before"
    for part in ("data/communes", "params"):
        shutil.copytree(project.root / part, before / part)
    old = _state(project)
    lasts, _ = _once(project, words)
    new = _state(project)
    assert new != old
    tally = {"unchanged": 0, "done": 0, "healed": 0, "part": 0}
    for _ in range(KILLS):
        _back(project, before)
        command = _start(project, words)
        tally["healed"] += _blow(project, command, lasts, dice)
        now = _state(project)
        assert _data(now) in (_data(old), _data(new))
        tally["unchanged" if now == old else "done" if now == new else "part"] += 1
        _once(project, words)
        assert _state(project) == new
    print(f"\n{name}: {KILLS} kills, {lasts:.1f} s a command: {tally}")


COMMUNE = RUN.removesuffix("-2024")
RECORDS = {
    "remove": ([], ["remove", COMMUNE, "--yes"]),
    "rename": ([], ["rename", COMMUNE, "xa-moi", "--yes"]),
    "restore": (["remove", COMMUNE, "--yes"], ["restore", f"{COMMUNE}-1", "--yes"]),
}
"""What comes before, and the command: of a commune and its years as a whole."""


@pytest.mark.parametrize("name", list(RECORDS))
def test_killed_at_any_moment_a_commune_is_there_whole_or_not(name: str, tmp_path: Path) -> None:
    project = make_project(tmp_path / "Dự án của tôi", 2)
    first, words = RECORDS[name]
    if first:
        _once(project, first)
    before, dice = tmp_path / "before", random.Random(name)
    for part in ("data/communes", "params", "data/backup"):
        if (project.root / part).exists():
            shutil.copytree(project.root / part, before / part)
    old = _state(project)
    lasts, _ = _once(project, words)
    new = _state(project)
    assert new != old
    tally = {"unchanged": 0, "done": 0, "healed": 0}
    for _ in range(KILLS):
        _back(project, before)
        shutil.rmtree(project.root / "data/backup", ignore_errors=True)
        if (before / "data/backup").exists():
            shutil.copytree(before / "data/backup", project.root / "data/backup")
        command = _start(project, words)
        tally["healed"] += _blow(project, command, lasts, dice)
        now = _state(project)
        assert now in (old, new)
        tally["unchanged" if now == old else "done"] += 1
        if now == old:
            _once(project, words)
            assert _state(project) == new
    print(f"\n{name}: {KILLS} kills, {lasts:.1f} s a command: {tally}")


def _published(project: Project) -> dict[str, str]:
    return {
        path.relative_to(project.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((project.root / "_book").rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("split", [[], ["--split-by", "commune"]], ids=["book", "shelf"])
def test_killed_while_it_is_published_a_book_is_made_whole_by_the_next(
    split: list[str], tmp_path: Path
) -> None:
    project = make_project(tmp_path / "Dự án của tôi", 2)
    shutil.copytree("book", project.root / "book", dirs_exist_ok=True)
    for name in ("_quarto.yml", "index.qmd"):
        shutil.copy2(name, project.root)
    words, dice = ["book", "--renderer", "builtin", "--to", "html", *split], random.Random(1)
    _once(project, ["run"])
    _once(project, words)
    whole = _published(project)
    lasts, _ = _once(project, words)
    assert _published(project) == whole
    for _ in range(max(1, KILLS // 5)):
        command = _start(project, words)
        time.sleep(lasts * dice.random())
        command.kill()
        command.communicate()
        here = _published(project)
        assert not here or here.keys() == whole.keys() or split
        _once(project, words)
        assert _published(project) == whole
        assert not list((project.root / "reports").glob(".book-*"))
    print(f"\n{words}: {max(1, KILLS // 5)} kills, {lasts:.1f} s a command")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_two_at_once(name: str, project: Project) -> None:
    words = COMMANDS[name]
    first, second = _start(project, words), _start(project, words)
    for command in (first, second):
        _, told = command.communicate(timeout=120)
        assert command.returncode == 0, told
    two = _state(project)
    _once(project, words)
    assert _state(project) == two
    assert not [p for p in project.root.rglob("*.part") if STATE not in p.parts]


def _limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_full_disk_is_told_and_changes_nothing(name: str, project: Project) -> None:
    old = _state(project)
    done = subprocess.run(
        [sys.executable, "-m", "ntm_analysis", *COMMANDS[name]],
        cwd=project.root, env={**os.environ, "NTM_LANG": "en", "COLUMNS": "300"},
        capture_output=True, text=True, check=False, preexec_fn=_limited(300),
    )  # fmt: skip
    print(f"\n{name}: {done.stderr.strip()}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "unexpected" not in done.stderr
    assert _data(_state(project)) == _data(old)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can be another")
@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_folder_that_an_ordinary_user_may_not_write(
    name: str, project: Project, tmp_path: Path
) -> None:
    for folder in [tmp_path, *tmp_path.parents]:
        if folder != Path("/tmp") and folder.is_relative_to("/tmp"):
            folder.chmod(0o755)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ntm_analysis", *COMMANDS[name]],
            cwd=project.root,
            env={**os.environ, "NTM_LANG": "en", "COLUMNS": "300", "HOME": "/none"},
            capture_output=True, text=True, check=False, user=65534, group=65534, extra_groups=[],
        )  # fmt: skip
    except PermissionError:
        pytest.skip("the interpreter lies where an ordinary user may not go")
    if "ModuleNotFoundError" in done.stderr or "can't open" in done.stderr:
        pytest.skip("the interpreter lies where an ordinary user cannot read it")
    print(f"\n{name}: {done.stderr.strip()}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "unexpected" not in done.stderr

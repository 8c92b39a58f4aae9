"""The published folder: changed as a whole, and never where it holds something of somebody else.

The new site is made beside the old one and takes its place by being renamed. What lies in the old
one and was not published (`.git`, `CNAME`) moves along. Whoever is killed between leaves both; the
next publication goes on from there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.publish.record import NAME, read_publication

OF_HOSTS = (".git", ".github", ".gitignore", ".gitattributes", "CNAME", ".nojekyll", ".well-known")
"""What a host asks for; it may lie in a folder before anything was published there."""


def check_folder(out: Path, project: Project, books: Iterable[Path], problems: Collector) -> None:
    """Tell why nothing may be published into a folder, if so.

    Parameters
    ----------
    out : Path
    project : Project
    books : iterable of Path
        What is published: no folder around or within one may be written.
    problems : Collector
    """
    place = out.resolve()
    if out.exists() and not out.is_dir():
        problems.add(Problem(str(out), say("publish.file"), say("publish.folder_wanted")))
        return
    root = project.root.resolve()
    around = [root, *(book.resolve() for book in books)]
    held = [book.resolve() for book in books]
    held += [path.resolve() for path in (project.communes, project.params, project.rulebook,
                                         project.reports, project.notebooks)]  # fmt: skip
    if any(one == place or place in one.parents for one in around) or any(
        one in place.parents or one == place for one in held
    ):
        problems.add(Problem(str(out), say("publish.within"), say("publish.folder_wanted")))
        return
    there = read_publication(out) or read_publication(_old(out))
    if out.is_dir() and there is None:
        foreign = sorted(path.name for path in out.iterdir() if path.name not in OF_HOSTS)
        if foreign:
            what = say("publish.foreign", names=", ".join(foreign[:3]))
            problems.add(Problem(str(out), what, say("publish.folder_wanted")))


@contextmanager
def stage(out: Path) -> Iterator[Path]:
    """Give the folder in which a site is made; gone afterwards unless it was put in place."""
    finish(out)
    new = _new(out)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def put_in_place(out: Path) -> None:
    """Let the folder that was made take the place of the published one."""
    old = _old(out)
    if out.exists():
        out.replace(old)
    _new(out).replace(out)
    finish(out)


def finish(out: Path) -> None:
    """Go on where a publication was killed, and move a user's own files into the new site."""
    old = _old(out)
    if not old.exists():
        return
    if not out.exists():
        old.replace(out)
        return
    before = read_publication(old)
    ours = set(before.files) | {NAME} if before else set()
    for path in sorted(old.iterdir()):
        _move(path, old, out, ours)
    shutil.rmtree(old, ignore_errors=True)


def own_files(out: Path) -> list[str]:
    """Return a user's own files in a published folder, those of hosts at its top left out."""
    before = read_publication(out)
    if before is None:
        return []
    ours = {*before.files, NAME}
    names = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return sorted(
        name.as_posix()
        for name in names
        if name.as_posix() not in ours and name.parts[0] not in OF_HOSTS
    )


def _move(path: Path, old: Path, out: Path, ours: set[str]) -> None:
    name = path.relative_to(old)
    if name.as_posix() in ours:
        return
    target = out / name
    if path.is_dir() and not path.is_symlink():
        if not target.exists() and not any(one.startswith(f"{name.as_posix()}/") for one in ours):
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            return
        for inner in sorted(path.iterdir()):
            _move(inner, old, out, ours)
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def _new(out: Path) -> Path:
    place = Path(os.path.abspath(out))  # noqa: PTH100  a link stays one
    return place.with_name(f".{place.name}.ntm-new")


def _old(out: Path) -> Path:
    return _new(out).with_name(f".{out.name}.ntm-old")

"""The finished book put in its place at once, so that no reader ever sees half of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ntm_analysis.book.errors import BookError
from ntm_analysis.book.made import PRINTED
from ntm_analysis.language import say

WORKSHOP = ".book-"
PLACE = ".place"
"""Ends the name of the file that says where the folder beside it belongs."""
ALIVE = ".alive"
"""The file in a workshop that its maker holds locked as long as it lives."""
_POSIX = os.name == "posix"


@contextmanager
def workshop(project: Path) -> Iterator[Path]:
    """Give a temporary folder on the project's own disk, gone afterwards."""
    reports = project / "reports"
    reports.mkdir(exist_ok=True)
    _clear_abandoned(reports)
    folder = Path(tempfile.mkdtemp(prefix=f"{WORKSHOP}{os.getpid()}-", dir=reports))
    alive = FileLock(folder / ALIVE)
    alive.acquire()
    try:
        yield folder
    finally:
        alive.release()
        _clear(folder)


def _clear_abandoned(reports: Path) -> None:
    """Remove the folders of makers that were killed; put back what these had moved away."""
    for folder in reports.glob(f"{WORKSHOP}*"):
        if _is_abandoned(folder):
            _clear(folder)


def _is_abandoned(folder: Path) -> bool:
    """Whether the maker of a workshop is gone, as far as the system can tell."""
    if not _POSIX:  # where asking for a process may end it
        return (folder / ALIVE).exists() and _is_free(folder / ALIVE)
    maker = folder.name.removeprefix(WORKSHOP).partition("-")[0]
    try:
        os.kill(int(maker), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return True
    except OSError:
        return False  # somebody else's, and alive
    return False


def _is_free(path: Path) -> bool:
    """Whether nobody holds a lock."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    lock.release()
    return True


def _clear(folder: Path) -> None:
    """Remove a workshop, unless it holds an old book that cannot be put back now."""
    with contextlib.suppress(OSError):
        for note in list(folder.rglob(f"*-old{PLACE}")):
            _put_back(note.with_suffix(""))
        shutil.rmtree(folder, ignore_errors=True)


def _put_back(old: Path) -> None:
    """Put an old book that was moved away back in its place, where there is no new one."""
    if old.is_dir():
        target = old.parent / old.with_name(f"{old.name}{PLACE}").read_text(encoding="utf-8")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            old.replace(target)


def publish(
    new: Path, target: Path, formats: Sequence[str], known: Collection[str] | None = None
) -> set[str]:
    """Put a rendered book in the place of the old one.

    Formats that were not made stay, and so does what is a user's own.

    Parameters
    ----------
    new : Path
        Folder with the formats made; it is moved.
    target : Path
        The book's place.
    formats : sequence of str
        Those made, among `html`, `pdf` and `docx`.
    known : collection of str, optional
        Files of the old book that were made here, by their paths in it; by default all of them.

    Returns
    -------
    set of str
        The files that are not a user's own, by their paths.

    Raises
    ------
    BookError
        If the old book cannot be moved, most often because a file of it is open.
    """
    ours = files_in(new)
    with _alone(target.parent):
        if target.is_dir():
            ours |= _keep(target, new, formats, known)
        try:
            old = _swap(new, target)
        except OSError as error:
            message = say("book.publish", folder=target.name, detail=error.strerror)
            raise BookError(message) from None
    shutil.rmtree(old, ignore_errors=True)
    return ours


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else put a book into a folder meanwhile, as far as the system can see to that."""
    if not _POSIX:
        with FileLock(folder / ".publish.lock"):
            yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems cannot
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _swap(new: Path, target: Path) -> Path:
    """Move a folder into a place; return where that which was there is now."""
    old = new.with_name(f"{new.name}-old")
    # A maker that is killed between the two leaves no book: the next one puts the old one back.
    note = old.with_name(f"{old.name}{PLACE}")
    note.write_text(os.path.relpath(target, new.parent), encoding="utf-8")
    try:
        if target.exists():
            target.replace(old)
        new.replace(target)
    except BaseException:  # Ctrl-C, too
        _put_back(old)
        raise
    return old


def files_in(folder: Path) -> set[str]:
    """Return the files below a folder, by their paths in it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _keep(old: Path, new: Path, formats: Sequence[str], known: Collection[str] | None) -> set[str]:
    """Copy what stays of the old book; return what of it was made here."""
    ours = set()
    for path in sorted(old.rglob("*")):
        place = path.relative_to(old)
        mine = known is not None and place.as_posix() not in known
        if not (mine or _stays(place, formats)) or os.path.lexists(new / place):
            continue
        if _is_folder(path):
            if mine and not any(path.iterdir()):
                (new / place).mkdir(parents=True)
            continue
        (new / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, new / place, follow_symlinks=False)
        if not mine:
            ours.add(place.as_posix())
    return ours


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder itself, and not a link to one."""
    return path.is_dir() and not path.is_symlink()


def merge(
    new: Path,
    target: Path,
    formats: Sequence[str],
    keep: Sequence[str],
    known: Collection[str] | None = None,
) -> set[str]:
    """Put the index of several books in place among these, file by file.

    Parameters
    ----------
    new : Path
        Folder with the formats made; its files are moved.
    target : Path
        The site.
    formats : sequence of str
        Those made. What is left of others stays; all else that was made here and is neither in the
        new index nor in a book goes.
    keep : sequence of str
        Folders of the books in the site.
    known : collection of str, optional
        Files of the site that were made here; by default all of them.

    Returns
    -------
    set of str
        The index's files, by their paths in the site.

    Raises
    ------
    BookError
        If an old file cannot be replaced, most often because it is open.
    """
    files = [path.relative_to(new) for path in sorted(new.rglob("*")) if path.is_file()]
    try:
        # The first page comes last: it names what is then there.
        for place in sorted(files, key=lambda place: place.as_posix() == "index.html"):
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (new / place).replace(target / place)
        books = {tuple(Path(name).parts) for name in keep}
        stayed = _remove_stale(target, set(files), formats, books, known)
    except OSError as error:
        raise BookError(say("book.publish", folder=target.name, detail=error.strerror)) from None
    return {place.as_posix() for place in files} | stayed


def _remove_stale(
    target: Path,
    fresh: set[Path],
    formats: Sequence[str],
    books: set[tuple[str, ...]],
    known: Collection[str] | None,
) -> set[str]:
    """Remove what was made and is no longer; return what stays of formats not made now."""

    def in_book(place: Path) -> bool:
        return any(place.parts[:depth] in books for depth in range(1, len(place.parts) + 1))

    stayed = set()
    for path in list(target.rglob("*")):
        place = path.relative_to(target)
        if _is_folder(path) or in_book(place) or place in fresh:
            continue
        if known is None or place.as_posix() in known:
            if _stays(place, formats):
                stayed.add(place.as_posix())
            else:
                path.unlink()
                _remove_emptied(path.parent, target)
    return stayed


def _remove_emptied(folder: Path, target: Path) -> None:
    """Remove a folder from which the last file went, and those above it that it leaves empty."""
    with contextlib.suppress(OSError):  # not empty
        while folder != target:
            folder.rmdir()
            folder = folder.parent


def _stays(place: Path, formats: Sequence[str]) -> bool:
    """Whether a file belongs to a format that was not made now."""
    if len(place.parts) == 1 and place.suffix in PRINTED:
        return place.suffix[1:] not in formats
    return "html" not in formats


def keep_log(project: Path, error: BookError) -> None:
    """Keep what the tool behind an error said, in `reports/book.log`."""
    if error.log:
        path = project / "reports" / "book.log"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{error}\n\n{error.log}\n", encoding="utf-8")

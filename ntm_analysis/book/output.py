"""The finished book put in its place at once, so that no reader ever sees half of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ntm_analysis.book.errors import BookError
from ntm_analysis.language import say

PRINTED = (".pdf", ".docx")


@contextmanager
def workshop(project: Path) -> Iterator[Path]:
    """Give a temporary folder on the project's own disk, gone afterwards."""
    reports = project / "reports"
    reports.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".book-", dir=reports))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(new: Path, target: Path, formats: Sequence[str]) -> None:
    """Put a rendered book in the place of the old one, keeping the formats that were not made.

    Parameters
    ----------
    new : Path
        Folder with the formats made; it is moved.
    target : Path
        The book's place.
    formats : sequence of str
        Those made, among `html`, `pdf` and `docx`.

    Raises
    ------
    BookError
        If the old book cannot be moved, most often because a file of it is open.
    """
    if target.is_dir():
        _keep(target, new, formats)
    old = new.with_name(f"{new.name}-old")
    try:
        if target.exists():
            target.replace(old)
        try:
            new.replace(target)
        except OSError:
            if old.exists():
                old.replace(target)
            raise
    except OSError as error:
        raise BookError(say("book.publish", folder=target.name, detail=error.strerror)) from None
    shutil.rmtree(old, ignore_errors=True)


def _keep(old: Path, new: Path, formats: Sequence[str]) -> None:
    made = {f".{name}" for name in formats}
    for path in sorted(old.rglob("*")):
        place = path.relative_to(old)
        printed = len(place.parts) == 1 and path.suffix in PRINTED
        kept = path.suffix not in made if printed else "html" not in formats
        if kept and path.is_file() and not (new / place).exists():
            (new / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, new / place)


def keep_log(project: Path, error: BookError) -> None:
    """Keep what the tool behind an error said, in `reports/book.log`."""
    if error.log:
        path = project / "reports" / "book.log"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{error}\n\n{error.log}\n", encoding="utf-8")

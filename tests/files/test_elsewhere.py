"""A folder outside the project: whole after a writer that was killed, and nothing else in it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ntm_analysis.files import elsewhere, together
from ntm_analysis.files.elsewhere import mend_folder, write_folder

NEW: dict[str, bytes | None] = {"a.docx": b"new a", "b.docx": b"new b"}


def there(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_nothing_is_left_but_the_files(tmp_path: Path) -> None:
    write_folder(tmp_path / "giấy tờ", NEW)
    assert there(tmp_path / "giấy tờ") == NEW
    assert not (tmp_path / "giấy tờ" / together.STATE).exists()


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, *_: object, **__: object) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr(together, "_write", full)
    with pytest.raises(OSError, match="No space"):
        write_folder(tmp_path, NEW)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("after", [1, 2], ids=["before the first", "between the two"])
def test_what_a_killed_writer_began_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    (tmp_path / "a.docx").write_bytes(b"old a")
    real, puts = together._put, 0

    def put(source: Path, target: Path) -> None:
        nonlocal puts
        puts += 1
        if puts == after:
            raise SystemExit
        real(source, target)

    monkeypatch.setattr(together, "_put", put)
    monkeypatch.setattr(together, "_take_back", lambda *_: None)
    with pytest.raises(SystemExit):
        together.write_together(tmp_path, NEW)
    monkeypatch.undo()
    assert there(tmp_path) != NEW
    mend_folder(tmp_path)
    assert there(tmp_path) == NEW
    assert not (tmp_path / together.STATE).exists()


def test_an_untouched_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_held", lambda *_: pytest.fail("nothing to mend"))
    mend_folder(tmp_path)
    mend_folder(tmp_path / "not there")

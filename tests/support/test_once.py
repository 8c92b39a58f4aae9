from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.support.once import once

AT_ONCE = 4


def test_of_several_one_makes_and_all_see_it_finished(tmp_path: Path) -> None:
    started = Barrier(AT_ONCE)
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "first").write_text("1")
        (folder / "last").write_text("2")

    def ask(_: int) -> str:
        started.wait()
        return (once(tmp_path / "deep" / "book", make) / "last").read_text()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(ask, range(AT_ONCE))) == ["2"] * AT_ONCE
    assert made == [tmp_path / "deep" / "book"]


def test_a_failure_is_told_to_all(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        raise ValueError(f"no paper for {folder.name}")

    with pytest.raises(ValueError, match="no paper"):
        once(tmp_path / "book", make)
    with pytest.raises(RuntimeError, match="ValueError: no paper for book"):
        once(tmp_path / "book", make)

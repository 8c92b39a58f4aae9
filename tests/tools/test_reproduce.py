"""The comparison of two makings tells when they differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import reproduce


@pytest.mark.parametrize(("second", "code", "said"), [("x", 0, "0 differ"), ("y", 1, "1 differ")])
def test_differences_are_told(
    second: str,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    contents = iter(["x", second])

    def make(folder: Path, _place: object) -> None:
        for name in ("reports/a/a.ipynb", "_book/index.html", "reports/.rendered/k"):
            path = folder / name
            path.parent.mkdir(parents=True)
            path.write_text("same" if "index" in name else str(folder), encoding="utf-8")
        (folder / "reports/a/a.ipynb").write_text(next(contents), encoding="utf-8")

    monkeypatch.setattr(reproduce, "make", make)
    assert reproduce.main() == code
    told = capsys.readouterr().out
    assert said in told
    assert ("differs: reports/a/a.ipynb" in told) == bool(code)
    assert "2 files" in told


def test_nothing_made_is_no_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reproduce, "make", lambda *_: None)
    assert reproduce.main() == 1

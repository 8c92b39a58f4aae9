"""Two communes over three years: what each command says, and what it leaves alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntm_analysis.cli import console
from ntm_analysis.cli.app import app
from ntm_analysis.paths import Project


@pytest.fixture
def empty(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(repository / "data" / "rulebook", tmp_path / "data" / "rulebook")
    shutil.copy2(repository / "_quarto.yml", tmp_path)
    monkeypatch.setenv("NTM_PROJECT", str(tmp_path))
    monkeypatch.setenv("NTM_LANG", "vi")
    monkeypatch.setattr(console.out, "_width", 200)
    return Project(tmp_path)


def ntm(*arguments: str):
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, " ".join(done.output.split())


def tree(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for folder in (project.communes, project.params)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_communes_over_three_years(empty):
    first = ("--name", "xã TIÊU ĐỘNG", "--district", "huyện bình lục", "--on", "20/11/2023")
    code, told = ntm("new", "mot-2023", *first)
    assert code == 0 and "Đã tạo data/communes/mot/commune.yaml" in told
    assert ntm("new", "hai-2023", "--name", "An Lão", "--on", "2023-11-20")[0] == 0
    other = {path: text for path, text in tree(empty).items() if "hai" in path}

    code, told = ntm("new", "mot-2024", "--from", "mot-2023", "--on", "2024-11-20")
    assert code == 0
    assert "Đã tạo params/mot-2024.yaml." in told
    assert "Đã ghi thêm vào data/communes/mot/commune.yaml" in told
    assert "cơ quan thẩm tra" not in told  # nobody had named one
    assert "ntm restore mot-1" in told
    code, told = ntm("new", "mot-2025", "--on", "2024-01-10")
    assert code == 0 and "mot-2025: ngày áp dụng quy định là 10/01/2024" in told

    held = tree(empty)
    for arguments, says in [
        (("rename", "mot", "nul"), "Windows"),
        (("rename", "mot", "hai"), "đã có"),
        (("rename", "mot-2024", "mot-2023"), "đã có"),
        (("remove", "mot-2023"), "Các năm còn lại: 2024, 2025"),
        (("restore", "mot-1"), "(các năm: 2023, 2024, 2025) bằng bản sao mot-1 (các năm: 2023)"),
        (("new", "mot-2009", "--on", "2024-11-26"), "từ 2010 đến 2100"),
        (
            ("new", "ba-2025", "--on", "2025-08-20", "--place", "Hà Nam"),
            "--place: [Hà Nam] Hà Nam không còn",
        ),
        (("new", "ba-2025", "--on", "2025-08-20"), "lấy Ninh Bình"),
        (
            ("form", "--on", "2025-08-20", "--place", "ha nam", "--out", "a.xlsx"),
            "Chọn Ninh Bình bằng --place",
        ),
    ]:
        code, told = ntm(*arguments)
        assert code == 1 and says in told, (arguments, told)
        assert tree(empty) == held
    assert not Path("a.xlsx").exists()

    assert ntm("remove", "mot-2024", "--yes")[0] == 0
    assert ntm("rename", "mot", "mot-moi", "--yes")[0] == 0
    assert ntm("restore", "mot-3", "--yes")[0] == 0  # what `ntm remove` kept
    back = {path: text for path, text in tree(empty).items() if "mot-moi" not in path}
    assert back == held
    assert {path: text for path, text in tree(empty).items() if "hai" in path} == other
    code, told = ntm("check")
    assert code == 0 and "mot, mot-moi cùng tên" in told

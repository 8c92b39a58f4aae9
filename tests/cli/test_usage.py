"""Wrong command lines, and the help, in the user's language."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ENGLISH = re.compile(
    r"Usage|Try |Invalid|Missing|No such|requires|unexpected|Input should|Error|Show |default:|"
    r"OPTIONS|COMMAND|ARGS|required|Did you mean|not valid|there is no|needs a value|"
    r"Install|Possible"
)


def _ntm(folder: Path, lang: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ntm_analysis", *arguments],
        cwd=folder,
        env={**os.environ, "NTM_LANG": lang, "COLUMNS": "160", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


MISTAKES = [
    ("run --jobs x", "--jobs / -j không hợp lệ: cần một số nguyên từ 1 trở lên"),
    ("run --jobs 0", "cần một số nguyên từ 1 trở lên"),
    ("run --timeout soon", "cần một số từ 1 trở lên"),
    ("sample --n 20000", "cần một số nguyên từ 1 đến 9999"),
    ("sample --faults 2", "cần một số từ 0 đến 1"),
    ("book --renderer x", "cần một trong các từ: auto, quarto, builtin"),
    ("book --split-by village", "cần một trong các từ: province, district, commune"),
    ("form --out a.xlsx --on 31/2/2024", "--on không hợp lệ: cần một ngày có thật"),
    ("rules diff 2024-13-01", "FROM không hợp lệ: cần một ngày có thật"),
    ("rules show", "Thiếu CODE: Mã chỉ tiêu, ví dụ 17.8."),
    ("export", "Thiếu --out: "),
    ("run --timeout", "--timeout cần có giá trị theo sau"),
    ("run --force=1", "--force không nhận giá trị"),
    ("run --jbos 2", "Không có tùy chọn --jbos. Có thể là: --jobs."),
    ("run --zzz", "Không có tùy chọn --zzz"),
    ("frobnicate", "Không có lệnh “frobnicate”."),
    ("chekc", "Không có lệnh “chekc”. Có thể là: check."),
    ("rules frobnicate", "Không có lệnh “frobnicate”."),
    ("audit one two", "Thừa đối số: two."),
]


@pytest.mark.parametrize(("line", "said"), MISTAKES)
def test_what_is_wrong_is_said_in_vietnamese(tmp_path: Path, line: str, said: str) -> None:
    done = _ntm(tmp_path, "vi", *line.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert ENGLISH.search(done.stderr) is None
    assert list(tmp_path.iterdir()) == []


def test_in_english_too(tmp_path: Path) -> None:
    done = _ntm(tmp_path, "en", "run", "--jobs", "0")
    assert done.returncode == 2
    assert "The value of --jobs / -j is not valid: it must be a whole number from 1 up." in (
        done.stderr
    )


@pytest.mark.parametrize("line", ["--help", "run --help", "rules --help", "export -h"])
def test_help_has_no_english_of_the_library(tmp_path: Path, line: str) -> None:
    done = _ntm(tmp_path, "vi", *line.split())
    assert done.returncode == 0
    assert "Cách dùng: " in done.stdout
    assert ENGLISH.search(done.stdout) is None

"""Makes everything twice, in two folders with nothing kept from before, and compares every byte.

    python -m tools.reproduce

Reports and books must not depend on where they are made, on the order in which things are done, or
on what was made before. Exit code 0 if all bytes agree, else 1 with the files that differ.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ntm_analysis.book.memo import FOLDER

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("_quarto.yml", "index.qmd", "book", "data", "notebooks", "params")
MADE = ("reports", "_book")
PLACES = (("a", "1", "1"), ("another/place", "2", "2"))
"""Folder, seed of Python's hashes, and notebooks at once."""


def make(folder: Path, seed: str, jobs: str) -> None:
    """Make the reports and the book in a folder, from nothing."""
    for name in PARTS:
        source = ROOT / name
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-m", "ntm_analysis", "build", "--renderer", "builtin"]
    subprocess.run([*command, "--jobs", jobs], cwd=folder, env=environment, check=True)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file made, by its path."""
    found = {}
    for part in MADE:
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and FOLDER not in path.parts:
                name = path.relative_to(folder).as_posix()
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def main() -> int:
    """Make, compare, tell."""
    with tempfile.TemporaryDirectory() as name:
        made = []
        for place, seed, jobs in PLACES:
            make(Path(name) / place, seed, jobs)
            made.append(hashes(Path(name) / place))
    first, second = made
    differ = sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n))
    for file in differ:
        print(f"differs: {file}")
    whole = hashlib.sha256("".join(f"{n} {h}\n" for n, h in sorted(first.items())).encode())
    print(f"{len(first)} files, {len(differ)} differ; all together: {whole.hexdigest()}")
    return 1 if differ or not first else 0


if __name__ == "__main__":
    sys.exit(main())

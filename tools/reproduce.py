"""Makes everything twice, in two folders with nothing kept from before, and compares every byte.

    python -m tools.reproduce

Reports, books, forms, documents to sign and the dataset must not depend on where they are made, by
whom and in which time zone and language, on the order in which things are done, or on what was
made before. Exit code 0 if all bytes agree, else 1 with the files that differ.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.book.memo import FOLDER

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    "_quarto.yml", "index.qmd", "CITATION.cff", "book", "data", "notebooks", "params",
)  # fmt: skip
MADE = ("reports", "_book", "made")
NOBODY = 65534
REPORT = "liem-can-2024"
LAW = ("--set", "advanced", "--place", "Hà Nam")
COMMANDS = (
    ("form", "--fill", REPORT, "--out", "made/form.xlsx"),
    ("form", "--on", "2024-11-26", "--out", "made/blank.xlsx"),
    ("form", "--many", "--on", "2024-11-26", "--out", "made/many.xlsx"),
    ("rules", "form", *LAW, "--out", "made/law.xlsx"),
    ("documents", REPORT, "--out", "made/documents"),
    ("export", "--out", "made/dataset"),
)
"""What is made beside the book."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What must make no difference.

    Attributes
    ----------
    folder : str
    seed : str
        Of Python's hashes.
    jobs : str
        Notebooks at once.
    zone, locale : str
    umask : int
    another : bool
        Whether another user makes it, where we may choose.
    """

    folder: str
    seed: str
    jobs: str
    zone: str
    locale: str
    umask: int
    another: bool


PLACES = (
    Surroundings("a", "1", "1", "UTC", "C.UTF-8", 0o022, False),
    Surroundings("another/pláce", "2", "2", "Pacific/Kiritimati", "tr_TR.UTF-8", 0o077, True),
)


def may_change_user() -> bool:
    """Return whether the second build can be another user's, who must be let at this Python."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        done = subprocess.run(
            [sys.executable, "-c", "pass"], user=NOBODY, group=NOBODY, check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0


def make(folder: Path, place: Surroundings) -> None:
    """Make the reports and the book in a folder, from nothing."""
    for name in PARTS:
        source = ROOT / name
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    home = folder / "home"
    home.mkdir(parents=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "LANG": place.locale,
        "LC_ALL": place.locale,
        "LOGNAME": place.folder[0],
        "NTM_LANG": "vi",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": place.seed,
        "PYTHONPATH": str(ROOT),
        "TZ": place.zone,
        "USER": place.folder[0],
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    build = ("build", "--renderer", "builtin", "--jobs", place.jobs)
    user: dict[str, int] = {}
    if place.another and may_change_user():
        user = {"user": NOBODY, "group": NOBODY}
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    for words in (build, *COMMANDS):
        subprocess.run(
            [sys.executable, "-m", "ntm_analysis", *words],
            cwd=folder,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            umask=place.umask if os.name == "posix" else -1,
            **user,
        )


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
        Path(name).chmod(0o755)
        made = []
        for place in PLACES:
            make(Path(name) / place.folder, place)
            made.append(hashes(Path(name) / place.folder))
    if not may_change_user():
        print("both were made by one user: no other one can be let at this Python")
    first, second = made
    differ = sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n))
    for file in differ:
        print(f"differs: {file}")
    whole = hashlib.sha256("".join(f"{n} {h}\n" for n, h in sorted(first.items())).encode())
    print(f"{len(first)} files, {len(differ)} differ; all together: {whole.hexdigest()}")
    return 1 if differ or not first else 0


if __name__ == "__main__":
    sys.exit(main())

"""The commands that people use, as a table, and `ntm` started in surroundings of any kind."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import openpyxl
import yaml

from bench.project import make_project
from ntm_analysis.book.memo import FOLDER
from ntm_analysis.communes import load_case
from ntm_analysis.files.together import STATE
from ntm_analysis.forms import filling_of, write_form
from ntm_analysis.language import translate
from ntm_analysis.law.draft import draft_annex
from ntm_analysis.law.workbook import LawSheet, write_law
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from tests.law import annexes
from tests.support.node import ROOT

COMMUNE = "xa-00000"
RUN = f"{COMMUNE}-2024"
MADE = ("data/communes", "data/rulebook", "params", "out", "reports", "_book")


@dataclass(frozen=True)
class Command:
    """One command of the table.

    Attributes
    ----------
    words : tuple of str
        `{out}` is a folder for what does not belong to the project.
    writes : {"nothing", "beside", "project"}
        Where it writes.
    first : tuple of tuple of str
        Commands that come before.
    second : int
        The exit code of the second of two at once.
    kills : int
        Of every fifty moments at which commands are killed, how many are its own.
    """

    words: tuple[str, ...]
    writes: Literal["nothing", "beside", "project"]
    first: tuple[tuple[str, ...], ...] = ()
    second: int = 0
    kills: int = 0


def _of(words: str, writes: Literal["nothing", "beside", "project"], **more: object) -> Command:
    return Command(tuple(words.split()), writes, **more)  # type: ignore[arg-type]


LAW = ("--set", "advanced", "--place", "Bắc Giang")
COMMANDS: Mapping[str, Command] = {
    "check": _of("check", "nothing"),
    "results": _of("results --format csv", "nothing"),
    "evidence": _of("evidence --format csv", "nothing"),
    "requests": _of("requests --format json", "nothing"),
    "audit": _of("audit sound.txt --format json", "nothing"),
    "rules list": _of("rules list --on 2024-11-26 --format csv", "nothing"),
    "form": _of(f"form --fill {RUN} --force --out {{out}}/form.xlsx", "beside", kills=3),
    "export": _of("export --force --out {out}/data", "beside", kills=5),
    "documents": _of(f"documents {RUN} --force --to docx --out {{out}}/docs", "beside", kills=4),
    "draft": _of(
        "draft report.txt --id xa-an-lac --on 2023-12-08 --force --out {out}/draft.xlsx",
        "beside", kills=2,
    ),
    "rules form": Command(("rules", "form", *LAW, "--force", "--out", "{out}/law.xlsx"), "beside"),
    "import": _of("import form.xlsx --force --yes", "project", kills=6),
    "new": _of("new xa-moi-2024", "project", second=1, kills=4),
    "new year": _of(
        f"new {COMMUNE}-2025 --from {RUN} --on 2025-06-30", "project", second=1, kills=2
    ),
    "requests --write": _of("requests --write", "project", kills=3),
    "rules import": _of("rules import law.xlsx --force", "project", kills=3),
    "remove": _of(f"remove {COMMUNE} --yes", "project", second=1, kills=3),
    "rename": _of(f"rename {COMMUNE} xa-khac --yes", "project", second=1, kills=3),
    "restore": _of(
        f"restore {COMMUNE}-1 --yes", "project",
        first=(("remove", COMMUNE, "--yes"),), kills=3,
    ),
    "run": _of("run --jobs 2", "project", kills=4),
    "book": _of("book --renderer builtin --to html", "project", first=(("run",),), kills=3),
    "shelf": _of(
        "book --renderer builtin --to html --split-by commune", "project",
        first=(("run",),), kills=2,
    ),
}  # fmt: skip
"""What people type; together the kills are fifty."""


@dataclass(frozen=True)
class Surroundings:
    """Where a command is started.

    Attributes
    ----------
    name : str
    environment : dict of str to (str or None)
        Variables that are set, or taken away.
    limit : int or None
        The size in bytes beyond which no file may grow, as on a full disk.
    powerless : bool
        Without a superuser's right to write where the rights of files forbid it.
    """

    name: str = ""
    environment: Mapping[str, str | None] = field(default_factory=dict)
    limit: int | None = None
    powerless: bool = False


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    told: str

    def fault(self, *codes: int) -> str:
        """Return what is wrong with an end that has to have one of some exit codes."""
        if "Traceback" in self.told or "ntm-error.log" in self.told:
            return f"a traceback: {self.told[-1500:]}"
        if self.code not in codes:
            return f"exit code {self.code}: {(self.told or self.said)[-1500:]}"
        if self.code and not (self.told + self.said).strip():
            return "no word about what is wrong"
        return ""


STARTED = """\
import os, runpy, signal, sys
limit, powerless, cut, root, count = sys.argv[1:6]
if powerless and os.geteuid() == 0:
    # A superuser loses the right to write (and read) what the rights of files forbid.
    import ctypes
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP, from the next program on
    words = list(sys.orig_argv)
    words[words.index("powerless")] = ""
    os.execv(sys.executable, words)
del sys.argv[1:6]
if limit:
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit),) * 2)
steps = 0
CHANGES = {"os.rename": 2, "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.truncate": 1}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def watch(event, arguments):
    global steps
    if event == "open":
        if not isinstance(arguments[2], int) or not arguments[2] & WRITING:
            return
    elif event not in CHANGES:
        return
    path = arguments[0]
    if not isinstance(path, (str, bytes, os.PathLike)):
        return
    path = os.path.abspath(os.fsdecode(path))
    if not path.startswith(root) or path.endswith(("lock", "holder.json", "holder.json.part")):
        return
    if str(steps) == cut:
        os.kill(os.getpid(), signal.SIGKILL)
    steps += 1
if cut:
    sys.addaudithook(watch)
    parent = os.getpid()
    import atexit
    atexit.register(lambda: os.getpid() == parent and print(steps, file=open(count, "w")))
runpy.run_module("ntm_analysis", run_name="__main__")
"""
"""Runs `ntm`; ends it before its n-th change of a file below a folder, or counts the changes."""


def start(
    root: Path,
    words: Sequence[str],
    where: Surroundings = Surroundings(),
    *,
    cut: int | None = None,
    out: Path | None = None,
) -> subprocess.Popen[str]:
    """Start a command in a project; `cut` is the change of a file before which it is killed."""
    environment = {**os.environ, "NTM_LANG": "en", "COLUMNS": "300", "PYTHONDONTWRITEBYTECODE": "1"}
    for name, value in where.environment.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    hook = [
        "" if where.limit is None else str(where.limit),
        "powerless" if where.powerless else "",
        "" if cut is None else str(cut),
        str(root),
        str(root.parent / "steps"),
    ]
    given = [word.replace("{out}", str(out or "out")) for word in words]
    return subprocess.Popen(
        [sys.executable, "-c", STARTED, *hook, *given],
        cwd=root, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
    )  # fmt: skip


def end(command: subprocess.Popen[str]) -> Ended:
    """Wait for a command's end."""
    said, told = command.communicate(timeout=300)
    return Ended(command.returncode, said, told)


def ntm(
    root: Path,
    words: Sequence[str],
    where: Surroundings = Surroundings(),
    **more: object,
) -> Ended:
    """Run a command to its end."""
    return end(start(root, words, where, **more))  # type: ignore[arg-type]


def make_scene(folder: Path, communes: int = 1) -> Project:
    """Return a project in an empty folder with all that the commands of the table take."""
    project = make_project(folder, communes)
    shutil.copytree(ROOT / "book", folder / "book")
    for name in ("index.qmd", "CITATION.cff"):
        shutil.copy2(ROOT / name, folder)
    case = load_case(project, RUN)
    (folder / "form.xlsx").write_bytes(write_form(case.rules, "vi", filling_of(project, case)))
    book = load_rulebook(project.rulebook)
    annexes.docx_codes(book, folder / "annex.docx")
    items = draft_annex(folder / "annex.docx", book, "advanced").items
    about = {
        "set": "advanced", "place": "Bắc Giang", "decision": "12/2023/QĐ-UBND",
        "date": "10/05/2023", "from": "20/05/2023", "source": "made up", "entered_by": "Nguyễn A",
    }  # fmt: skip
    (folder / "law.xlsx").write_bytes(write_law(LawSheet("advanced", about, items), book, "vi"))
    # The annex prints one value for two things; a person says that the second has none.
    _enter(folder / "law.xlsx", "19.2", "models", "requires", "unknown")
    report = yaml.safe_load((ROOT / "tests/draft/reports/prose.yaml").read_text(encoding="utf-8"))
    (folder / "report.txt").write_text(report["text"], encoding="utf-8")
    shutil.copy2(ROOT / "tests/audit/sound_report.txt", folder / "sound.txt")
    return project


def _enter(law: Path, code: str, limb: str, column: str, value: str) -> None:
    made = openpyxl.load_workbook(law)
    sheet = made[translate("law.sheet", "vi")]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if (row[0].value, row[1].value) == (code, limb):
            row[heads.index(translate(f"law.columns.{column}", "vi"))].value = value
    made.save(law)


def state(root: Path) -> dict[str, str]:
    """Return the digests of what commands make, without what is under way and what may be lost."""
    found = {}
    for part in MADE:
        for path in sorted((root / part).rglob("*")):
            inner = path.relative_to(root)
            if path.is_file() and not {STATE, FOLDER} & set(inner.parts):
                found[inner.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def keep(root: Path, place: Path) -> None:
    """Keep what commands change of a project, to be brought back."""
    for part in (*MADE, "data/backup"):
        if (root / part).exists():
            shutil.copytree(root / part, place / part)


def bring_back(root: Path, place: Path) -> None:
    """Bring back what was kept."""
    for part in (*MADE, "data/backup"):
        shutil.rmtree(root / part, ignore_errors=True)
    keep(place, root)


def every_file(root: Path, change: Callable[[Path], None], *parts: str) -> None:
    """Do something to every file of some parts of a project."""
    for part in parts:
        for path in [root / part, *sorted((root / part).rglob("*"))]:
            if path.is_file():
                change(path)

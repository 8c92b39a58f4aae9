"""Change the code in small ways and see whether the tests notice: `make mutants`.

    python -m tools.mutants assessment numbers --sample 60 --minutes 10

Works on a copy, with cosmic-ray; each room is tried by its own tests. What survives is listed with
its place; those that are known, each with its reason, stand in docs/reference/mutants.md.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("numbers", "assessment", "rulebook", "narrative", "scrutiny", "communes", "audit")
_CONFIG = """\
[cosmic-ray]
module-path = {modules}
timeout = 180.0
excluded-modules = ["**/__init__.py"]
test-command = "{python} -m pytest -q -x -p no:cacheprovider {tests}"

[cosmic-ray.distributor]
name = "local"

[cosmic-ray.filters.operators-filter]
exclude-operators = [
  "core/ReplaceBinaryOperator_BitOr_.*", # in annotations, which nobody runs
  "core/RemoveDecorator",
]
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the rooms in turn, within the time given; return how many mutants survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="ROOM or ROOM/MODULE.py")
    parser.add_argument("--sample", type=int, default=40, help="mutants of each (0: all)")
    parser.add_argument("--minutes", type=float, default=10, help="for all of them")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    until = time.monotonic() + 60 * given.minutes
    survived = 0
    for room in given.rooms:
        with tempfile.TemporaryDirectory(prefix="ntm-mutants-") as folder:
            copy = Path(folder)
            _copy(copy)
            counts, lines = _try(room, copy, given.sample, given.seed, until)
        survived += len(lines)
        tried = counts["killed"] + counts["survived"]
        share = f"{100 * counts['killed'] / tried:.0f}%" if tried else "–"
        print(f"{room}: {tried} tried, {share} killed; {counts['left']} left of the sample")
        for line in lines:
            print(f"  survived {line}")
    return min(survived, 1)


def _copy(folder: Path) -> None:
    """Copy what git knows: mutants are written into files."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, target)


def _try(
    room: str, folder: Path, sample: int, seed: int, until: float
) -> tuple[Counter[str], list[str]]:
    tests = f"tests/{room.partition('/')[0]}"
    config, session = folder / "mutants.toml", folder / "mutants.sqlite"
    text = _CONFIG.format(modules=f'"ntm_analysis/{room}"', python=sys.executable, tests=tests)
    config.write_text(text, encoding="utf-8")
    for command in (
        ["cosmic-ray", "init", config, session],
        ["cr-filter-operators", session, config],
    ):
        _call(command, folder)
    with use_db(session, WorkDB.Mode.open) as db:
        waiting = [item.job_id for item in db.pending_work_items]
        keep = set(random.Random(seed).sample(waiting, min(sample or len(waiting), len(waiting))))
        skipped = WorkResult(worker_outcome=WorkerOutcome.SKIPPED)
        for job in waiting:
            if job not in keep:
                db.set_result(job, skipped)
    _call(["cosmic-ray", "exec", config, session], folder, timeout=until - time.monotonic())
    with use_db(session, WorkDB.Mode.open) as db:
        return _read(db, len(keep))


def _call(command: Sequence[str | Path], folder: Path, timeout: float | None = None) -> None:
    program = Path(sys.executable).with_name(str(command[0]))
    with subprocess.Popen([program, *command[1:]], cwd=folder) as process:
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.terminate()
            return
    if code:
        raise SystemExit(f"{command[0]} failed ({code})")


def _read(db: WorkDB, chosen: int) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    lines = list(_survivors(db, counts))
    counts["left"] = chosen - counts["killed"] - counts["survived"]
    return counts, sorted(lines)


def _survivors(db: WorkDB, counts: Counter[str]) -> Iterator[str]:
    results = dict(db.results)
    for item in db.work_items:
        result = results.get(item.job_id)
        if result is None or result.worker_outcome != WorkerOutcome.NORMAL:
            continue
        if result.test_outcome != TestOutcome.SURVIVED:
            counts["killed"] += 1
            continue
        counts["survived"] += 1
        (mutation,) = item.mutations
        changed = [
            line for line in (result.diff or "").splitlines()
            if line[:1] in "+-" and line[:3] not in ("+++", "---")
        ]  # fmt: skip
        place = f"{mutation.module_path}:{mutation.start_pos[0]}"
        yield f"{place} {mutation.operator_name}: {' '.join(changed)}"


if __name__ == "__main__":
    raise SystemExit(main())

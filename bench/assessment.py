"""Seconds and memory of assessing very many made-up communes at once, from a Parquet file."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from bench.project import HERE
from bench.results import record
from ntm_analysis.assessment import assess_many, read_readings, readings_of, write_readings
from ntm_analysis.communes import load_cases
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import RulesInForce, load_rulebook, rules_in_force
from ntm_analysis.samples import files, generator, make

SIZES = (100, 1_000, 10_000)
MODELS, YEAR, ROUNDS = 100, 2024, 3


def rules() -> RulesInForce:
    """Return the rules that the made-up communes are assessed by."""
    book = load_rulebook(HERE / "data" / "rulebook")
    return rules_in_force(book, "advanced", "Hà Nam", dt.date(YEAR, 11, 8))


def models(folder: Path) -> pd.DataFrame:
    """Return the readings of some made-up communes, read as a user's are."""
    in_force = rules()
    (folder / "data").mkdir()
    (folder / "data" / "rulebook").symlink_to(HERE / "data" / "rulebook")
    for number in range(MODELS):
        for name, text in files(make(in_force, number, generator(1, number), (YEAR,))).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return readings_of(load_cases(Project(folder)))


def many(readings: pd.DataFrame, communes: int) -> pd.DataFrame:
    """Return the readings of many communes: larger and smaller ones of the same kinds.

    Every tenth reports each of its counts a second time, one lower.
    """
    rng = np.random.default_rng(communes)
    parts = []
    models = dict(list(readings.groupby("commune", sort=False)))
    names = list(models)
    for number in range(communes):
        part = models[names[number % len(names)]].copy()
        counts = (part["low"] > 20) & (part["low"] == part["low"].round())
        part.loc[counts, ["low", "high"]] *= int(rng.integers(1, 9))
        part["primary"] = True
        if number % 10 == 0:
            other = part[counts].copy()
            other[["low", "high"]] -= 1
            other["text"] = other["low"].map("{:.0f}".format)
            part = pd.concat([part, other.assign(primary=False)])
        parts.append(part.assign(commune=f"xa-{number:05}"))
    return pd.concat(parts, ignore_index=True)


def assess_file(path: Path) -> None:
    """Assess the communes of a file; print CPU seconds (verdicts, all) and the peak in MiB."""
    import resource

    in_force = rules()
    readings, keys = read_readings(path)
    grades = np.random.default_rng(0).choice(list("ABCDE"), (len(in_force.rules), len(keys)))
    seconds = []
    for full in (False, True):
        rounds = []
        for _ in range(ROUNDS):
            started = time.process_time()
            assess_many(in_force, readings, len(keys), full=full, grades=grades)
            rounds.append(time.process_time() - started)
        seconds.append(min(rounds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(*seconds, peak)


def main() -> None:
    """Measure and record."""
    measured: dict[int, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = models(folder)
        for size in SIZES:
            path = folder / f"{size}.parquet"
            write_readings(path, many(known, size))
            command = [sys.executable, "-m", "bench.assessment", str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE)
            measured[size] = [float(word) for word in done.stdout.split()]
            megabytes = path.stat().st_size / 2**20
            print(f"{size:7} communes: {done.stdout.strip()} (file {megabytes:.1f} MiB)")
    verdicts, full, peak = measured[10_000]
    record(
        assessment_10000_s=round(full, 3),
        assessment_10000_verdicts_s=round(verdicts, 3),
        assessment_s_by_communes={str(n): round(took[1], 3) for n, took in measured.items()},
        verdicts_s_by_communes={str(n): round(took[0], 3) for n, took in measured.items()},
        assessment_peak_mib=round(peak, 1),
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        assess_file(Path(sys.argv[1]))
    else:
        main()

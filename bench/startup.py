"""CPU of starting commands, as ratios to `python -c pass` on the same machine."""

from __future__ import annotations

import resource
import subprocess
import sys

from bench.project import HERE
from bench.results import record

ROUNDS = 3
COMMANDS = {
    "start_help_ratio": ("-m", "ntm_analysis", "--help"),
    "start_check_ratio": ("-m", "ntm_analysis", "check", "liem-can-2024"),
    "start_results_ratio": ("-m", "ntm_analysis", "results", "liem-can-2024"),
}


def cpu(*arguments: str) -> float:
    """Return the seconds of CPU of a fresh Python, the least of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], cwd=HERE, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, used)
    return best


def main() -> None:
    """Measure and record."""
    bare = cpu("-c", "pass")
    record(**{key: round(cpu(*command) / bare, 1) for key, command in COMMANDS.items()})


if __name__ == "__main__":
    main()

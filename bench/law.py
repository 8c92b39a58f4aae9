"""CPU seconds of resolving the law for very many communes of provinces with zones."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from pathlib import Path

from bench.project import HERE
from bench.results import record
from ntm_analysis.rulebook import Rulebook, load_rulebook, rules_in_force
from ntm_analysis.rulebook.divisions import Locality

COMMUNES, PROVINCES, ZONES, ROUNDS = 10_000, 63, 3, 3
ON = dt.date(2024, 11, 8)
TARGET = 1.0
"""Seconds of CPU for all communes, the first of each kind worked out anew."""


def province(number: int) -> str:
    """Return the file of a made-up decision with zones, each with a value of its own."""
    name = f"Mẫu {number:02}"
    parts = [
        f"      - {{key: vung-{zone}, name: {{vi: Vùng {zone}, en: Zone {zone}}}}}"
        for zone in range(1, ZONES + 1)
    ]
    values = [
        f'    - {{requires: ">= {80 + number % 10 + zone}", division: vung-{zone}}}'
        for zone in range(1, ZONES + 1)
    ]
    return "\n".join([
        f"place: {name}",
        "decisions:",
        f"  1/2023/QĐ-UBND@tinh-{number:02}:",
        "    number: 1/2023/QĐ-UBND",
        f"    place: {name}",
        "    issuer: {vi: Ủy ban nhân dân tỉnh, en: People's Committee}",
        "    date: 2023-01-05",
        "    title: {vi: Bộ tiêu chí, en: A set}",
        "    source: made up for a measurement",
        f"decision: 1/2023/QĐ-UBND@tinh-{number:02}",
        "from: 2023-01-15",
        "source: made up for a measurement",
        "divisions:",
        "  - key: vung",
        "    name: {vi: Vùng, en: Zone}",
        "    parts:",
        *parts,
        "thresholds:",
        '  "9":',
        *values,
        '  "2.3":',
        *values,
        "",
    ])  # fmt: skip


def rulebook(folder: Path) -> Rulebook:
    """Return the rulebook with a decision of every made-up province beside its own."""
    import shutil

    book = folder / "rulebook"
    shutil.copytree(HERE / "data" / "rulebook", book)
    target = book / "advanced" / "provinces"
    target.mkdir(exist_ok=True)
    for number in range(PROVINCES):
        (target / f"tinh-{number:02}.yaml").write_text(province(number), encoding="utf-8")
    return load_rulebook(book)


def places() -> list[Locality]:
    """Return where the communes lie: each province and zone, each with a code of its own."""
    return [
        Locality(
            f"Mẫu {number % PROVINCES:02}",
            f"{number:05}",
            frozenset({f"vung-{1 + number // PROVINCES % ZONES}"}),
        )
        for number in range(COMMUNES)
    ]


def main() -> None:
    """Measure and record."""
    took = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            book = rulebook(Path(name))
            communes = places()
            started = time.process_time()
            told = {id(rules_in_force(book, "advanced", place, ON).rules) for place in communes}
            took.append(time.process_time() - started)
            assert len(told) >= PROVINCES * ZONES, "every zone has rules of its own"
    print(f"law of {COMMUNES} communes: {min(took):.3f} s of CPU (target {TARGET:.1f} s)")
    record(law_10000_s=round(min(took), 3), law_10000_target_s=TARGET)


if __name__ == "__main__":
    main()

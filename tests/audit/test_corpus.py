"""Precision and recall on labelled sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ntm_analysis.audit import AuditRow, audit, passages

CORPUS = Path(__file__).parent / "corpus.yaml"


@dataclass(frozen=True)
class Entry:
    text: str
    flags: Counter[str]
    agrees: Counter[str]


def _entries() -> list[Entry]:
    data = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    return [
        Entry(d["text"], Counter(d.get("flags", [])), Counter(d.get("agrees", []))) for d in data
    ]


ENTRIES = _entries()


def _rows(entry: Entry) -> list[AuditRow]:
    return audit(passages(entry.text.splitlines()))


def _flags(rows: list[AuditRow]) -> Counter[str]:
    return Counter(f"{r.check}/{r.verdict}" for r in rows if r.verdict != "agrees")


def _agreeing(rows: list[AuditRow]) -> Counter[str]:
    return Counter(r.check for r in rows if r.verdict == "agrees")


def test_the_corpus_is_large_and_full_of_traps():
    assert len(ENTRIES) >= 120
    assert len({e.text for e in ENTRIES}) == len(ENTRIES)
    assert sum(bool(e.flags) for e in ENTRIES) >= 45
    assert sum(not e.flags and not e.agrees for e in ENTRIES) >= 45


def test_precision_and_recall(capsys):
    right = found = wanted = 0
    right_all = wanted_all = found_all = 0
    for entry in ENTRIES:
        rows = _rows(entry)
        flags, agreeing = _flags(rows), _agreeing(rows)
        right += (flags & entry.flags).total()
        found += flags.total()
        wanted += entry.flags.total()
        right_all += (flags & entry.flags).total() + (agreeing & entry.agrees).total()
        found_all += flags.total() + agreeing.total()
        wanted_all += entry.flags.total() + entry.agrees.total()
    with capsys.disabled():
        print(
            f"\naudit, {len(ENTRIES)} entries: faults precision {right / found:.3f}, recall "
            f"{right / wanted:.3f} ({wanted}); all rows precision {right_all / found_all:.3f}, "
            f"recall {right_all / wanted_all:.3f} ({wanted_all})"
        )
    assert right / found == 1.0
    assert right / wanted >= 0.97
    assert right_all / wanted_all >= 0.97
    assert right_all / found_all >= 0.97


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.text[:50])
def test_each_entry(entry):
    rows = _rows(entry)
    assert _flags(rows) == entry.flags, [(r.quote, r.stated, r.recomputed, r.check) for r in rows]
    assert _agreeing(rows) == entry.agrees, [(r.quote, r.stated, r.check) for r in rows]

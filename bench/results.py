"""Where measurements are kept: `reports/bench.json`, one key a measure."""

from __future__ import annotations

import json
from typing import Any

from bench.project import HERE

FILE = HERE / "reports" / "bench.json"


def recorded() -> dict[str, Any]:
    """Return what was measured last."""
    try:
        known: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def record(**measures: Any) -> None:
    """Write measures beside those that other measurements wrote."""
    known = recorded()
    FILE.parent.mkdir(exist_ok=True)
    text = json.dumps({**known, **measures}, indent=2, sort_keys=True)
    FILE.write_text(f"{text}\n", encoding="utf-8")
    for name, value in measures.items():
        print(f"{name:24} {value}")

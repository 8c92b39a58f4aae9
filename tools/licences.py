"""Write docs/reference/licences.md: what the project runs with, and under which licences.

Read from the packages installed in .venv, as locked; run it after a change of dependencies.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "licences.md"
HEAD = """\
# Licences of what it runs with

Written by `make licences` from the packages' own metadata; a test holds the list against
`pyproject.toml`. What is for tests and development alone is not in it. `make sbom` writes the same
packages with their versions as a bill of materials (CycloneDX 1.5) to `reports/sbom.json`; the
hashes of their files are in `uv.lock`.

| package | licence |
|---|---|
"""


def closure(names: Iterable[str]) -> set[str]:
    """Return packages with all that they need here, by their canonical names."""
    found: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        extras = one.extras or {""}
        if (one.marker and not one.marker.evaluate()) or (name in found and not one.extras):
            continue
        new = name not in found
        found.add(name)
        for text in metadata.requires(name) or ():
            needed = Requirement(text)
            wanted = any(needed.marker.evaluate({"extra": e}) for e in extras) if needed.marker \
                else new  # fmt: skip
            if wanted and canonicalize_name(needed.name) not in found:
                waiting.append(Requirement(str(needed).partition(";")[0]))
    return found


def licence(name: str) -> str:
    """Return a package's licence as its metadata say, the shortest way that they say it."""
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return str(expression)
    classed = [
        text.rpartition(" :: ")[2]
        for text in about.get_all("Classifier") or ()
        if text.startswith("License :: ") and not text.endswith("OSI Approved")
    ]
    stated = (about.get("License") or "").strip()
    short = stated if stated and "\n" not in stated and len(stated) < 60 else ""
    return "; ".join(classed) or short or "see the package"


def page() -> str:
    """Return the page."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [
        f"| {name} | {re.sub(r'[|]', '/', licence(name))} |"
        for name in sorted(closure(project["dependencies"]))
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

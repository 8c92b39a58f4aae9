"""A temporary project with many communes, all copies of one."""

from __future__ import annotations

import shutil
from pathlib import Path

from ntm_analysis.paths import Project

HERE = Path(__file__).resolve().parent.parent
MODEL = "liem-can"
YEAR = 2024


def make_project(folder: Path, communes: int) -> Project:
    """Return a project in an empty folder with copies of one commune under other names."""
    for name in ("data/rulebook", "notebooks"):
        shutil.copytree(HERE / name, folder / name)
    shutil.copy2(HERE / "_quarto.yml", folder)
    (folder / "params").mkdir()
    model = HERE / "data" / "communes" / MODEL
    params = (HERE / "params" / f"{MODEL}-{YEAR}.yaml").read_text(encoding="utf-8")
    for number in range(communes):
        key = f"xa-{number:05}"
        own = folder / "data" / "communes" / key
        shutil.copytree(model, own)
        profile = own / "commune.yaml"
        text = profile.read_text(encoding="utf-8").replace(f"id: {MODEL}", f"id: {key}")
        profile.write_text(text, encoding="utf-8")
        text = params.replace(f"commune: {MODEL}", f"commune: {key}")
        (folder / "params" / f"{key}-{YEAR}.yaml").write_text(text, encoding="utf-8")
    return Project(folder)

"""`ntm schemas`: the JSON Schemas of the YAML files, and their mention in the files."""

from __future__ import annotations

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.cli.console import out
from ntm_analysis.cli.data import project_here
from ntm_analysis.schemas import MODELS, files_of, reference, schema


def write_schemas() -> None:
    """Write every schema, and name it in the first line of the files it is for."""
    root = project_here().root
    for name in MODELS:
        write_text(root / "schemas" / f"{name}.schema.json", schema(name))
        out.print(f"  schemas/{name}.schema.json", markup=False)
        for path in files_of(root, name):
            text = path.read_text(encoding="utf-8")
            line = reference(path, root, name)
            first, _, rest = text.partition("\n")
            if first.startswith("# yaml-language-server:"):
                text = rest
            if first != line:
                write_text(path, f"{line}\n{text}")

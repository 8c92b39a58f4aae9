"""Writing the dataset: all of it, or nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from ntm_analysis.assessment import assess
from ntm_analysis.batch.atomic import PART, write_all
from ntm_analysis.communes import Case
from ntm_analysis.dataset.check import check_tables
from ntm_analysis.dataset.citation import Citation, read_citation
from ntm_analysis.dataset.codebook import codebook_markdown, codebook_table
from ntm_analysis.dataset.package import NAME, datapackage, jsonld, to_json
from ntm_analysis.dataset.readme import readme
from ntm_analysis.dataset.schema import CODEBOOK, TABLES
from ntm_analysis.dataset.tables import (
    criteria_table,
    figures_table,
    findings_table,
    results_table,
    rules_table,
)
from ntm_analysis.dataset.text import to_csv
from ntm_analysis.forms.check import load_sound
from ntm_analysis.language import say, translate
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem

DESCRIPTOR: Final = "datapackage.json"
FILES: Final = frozenset(
    {
        *(f"{table.name}.{kind}" for table in TABLES for kind in ("csv", "parquet")),
        *("codebook.csv", "codebook.md", "README.md", "dataset.jsonld", DESCRIPTOR),
    }
)


def export(
    project: Project, out: Path, names: Sequence[str] | None = None, *, force: bool = False
) -> dict[str, int]:
    """Write the dataset of a project.

    Parameters
    ----------
    project : Project
    out : Path
        The folder to write; made where there is none.
    names : sequence of str, optional
        The runs to export; all by default.
    force : bool
        Whether files of an earlier export are replaced; other files stay as they are.

    Returns
    -------
    dict of str to int
        The number of rows of each table.

    Raises
    ------
    DataErrors
        If the data has problems, or there is something in the folder; nothing is written then.
    """
    problems = Collector()
    _check_folder(out, problems, force=force)
    problems.raise_if_any()
    cases = load_sound(project, names)
    tables = make_tables(cases)
    files = make_files(tables, read_citation(project.root), _sources(cases, tables["rules"]))
    try:
        write_all(out, files, seal=DESCRIPTOR)
    except OSError as error:
        problem = say("dataset.write", reason=error.strerror or str(error))
        raise DataErrors([Problem(str(out), problem, say("dataset.write_wanted"))]) from error
    return {name: table.num_rows for name, table in tables.items()}


def _check_folder(out: Path, problems: Collector, *, force: bool) -> None:
    if out.exists() and not out.is_dir():
        problems.add(Problem(str(out), say("dataset.file"), say("dataset.file_wanted")))
    elif out.is_dir() and not _is_begun(path.name for path in out.iterdir()):
        # A folder of another kind may hold a README.md of its own.
        ours = _is_dataset(out / DESCRIPTOR)
        if not (force and ours):
            key = "dataset.foreign_folder" if force else "dataset.exists"
            problems.add(Problem(str(out), say(key), say(f"{key}_wanted")))


def _is_dataset(descriptor: Path) -> bool:
    """Return whether a folder holds what an export wrote, be it one that was killed."""
    try:
        return bool(json.loads(descriptor.read_text(encoding="utf-8"))["name"] == NAME)
    except FileNotFoundError:
        names = {path.name for path in descriptor.parent.iterdir()}
        whole = {name for name in names if not name.endswith(PART)}
        # The descriptor comes last: until then its part lies beside what is in its place.
        under_way = any(_begun(name) == DESCRIPTOR for name in names)
        return under_way or ("codebook.md" in whole and whole <= FILES)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _is_begun(names: Iterable[str]) -> bool:
    """Return whether a folder holds nothing, or only parts of an export that was killed."""
    return all(_begun(name) in FILES for name in names)


def _begun(name: str) -> str:
    """Return the name of the file of which a file is a part; empty where it is none."""
    is_part = name.startswith(".") and name.endswith(PART)
    return name[1:].removesuffix(PART).rpartition(".")[0] if is_part else ""


def make_tables(cases: Sequence[Case]) -> dict[str, pa.Table]:
    """Return the tables and the codebook, checked.

    Raises
    ------
    DataErrors
        If a table breaks its schema.
    """
    ordered = sorted(cases, key=lambda case: (case.params.commune, case.params.year))
    assessment = assess(ordered, "vi")
    tables = {
        "results": results_table(assessment),
        "criteria": criteria_table(assessment),
        "figures": figures_table(ordered),
        "findings": findings_table(assessment),
        "rules": rules_table(ordered),
        "codebook": codebook_table(ordered[0].rules.rulebook),
    }
    problems = Collector()
    check_tables({one.name: (one, tables[one.name]) for one in (*TABLES, CODEBOOK)}, problems)
    problems.raise_if_any()
    return tables


def make_files(
    tables: dict[str, pa.Table], citation: Citation, sources: Sequence[dict[str, str]]
) -> dict[str, bytes]:
    """Return all files of the dataset by name: the same tables, the same bytes."""
    files = {f"{one.name}.csv": to_csv(one, tables[one.name]) for one in (*TABLES, CODEBOOK)}
    for table in TABLES:
        files[f"{table.name}.parquet"] = to_parquet(tables[table.name])
    files["codebook.md"] = codebook_markdown(tables["codebook"]).encode()
    files["README.md"] = readme(citation, tables).encode()
    descriptor = to_json(datapackage(citation, sources, files))
    files["dataset.jsonld"] = to_json(jsonld(citation, tables, files))
    files[DESCRIPTOR] = descriptor
    return files


def to_parquet(table: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd", version="2.6")
    return stream.getvalue()


def _sources(cases: Sequence[Case], rules: pa.Table) -> list[dict[str, str]]:
    """Return the decisions that the rules come from, and the communes' own figures."""
    decisions = cases[0].rules.rulebook.decisions
    keys = sorted({key for key in rules.column("decision").to_pylist() if key})
    named = [decisions[key] for key in keys]
    titles = [f"{one.number} ({one.place}): {one.title.vi}" for one in named]
    return [{"title": title} for title in (*titles, translate("dataset.figures_source", "en"))]

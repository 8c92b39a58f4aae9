"""The page that goes with the dataset."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import jinja2
import pyarrow as pa
import pyarrow.compute as pc

from ntm_analysis.dataset.citation import LICENCE, LICENCE_TITLE, LICENCE_URL, Citation
from ntm_analysis.dataset.schema import CODEBOOK, TABLES
from ntm_analysis.language import LANGUAGES, translate
from ntm_analysis.numbers import format_number


@cache
def _template() -> jinja2.Template:
    text = resources.files("ntm_analysis.dataset").joinpath("templates", "README.md.j2")
    # Markdown, not HTML: nothing to escape; the texts are ours, and counts.
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    return environment.from_string(text.read_text("utf-8"))


def readme(citation: Citation, tables: Mapping[str, pa.Table]) -> str:
    """Return README.md, in both languages."""
    results = tables["results"]
    reports = results.select(["commune", "year", "synthetic"]).group_by(
        ["commune", "year", "synthetic"]
    )
    every = reports.aggregate([])
    made_up = pc.sum(every.column("synthetic")).as_py() or 0
    counts = {"reports": every.num_rows, "synthetic": made_up}
    return _template().render(
        title=_both("dataset.title"),
        description=_both("dataset.description"),
        counts=_counted("dataset.counts", counts),
        synthetic=made_up,
        made_up=_counted("dataset.made_up", counts),
        reading=_both("dataset.reading"),
        heads={
            key: " / ".join(_both(f"dataset.head_{key}").values())
            for key in ("files", "file", "rows", "content", "licence", "citation")
        },
        tables=[
            {
                "name": table.name,
                "rows": tables[table.name].num_rows,
                **{lang: table.title(lang) for lang in LANGUAGES},
            }
            for table in TABLES
        ],
        codebook={lang: CODEBOOK.title(lang) for lang in LANGUAGES},
        codebook_rows=tables["codebook"].num_rows,
        folder="ntm-dataset",
        licence=LICENCE_TITLE,
        licence_name=LICENCE,
        licence_url=LICENCE_URL,
        citation=citation.text(),
    )


def _both(key: str) -> dict[str, str]:
    return {lang: translate(key, lang) for lang in LANGUAGES}


def _counted(key: str, counts: Mapping[str, int]) -> dict[str, str]:
    return {
        lang: translate(
            key, lang, **{name: format_number(count, lang) for name, count in counts.items()}
        )
        for lang in LANGUAGES
    }

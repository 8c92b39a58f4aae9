"""The descriptors of the dataset: Data Package and schema.org."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from ntm_analysis.dataset.citation import LICENCE, LICENCE_TITLE, LICENCE_URL, Citation
from ntm_analysis.dataset.schema import CODEBOOK, TABLES, Field, Table
from ntm_analysis.language import translate

NAME = "ntm-dataset"
_TYPES = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}


def to_json(data: Mapping[str, Any]) -> bytes:
    """Return JSON as it is written: readable, in a fixed order."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def datapackage(
    citation: Citation, sources: Iterable[Mapping[str, str]], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Return the Data Package descriptor (version 1) of the CSV files.

    Parameters
    ----------
    citation : Citation
    sources : iterable of mapping
        `title`, and `path` where there is an address.
    files : mapping of str to bytes
        What will be written, by name.
    """
    package = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": translate("dataset.title", "en"),
        "description": translate("dataset.description", "en"),
        "version": citation.version,
        "homepage": citation.url,
        "keywords": list(citation.keywords),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": LICENCE_TITLE}],
        "contributors": [{"title": author, "role": "author"} for author in citation.authors],
        "sources": [dict(source) for source in sources],
        "resources": [_resource(table, files) for table in (*TABLES, CODEBOOK)],
    }
    return {key: value for key, value in package.items() if value}


def _resource(table: Table, files: Mapping[str, bytes]) -> dict[str, Any]:
    content = files[f"{table.name}.csv"]
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign:
        schema["foreignKeys"] = [
            {
                "fields": list(one.fields),
                "reference": {"resource": one.table, "fields": list(one.to)},
            }
            for one in table.foreign
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title("en"),
        "description": table.description("en"),
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": _TYPES[".csv"],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {
        "required": field.required or None,
        "enum": list(field.enum) or None,
        "pattern": field.pattern,
        "minimum": field.minimum,
        "maximum": field.maximum,
    }
    kept = {key: value for key, value in constraints.items() if value is not None}
    found: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.label("en"),
        "description": field.definition("en"),
    }
    if field.type == "date":
        found["format"] = "default"
    return found | ({"constraints": kept} if kept else {})


def jsonld(
    citation: Citation, tables: Mapping[str, pa.Table], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Return the dataset as schema.org describes it, for search engines."""
    results, rules, book = tables["results"], tables["rules"], tables["codebook"].to_pylist()
    units = {row["name"]: row["label_en"] for row in book if row["entry"] == "unit"}
    years = sorted(set(results.column("year").to_pylist()))
    provinces = sorted(set(results.column("province").to_pylist()))
    measured = {
        code: (name, unit)
        for code, name, unit in zip(
            *(rules.column(one).to_pylist() for one in ("indicator", "name_en", "unit")),
            strict=True,
        )
    }
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": translate("dataset.title", "en"),
        "alternateName": translate("dataset.title", "vi"),
        "description": translate("dataset.description", "en"),
        "version": citation.version,
        "url": citation.url,
        "identifier": f"https://doi.org/{citation.doi}" if citation.doi else "",
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": ["vi", "en"],
        "keywords": list(citation.keywords),
        "creator": [{"@type": "Organization", "name": author} for author in citation.authors],
        "citation": citation.text(),
        "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
        "spatialCoverage": [{"@type": "Place", "name": province} for province in provinces],
        "variableMeasured": [
            {"@type": "PropertyValue", "propertyID": code, "name": name, "unitText": units[unit]}
            for code, (name, unit) in measured.items()
        ],
        "distribution": [_download(name, files[name]) for name in sorted(files) if "." in name],
    }
    return {key: value for key, value in dataset.items() if value not in ("", [])}


def _download(name: str, content: bytes) -> dict[str, Any]:
    suffix = name[name.rindex(".") :]
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": name,
        "encodingFormat": _TYPES.get(suffix, "text/markdown"),
        "contentSize": f"{len(content)} B",
        "sha256": hashlib.sha256(content).hexdigest(),
    }

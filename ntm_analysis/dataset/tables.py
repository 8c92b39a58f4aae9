"""The tables of the dataset, made from communes' cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from ntm_analysis.assessment import Assessment
from ntm_analysis.communes import Case
from ntm_analysis.dataset.schema import CRITERIA, FIGURES, FINDINGS, RESULTS, RULES, Table
from ntm_analysis.rulebook import Rule, RulesInForce
from ntm_analysis.scrutiny import findings_frame, scrutinise

_ARROW: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Return a table's columns as Arrow types, with their English labels."""
    return pa.schema(
        [
            pa.field(
                field.name,
                _ARROW[field.type],
                nullable=not field.required,
                metadata={"label": field.label("en"), "nhãn": field.label("vi")},
            )
            for field in table.fields
        ]
    )


def to_arrow(table: Table, frame: pd.DataFrame) -> pa.Table:
    """Return a table's columns in order, typed; empty text becomes a missing value.

    The schema says nothing of pandas, so that the same rows give the same bytes.
    """
    arrays = []
    for field in table.fields:
        column = frame[field.name]
        if field.type == "string":
            words = [cell if isinstance(cell, str) and cell else None for cell in column]
            arrays.append(pa.array(words, pa.string()))
        elif field.type == "number":
            numbers = column.to_numpy(dtype=np.float64)
            arrays.append(pa.array(numbers, pa.float64(), mask=~np.isfinite(numbers)))
        else:
            arrays.append(pa.array(list(column), _ARROW[field.type]))
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as pandas has it, dates as timestamps."""
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    return frame


def results_table(assessment: Assessment) -> pa.Table:
    """Return one row a commune-year and indicator: `ntm results`, and where and by which rules.

    Parameters
    ----------
    assessment : Assessment
        With names in Vietnamese.
    """
    frame = assessment.published()
    words = frame["value"].map(lambda cell: cell if isinstance(cell, str) else "")
    frame["value_text"] = words
    frame["value"] = pd.to_numeric(frame["value"].where(words == ""))
    frame["kind"] = assessment.results["kind"]
    owners = _owners(assessment, frame)
    frame["name_en"] = [
        case.rules.by_code[code].indicator.name.en
        for case, code in zip(owners, frame["indicator"], strict=True)
    ]
    return to_arrow(RESULTS, frame.assign(**_under(owners), **_where(owners)))


def criteria_table(assessment: Assessment) -> pa.Table:
    """Return one row a commune-year and criterion: its verdict, standing and conclusion."""
    frame = assessment.criteria.copy()
    owners = _owners(assessment, frame)
    names = [
        case.rules.loaded.criterion[int(number)].name
        for case, number in zip(owners, frame["criterion"], strict=True)
    ]
    frame["name"] = [name.vi for name in names]
    frame["name_en"] = [name.en for name in names]
    return to_arrow(CRITERIA, frame.assign(**_under(owners), **_where(owners)))


def _owners(assessment: Assessment, frame: pd.DataFrame) -> list[Case]:
    """Return the case of each row."""
    cases = {(case.params.commune, case.params.year): case for case in assessment.cases}
    return [cases[key] for key in zip(frame["commune"], frame["year"], strict=True)]


def _under(cases: Sequence[Case]) -> dict[str, list[Any]]:
    return {
        "commune_name": [case.commune.name for case in cases],
        "set": [case.params.set for case in cases],
        "on": [case.params.on for case in cases],
    }


def _where(cases: Sequence[Case]) -> dict[str, list[Any]]:
    return {
        "province": [case.commune.province for case in cases],
        "district": [case.commune.district for case in cases],
        "synthetic": [case.commune.synthetic for case in cases],
    }


def figures_table(cases: Sequence[Case]) -> pa.Table:
    """Return one row a reading: every figure in every place where it is reported."""
    pairs = [(case, reading) for case in cases for reading in case.readings]
    readings = [reading for _, reading in pairs]
    own = ("low", "high", "low_open", "high_open", "status", "text", "unit", "as_of", "source")
    names = ("row", "variable", "indicator", *own, "primary", "possible", "note", "note_en")
    columns: dict[str, list[Any]] = {
        name: [getattr(reading, name) for reading in readings] for name in names
    }
    columns["value"] = [reading.low if reading.exact else np.nan for reading in readings]
    columns["commune"] = [case.params.commune for case, _ in pairs]
    columns["year"] = [case.params.year for case, _ in pairs]
    columns |= _where([case for case, _ in pairs])
    return to_arrow(FIGURES, pd.DataFrame(columns, columns=list(FIGURES.columns), dtype=object))


def findings_table(assessment: Assessment) -> pa.Table:
    """Return one row a finding, the gravest of each commune-year first."""
    frames = []
    for case in assessment.cases:
        frame = findings_frame(case, scrutinise(case, assessment), assessment)
        frame["number"] = range(1, len(frame) + 1)
        for name in ("asked_on", "due_on", "answered_on"):
            frame[name] = [dt.date.fromisoformat(day) if day else None for day in frame[name]]
        frame["round"] = pd.Series([n or None for n in frame["round"]], dtype=object)
        frames.append(frame.assign(**_where([case] * len(frame))))
    # A frame without rows has columns without types, which would spoil those of the others.
    filled = [frame for frame in frames if len(frame)] or frames
    return to_arrow(FINDINGS, pd.concat(filled, ignore_index=True))


def rules_table(cases: Sequence[Case]) -> pa.Table:
    """Return one row an indicator in force, for every set, province and day of the cases."""
    found: dict[tuple[str, str, dt.date], RulesInForce] = {}
    for case in cases:
        found.setdefault((case.params.set, case.commune.province, case.params.on), case.rules)
    rows = [
        {"set": key[0], "province": key[1], "on": key[2], **_rule(found[key], rule)}
        for key in sorted(found)
        for rule in found[key].rules
    ]
    return to_arrow(RULES, pd.DataFrame(rows, columns=list(RULES.columns), dtype=object))


def _rule(rules: RulesInForce, rule: Rule) -> dict[str, Any]:
    indicator, threshold = rule.indicator, rule.threshold
    own, *others = indicator.limbs
    decision = rules.rulebook.decisions.get(rule.decision)
    return {
        "criterion": indicator.criterion,
        "indicator": rule.code,
        "name": indicator.name.vi,
        "name_en": indicator.name.en,
        "kind": indicator.kind,
        "unit": indicator.unit,
        "requires": rule.own.text,
        "limbs": "; ".join(f"{limb.key}: {rule.requirements[limb.key].text}" for limb in others),
        "formula": own.formula,
        "place": threshold.place if threshold else None,
        "from": threshold.from_ if threshold else None,
        "until": threshold.until if threshold else None,
        "decision": rule.decision,
        "decision_number": decision.number if decision else None,
        "decision_date": decision.date if decision else None,
        "verified": threshold.verified if threshold else None,
        "source": threshold.source if threshold else None,
    }

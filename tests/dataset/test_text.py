"""CSV that a spreadsheet opens without running anything, and checks before writing."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest

from ntm_analysis.dataset.check import check_tables
from ntm_analysis.dataset.schema import Field, ForeignKey, Table
from ntm_analysis.dataset.tables import to_arrow
from ntm_analysis.dataset.text import safe, to_csv
from ntm_analysis.problems import Collector

TABLE = Table(
    "results",
    (
        Field("commune", required=True, pattern="[a-z-]+"),
        Field("value", "number"),
        Field("verdict", enum=("met", "not_met")),
        Field("year", "integer", minimum=2010, maximum=2100),
    ),
    ("commune",),
    (ForeignKey(("verdict",), "results", ("verdict",)),),
)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "=HYPERLINK(1)"],
)
def test_formulas_are_disarmed(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", ">= 95", "80-110", "'=1", "1.1", "liem-can", "−1"])
def test_other_text_stays(text: str) -> None:
    assert safe(text) == text


def table(**columns: list[object]) -> pa.Table:
    size = len(next(iter(columns.values())))
    fields = {field.name: field for field in TABLE.fields}
    kinds = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64()}
    return pa.table(
        {
            name: pa.array(columns.get(name, [None] * size), kinds[field.type])
            for name, field in fields.items()
        }
    )


def test_numbers_stay_numbers_and_text_cannot_run() -> None:
    data = table(commune=["=cmd()", "a"], value=[-1.5, 2692.0], year=[2024, None])
    text = to_csv(TABLE, data).decode()
    assert not text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text)))[1:] == [
        ["'=cmd()", "-1.5", "", "2024"],
        ["a", "2692", "", ""],
    ]


def test_numbers_are_written_to_the_last_digit() -> None:
    numbers = [0.1 + 0.2, 1e-12, 72.403, 1e20]
    text = to_csv(TABLE, table(commune=list("abcd"), value=numbers)).decode()
    assert [float(row["value"]) for row in csv.DictReader(io.StringIO(text))] == numbers


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"commune": ["a", None]}, "commune"),
        ({"commune": ["a", "B!"]}, "commune"),
        ({"commune": ["a", "a"]}, "commune"),
        ({"commune": ["a", "b"], "verdict": ["met", "fine"]}, "verdict"),
        ({"commune": ["a", "b"], "year": [2024, 1999]}, "year"),
        ({"commune": ["a", "b"], "year": [2024, 2101]}, "year"),
    ],
)
def test_a_table_that_breaks_its_schema_is_told(columns, column: str) -> None:
    problems = Collector()
    check_tables({"results": (TABLE, table(**columns))}, problems)
    assert [(p.file, p.row, p.column) for p in problems.problems] == [("results.csv", 3, column)]


def test_a_missing_reference_is_told() -> None:
    problems = Collector()
    referring = Table(
        "figures", TABLE.fields, (), (ForeignKey(("commune",), "results", ("commune",)),)
    )
    tables = {
        "results": (TABLE, table(commune=["a"])),
        "figures": (referring, table(commune=["a", "b"])),
    }
    check_tables(tables, problems)
    assert [(p.file, p.value) for p in problems.problems] == [("figures.csv", "b")]


def test_what_is_no_number_is_missing() -> None:
    frame = pa.table({"commune": ["a", "b"], "value": [float("inf"), float("nan")]}).to_pandas()
    data = to_arrow(TABLE, frame.assign(verdict="", year=2024))
    assert data.column("value").null_count == 2
    assert data.column("verdict").null_count == 2

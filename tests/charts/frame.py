"""A results frame like that of a real appraisal, made for the tests of charts."""

import csv
import math
from pathlib import Path

import pandas as pd

from ntm_analysis.charts import ChartRow, chart_rows
from ntm_analysis.language import Text
from ntm_analysis.rulebook.units import Unit


def _unit(vi: str, en: str, plural: str | None = None) -> Unit:
    return Unit(label=Text(vi=vi, en=en), plural=plural)


UNITS = {
    "percent": _unit("%", "%"),
    "flag": _unit("có/không", "yes/no"),
    "grade": _unit("mức", "grade"),
    "level": _unit("mức độ", "level"),
    "income": _unit("triệu đồng/người/năm", "million VND/person/year"),
    "green": _unit("m2/người", "m2/person"),
    "litre": _unit("lít/người/ngày đêm", "litre/person/day", "litres/person/day"),
    "cooperative": _unit("hợp tác xã", "cooperative", "cooperatives"),
    "product": _unit("sản phẩm", "product", "products"),
    "area": _unit("vùng", "area", "areas"),
    "model": _unit("mô hình", "model", "models"),
    "household": _unit("hộ", "household", "households"),
    "house": _unit("căn nhà", "house", "houses"),
    "person": _unit("người", "person", "persons"),
    "km": _unit("km", "km"),
}


def _table(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CRITERIA = {lang: [row[lang] for row in _table("criteria.csv")] for lang in ("vi", "en")}
MEASURED = {row["code"]: row for row in _table("measured.csv")}
COUNTS = (3, 4, 6, 1, 6, 3, 1, 5, 1, 1, 1, 2, 8, 4, 3, 3, 12, 8, 2)
OTHER_VERDICTS = {"17.1": "not_applicable"}
FLIPS = {
    "11": "flips: poor_households=34 -> not_met",
    "12.1": "flips: trained_workers=3230 -> not_met",
}


def codes() -> list[str]:
    """All 74 codes in legal order."""
    found = []
    for criterion, count in enumerate(COUNTS, 1):
        found += (
            [str(criterion)]
            if count == 1 and criterion in (4, 7, 9, 10, 11)
            else [f"{criterion}.{place}" for place in range(1, count + 1)]
        )
    return found


STANDINGS = {"17.1": "unproven"}
THIN = ("9", "10", "11", "12.1", "17.8")
"""What Liêm Cần has next to nothing to lose of."""


def results(lang: str = "vi") -> pd.DataFrame:
    """The frame of the contract for one commune-year."""
    return pd.DataFrame([_record(code, lang) for code in codes()])


def _record(code: str, lang: str) -> dict[str, object]:
    row = MEASURED.get(code) or {
        "vi": f"Chỉ tiêu {code}", "en": f"Indicator {code}", "kind": "yes_no", "unit": "flag",
        "requires": "yes", "value": "1", "headroom": "", "headroom_unit": "", "base": "",
    }  # fmt: skip
    op, _, number = row["requires"].partition(" ")
    threshold = float(number) if number else (1.0 if op == "yes" else math.nan)
    low, high, text = _ends(row["value"])
    sign = -1 if op.startswith("<") else 1
    exact = low == high and op not in ("yes", "unknown")
    margin = sign * (low - threshold) if exact else math.nan
    return {
        "commune": "xa-mau",
        "year": 2024,
        "criterion": int(code.partition(".")[0]),
        "indicator": code,
        "name": row[lang],
        "value": low if exact else math.nan,
        "unit": row["unit"],
        "requires": row["requires"],
        "margin": margin,
        "relative_margin": margin / threshold if exact else math.nan,
        "headroom": float(row["headroom"] or "nan"),
        "headroom_unit": row["headroom_unit"],
        "verdict": OTHER_VERDICTS.get(code) or _verdict(row["value"]),
        "stability": FLIPS.get(code, "stable"),
        "value_low": low,
        "value_high": high,
        "value_text": text,
        "op": op,
        "threshold": threshold,
        "kind": row["kind"],
        "short": row[lang],
        "headroom_base": float(row["base"] or "nan"),
        "thin": code in THIN,
        "thinness": _thinness(row, margin / threshold if exact else math.nan),
        "standing": STANDINGS.get(code, ""),
    }


def _thinness(row: dict[str, str], relative: float) -> float:
    if row["base"]:
        return float(row["headroom"]) / float(row["base"])
    return relative if row["unit"] in ("percent", "income") else math.nan


def _verdict(value: str) -> str:
    if value in ("pending", "not_applicable"):
        return value
    return "met" if value not in ("", "80-110") else "no_data"


def _ends(value: str) -> tuple[float, float, str]:
    if value in ("", "pending", "not_applicable"):
        return math.nan, math.nan, ""
    if value.startswith(">"):
        return float(value[1:]), math.inf, value
    low, dash, high = value.partition("-")
    return float(low), float(high if dash else low), value if dash else ""


def rows(lang: str = "vi", criterion: int | None = None) -> list[ChartRow]:
    """The rows of all criteria, or of one."""
    names = dict(enumerate(CRITERIA[lang], 1))
    made = chart_rows(results(lang), UNITS, names)
    return [row for row in made if criterion in (None, row.criterion)]

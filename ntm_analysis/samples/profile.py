"""The profile of a made-up commune: what `commune.yaml` says of it and of its appraisals."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, Final

from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.localities import district_in, province_in
from ntm_analysis.rulebook import Rule, RulesInForce
from ntm_analysis.samples.sample import LAST_DAY, Sample, plain
from ntm_analysis.samples.sizes import Rng

_ITEMS: Final = (
    ("Tờ trình đề nghị thẩm tra, xét công nhận", "Petition for appraisal and recognition"),
    ("Báo cáo kết quả thực hiện", "Report on results"),
    ("Báo cáo tổng hợp ý kiến tham gia", "Summary of opinions received"),
    ("Biên bản họp đề nghị xét công nhận", "Minutes of the meeting proposing recognition"),
    ("Biểu số liệu và hồ sơ minh chứng", "Table of figures and evidence file"),
)
_CONDITIONS: Final = {
    "debt": ("Không có nợ đọng xây dựng cơ bản", "no outstanding construction debt"),
    "satisfaction": ("{rate}% người được hỏi hài lòng", "{rate} % of those asked are satisfied"),
    "security": (
        "Xã không thuộc địa bàn phức tạp về an ninh, trật tự",
        "the commune is not an area of complex security and order",
    ),
}


def both(vi: str, en: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"vi": vi, "en": en}


def profile(sample: Sample, rng: Rng) -> dict[str, Any]:
    """Return what `commune.yaml` holds; figures and evidence must be there already."""
    recognised = int(rng.integers(2014, 2020))
    return {
        "id": sample.id,
        "name": sample.name,
        "district": sample.district,
        "province": sample.province,
        "hamlets": [f"Thôn {n + 1}" for n in range(sample.scale.hamlets)],
        "population": sample.scale.population,
        "synthetic": True,
        "note": both(
            "Xã giả định, số liệu do máy tạo ra; không phải của xã nào có thật.",
            "A made-up commune with generated figures; not those of any real commune.",
        ),
        "sources": {
            "so-lieu": {"title": both("Biểu số liệu giả định", "Made-up table of figures")}
        },
        "appraisals": {year: _appraisal(sample, year, recognised, rng) for year in sample.years},
    }


def claimed(sample: Sample, year: int) -> dict[str, int]:
    """Return the totals that a commune claims: what its rows of evidence claim, counted."""
    rules = sample.rules_of(year)
    missed = [
        row["indicator"]
        for row in sample.evidence
        if row["year"] == str(year) and row["claimed_verdict"] not in COUNTED
    ]
    criteria = {code.partition(".")[0] for code in missed}
    return {
        "criteria_met": len(rules.by_criterion) - len(criteria),
        "criteria_total": len(rules.by_criterion),
        "indicators_met": len(rules.rules) - len(missed),
        "indicators_total": len(rules.rules),
    }


def _appraisal(sample: Sample, year: int, recognised: int, rng: Rng) -> dict[str, Any]:
    rules = sample.rules_of(year)
    last = dt.date(year, *LAST_DAY)
    decisions = rules.rulebook.decisions
    known = [(key, decisions[key].date) for key in rules.loaded.about.decisions]
    province = both(
        f"Ủy ban nhân dân {province_in(sample.province, 'vi', rules.province_kind)}",
        f"People's Committee of {province_in(sample.province, 'en', rules.province_kind)}",
    )
    commune = both(
        f"Ủy ban nhân dân xã {sample.name}", f"People's Committee of {sample.name} commune"
    )
    return {
        "set": rules.loaded.about.key,
        "appraiser": both(
            f"Ủy ban nhân dân {district_in(sample.district, 'vi')}",
            f"People's Committee of {district_in(sample.district, 'en')}",
        ),
        "submitted_to": province,
        "period": {"from": dt.date(year, 11, 4), "until": last},
        "petition": {
            "title": both(
                "Tờ trình đề nghị thẩm tra, xét công nhận (giả định)",
                "petition for appraisal and recognition (made up)",
            ),
            "number": f"{int(rng.integers(90, 190))}/TTr-UBND",
            "issuer": commune,
            "date": dt.date(year, 10, 24) + dt.timedelta(days=int(rng.integers(0, 8))),
        },
        "legal_bases": [key for key, day in known if day is None or day <= last],
        "dossier": {
            "declared_complete": True,
            "items": [{"name": both(*names), "present": True} for names in _ITEMS],
        },
        "leadership": {"documents": _documents(commune, year, rng)},
        "base_set": {"recognised": recognised, "by": province},
        "claim": claimed(sample, year),
        "conditions": _conditions(rules, year, rng),
        "plan": {"year": year + 1, "targets": _targets(sample, rules, year)},
    }


def _documents(commune: dict[str, str], year: int, rng: Rng) -> list[dict[str, Any]]:
    kinds = (
        ("Nghị quyết của Đảng ủy (giả định)", "Party committee's resolution (made up)",
         f"{int(rng.integers(10, 80))}-NQ/ĐU", None, dt.date(year, 1, 8)),
        ("Kế hoạch thực hiện các tiêu chí (giả định)", "Plan for the criteria (made up)",
         f"{int(rng.integers(10, 40))}/KH-UBND", commune, dt.date(year, 1, 22)),
    )  # fmt: skip
    made = []
    for vi, en, number, issuer, day in kinds:
        on = day + dt.timedelta(days=int(rng.integers(0, 10)))
        document: dict[str, Any] = {"title": both(vi, en), "number": number, "date": on}
        made.append(document | ({"issuer": issuer} if issuer else {}))
    return made


def _conditions(rules: RulesInForce, year: int, rng: Rng) -> dict[str, Any]:
    made = {}
    for place, condition in enumerate(rules.loaded.about.conditions):
        vi, en = _CONDITIONS.get(condition.key, ("Có văn bản xác nhận", "confirmed by a document"))
        rate = round(float(rng.uniform(91, 99.5)), 1)
        said = both(vi.format(rate=f"{rate}".replace(".", ",")), en.format(rate=rate))
        made[condition.key] = {
            "status": "met",
            "claimed": "met",
            "statement": said,
            **({"rate": rate} if "{rate}" in vi else {}),
            "document": {
                "title": both("Văn bản xác nhận (giả định)", "confirmation (made up)"),
                "number": f"{int(rng.integers(1, 90)) + 100 * place}/XN",
                "date": dt.date(year, 10, 1) + dt.timedelta(days=int(rng.integers(0, 18))),
            },
            "grade": "A" if "{rate}" in vi else "C",
        }
    return made


def _targets(sample: Sample, rules: RulesInForce, year: int) -> list[dict[str, Any]]:
    """Return next year's targets: what is missed is to be met, and income is to grow."""
    missed = {
        row["indicator"]
        for row in sample.evidence
        if row["year"] == str(year) and row["claimed_verdict"] == "not_met"
    }
    targets = [
        _target(rule, f"{rule.own.op} {plain(float(rule.own.threshold))}", year)
        for rule in rules.rules
        if rule.code in missed and rule.indicator.kind in ("rate", "amount", "count")
        and rule.own.threshold is not None
    ]  # fmt: skip
    for rule in rules.rules:
        if rule.code not in missed and rule.indicator.variables == ("income_per_head",):
            now = float(sample.rows("income_per_head", year)[0]["value"])
            targets.append(_target(rule, f">= {math.ceil(1.05 * now)}", year))
    return targets


def _target(rule: Rule, requires: str, year: int) -> dict[str, Any]:
    return {
        "name": both(rule.indicator.short.vi, rule.indicator.short.en),
        "indicator": rule.code,
        "requires": requires,
        "unit": rule.indicator.unit,
        "period": str(year + 1),
        "until": year + 1,
    }

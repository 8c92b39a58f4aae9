"""The targets of the plan for the next year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ntm_analysis.draft.model import Spot, Sure
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.quantities import quantities
from ntm_analysis.draft.topics import Topics, words_of
from ntm_analysis.spelling import fold

_YEARS: Final = re.compile(r"(?P<a>20\d\d)\s*[-–]\s*(?P<b>20\d\d)")
_YEAR: Final = re.compile(r"nam\s*(?P<y>20\d\d)|(?:den|het)\s*(?P<z>20\d\d)")
_TAIL: Final = re.compile(
    r"(?:\s+(?:luôn|đạt|từ|trên|dưới|là|có|tỷ lệ|duy trì|được|phấn đấu|đến|hàng năm|"
    r"năm \d{4}|tăng|và|"
    r"thường xuyên|hết))+\s*$",
    re.I,
)
_HEAD: Final = re.compile(
    r"^\W*(?:phấn đấu|đến hết năm \d{4}|đến năm \d{4}|tiếp tục|có|và|với)\s+", re.I
)
Target = tuple[dict[str, Any], Sure, Spot, tuple[int, int]]
_FEW: Final = 2
_NEXT: Final = 0.85


def targets(
    passages: Sequence[Passage], topics: Topics, year: int
) -> Iterator[tuple[Passage, Target]]:
    """Yield the targets that the chapters on the plan state as numbers."""
    years = ""
    for passage in passages:
        if passage.zone != "plan" or passage.role != "prose":
            continue
        plain = fold(passage.text)
        years = _period(plain) or _period(fold(passage.section)) or years
        end = 0
        for one in quantities(passage.report, passage.place, []):
            value = one.rate if one.kind == "percent" else one.value
            if not value or one.kind in ("share", "claim") or not (one.closed or one.dimension):
                continue
            made = _target(passage, one.start, one.end, end, value, one.kind, topics, year, years)
            if made is not None:
                end = one.end
                yield passage, made


def _period(plain: str) -> str:
    if match := _YEARS.search(plain):
        return f"{match['a']}–{match['b']}"
    if match := _YEAR.search(plain):
        return match["y"] or match["z"]
    return ""


def _target(
    passage: Passage, start: int, stop: int, last: int, value: str, kind: str, topics: Topics,
    year: int, years: str,
) -> Target | None:  # fmt: skip
    paragraph = passage.report.paragraphs[passage.place]
    first, end = paragraph.sentence(start)
    lead = re.split(r"[;:]|,(?=\s)", paragraph.text[max(first, last) : start])[-1]
    name = _TAIL.sub("", _HEAD.sub("", lead)).strip(" -–+*:(")
    after = re.split(r"[;,.(]|trở lên", paragraph.text[stop:end])[0].strip()
    if len(words_of(name)) < 1:
        name = _HEAD.sub("", after).strip()
    if len(words_of(name)) < _FEW:
        return None
    near = dict.fromkeys(words_of(f"{name} {after}"), 1.0)
    scored = sorted(
        ((fit.score, fit.alias or fit.cover > 0.6, t) for t in topics.every
         if t.code and (t.rate if kind == "percent" else t.value)
         and (fit := topics.fit(t, near)).score > 0),
        key=lambda each: -each[0],
    )  # fmt: skip
    spot = passage.spot(start, stop)
    made: dict[str, Any] = {"name.vi": name[:160]}
    match = re.fullmatch(r"(?P<sign>[<>]=?)?(?P<n>[\d.]+)", value)
    sure: Sure = "guess"
    other = next((s for s, _, t in scored if t.code != scored[0][2].code), 0.0)
    if scored and scored[0][1] and scored[0][0] > 1.5 and other < _NEXT * scored[0][0]:
        topic = scored[0][2]
        variable = topics.variable(topic.rate or topic.value)
        if kind == "percent" or variable.kind in ("count", "amount"):
            made["indicator"] = topic.code
            made["unit"] = variable.unit
            sure = "likely"
    elif kind == "percent":
        made["unit"] = "percent"
    if match and "unit" in made:
        lower = made.get("indicator") and re.search(r"\bdưới\b|\bgiảm\b", lead)
        made["requires"] = f"{match['sign'] or ('<=' if lower else '>=')} {match['n']}"
    else:
        made.pop("unit", None)
        made["text.vi"] = " ".join(paragraph.text[start:stop].split())
    own = _period(fold(lead)) or years
    made["period.vi"] = own or str(year + 1)
    last_year = re.findall(r"20\d\d", made["period.vi"])
    if last_year:
        made["until"] = int(last_year[-1])
    made["source"] = spot.source
    return made, sure, spot, (start, stop)

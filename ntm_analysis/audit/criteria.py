"""Requirements against results within a criterion, and counts of criteria and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUMBER, read
from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.row import AuditRow, printed, row
from ntm_analysis.language import say

_HEAD = re.compile(
    r"^\s*(?:[\d.]+\s*)?(?:\*\s*)?Tiêu chí (?:số\s*)?(\d{1,2})\b(?!\s*(?:/|chỉ tiêu))"
)
_ASKED = re.compile(r"^\s*(?:a[).]|[-+*])?\s*(?:nội dung )?yêu cầu", re.IGNORECASE)
_RESULT = re.compile(r"^\s*(?:b[).]|[-+*])?\s*(?:kết quả|đánh giá kết quả)", re.IGNORECASE)
_JUDGED = re.compile(r"^\s*(?:c[).]|[-+*])?\s*(?:tự đánh giá|đánh giá|kết luận)", re.IGNORECASE)
_PART = re.compile(r"^\s*(?:[IVX]+\.|\d{1,2}\.)\s+\D")
_UNIT: Final = r"%|triệu|lít|m2|m²"
_THRESHOLD = re.compile(
    rf"(?P<op>≥|>=|≤|<=|>|<|trên|dưới|tối thiểu|ít nhất|không dưới|không quá|từ|đạt)?\s*"
    rf"(?P<n>(?<![\d.,/]){NUMBER})\s*\(?\s*(?P<u>{_UNIT})(?P<more>\s*trở lên)?",
    re.IGNORECASE,
)
_VALUE = re.compile(
    rf"(?P<op>≥|>=|≤|<=|>|<|trên|hơn|dưới)?\s*(?P<n>(?<![\d.,/]){NUMBER})"
    rf"(?:\s*[-–]\s*(?P<to>{NUMBER}))?\s*(?P<u>{_UNIT})",
    re.IGNORECASE,
)
_SIGNS: Final = {
    "≥": ">=", ">=": ">=", "tối thiểu": ">=", "ít nhất": ">=", "không dưới": ">=", "từ": ">=",
    "đạt": ">=", ">": ">", "trên": ">", "hơn": ">", "≤": "<=", "<=": "<=", "không quá": "<=",
    "<": "<", "dưới": "<",
}  # fmt: skip
_STOP: Final = frozenset(
    [
        "tỷ",
        "tỉ",
        "lệ",
        "đạt",
        "có",
        "các",
        "và",
        "của",
        "được",
        "theo",
        "quy",
        "định",
        "số",
        "trên",
        "địa",
        "bàn",
        "xã",
        "là",
        "cho",
        "từ",
        "về",
        "hàng",
        "hằng",
        "năm",
        "trở",
        "lên",
        "đối",
        "với",
        "áp",
        "dụng",
        "cả",
        "nam",
        "nữ",
        "hiện",
        "nay",
        "tại",
        "trong",
        "thực",
        "bằng",
        "biện",
        "pháp",
        "phù",
        "hợp",
        "kết",
        "quả",
        "triệu",
        "giai",
        "đoạn",
        "đồng",
        "người",
        "lít",
        "ngày",
        "đêm",
        "bình",
        "quân",
        "chỉ",
        "tiêu",
    ]
)
_ALIKE: Final = 0.75


@dataclass
class Criterion:
    """The passages of one criterion."""

    number: int
    asked: list[Passage] = field(default_factory=list)
    results: list[Passage] = field(default_factory=list)


def sections(passages: Sequence[Passage]) -> list[Criterion]:
    """Return the criteria of a report that goes through them one by one."""
    found: list[Criterion] = []
    part = ""
    for passage in passages:
        head = _HEAD.match(passage.text)
        if head and len(passage.text) < 120:
            found.append(Criterion(int(head[1])))
            part = ""
        elif not found:
            continue
        elif _ASKED.match(passage.text) and len(passage.text) < 80:
            part = "asked"
        elif _RESULT.match(passage.text) and len(passage.text) < 80:
            part = "results"
        elif _JUDGED.match(passage.text) and len(passage.text) < 80:
            part = "judged"
        elif _PART.match(passage.text) and part == "judged":
            part = ""
        elif part == "asked" and passage.text.strip():
            found[-1].asked.append(passage)
        elif part == "results" and passage.text.strip():
            found[-1].results.append(passage)
    return [one for one in found if one.asked]


@dataclass(frozen=True, slots=True)
class _Bound:
    op: str
    value: Fraction
    unit: str
    words: frozenset[str]
    text: str


def _words(text: str) -> frozenset[str]:
    bare = re.sub(r"[^\w\s]|\d|_", " ", text.lower())
    return frozenset(w for w in bare.split() if w not in _STOP and len(w) > 1)


def _bounds(passages: Sequence[Passage]) -> Iterator[_Bound]:
    for passage in passages:
        for start, end in passage.sentences():
            text = passage.masked[start:end]
            matches = list(_THRESHOLD.finditer(text))
            if len(matches) != 1:
                continue
            match = matches[0]
            figure = read(match["n"])
            if figure is None:
                continue
            op = _SIGNS.get((match["op"] or "đạt").lower(), ">=")
            value = min(v for v, _ in figure.readings) if match["u"] == "%" else figure.value
            yield _Bound(op, value, match["u"].lower(), _words(text), text.strip())


def check_thresholds(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    """Compare what a criterion requires with the result that is told in the same words."""
    for criterion in sections(passages):
        for bound in _bounds(criterion.asked):
            if len(bound.words) < 2:
                continue
            best = _told_alike(criterion.results, bound)
            if best is not None:
                yield from _judge(bound, *best)


def _told_alike(
    results: Sequence[Passage], bound: _Bound
) -> tuple[Passage, tuple[int, int], re.Match[str]] | None:
    found: list[tuple[float, Passage, tuple[int, int], re.Match[str]]] = []
    for passage in results:
        for start, end in passage.sentences():
            text = passage.masked[start:end]
            values = [m for m in _VALUE.finditer(text) if m["u"].lower() == bound.unit]
            # A formula's last percentage is its result; else only a lone one can be told.
            if not values or (len(values) > 1 and "=" not in text):
                continue
            match = values[-1]
            told = _words(text[: match.end()] if len(values) > 1 else text)
            score = len(bound.words & told) / len(bound.words)
            if score >= _ALIKE:
                found.append((score, passage, (start + match.start(), start + match.end()), match))
    if not found:
        return None
    found.sort(key=lambda item: -item[0])
    rivals = [item for item in found[1:] if item[0] > found[0][0] - 0.1]
    if any(item[3]["n"] != found[0][3]["n"] for item in rivals):
        return None
    return found[0][1:]


def _judge(
    bound: _Bound, passage: Passage, span: tuple[int, int], match: re.Match[str]
) -> Iterator[AuditRow]:
    low = read(match["n"])
    high = read(match["to"]) if match["to"] else low
    if low is None or high is None:
        return
    ends = [_near(low.readings, bound.value), _near(high.readings, bound.value)]
    op = (match["op"] or "").lower()
    held = [_holds(bound, end) for end in ends]
    if op in (">", "trên", "hơn", "≥", ">=", "<", "dưới", "≤", "<="):
        upward = _SIGNS[op].startswith(">")
        wants_more = bound.op.startswith(">")
        verdict = "agrees" if upward == wants_more and (held[0] or ends[0] == bound.value) else (
            "unclear" if upward == wants_more else "disagrees" if not held[0] else "unclear"
        )  # fmt: skip
    elif held[0] == held[1]:
        verdict = "agrees" if held[0] else "disagrees"
    else:
        verdict = "unclear"
    yield row(
        passage, span, " ".join(match[0].split()),
        say("audit.required", requires=" ".join(bound.text.split())[:120]), "threshold",
        verdict,  # type: ignore[arg-type]
    )  # fmt: skip


def _near(readings: tuple[tuple[Fraction, int], ...], goal: Fraction) -> Fraction:
    return min((value for value, _ in readings), key=lambda value: abs(value - goal))


def _holds(bound: _Bound, value: Fraction) -> bool:
    match bound.op:
        case ">=":
            return value >= bound.value
        case ">":
            return value > bound.value
        case "<=":
            return value <= bound.value
        case _:
            return value < bound.value


# Counts ---------------------------------------------------------------------------------------

_COUNTED = re.compile(
    rf"(?P<a>{NUMBER})\s*/\s*(?P<b>{NUMBER})\s*(?P<u>tiêu chí|chỉ tiêu)", re.IGNORECASE
)
_FEW: Final = 5


def check_counts(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    """Compare the counts of criteria and indicators with what the report lists."""
    listed = sections(passages)
    if len(listed) < _FEW:
        return
    criteria = len({one.number for one in listed})
    indicators = sum(len(one.asked) for one in listed)
    claims = [
        (passage, match) for passage in passages for match in _COUNTED.finditer(passage.masked)
    ]
    totals = {int(m["b"]) for _, m in claims if m["u"].lower() == "chỉ tiêu" and m["b"].isdigit()}
    # A report may name another set's total too; the nearest is the one it lists.
    meant = min(totals, key=lambda total: abs(total - indicators), default=None)
    for passage, match in claims:
        if not match["b"].isdigit() or not match["a"].isdigit():
            continue
        total, of_criteria = int(match["b"]), match["u"].lower() == "tiêu chí"
        if not of_criteria and total != meant:
            continue
        count = criteria if of_criteria else indicators
        stated = " ".join(match[0].split())
        if of_criteria:
            verdict = "agrees" if total == count else "inconsistent"
        else:  # one item of a list may hold two indicators
            verdict = "agrees" if total == count else "unclear"
        key = "audit.listed_criteria" if of_criteria else "audit.listed_indicators"
        yield row(passage, match.span(), stated, say(key, count=printed(Fraction(count))), "count",
                  verdict)  # type: ignore[arg-type]  # fmt: skip

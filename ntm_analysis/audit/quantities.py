"""One quantity under one name, with several values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, readings, show
from ntm_analysis.audit.model import Finding
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import QUALIFIER, UNIT, countable, meaning, same_unit
from ntm_analysis.language import say

NEAR: Final = Fraction(5, 100)
_NAMED = re.compile(
    rf"(?P<name>tổng (?:số|diện tích|dân số|chiều dài|kinh phí|giá trị)[^\d.;|%()]{{0,60}}?)"
    rf"(?:\s*(?:là|có|:|=|đạt|\|)\s*)+(?P<n>{NUM})\s*(?P<u>{UNIT}|tỷ(?: đồng)?|"
    rf"triệu(?: đồng)?)?(?!\s*[%/\d])",
    re.I,
)
# words that change nothing of what a total is the total of
_OF_HERE: Final = (
    r"(?:\s+(?:(?:của |trên địa bàn |trong |thuộc )?(?:toàn |cả )?xã(?:\s+[A-ZĐÀ-Ỵ]\w*){0,3}|"
    r"trên địa bàn|hiện nay|hiện có|hiện|thường trú|tính đến|đến|thời điểm|nay)|\s*\x01+)*"
    r"\s*(?:\s(?:là|có|đạt|gồm)|:|=|,|-)?\s*"
)
_KNOWN: Final = (
    ("households", re.compile(
        rf"(?:(?:toàn|cả) xã|trên địa bàn xã)\s+(?:hiện\s+)?(?:nay\s+)?có\s+(?:tổng số\s+)?"
        rf"(?P<n>{NUM})\s*hộ(?: dân| gia đình)?(?!\s*{QUALIFIER}|\s*/)|"
        rf"tổng số hộ(?: dân| gia đình)?(?!\s*{QUALIFIER}){_OF_HERE}"
        rf"(?<!/)(?P<n2>{NUM})\s*(?:hộ)?(?!\s*[/%])|"
        r"(?:xã(?:\s+\w+){0,3}\s+có|\d\s*(?:thôn|xóm|ấp|bản)[^\d.;]{0,25})\s+"
        rf"(?P<n3>{NUM})\s*hộ(?: dân| gia đình)?(?=\s*(?:[,.;]|$|với|và|ở|sinh sống))", re.I)),
    ("people", re.compile(
        rf"(?:dân số|nhân khẩu){_OF_HERE}(?P<n>{NUM})\s*(?P<u>người|nhân khẩu|khẩu)"
        rf"(?!\s*/)|"
        rf"(?P<n2>{NUM})\s*(?P<u2>nhân khẩu|khẩu)(?!\s*/)", re.I)),
    ("workers", re.compile(
        rf"(?P<n>{NUM})\s*(?P<u>người|lao động)\s+trong độ tuổi lao động(?!\s+(?:có|đã|được|"
        rf"tham gia|chưa))|"
        rf"(?:số người|số lao động|lao động)"
        rf" trong độ tuổi(?: lao động)?{_OF_HERE}(?P<n2>{NUM})"
        rf"\s*(?P<u2>người|lao động)?(?!\s*[/%])",
        re.I)),
    ("trained", re.compile(
        rf"(?P<n>{NUM})\s*(?P<u>người|lao động)\s+(?:đã\s+|được\s+)*(?:qua\s+)"
        rf"(?:các\s+lớp\s+)?đào tạo(?!\s*(?:có bằng|nghề có|có chứng|ngắn))|"
        rf"số (?:lao động|người) (?:đã\s+)?qua đào tạo(?!\s*(?:có|nghề))"
        rf"[^\d.;%()]{{0,20}}?(?:là|:|đạt)\s*(?P<n2>{NUM})\s*(?P<u2>người|lao động)?(?!\s*[/%])",
        re.I)),
)  # fmt: skip
_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|tháng\s+\d{1,2}|quý\s+\w+|đầu năm|cuối năm|trước|sau|cùng kỳ"
)
_OTHER_PLACE = re.compile(r"\b(?:huyện|tỉnh|thị trấn|cả nước)\b", re.I)
_PLAN = re.compile(r"phấn đấu|mục tiêu|kế hoạch|dự kiến|đến năm", re.I)
_OWNER = re.compile(
    r"\b(?:thôn|xóm|HTX|hợp tác xã|trường|công ty|tuyến|chi hội|mô hình|dự án|hội|đoàn|quỹ)\b", re.I
)
_UNMASK = re.compile(r"\x01+")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a quantity in one place."""

    name: str
    value: Fraction
    text: str
    paragraph: int
    start: int
    end: int
    total: bool = True


def household_bases(report: Report) -> list[Value]:
    """Return what the report takes for all households: totals stated, and wholes of shares."""
    found = [each for each in _known(report) if each.name == "households"]
    for place, paragraph in report.numbered():
        for share in report.shares[place]:
            if same_unit(share.unit) != "hộ" and not _counts_households(
                paragraph.bare, share.start, share.end
            ):
                continue
            first = paragraph.sentence(share.start)[0]
            around = paragraph.bare[max(first, share.start - 70) : share.end + 25]
            if re.search(rf"hộ(?:\s+(?:dân|gia đình))?\s+{QUALIFIER}(?!\w)", around, re.I):
                continue
            if share.pairs:
                value = share.likeliest[1]
                found.append(
                    Value("households", value, share.whole, place, share.start, share.end, False)
                )
    return found


def _counts_households(bare: str, start: int, end: int) -> bool:
    return bool(re.search(r"\d\s*hộ\s*/\s*\d", bare[start:end]))


def people_bases(report: Report) -> list[Value]:
    """Return what the report states as its population."""
    return [each for each in _known(report) if each.name == "people"]


def _known(report: Report) -> list[Value]:
    found = []
    for place, paragraph in report.numbered():
        for name, pattern in _KNOWN:
            for match in pattern.finditer(paragraph.bare):
                n = next(group for group in ("n", "n2", "n3") if match.groupdict().get(group))
                first = paragraph.sentence(match.start())[0]
                if _PLAN.search(paragraph.text[first : match.start()]) or _OTHER_PLACE.search(
                    paragraph.text[match.start() : match.end()]
                ):
                    continue
                values = readings(match[n], count=True)
                if values and values[0].denominator == 1:
                    found.append(
                        Value(name, values[0], match[n], place, match.start(), match.end())
                    )
    return found


def check_quantities(report: Report) -> Iterator[Finding]:
    """Find one quantity with several values."""
    yield from _households(report)
    every = [each for each in _known(report) if each.name != "households"]
    yield from _several(report, every, known=True)
    yield from _several(report, _named(report), known=False)
    yield from _hamlets(report)


def _households(report: Report) -> Iterator[Finding]:
    bases = household_bases(report)
    totals = [each for each in bases if each.total]
    largest = max((each.value for each in totals), default=Fraction(0))
    reference = next((one for one in totals if one.value >= (1 - NEAR) * largest), None)
    told: set[Fraction] = {reference.value} if reference else set()
    for each in bases:
        if reference is None or each.value in told:
            continue
        if each.total and _times(report, each) != _times(report, reference):
            continue
        if abs(each.value - reference.value) > NEAR * reference.value:
            continue
        told.add(each.value)
        key = "audit.other_total" if each.total else "audit.other_base"
        yield _finding(each, say(key, value=show(reference.value), unit="hộ"), certain=True)


def _named(report: Report) -> list[Value]:
    found = []
    for place, paragraph in report.numbered():
        for match in _NAMED.finditer(paragraph.bare):
            words = meaning(_UNMASK.sub(" ", match["name"]))
            first = paragraph.sentence(match.start())[0]
            before = paragraph.text[: match.start()]
            everywhere = re.search(r"toàn xã|của xã|cả xã|trên địa bàn", match[0], re.I)
            if _OWNER.search(before) or (len(words) < 5 and not everywhere):
                continue
            if len(words) < 2 or _PLAN.search(paragraph.text[first : match.start()]):
                continue
            if words[:2] == ["tổng", "hộ"] and len(words) < 4:
                continue
            unit = same_unit(match["u"]) if match["u"] else ""
            values = readings(match["n"], count=bool(unit) and countable(match["u"]))
            if values:
                key = f"{' '.join(words)}|{unit}"
                found.append(Value(key, values[0], match["n"], place, match.start(), match.end()))
    return found


def _several(report: Report, every: list[Value], *, known: bool) -> Iterator[Finding]:
    groups: dict[tuple[str, frozenset[str]], list[Value]] = defaultdict(list)
    for each in every:
        groups[each.name, _times(report, each)].append(each)
    for (name, _), group in groups.items():
        told = {group[0].value}
        for each in group[1:]:
            if each.value in told:
                continue
            if known and name == "people" and abs(each.value - group[0].value) > group[0].value / 5:
                continue
            told.add(each.value)
            text = say("audit.other_value", value=group[0].text)
            yield _finding(each, text, certain=name != "trained")


def _times(report: Report, each: Value) -> frozenset[str]:
    """Return the times that a sentence names: values of different times may differ."""
    paragraph = report.paragraphs[each.paragraph]
    first, last = paragraph.sentence(each.start)
    if each.name == "trained":
        return frozenset()
    return frozenset(found.lower() for found in _TIME.findall(paragraph.text[first:last]))


def _hamlets(report: Report) -> Iterator[Finding]:
    wholes = [
        (place, share)
        for place, _ in report.numbered()
        for share in report.shares[place]
        if same_unit(share.unit) in {"thôn", "xóm", "ấp", "bản"}
        and share.pairs
        and share.likeliest[0] == share.likeliest[1]  # all of them, not two in three
    ]
    if len({share.likeliest[1] for _, share in wholes}) != 2:
        return
    first = wholes[0][1].likeliest[1]
    place, share = next(each for each in wholes if each[1].likeliest[1] != first)
    value = Value(
        "hamlets", share.likeliest[1], f"{share.whole} {share.unit}", place, share.start, share.end
    )
    text = say("audit.other_base", value=show(first), unit=share.unit)
    yield _finding(value, text, certain=True)


def _finding(each: Value, text: str, *, certain: bool) -> Finding:
    verdict = "inconsistent" if certain else "unclear"
    return Finding(each.paragraph, each.start, each.end, each.text, text, verdict)  # type: ignore[arg-type]

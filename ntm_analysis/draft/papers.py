"""The documents that a report names under an indicator: number, day, who issued them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final

from ntm_analysis.draft.model import Paper, Sure
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.topics import Topics, words_of
from ntm_analysis.spelling import fold

KIND: Final = (
    r"quyet dinh|nghi quyet|ke hoach|to trinh|bao cao|cong van|chuong trinh|de an|thong bao|"
    r"bien ban|giay chung nhan|giay xac nhan|hop dong|phuong an|giay phep|chung nhan|qd|nq"
)
_NUMBER: Final = (
    r"(?P<number>\d{1,6}[a-z]?(?:\s?/\s?(?:19|20)\d\d)?\s?[/-]\s?[A-ZĐ]{2,}[\w&]*(?:[-/.][\w&]+)*)"
)
_DATE: Final = (
    r"(?:[\s,(]{1,3}(?:được\s+|duoc\s+)?(?:ban hành\s+|ký\s+|ban hanh\s+|ky\s+)?(?:ngày|ngay)?\s*"
    r"(?P<d>\d{1,2})\s*(?:[/.-]|tháng|thang)\s*(?P<m>\d{1,2})\s*(?:[/.-]|năm|nam)\s*(?P<y>\d{4}))?"
)
CITED: Final = re.compile(
    rf"(?<![\w/])(?:(?:số|so)\s*:?\s*)?{_NUMBER}{_DATE}(?=(?P<rest>[^;\n]{{0,170}}))"
)
_CENTRAL: Final = re.compile(r"TTg|NĐ-?CP|ND-?CP|/TT-|TT-B|QĐ-B|QD-B|QH\d|NQ-CP|CT-TTg|HD-B|TT/B")
_ISSUER: Final = re.compile(
    r"^\W{0,3}(?:của|cua)\s+(?P<issuer>[^,.;()]{3,90}?)"
    r"(?=\s*(?:về|ve|v/v|ban hành|phê duyệt|phe duyet|"
    r"quy định|công nhận|cong nhan|đối với|thì|là|[,.;()]|$))"
)
_ABOUT: Final = re.compile(r"(?:về việc|về|v/v|ve viec)\s+(?P<what>[^.;()]{5,140})")


def papers(passages: Sequence[Passage], topics: Topics) -> Iterator[Paper]:
    """Yield the documents under each criterion with the indicator that they speak of.

    Those of the centre, which are law and no evidence, are left out.
    """
    known = {d.number for d in topics.rules.rulebook.decisions.values()}
    for passage in passages:
        if passage.criterion is None or passage.zone != "criterion":
            continue
        if passage.part in ("required", "claim") or passage.role not in (
            "prose", "result", "evidence",
        ):  # fmt: skip
            continue
        text = passage.text
        for match in CITED.finditer(text):
            number = re.sub(r"\s", "", match["number"]).rstrip(".-/")
            if _CENTRAL.search(number) or number in known:
                continue
            start, end = passage.report.paragraphs[passage.place].sentence(match.start())
            sentence = text[start:end]
            code, sure = indicator_of(passage, sentence, topics)
            if not code:
                continue
            yield Paper(
                code, title_of(text, match), number, issuer_of(match["rest"]), day_of(match), sure,
                passage.spot(match.start(), match.end("number")),
            )  # fmt: skip


def title_of(text: str, match: re.Match[str]) -> str:
    """Return what a document is called: its kind, and what it is about."""
    before = text[max(0, match.start() - 40) : match.start()]
    kinds = list(re.finditer(rf"\b(?:{KIND})\b", fold(before)))
    kind = before[kinds[-1].start() : kinds[-1].end()] if kinds else _by_code(match["number"])
    kind = {"QĐ": "Quyết định", "NQ": "Nghị quyết"}.get(kind, kind)
    about = _ABOUT.search(match["rest"])
    words = f"{kind} {about['what'].strip()}" if about else kind
    return " ".join(words.split())[:160]


def _by_code(number: str) -> str:
    names = {"QĐ": "Quyết định", "QD": "Quyết định", "NQ": "Nghị quyết", "KH": "Kế hoạch",
             "TB": "Thông báo", "BC": "Báo cáo", "TTr": "Tờ trình"}  # fmt: skip
    return next((name for code, name in names.items() if code in number), "Văn bản")


def issuer_of(rest: str) -> str:
    """Return who issued a document; empty if it is not said."""
    found = _ISSUER.match(rest)
    return " ".join(found["issuer"].split()) if found else ""


def day_of(match: re.Match[str]) -> dt.date | None:
    """Return the day that a document bears."""
    if not match["y"]:
        return None
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def indicator_of(passage: Passage, sentence: str, topics: Topics) -> tuple[str, Sure]:
    """Return the indicator that a sentence with a document speaks of."""
    if passage.code:
        return passage.code, "sure"
    rules = [r for r in topics.rules.rules if r.indicator.criterion == passage.criterion]
    if len(rules) == 1:
        return rules[0].code, "sure"
    near = dict.fromkeys(words_of(f"{passage.context} {sentence}"), 1.0)
    for word in words_of(passage.text):
        near.setdefault(word, 0.3)
    scored = sorted(
        ((topics.fit(t, near).score * (1.0 if t.own else 0.8), t.code) for t in topics.every
         if t.criterion == passage.criterion),
        reverse=True,
    )  # fmt: skip
    if not scored or scored[0][0] <= 0:
        return "", "guess"
    best, code = scored[0]
    other = next((score for score, one in scored if one != code), 0.0)
    gap = (best - other) / best
    return code, "sure" if best > 3 and gap > 0.35 else "likely" if gap > 0.1 else "guess"

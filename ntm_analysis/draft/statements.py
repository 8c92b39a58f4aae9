"""What a report says without a number: yes and no, a grade, a level, none here, not yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ntm_analysis.draft.model import Found, Sure
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.topics import Fit, Topic, Topics, words_of
from ntm_analysis.rulebook import Rule
from ntm_analysis.spelling import fold

_NONE: Final = re.compile(r"\b(?:khong co|chua co|khong phat sinh|khong con)\b(?P<what>[^.;]*)")
_PENDING: Final = re.compile(
    r"\bdang (?:hoan thien|xay dung|lap|giao|trinh|thuc hien|trien khai|cho|lam|dang ky)|"
    r"\bse (?:to chuc|hoan thanh|trien khai|thuc hien)|du kien|de dang ki tap huan"
)
_NOT: Final = re.compile(
    r"\b(?:chua|khong) (?:dat|dam bao|bao dam|thuc hien|duoc cong nhan)\b|\bchua co\b|^khong$"
)
_ABSENT: Final = re.compile(
    r"\b(?:khong (?:co|de|xay ra|de xay ra|phat sinh)|chua (?:xay ra|de))\b"
)
_LEVEL: Final = re.compile(r"\b(?:muc do|muc|cap do)\s*:?\s*(?P<n>\d)\b(?!\s*[%.,/]\s*\d)")
_YES: Final = re.compile(r"^(?:dat(?: chuan)?|co(?! \w* ?(?:chua))|da|duoc|xa (?:co|da))\b")
_SAID: Final = re.compile(
    r"\b(?:da|co|duoc|dat|trien khai|thuc hien|ap dung|su dung|to chuc|hoat dong|duy tri|xay dung|"
    r"dam bao|bao dam|ban hanh|phe duyet|lap|cong nhan|khong|chua|dang|se)\b"
)
_ASKED: Final = re.compile(r"de nghi|can cu|\bve viec\b|bao cao|to trinh|ho so|dieu kien")
_WANTED, _GOOD = 0.5, 0.65


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    start: int
    end: int
    plain: str
    near: dict[str, float]


def statements(
    passages: Sequence[Passage], topics: Topics, numbered: Iterable[str]
) -> Iterator[Found]:
    """Yield what sentences say of the indicators that ask for no number, or gave none.

    Parameters
    ----------
    passages : sequence of Passage
    topics : Topics
    numbered : iterable of str
        The indicators whose own quantity a number states.
    """
    held = set(numbered)
    by_criterion: dict[int, list[_Sentence]] = {}
    loose: list[_Sentence] = []
    for passage in passages:
        if passage.criterion is None and passage.role == "prose" and not passage.part:
            loose += _sentences(passage)
        if passage.criterion is None or passage.zone != "criterion":
            continue
        if passage.part in ("required", "claim") or passage.role not in ("prose", "result"):
            continue
        by_criterion.setdefault(passage.criterion, []).extend(_sentences(passage))
    for rule in topics.rules.rules:
        sentences = by_criterion.get(rule.indicator.criterion, [])
        if not sentences and not rule.indicator.own.loss:
            # a criterion that no heading opens: only what names the indicator in full
            sentences = [one for one in loose if _names(topics, rule, one)]
        for topic in topics.every:
            if topic.code == rule.code and topic.limb:
                found = _answer(topic, rule, sentences, topics, numbered=rule.code in held)
                if found is not None:
                    yield found


def _names(topics: Topics, rule: Rule, one: _Sentence) -> bool:
    own = (topic for topic in topics.every if topic.code == rule.code and topic.own)
    return any(topics.fit(topic, one.near).alias for topic in own) and not _ASKED.search(one.plain)


def _sentences(passage: Passage) -> Iterator[_Sentence]:
    paragraph = passage.report.paragraphs[passage.place]
    if passage.role != "prose":
        near = dict.fromkeys(words_of(f"{passage.context} {paragraph.text}"), 1.0)
        yield _Sentence(passage, 0, len(paragraph.text), fold(paragraph.text), near)
        return
    for first, end in paragraph.sentences():
        if end <= passage.start:
            continue
        start = max(first, passage.start)
        text = paragraph.text[start:end]
        near = dict.fromkeys(words_of(text), 1.0)
        yield _Sentence(passage, start, end, fold(text), near)


def _answer(
    topic: Topic, rule: Rule, sentences: Sequence[_Sentence], topics: Topics, *, numbered: bool
) -> Found | None:
    name = topic.value or topic.rate
    variable = topics.variable(name) if name else None
    if variable is None or (not topic.own and variable.kind != "flag"):
        return None
    kind: str = variable.kind
    if variable.unit == "level":
        kind = "level"
    elif kind not in ("flag", "grade") and (numbered or not topic.own):
        return None
    if kind == "level":
        return _level(topic, rule, sentences, topics, name)
    scored = [(fit, one) for one in sentences if (fit := _fit(topic, rule, one, topics)).score > 0]
    if not scored:
        return None
    fit, best = max(scored, key=lambda each: each[0].score)
    row = bool(best.passage.code)
    if fit.cover < _WANTED and not row:
        return None
    strong = fit.alias or fit.cover >= _GOOD
    if kind == "flag" and re.search(r"\d", best.plain) and not _SAID.search(best.plain):
        return None  # a figure alone says neither yes nor no
    value = _value(kind, best.plain, topic, topics, name)
    if value is None:
        # the sentence that says it may be another one of the same words
        others = sorted(scored, key=lambda each: -each[0].score)[1:4]
        for other, one in others:
            if other.score >= 0.5 * fit.score:
                value, best = _value(kind, one.plain, topic, topics, name), one
            if value is not None:
                break
    if value is None:
        return None
    sure: Sure = "sure" if row and _YES.match(best.plain) else "likely" if strong else "guess"
    if kind == "grade" and strong:
        sure = "sure"
    if value in ("pending", "not_applicable") and sure == "sure":
        sure = "likely"
    return Found(
        name, topic.code, value, variable.unit, None, sure,
        best.passage.spot(best.start, best.end), (f"{topic.code} {topic.limb}", f"{fit.score:.2f}"),
        "answer",
    )  # fmt: skip


def _level(
    topic: Topic, rule: Rule, sentences: Sequence[_Sentence], topics: Topics, name: str
) -> Found | None:
    """Return the level whose own words lead to it: a sentence may name several."""
    best: tuple[float, str, _Sentence, Fit] | None = None
    for one in sentences:
        for match in _LEVEL.finditer(one.plain):
            lead = re.split(r"[;.]", one.plain[max(0, match.start() - 90) : match.start()])[-1]
            near = dict.fromkeys(words_of(lead), 1.0)
            fit = _fit(topic, rule, one, topics) if one.passage.code else topics.fit(topic, near)
            if best is None or fit.score > best[0]:
                best = (fit.score, match["n"], one, fit)
    if best is None or best[3].cover < _WANTED:
        return None
    score, value, one, fit = best
    sure: Sure = "sure" if fit.alias or fit.cover >= _GOOD else "likely"
    return Found(
        name, topic.code, value, topics.variable(name).unit, None, sure,
        one.passage.spot(one.start, one.end), (f"{topic.code} {topic.limb}", f"{score:.2f}"),
        "answer",
    )  # fmt: skip


def _fit(topic: Topic, rule: Rule, one: _Sentence, topics: Topics) -> Fit:
    if one.passage.code:
        return Fit(9.0, 1.0, True) if one.passage.code == rule.code else Fit(0.0, 0.0, False)
    return topics.fit(topic, one.near)


def _value(kind: str, plain: str, topic: Topic, topics: Topics, name: str) -> str | None:
    variable = topics.variable(name)
    if kind == "grade":
        for grade in sorted(variable.scale, key=lambda each: -len(each.label.vi)):
            label = re.escape(fold(grade.label.vi))
            if re.search(rf"(?:loai|muc|xep|dat|:)\s+(?:loai |muc )?{label}\b", plain):
                return grade.key
        return None
    if variable.absence is not None:
        if _ABSENT.search(plain):
            return "yes"
        return "yes" if _YES.match(plain) else None
    none = _NONE.search(plain)
    if none and (_of(topic, none["what"], topics) or len(plain) < 30):
        return "not_applicable"
    if _PENDING.search(plain):
        return "pending"
    if kind != "flag":
        return None
    if _NOT.search(plain):
        return "no"
    return "yes"


def _of(topic: Topic, what: str, topics: Topics) -> bool:
    """Whether what there is none of is the topic itself."""
    near = dict.fromkeys(words_of(what)[:14], 1.0)
    return topics.fit(topic, near).cover >= _WANTED

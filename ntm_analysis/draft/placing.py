"""Each quantity of a passage at the topic whose words stand around it, or at none, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ntm_analysis.audit.claims import Claim
from ntm_analysis.audit.figures import NUM
from ntm_analysis.audit.words import UNIT
from ntm_analysis.draft.general import total
from ntm_analysis.draft.model import Found, Missed, Reason, Sure
from ntm_analysis.draft.neighbours import beside
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.possible import MEASURES, converted, possible, sound, subject_of
from ntm_analysis.draft.quantities import Quantity, is_hidden, numbers, quantities
from ntm_analysis.draft.times import Time, is_plan, time_of
from ntm_analysis.draft.topics import GENERAL, NO_FIT, Fit, Topic, Topics, words_of
from ntm_analysis.spelling import fold

_CLAUSE: Final = re.compile(
    r"[;:]|,(?=\s)|\.(?=\s|[A-ZĐ])|\((?!\s*\d)|\btrong đó\b|\bbao gồm\b", re.I
)
_REQUIRED: Final = re.compile(
    r"(?:yeu cau|theo quy dinh|(?<!hanh )(?<!dung )(?<!dam bao )(?<!bao dam )(?<!cac )(?<!hien )"
    r"quy dinh|quy chuan|chi tieu de ra|muc (?:chuan|tran|san|toi da|toi thieu)|nguong|"
    r"(?:toi da|toi thieu) (?:la|theo)|tieu chi (?:la|yeu cau))"
    r"[^.;()]{0,40}$"
)
_HAMLET: Final = re.compile(r"(?:thôn|xóm|ấp|bản|làng|khu|tổ dân phố)\s+(?:[A-ZĐ]|số\s)")
_SURE, _LIKELY, _GUESS = 2.6, 1.8, 1.0
_APART, _CLOSE = 0.25, 0.1
_STRONG, _FAIR, _WEAK = 0.6, 0.42, 0.3
_ELSEWHERE, _NOWHERE = 0.35, 0.7
_CONTEXT, _OTHER_LIMB = 0.85, 0.75
_SAID, _UNMARKED, _HOME, _CLEAR, _NARROWER = 0.54, 0.35, 0.5, 0.8, 1.3
_WITHIN: Final = re.compile(r"trong (?:đó|số)|bao gồm|gồm", re.I)
_NOT_YET: Final = re.compile(rf"{NUM}\s*{UNIT}(?:\s+(?!chưa)[^\W\d_]+){{0,3}}\s+chưa(?!\w)", re.I)
_CONSISTS: Final = re.compile(rf"^\W*(?:bao )?gồm(?: có)?:?\s+\d(?=.*\d\s+{UNIT})", re.I)
_EACH: Final = re.compile(r"\b(?:chung trong|cung|moi|tung|chung)\s*$")
_GO_ON: Final = re.compile(r"giảm còn|tăng lên|còn lại|nay còn|giảm xuống|lên|còn", re.I)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a passage's numbers."""

    found: tuple[Found, ...] = ()
    missed: tuple[Missed, ...] = ()
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class _Choice:
    topic: Topic
    score: float
    gap: float
    rival: str
    base: bool = False
    fit: Fit = NO_FIT

    @property
    def name(self) -> str:
        """The variable that an amount or a part goes to."""
        topic = self.topic
        return topic.whole if self.base else topic.part or topic.value or topic.rate


class Placer:
    """Places the quantities of passages.

    Parameters
    ----------
    topics : Topics
    year : int
        The year of the appraisal.
    """

    def __init__(self, topics: Topics, year: int) -> None:
        self.topics = topics
        self.year = year
        self.codes = {rule.code: rule for rule in topics.rules.rules}

    def place(self, passage: Passage, claims: Sequence[Claim]) -> Placed:
        """Return the figures of a passage, and its numbers that are none."""
        text, bare = passage.text, passage.bare
        every = list(numbers(text))
        taken: set[tuple[int, int]] = set()
        held: dict[Found, list[tuple[int, int]]] = {}
        reasons: dict[tuple[int, int], Reason] = {}
        ones = quantities(passage.report, passage.place, list(claims))
        used: dict[tuple[int, str], float] = {}
        for index, one in enumerate(ones):
            spans = [s for s in every if s[0] < one.end and one.start < s[1]]
            reason = self._aside(passage, one)
            if reason is None:
                earlier = [each.end for each in ones[:index] if each.closed]
                later = [each.start for each in ones[index + 1 :] if each.closed]
                before, after = max(earlier, default=0), min(later, default=len(text))
                read, reason, wider = self._read(passage, one, before, after, used)
                if read:
                    if wider:
                        dropped = [each for each in held if each.variable == wider]
                        taken -= {span for each in dropped for span in held.pop(each)}
                    if one.kind == "claim" and {each.kind for each in read} == {"count"}:
                        spans = spans[:1]  # the percentage is at no variable
                    held |= dict.fromkeys(read, spans)
                    taken.update(spans)
                    continue
            for span in spans:
                reasons[span] = reason or "unplaced"
        missed = []
        for start, end in every:
            if (start, end) in taken:
                continue
            hidden = is_hidden(bare, start, end) or bare[start:end] != text[start:end]
            why: Reason = reasons.get((start, end)) or ("number_of" if hidden else "unplaced")
            missed.append(Missed(text[start:end], why, passage.spot(start, end)))
        return Placed(tuple(held), tuple(missed), len(every))

    # Aside ---------------------------------------------------------------------------------------

    def _aside(self, passage: Passage, one: Quantity) -> Reason | None:
        """Return why a quantity is no result of the commune; None if it may be one."""
        by_role: dict[str, Reason] = {
            "required": "requirement", "plan": "plan", "earlier": "earlier", "claim": "claim",
            "part": "part", "label": "number_of", "code": "number_of", "evidence": "unplaced",
        }  # fmt: skip
        if passage.role in by_role:
            return by_role[passage.role]
        if one.start < passage.start:
            return "number_of"
        if passage.part == "required":
            return "requirement"
        if passage.role == "prose" and _CONSISTS.match(passage.bare) and one.kind == "amount":
            return "part"
        if passage.part == "claim":
            return "claim"
        if passage.zone in ("plan", "conclusion", "dossier"):
            return "plan" if passage.zone == "plan" else "claim"
        paragraph = passage.report.paragraphs[passage.place]
        first, _ = paragraph.sentence(one.start)
        before = fold(paragraph.text[first : one.start])
        opened = before.rfind("(")
        inside = before[opened:] if opened >= 0 and ")" not in before[opened:] else ""
        lead = inside or re.split(r"[,;]", before)[-1]
        if _REQUIRED.search(lead) and not re.search(r"\bdat\s*(?:ty le\s*)?$", lead):
            return "requirement"
        if one.kind == "amount" and _EACH.search(before):
            return "unsure"
        if one.kind in ("amount", "share") and _NOT_YET.match(paragraph.bare, one.start):
            return "unsure"
        if re.search(r"[+*x×/]\s*$", before) or re.match(r"\s*[)]?\s*[+x×*]\s*[(\d]",
                                                         paragraph.text[one.end :]):  # fmt: skip
            return "formula"
        return None

    # Reading -------------------------------------------------------------------------------------

    def _read(
        self,
        passage: Passage,
        one: Quantity,
        before: int,
        after: int,
        used: dict[tuple[int, str], float],
    ) -> tuple[list[Found], Reason | None, str]:
        """Return the figures, else why there are none, and the variable that they take over."""
        paragraph = passage.report.paragraphs[passage.place]
        first, end = paragraph.sentence(one.start)
        first = max(first, passage.start)
        end = max(end, one.end)
        opened = self._opened(passage, first)
        time = time_of(paragraph.text, one.start, one.end, opened, end, self.year)
        if time.when != "now":
            reason: dict[str, Reason] = {"earlier": "earlier", "later": "plan", "change": "change"}
            return [], reason[time.when], ""
        near = self._near(passage, one, first, end, before, after)
        said_again = bool(_GO_ON.search(paragraph.bare[max(first, one.start - 25) : one.start]))
        taken = set() if said_again else {name for at, name in used if at == first}
        choice, wider = self._choose(passage, one, near, taken), ""
        if taken and _WITHIN.search(paragraph.bare[max(first, before) : one.start]):
            free = self._choose(passage, one, near, set())
            name = free.name if free else ""
            if free and free.fit.alias and free.score > _NARROWER * used.get((first, name), 1e9):
                choice, wider = free, name
        if choice is None:
            return [], "unplaced", ""
        clause = paragraph.text[max(first, one.start - 60) : one.start]
        if (
            _HAMLET.search(re.split(r"[,;]", clause)[-1])
            and "hamlets" not in choice.topic.variables
            and choice.topic.code != "17.2"
        ):
            return [], "part", ""
        sure = self._sure(passage, one, choice)
        if sure is None:
            return [], "unsure", ""
        read = self._figures(passage, one, choice, time, sure)
        for each in read:
            used[first, each.variable] = choice.score
        return read, None if read else "unsure", wider

    @staticmethod
    def _opened(passage: Passage, first: int) -> int:
        """Return where the plan begins that a sentence goes on with; itself if it does not."""
        text = passage.report.paragraphs[passage.place].text
        if not first or text[:first].rstrip()[-1:] != ";":
            return first
        before = max(text.rfind(". ", passage.start, first), passage.start)
        return before if is_plan(text[before:first]) else first

    def _near(
        self, passage: Passage, one: Quantity, first: int, end: int, before: int, after: int
    ) -> dict[str, float]:
        """Return the words around a quantity, the nearer the heavier."""
        bare = passage.bare
        lead_from = max(first, before)
        lead = bare[lead_from : one.start]
        parts = _CLAUSE.split(lead)
        close = parts[-1]
        if len(words_of(close)) < 1 and len(parts) > 1:
            close = parts[-2] + " " + close
        tail = _CLAUSE.split(bare[one.end : min(after, end)])[0]
        near: dict[str, float] = {}

        def add(text: str, weight: float) -> None:
            for word in words_of(text):
                near[word] = max(near.get(word, 0.0), weight)

        if passage.role != "prose":
            add(passage.context, 1.0)
        else:
            add(passage.context, 0.28)
        said = len(words_of(close))
        add(close + " " + one.inner, 1.0)
        add(lead, 0.8)
        add(tail, 0.95 if said < 2 else 0.55)
        add(one.dimension if one.dimension not in MEASURES else "", 0.8)
        again = _GO_ON.search(bare[max(first, one.start - 25) : one.start])
        within = again or _WITHIN.search(bare[before : one.start]) if before > first else again
        add(bare[first : one.start], 0.85 if within else 0.5)
        add(bare[one.end : min(after, end)], 0.35)
        add(bare[min(after, end) : end], 0.12)
        if passage.role == "prose":
            add(bare[max(passage.start, first - 160) : first], 0.3)
            if passage.code and passage.code in self.codes:
                add(self.codes[passage.code].indicator.name.vi, 0.6)
            elif len(words_of(passage.bare)) < 6:
                add(passage.before, 0.35)
        return near

    def _choose(
        self, passage: Passage, one: Quantity, near: dict[str, float], taken: set[str]
    ) -> _Choice | None:
        scored: list[tuple[float, Topic, bool, Fit]] = []
        said = {word for word, weight in near.items() if weight >= _SAID}
        own, after = beside(passage, one)
        subject = subject_of(passage, one)
        for topic in self.topics.every:
            for base in (False, True):
                if not possible(self.topics, topic, one, subject, base=base):
                    continue
                name = topic.whole if base else topic.part or topic.value or topic.rate
                if one.kind == "percent":
                    name = topic.rate
                if name in taken:
                    continue
                if topic.value in GENERAL and not topic.code:
                    fit = total(self.topics, passage, one, topic)
                else:
                    fit = self.topics.fit(topic, near, base=base)
                if one.kind == "amount" and topic.kind == "ratio" and topic.whole:
                    marks = self.topics.marks(topic)
                    is_part = bool(marks & said) and not marks & after - own
                    clear = {word for word in marks if near.get(word, 0.0) >= _CLEAR}
                    if not base and marks & after - own:
                        continue
                    if marks and (clear and not after if base else not is_part):
                        fit = replace(fit, score=_UNMARKED * fit.score)
                if fit.score > 0:
                    scored.append((fit.score * self._here(passage, topic), topic, base, fit))
        if not scored:
            return None
        scored.sort(key=lambda each: -each[0])
        best, topic, base, fit = scored[0]
        rival = next(
            (each for each in scored[1:] if not self._same(each[1], each[2], topic, base)), None
        )
        gap = 1.0 if rival is None else (best - rival[0]) / best
        return _Choice(topic, best, gap, rival[1].code if rival else "", base, fit)

    @staticmethod
    def _same(one: Topic, one_base: bool, other: Topic, other_base: bool) -> bool:
        if one is other:
            return True
        mine = {one.whole} if one_base else {one.value, one.part, one.rate}
        theirs = {other.whole} if other_base else {other.value, other.part, other.rate}
        return bool((mine & theirs) - {""})

    def _here(self, passage: Passage, topic: Topic) -> float:
        """Return how much the place of a passage speaks for a topic."""
        limb = 1.0 if topic.own else _OTHER_LIMB if topic.limb else _CONTEXT
        if passage.code:
            return 1.25 * limb if topic.code == passage.code else 0.5
        if topic.criterion is None:
            return 1.0 if topic.value in GENERAL or self._at_home(passage, topic) else _NOWHERE
        if passage.criterion is None:
            return _NOWHERE
        return limb if topic.criterion == passage.criterion else _ELSEWHERE

    def _at_home(self, passage: Passage, topic: Topic) -> bool:
        """Whether a passage stands under a criterion named as in the set that asks for a topic."""
        if passage.criterion is None or not topic.home:
            return False
        name = words_of(self.topics.rules.loaded.criterion[passage.criterion].name.vi)
        return len({*name} & {*topic.home}) >= _HOME * min(len(name), len(topic.home))

    def _sure(self, passage: Passage, one: Quantity, choice: _Choice) -> Sure | None:
        topic = choice.topic
        score, gap = choice.score, choice.gap
        name = choice.name
        unit_said = bool(
            one.kind == "percent"
            or one.dimension in MEASURES
            or (one.dimension and one.dimension in self.topics.counted_in(name))
        )
        fit = choice.fit
        strong = fit.alias or fit.cover >= _STRONG
        here = passage.criterion is not None and topic.criterion == passage.criterion
        here = here or self._at_home(passage, topic)
        general = topic.value in GENERAL
        certain = (
            score >= _SURE
            and strong
            and gap >= _APART
            and (here or general)
            and one.agrees is not False
            and (unit_said or passage.role == "result" or one.agrees or one.kind in ("share",))
        )
        if certain and one.kind == "amount" and topic.kind == "ratio" and not unit_said:
            certain = False
        if certain:
            return "sure"
        if score >= _LIKELY and gap >= _CLOSE and (fit.alias or fit.cover >= _FAIR):
            return "likely"
        close = gap >= _CLOSE / 2 and (here or general or bool(passage.code))
        return "guess" if score >= _GUESS and close and fit.cover >= _WEAK else None

    def _figures(
        self, passage: Passage, one: Quantity, choice: _Choice, time: Time, sure: Sure
    ) -> list[Found]:
        topic = choice.topic
        spot = passage.spot(one.start, one.end)
        why = (
            f"{topic.code or '-'} {topic.limb}".strip(),
            f"{choice.score:.2f}/{choice.gap:.2f}",
            choice.rival,
        )
        pairs: list[tuple[str, str, str]] = []
        if choice.base:
            pairs.append((topic.whole, one.value, "count"))
        elif one.kind == "claim" and topic.kind == "count":
            pairs.append((topic.value, one.part, "count"))
        elif one.kind in ("share", "claim"):
            pairs.append((topic.part, one.part, "share"))
            if one.whole and (topic.limb or topic.whole not in GENERAL):
                pairs.append((topic.whole, one.whole, "share"))
            if one.rate and topic.rate and not one.whole:
                pairs.append((topic.rate, one.rate, "rate"))
        elif one.kind == "percent":
            pairs.append((topic.rate, one.rate, "rate"))
        else:
            name = topic.value or topic.part or topic.rate
            variable = self.topics.variable(name)
            kind = "count" if variable.kind == "count" else "amount"
            pairs.append((name, converted(self.topics, name, one), kind))
        found = []
        for name, value, kind in pairs:
            if not value or not sound(self.topics, name, value):
                continue
            code = topic.code
            found.append(
                Found(
                    name,
                    code,
                    value,
                    self.topics.variable(name).unit,
                    time.day,
                    sure,
                    spot,
                    why,
                    kind,
                )
            )
        if one.kind in ("share", "claim") and len(found) < len(pairs):
            return []
        return found

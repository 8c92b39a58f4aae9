"""What a paragraph opens: a criterion, an indicator, a part of one, another chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from ntm_analysis.draft.topics import words_of
from ntm_analysis.rulebook import RulesInForce
from ntm_analysis.spelling import fold

Zone = Literal["start", "criterion", "plan", "debt", "dossier", "conclusion", "other"]
Part = Literal["", "required", "result", "claim"]
_MARK: Final = r"(?:[-+*•–]\s*)?(?:(?:\d+(?:\.\d+)*|[ivx]+|[a-e])\s*[.):]?\s+)?"
_CRITERION: Final = re.compile(
    rf"^{_MARK}(?:ve\s+)?(?:tieu chi|tc)\s*(?:so\s*)?:?\s*(?P<n>\d{{1,2}})\b(?!\s*[,/;]\s*\d)"
    r"[\s.:,–-]*(?:ve\s+)?(?P<name>.*)$"
)
_NAMED: Final = re.compile(
    r"^(?:[-+*•–]\s*)?(?P<mark>(?:\d+(?:\.\d+)*|[ivx]+|[a-h])\s*[.):]\s*)?"
    r"(?:ve\s+)?(?:tieu chi\s+(?:ve\s+)?)?(?P<name>[a-z][^.;!?]{2,90}?)\s*[:.]?$"
)
_INLINE: Final = re.compile(
    r"^(?:[-+*•–]\s*)?(?P<mark>(?:\d{1,2}|[ivx]+|[a-h])\s*[.):]\s*)?(?P<about>ve\s+)?"
    r"(?P<name>[a-z][a-z ,–-]{2,70}?)\s*(?P<end>[:.])\s+(?=\S)"
)
_INDICATOR: Final = re.compile(
    r"^(?:[-+*•–]\s*)?(?:chi tieu\s*(?:so\s*)?)?"
    r"(?P<code>\d{1,2}\.\d{1,2})\s*[.:)–-]?\s+(?P<name>.+)$"
)
_PARTS: Final = re.compile(
    r"^(?:[-+*•–]\s*)?(?:(?:[a-e]|\d{1,2}(?:\.\d{1,2})*|[ivx]+)\s*[.)]\s*)?"
    r"(?P<what>(?:noi dung |muc |cac )?yeu cau|quy dinh|ket qua|hien trang|thuc trang|"
    r"tu danh gia|danh gia|muc do dat|so sanh)(?P<rest>[^:\d]{0,60}?)(?P<colon>\s*:|$)"
)
_HEADING: Final = re.compile(r"^(?:[ivx]+|[a-e]|\d{1,2}(?:\.\d{1,2})*)\s*[.)]\s")
_ZONES: Final[tuple[tuple[Zone, re.Pattern[str]], ...]] = (
    ("debt", re.compile(r"no dong")),
    ("conclusion", re.compile(r"ket luan|kien nghi|^(?:[ivx]+|\d+)[.)]\s*de nghi")),
    ("plan", re.compile(
        r"phuong huong|ke hoach (?:nang cao|duy tri|nam|thuc hien)|nhiem vu|giai phap|muc tieu")),
    ("dossier", re.compile(r"ve ho so|thanh phan ho so")),
    ("other", re.compile(r"ket qua|tinh hinh|dac diem|thong tin chung|can cu|cong tac")),
)  # fmt: skip
_CHAPTER: Final = re.compile(r"[ivx]+\s*[.)]")
_LONG: Final = 150
_ALIKE, _CODED, _WHOLE = 0.62, 0.3, 0.75
_NAMED_SO, _HALF, _CLEAR = 0.7, 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Heading:
    """What a paragraph opens, and where its own text begins after that."""

    zone: Zone | None = None
    criterion: int | None = None
    code: str = ""
    part: Part = ""
    rest: int = 0


class Headings:
    """Reads headings by the names of a criteria set.

    Parameters
    ----------
    rules : RulesInForce
    """

    def __init__(self, rules: RulesInForce) -> None:
        self.rules = rules
        self.names = {c.number: words_of(c.name.vi) for c in rules.loaded.criteria}

    def criterion(self, name: str, number: int | None) -> int | None:
        """Return the criterion that a heading means; its name wins over its number."""
        given = words_of(name)[:12]
        scores = {n: _alike(given, own) for n, own in self.names.items()}
        best = max(scores, key=lambda n: scores[n])
        if scores[best] >= _ALIKE and scores[best] > scores.get(number or 0, 0.0):
            return best
        return number if number in scores else None

    def of(
        self, text: str, *, marked: bool, zone: Zone, within: int | None = None
    ) -> Heading | None:
        """Return what a paragraph opens; None where it opens nothing.

        Parameters
        ----------
        text : str
        marked : bool
            Whether it looks like a heading: bold, of a heading's style.
        zone : str
            Where it stands.
        within : int, optional
            The criterion that it stands under.
        """
        plain = fold(text).strip()
        head = _CRITERION.match(plain)
        if head and not plain.startswith("dat"):
            name, at = head["name"], len(text)
            colon = re.search(r"(?<=[a-z])[:.]\s+\S", name)
            if len(plain) > _LONG and not colon:
                return None
            if colon:
                at = len(text) - len(name) + colon.start() + 1
                name = name[: colon.start()]
            found = self.criterion(name, int(head["n"]))
            said = colon or re.search(r"\d", name)
            if said and found and not set(words_of(name)) & set(self.names[found]):
                # what follows the number is no name but the first thing said
                at = len(text) - len(head["name"])
            return Heading("criterion", found, self._only(found), rest=at)
        part = _PARTS.match(plain)
        if part and not _CHAPTER.match(plain) and (len(plain) < 70 or part["colon"].strip()):
            at = part.end() if part["colon"].strip() and part.end() < len(plain) else len(text)
            return Heading(part=_part(part["what"]), rest=at)
        coded = _INDICATOR.match(plain)
        if coded and (code := self.indicator(coded["code"], coded["name"], within)):
            return Heading("criterion", int(code.partition(".")[0]), code, rest=coded.end("code"))
        if zone != "plan" and (found := self._by_name(plain, text, marked=marked)):
            return Heading("criterion", found, rest=len(text))
        inline = _INLINE.match(plain)
        if zone not in ("plan", "conclusion") and inline:
            given = words_of(inline["name"])
            best, score = self._best(given)
            told = inline["mark"] or inline["about"]
            if not told and not self._is_title(text, inline, given, best):
                return None
            if (
                score >= _ALIKE
                and (
                    _cover(self.names[best], set(given)) >= _WHOLE
                    or set(given) <= set(self.names[best])
                )
            ) or not told:
                rest = text.find(inline["end"], inline.end("name")) + 1
                return Heading("criterion", best, self._only(best), rest=rest)
            if inline["about"] and inline["end"] == ":" and zone == "criterion":
                return Heading("criterion", None, rest=text.find(":") + 1)
        if len(text) <= _LONG and (_HEADING.match(plain) or marked or text.isupper()):
            for key, words in _ZONES:
                if words.search(plain):
                    if key == "other" and zone == "plan" and not _CHAPTER.match(plain):
                        return None
                    return Heading(key, rest=len(text))
        return None

    def _is_title(
        self, text: str, inline: re.Match[str], given: tuple[str, ...], best: int
    ) -> bool:
        """Whether the unnumbered words before a colon are a criterion's name and no more."""
        return (
            inline["end"] == ":"
            and bool(given)
            and text.lstrip()[:1].isupper()
            and set(given) <= set(self.names[best])
            and self.names[best][: len(given)] == given
        )

    def _by_name(self, plain: str, text: str, *, marked: bool) -> int | None:
        named = _NAMED.match(plain)
        if not named or not (named["mark"] or marked or text.isupper()):
            return None
        given = words_of(named["name"])
        best, score = self._best(given)
        whole = _cover(self.names[best], set(given)) >= _WHOLE
        return best if score >= _ALIKE and whole else None

    def _only(self, criterion: int | None) -> str:
        """Return the indicator of a criterion that has one."""
        codes = [r.code for r in self.rules.rules if r.indicator.criterion == criterion]
        return codes[0] if len(codes) == 1 else ""

    def _best(self, given: tuple[str, ...]) -> tuple[int, float]:
        """Return the criterion whose name is most like some words, and how much."""
        scores = {n: _alike(given, own) for n, own in self.names.items()}
        best = max(scores, key=lambda n: scores[n])
        return best, scores[best]

    def indicator(self, code: str, name: str, within: int | None = None) -> str:
        """Return the indicator of a coded line: by its code, if the name does not object.

        Parameters
        ----------
        code, name : str
        within : int, optional
            The criterion that it stands under: its indicators are tried by their short names.
        """
        given = set(words_of(name)[:25])
        scores = {
            rule.code: _cover(words_of(rule.indicator.name.vi), given) for rule in self.rules.rules
        }
        shorts = {
            rule.code: _cover(words_of(rule.indicator.short.vi), given) for rule in self.rules.rules
        }
        best = max(scores, key=lambda c: scores[c], default="")
        if code in scores and max(scores[code], shorts[code]) >= _CODED:
            return code
        if best and scores[best] >= _NAMED_SO:
            return best
        mine = sorted(
            (max(scores[rule.code], shorts[rule.code]), rule.code)
            for rule in self.rules.rules
            if rule.indicator.criterion == within
        )
        if not mine or mine[-1][0] < _HALF:
            return ""
        return mine[-1][1] if len(mine) < 2 or mine[-2][0] < mine[-1][0] - _CLEAR else ""


def _part(what: str) -> Part:
    if "yeu cau" in what or "quy dinh" in what:
        return "required"
    return "result" if what.startswith(("ket qua", "hien", "thuc")) else "claim"


def _cover(own: tuple[str, ...], given: set[str]) -> float:
    return len(given & set(own)) / len(set(own)) if own else 0.0


def _alike(given: tuple[str, ...], own: tuple[str, ...]) -> float:
    """Return how alike two names are: the share of each that the other has, the lower weighing."""
    if not given or not own:
        return 0.0
    shared = len(set(given) & set(own))
    return 0.6 * shared / len(set(own)) + 0.4 * shared / len(set(given))

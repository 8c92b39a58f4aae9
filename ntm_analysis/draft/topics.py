"""What a figure can be of: the limbs of a set's indicators, their context, general totals."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ntm_analysis.audit.mentions import kind
from ntm_analysis.law.words import plain
from ntm_analysis.rulebook import Indicator, Limb, RulesInForce, Variable

_RATIO: Final = re.compile(r"100 \* (\w+) / (\w+)")
_STOP: Final = frozenset(
    [
        "va",
        "cac",
        "cua",
        "cho",
        "theo",
        "duoc",
        "co",
        "la",
        "o",
        "trong",
        "tren",
        "tai",
        "voi",
        "ve",
        "de",
        "den",
        "tu",
        "so",
        "mot",
        "nhung",
        "bang",
        "thi",
        "do",
        "khi",
        "nhu",
        "hoac",
        "dat",
        "muc",
        "xa",
        "ty",
        "le",
        "tong",
        "hien",
        "nay",
        "dia",
        "ban",
        "da",
        "dang",
        "quy",
        "dinh",
        "hang",
        "nam",
        "thuc",
        "phan",
        "nguoi",
        "dan",
        "viec",
        "toan",
        "cung",
        "chi",
        "tieu",
        "voi",
        "con",
        "tham",
        "gia",
        "huyen",
        "tinh",
        "gom",
        "nam",
        "dam",
        "bao",
    ]
)
_ONE_WORD: Final = (
    (re.compile(r"\bduong (?:giao thong )?(?:truc )?(?:chinh )?xa\b"), "duong duongxa"),
    (re.compile(r"\btu xa\b"), "tuxa"),
    (re.compile(r"\bduong (?:truc )?(?:xom|ban|buon)\b"), "duong thon"),
    (re.compile(r"\bso (?=kham|suc khoe|theo doi)"), "soyte "),
)
"""Words that say something only together, of which each alone is passed over."""
_BOTH: Final = re.compile(r"(?:cả )?nam (?:và|,) nữ", re.I)
_MEN: Final = re.compile(
    r"(?<!\w)(?<!Hà )(?<!Việt )(?<!phía )(?<!miền )(?:nam|Nam)"
    r"(?= (?:giới|qua|tham gia|có|đạt)|\s*:?\s*$)|(?<=lao động )nam(?!\w)"
)
_WOMEN: Final = re.compile(r"(?<!\w)nữ(?!\w)", re.I)
_SOUTH: Final = re.compile(r"\b(?:ấp|khóm)\b", re.I)
_SEXES: Final = frozenset({"namgioi", "nugioi"})
_BOTH_SEXES: Final = re.compile(r"\b(?:ap dung )?(?:dat )?(?:cho )?ca nam va nu\b")
GENERAL: Final = ("households", "population", "hamlets")


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, without accents."""
    accented = not text.isascii()
    if accented:
        text = _SOUTH.sub("thôn", text)
        text = _WOMEN.sub("nugioi", _MEN.sub("namgioi", _BOTH.sub(" ", text)))
    spelt = _BOTH_SEXES.sub(" ", plain(text))
    for pattern, one in _ONE_WORD:
        spelt = pattern.sub(one, spelt)
    return tuple(word for word in spelt.split() if (word not in _STOP and word.isalpha())
                 or (word.isdecimal() and len(word) < 3))  # fmt: skip


@dataclass(frozen=True)
class Topic:
    """Something that reports give figures of.

    Attributes
    ----------
    code : str
        The indicator; empty for what belongs to none of the set's.
    limb : str
        The limb of it; empty for context and general figures.
    kind : str
        `ratio`, or the kind of its one variable.
    rate, part, whole, value : str
        The variables for a percentage, a count, its base, and a value that stands alone.
    aliases, names, wholes : tuple of tuple of str
        Phrases of which every word must stand; of which most must; of the base alone.
    home : tuple of str
        The words of the criterion that it stands under in the set that asks for it.
    """

    code: str
    limb: str
    kind: str
    rate: str = ""
    part: str = ""
    whole: str = ""
    value: str = ""
    aliases: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    wholes: tuple[tuple[str, ...], ...] = ()
    own: bool = False
    home: tuple[str, ...] = ()

    @property
    def criterion(self) -> int | None:
        """The criterion of its indicator."""
        return int(self.code.partition(".")[0]) if self.code else None

    @property
    def variables(self) -> tuple[str, ...]:
        """Its variables."""
        return tuple(v for v in (self.value, self.part, self.whole, self.rate) if v)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well words fit a topic: the score, the share of its phrase, whether that is an alias."""

    score: float
    cover: float
    alias: bool


NO_FIT: Final = Fit(0.0, 0.0, False)
_PRESENT: Final = 0.3


@dataclass
class Topics:
    """The topics of a criteria set in force, and how much their words say.

    Attributes
    ----------
    rules : RulesInForce
    every : list of Topic
    """

    rules: RulesInForce
    every: list[Topic] = field(default_factory=list)
    _marks: dict[tuple[str, str, str], frozenset[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.every = list(_topics(self.rules))
        counts = Counter(
            word
            for topic in self.every
            for word in {w for p in (*topic.aliases, *topic.names) for w in p}
        )
        self._idf = {
            word: math.log(1 + len(self.every) / (1 + count)) for word, count in counts.items()
        }
        self._most = math.log(1 + len(self.every))
        self._units = {
            key: frozenset(map(kind, (unit.label.vi.split("/")[0], *unit.aliases)))
            for key, unit in self.rules.rulebook.units.items()
        }

    def weight(self, word: str) -> float:
        """Return how much a word says: the rarer among the topics, the more."""
        return self._idf.get(word, self._most / 2)

    def counted_in(self, variable: str) -> frozenset[str]:
        """Return what reports count a variable in."""
        return self._units[self.rules.rulebook.variables[variable].unit]

    def variable(self, name: str) -> Variable:
        """Return a variable of the rulebook."""
        return self.rules.rulebook.variables[name]

    def marks(self, topic: Topic) -> frozenset[str]:
        """Return the words that tell a part from its whole: `cứng hóa` from the road's length."""
        key = (topic.code, topic.limb, topic.part)
        if key not in self._marks:
            words = {word for phrase in (*topic.aliases, *topic.names) for word in phrase}
            whole = {word for phrase in topic.wholes for word in phrase}
            self._marks[key] = frozenset(words - whole)
        return self._marks[key]

    def fit(self, topic: Topic, near: Mapping[str, float], *, base: bool = False) -> Fit:
        """Return how well words fit a topic, or the base of one.

        Parameters
        ----------
        topic : Topic
        near : mapping of word to weight
            The words around a figure; the nearer, the heavier.
        base : bool
        """
        phrases = topic.wholes if base else topic.aliases
        fits = [self._fit(phrase, near, whole=True) for phrase in phrases]
        if not base:
            fits += [self._fit(phrase, near, whole=False) for phrase in topic.names]
        return max(fits, key=lambda fit: fit.score, default=NO_FIT)

    def _fit(self, phrase: tuple[str, ...], near: Mapping[str, float], *, whole: bool) -> Fit:
        all_ = sum(map(self.weight, phrase))
        if any(word in phrase and word not in near for word in _SEXES):
            return NO_FIT
        if not all_ or (whole and any(near.get(word, 0.0) < _PRESENT for word in phrase)):
            return NO_FIT
        found = sum(self.weight(word) * near.get(word, 0.0) for word in phrase)
        cover = found / all_
        score = found * cover * cover * (1.0 if whole else 0.8)
        return Fit(score, cover, whole)


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(p for text in texts if (p := words_of(text))))


def _topics(rules: RulesInForce) -> Iterator[Topic]:
    variables = rules.rulebook.variables
    taken: set[str] = set()
    single = {
        c.indicators[0].code: c.name.vi for c in rules.loaded.criteria if len(c.indicators) == 1
    }
    for rule in rules.rules:
        for topic in _of_indicator(rule.indicator, variables, single.get(rule.code, "")):
            taken.update(topic.variables)
            yield topic
    for name in GENERAL:
        taken.add(name)
        phrases = _phrases((variables[name].label.vi, *variables[name].aliases))
        yield Topic("", "", variables[name].kind, value=name, aliases=phrases)
    # what other sets ask for is still a figure of the commune
    for loaded in rules.rulebook.sets.values():
        for indicator in loaded.indicators.values():
            home = words_of(loaded.criterion[indicator.criterion].name.vi)
            for topic in _of_indicator(indicator, variables, ""):
                if not taken.intersection({topic.value, topic.part, topic.rate} - {""}):
                    taken.update(topic.variables)
                    yield Topic(**{**topic.__dict__, "code": "", "limb": "", "own": False,
                                   "home": home})  # fmt: skip


def _of_indicator(
    indicator: Indicator, variables: Mapping[str, Variable], criterion: str
) -> Iterator[Topic]:
    for number, limb in enumerate(indicator.limbs):
        names = [limb.name.vi] if limb.name and number else []
        if not number:
            bare = re.sub(r"\([^()]*\)", " ", indicator.name.vi)
            names += [bare, indicator.short.vi, criterion]
        yield from _of_limb(indicator, limb, names, variables, own=not number)
    context = set(indicator.context)
    done: set[str] = set()
    for name in indicator.context:
        variable = variables[name]
        whole = variable.part_of
        if whole and (whole in context or whole in indicator.variables or whole == "hamlets"):
            done |= {name, whole} if whole in context else {name}
            yield Topic(
                indicator.code, "", "ratio", part=name, whole=whole,
                aliases=_phrases(variable.aliases), names=_phrases([variable.label.vi]),
                wholes=_phrases((variables[whole].label.vi, *variables[whole].aliases)),
            )  # fmt: skip
    for name in indicator.context:
        if name not in done:
            yield _alone(indicator.code, "", name, variables[name], [])


def _of_limb(
    indicator: Indicator,
    limb: Limb,
    names: list[str],
    variables: Mapping[str, Variable],
    *,
    own: bool,
) -> Iterator[Topic]:
    ratio = _RATIO.fullmatch(limb.formula)
    if ratio:
        part, whole = variables[ratio[1]], variables[ratio[2]]
        rate = variables[limb.stated] if limb.stated else None
        labels = [part.label.vi, *([rate.label.vi] if rate else []), *names]
        yield Topic(
            indicator.code, limb.key, "ratio", limb.stated or "", ratio[1], ratio[2],
            aliases=_phrases((*part.aliases, *(rate.aliases if rate else ()))),
            names=_phrases(labels), wholes=_phrases((whole.label.vi, *whole.aliases)), own=own,
        )  # fmt: skip
        return
    if len(limb.parsed.variables) == 1:
        (name,) = limb.parsed.variables
        yield _alone(indicator.code, limb.key, name, variables[name], names, own=own)
        return
    for name in limb.parsed.variables:
        if name not in GENERAL:
            yield _alone(indicator.code, limb.key, name, variables[name], [])
    if limb.stated:
        yield _alone(indicator.code, limb.key, limb.stated, variables[limb.stated], names, own=own)


def _alone(
    code: str, limb: str, name: str, variable: Variable, names: list[str], *, own: bool = False
) -> Topic:
    rate = name if variable.kind == "percent" else ""
    return Topic(
        code, limb, variable.kind, rate=rate, value="" if rate else name,
        aliases=_phrases(variable.aliases), names=_phrases([variable.label.vi, *names]), own=own,
    )  # fmt: skip

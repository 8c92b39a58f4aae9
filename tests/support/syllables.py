"""Whether a word can be Vietnamese: an initial, a rhyme and a tone that go together."""

from __future__ import annotations

import re
import unicodedata
from typing import Final


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RHYMES: Final = _listed(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """
)
_INITIALS: Final = _listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
_AFTER_QU: Final = _listed(
    """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân ât ây e en eo et ê ên êt
    i ich in inh it y ya ych yên yêt yn ynh yt ơ ôc
    """
)
_AFTER_GI: Final = _listed(
    """
    a ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âc âm ân âng âp ât âu ây e em en eo ep et
    ê êc êm ên êng êt êu o oi om on ong op ôc ôi ôn ông ơ ơi u ua ui un ung up uôc uông
    ư ưa ưc ương ươc ươi
    """
)
_TONES: Final = {"\u0300": "`", "\u0301": "´", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_FRONT: Final = tuple("eêiy")
_HATS: Final = frozenset("\u0302\u0306\u031b")  # of â ê ô, ă, ơ ư


def is_syllable(word: str) -> bool:
    """Return whether a word is a well-formed Vietnamese syllable.

    Examples
    --------
    >>> [is_syllable(one) for one in ("nghĩa", "ngành", "nghành", "quyết", "kiễm", "bặc", "bac")]
    [True, True, False, True, True, True, False]
    """
    tone, toned, hats = "", False, 0
    letters: list[str] = []
    # Every vowel with its own marks: where one has a hat, the tone stands on such a one.
    for letter in unicodedata.normalize("NFC", word.casefold()):
        marks = unicodedata.normalize("NFD", letter)
        hat = any(mark in _HATS for mark in marks)
        hats += hat
        for mark in marks:
            if mark not in _TONES:
                letters.append(mark)
            elif tone:
                return False
            else:
                tone, toned = _TONES[mark], hat
    if tone and hats and not toned:
        return False
    plain = unicodedata.normalize("NFC", "".join(letters))
    return _sounds(plain, tone) and any(
        _fits(initial, plain[len(initial) :])
        for initial in ("", *_INITIALS)
        if plain.startswith(initial)
    )


def _fits(initial: str, rhyme: str) -> bool:
    if initial == "qu":
        return rhyme in _AFTER_QU
    if initial == "gi":
        return rhyme in _AFTER_GI or rhyme in ("", "n", "m", "t")
    if rhyme not in _RHYMES:
        return False
    front = rhyme.startswith(_FRONT)
    if initial in ("k", "gh", "ngh"):
        return front
    if initial in ("c", "g", "ng"):
        return not front
    return not (initial and rhyme.startswith(("yê", "y")) and rhyme != "y")


def _sounds(plain: str, tone: str) -> bool:
    """A syllable that ends in a stop is said with one of two tones only."""
    return tone in ("´", ".") if plain.endswith(("c", "ch", "p", "t")) else True


_WORD: Final = re.compile(r"[^\W\d_]+")


def strange_words(text: str, known: frozenset[str]) -> list[str]:
    """Return the words of a text that cannot be Vietnamese and are not among those known.

    What has capitals inside (`UBND`, `VietGAP`) is an abbreviation or a name.
    """
    return [
        word
        for word in _WORD.findall(unicodedata.normalize("NFC", text))
        if word.casefold() not in known
        and not any(letter.isupper() for letter in word[1:])
        and len(word) > 1
        and not is_syllable(word)
    ]

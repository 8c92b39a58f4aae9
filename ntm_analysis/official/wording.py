"""How the documents put figures into words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ntm_analysis.capitals import lower_first, upper_first
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative.indicator_view import FigureView

_STOPS = " .;"


def sentence(text: str) -> str:
    """Return text with a capital at its beginning and a full stop at its end."""
    bare = text.strip().rstrip(_STOPS)
    return upper_first(bare) + ("" if bare.endswith(("!", "?", "…")) else ".") if bare else ""


def sentences(parts: Iterable[str]) -> str:
    """Return texts as sentences, one after the other."""
    return " ".join(filter(None, map(sentence, parts)))


def spoken(text: str, lang: Lang) -> str:
    """Return a printed figure as a sentence says it: `> 40%` is `trên 40%`.

    Examples
    --------
    >>> spoken("> 40%", "vi"), spoken("8,35 km", "vi")
    ('trên 40%', '8,35 km')
    """
    for sign, key in (("≥", "at_least"), ("≤", "at_most"), (">", "above"), ("<", "below")):
        if text.startswith(f"{sign} "):
            return translate(f"official.{key}", lang, value=text[len(sign) :].strip())
    return text


def noun_of(figure: FigureView) -> str:
    """Return what a figure counts: `hộ` of `2.751 hộ`."""
    return figure.text.removeprefix(figure.number).strip()


def counted(label: str, number: str, noun: str, lang: Lang) -> str:
    """Return a count with what is counted, the noun once.

    Examples
    --------
    >>> counted("Số hộ sử dụng điện", "2.751/2.751", "hộ", "vi")
    '2.751/2.751 hộ sử dụng điện'
    >>> counted("Đường dây hạ thế", "82,5", "km", "vi")
    'đường dây hạ thế 82,5 km'
    """
    plain = lower_first(label)
    bare = re.sub(r"^(?:số|number of) ", "", plain)
    number = spoken(number, lang)
    if noun and re.match(rf"{re.escape(noun)}(?:\s|$)", bare):
        return f"{number} {bare}"
    quantity = f"{number}{noun}" if noun.startswith("%") else f"{number} {noun}".strip()
    return translate("official.label_value", lang, label=plain, value=quantity)


def figure_text(figure: FigureView, lang: Lang) -> str:
    """Return a figure with what it is of."""
    number, noun = figure.number, noun_of(figure)
    if figure.text.startswith(number) and noun and not figure.text.startswith(f"{number}%"):
        return counted(figure.label, number, noun, lang)
    shared = re.match(r"(\S+/\S+) (.+)", figure.text)
    if shared:
        return counted(figure.label, shared[1], shared[2], lang)
    return translate(
        "official.label_value",
        lang,
        label=lower_first(figure.label),
        value=spoken(figure.text, lang),
    )


def listed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines of a list: each ends with a semicolon, the last with a full stop."""
    bare = [line.rstrip(_STOPS) for line in lines]
    return (*(f"{line};" for line in bare[:-1]), *(f"{line}." for line in bare[-1:]))


def without_lines(text: str, lang: Lang) -> str:
    """Return a text without the lines of files that it names: a reader of the paper has none.

    Examples
    --------
    >>> without_lines("34 hộ (dòng 173) thay cho 33 hộ (dòng 75, dòng 303)", "vi")
    '34 hộ thay cho 33 hộ'
    """
    word = translate("report.place_line", lang, place=r"\d+")
    more = r"(?:(?:, | và | and )(?:" + word + r"|\d+))*"
    text = re.sub(rf" ?\({word}{more}\)", "", text)
    return re.sub(rf" (?:ở|in|trong) {word}{more}", "", text)


def office_words(text: str, lang: Lang) -> str:
    """Return a text of the analysis in the words of an office's report.

    Examples
    --------
    >>> office_words("yêu cầu: chưa rõ ngưỡng", "vi")
    'yêu cầu: chưa rõ mức yêu cầu'
    """
    unknown = translate("official.no_threshold", lang)
    return text.replace(translate("numbers.unknown", lang), lower_first(unknown))

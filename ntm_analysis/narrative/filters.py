"""Small turns of phrase for the templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ntm_analysis.capitals import lower_first, upper_first
from ntm_analysis.language import Lang, translate


def no_stop(text: str) -> str:
    """Return text without its full stop, to stand inside a sentence."""
    return text.rstrip().removesuffix(".")


def unsigned(text: str) -> str:
    """Return a printed number without its minus sign."""
    return text.lstrip("−-")


def requirement(text: str) -> str:
    """Return a requirement as it stands inside a sentence: `≥ 95%`, `có`."""
    return lower_first(text)


def listing(items: Sequence[str], lang: Lang) -> str:
    """Return items as a sentence lists them: `a, b và c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {translate('report.and', lang)} {items[-1]}"


FILTERS: dict[str, Callable[..., Any]] = {
    "lower_first": lower_first,
    "lower_first_word": upper_first,
    "no_stop": no_stop,
    "unsigned": unsigned,
    "requirement": requirement,
}

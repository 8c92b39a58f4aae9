"""The two languages of reports and messages, Vietnamese first."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict

from ntm_analysis.yamlloader import Loader

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class Text(BaseModel):
    """A name or sentence in both languages.

    Attributes
    ----------
    vi, en : str
        Never empty; Vietnamese in NFC.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_min_length=1, str_strip_whitespace=True
    )

    vi: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.vi if lang == "vi" else self.en


def _flatten(node: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{name}.")
        else:
            flat[name] = str(value)
    return flat


@cache
def messages(lang: Lang) -> Mapping[str, str]:
    """Return all messages of one language, keyed by their dotted names."""
    text = resources.files("ntm_analysis").joinpath("locale", f"{lang}.yaml").read_text("utf-8")
    return _flatten(yaml.load(text, Loader=Loader))


def translate(key: str, lang: Lang, **fields: object) -> str:
    """Return the message `key` in `lang`, with its `{fields}` filled in.

    Raises
    ------
    KeyError
        If there is no such message: a mistake of ours, not of the user.
    """
    message = messages(lang)[key]
    return message.format(**fields) if fields else message


def user_lang() -> Lang:
    """Return the language of the person at the terminal.

    `NTM_LANG` decides if it is set; else an English locale gives English; else Vietnamese.
    """
    chosen = os.environ.get("NTM_LANG", "").strip().lower()
    if chosen in LANGUAGES:
        return "en" if chosen == "en" else "vi"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "en" if value.lower().startswith("en") else "vi"
    try:
        name = locale.getlocale()[0] or ""
    except ValueError:
        name = ""
    return "en" if name.lower().startswith("en") else "vi"


_workbook: ContextVar[bool] = ContextVar("workbook", default=False)


@contextmanager
def workbook_words() -> Iterator[None]:
    """Speak to a person who fills in a workbook and never sees the commune's files.

    Within it, `say` takes the message under `workbook.` where there is one.
    """
    token = _workbook.set(True)
    try:
        yield
    finally:
        _workbook.reset(token)


def in_workbook() -> bool:
    """Return whether the person sees a workbook, and none of the commune's files."""
    return _workbook.get()


def typed(number: str) -> str:
    """Return a number or a day of the machine syntax as the person is to type it.

    Examples
    --------
    >>> typed("72.403"), typed("2034-01-02")
    ('72.403', '2034-01-02')
    """
    if _workbook.get() and (day := _ISO_DAY.fullmatch(number)):
        return "/".join(reversed(day.groups()))  # in both languages: the cells are formatted so
    comma = _workbook.get() and user_lang() == "vi"
    return number.replace(".", ",") if comma else number


def say(key: str, **fields: object) -> str:
    """Return the message `key` in the language of the person at the terminal."""
    lang = user_lang()
    if _workbook.get() and f"workbook.{key}" in messages(lang):
        key = f"workbook.{key}"
    return translate(key, lang, **fields)

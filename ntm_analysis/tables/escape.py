"""Text from data as Markdown that shows it literally, whoever renders it.

The escapes hold for Pandoc's Markdown with any of its extensions, for Quarto, which looks for
short codes before Pandoc reads anything, and for the Markdown of Jupyter, GitHub and others.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from ntm_analysis.language import Lang


class Md(str):
    """Text that is Markdown already and is not escaped again.

    Jupyter shows it as text. What Quarto and the built-in renderer read is the Markdown itself.
    """

    __slots__ = ()
    lang: ClassVar[Lang] = "vi"

    def _ipython_display_(self) -> None:
        # Not by its bundle alone: to that, IPython would add all of the text as the string it is.
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]

    def _repr_mimebundle_(self, **_given: Any) -> dict[str, str]:
        from ntm_analysis.tables.html import as_html  # only where one looks

        first = next((line for line in self.splitlines() if line.strip()), "")
        return {
            "text/markdown": str(self),
            "text/html": as_html(self, self.lang),
            "text/plain": first if len(first) <= 72 else f"{first[:71]}…",
        }


class EnglishMd(Md):
    """The same in English: it decides on the words that stand for references in Jupyter."""

    __slots__ = ()
    lang: ClassVar[Lang] = "en"


def in_language(text: str, lang: Lang) -> Md:
    """Return Markdown in a language."""
    return EnglishMd(text) if lang == "en" else Md(text)


_SPACES = re.compile(r"\s+")
_ABBREVIATIONS = (
    "aet|aetat|al|Apr|Aug|bk|Bros|c|Capt|cf|ch|chap|chs|Co|col|Corp|cp|d|Dec|Dr|e\\.g|ed|eds|esp|f|"
    "fasc|Feb|ff|fig|fl|fol|fols|Fr|Gen|Gov|Hon|i\\.e|ill|Inc|incl|Jan|Jr|Jul|Jun|Ltd|M\\.A|M\\.D|"
    "Mar|Mr|Mrs|Ms|n|n\\.b|nn|No|Nov|Oct|p|Ph\\.D|pp|Pres|Prof|pt|q\\.v|Rep|Rev|s\\.v|s\\.vv|saec|"
    "sec|Sen|Sep|Sept|Sgt|Sr|St|univ|viz|vol|vs"
)
"""Of Pandoc: the space after them becomes one that does not break."""
_SPECIAL = re.compile(
    r"""(?P<sign>[\\`*_{}\[\]<>#|~^$@&"'])"""
    # What printers' rules would turn into dashes and an ellipsis.
    r"|(?P<run>-{2,}|\.{2,})"
    # What would become a link or a picture by itself: `https:`, `mailto:`, `www.`, `:smile:`.
    r"|(?<![\w.+-])(?P<scheme>[^\W\d_][A-Za-z0-9.+-]*):(?=\S)"
    r"|(?<![\w.])(?P<host>(?i:www|ftp))\.(?=\S)"
    r"|(?P<emoji>:[\w+-]+:)"
    rf"|(?<![\w.])(?P<short>{_ABBREVIATIONS})\.(?= |$)"
)
_OPENING = re.compile(
    r"^(?:[-+:](?=\s|$)|:(?=::)|=(?==*$)|(?:\d+|\w|[ivxlcdmIVXLCDM]+)[.)](?=\s|$)|\(\w+\)(?=\s|$))"
)


def _escaped(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match.group()
    if text == "\\":
        return "&#92;"  # two of them, and a bracket, begin a formula in Jupyter
    if kind == "sign":
        return f"\\{text}"
    if kind == "run":
        return "".join(f"\\{letter}" for letter in text)
    if kind == "emoji":
        inner = text[1:-1].replace("_", "\\_")
        return f"\\:{inner}\\:"
    return f"{text[:-1]}\\{text[-1]}"


def escape(text: str) -> Md:
    r"""Return text from data as Markdown that shows it literally, on one line.

    Nothing in it becomes a link, a formula, a citation, markup or another character; spaces and
    line breaks become single spaces.

    Examples
    --------
    >>> print(escape("Tân_Phú $5$ https://example.org"))
    Tân\_Phú \$5\$ https\://example.org
    """
    if isinstance(text, Md):
        return text
    one_line = _SPACES.sub(" ", text.strip())
    escaped = _SPECIAL.sub(_escaped, one_line)
    opening = _OPENING.match(escaped)
    if opening:
        end = opening.end() - 1
        escaped = f"{escaped[:end]}\\{escaped[end:]}"
    return Md(escaped)


_ENTITIES = {sign: f"&#{ord(sign)};" for sign in "&\"<>{}[]()\\'`*_$@~"}
_ALIVE = re.compile(r"(?<=\w):(?=\S)|(?<=www)\.|(?<=ftp)\.", re.IGNORECASE)
"""What would make an address a link, for viewers that take attributes for text."""


def attribute(text: str) -> str:
    """Return plain text as it can stand in a quoted attribute of Markdown, read back as it was."""
    one_line = _SPACES.sub(" ", text.strip())
    coded = "".join(_ENTITIES.get(letter, letter) for letter in one_line)
    return _ALIVE.sub(lambda sign: f"&#{ord(sign[0])};", coded)


def code(text: str) -> Md:
    """Return the name of a file or a key as code; in words where signs of its own would end it."""
    return escape(text) if set(text) & set("`|<") else Md(f"`{text}`")


def title(text: str) -> Md:
    """Return text from data as it can stand in the front matter as a title.

    There Quarto looks for short codes after Pandoc has read the text, so braces are held apart.
    """
    apart = escape(text).replace("\\{\\{", "\\{[]{}\\{").replace("\\}\\}", "\\}[]{}\\}")
    return Md(apart)

"""Which sign separates the cells of a CSV file: the one home for all readers."""

from __future__ import annotations

import re
from typing import Final

_HINT: Final = re.compile(r'^"?sep=(.)"?$')
"""A first line by which Excel is told the delimiter."""


def delimiter_of(text: str) -> tuple[str, str, int]:
    r"""Return the delimiter of a CSV text, the text without Excel's hint, and the lines left out.

    Excel writes commas, semicolons or tabs, as the country has it; a first line `sep=;` says which.

    Examples
    --------
    >>> delimiter_of("sep=;\na;b\n")
    (';', 'a;b\n', 1)
    """
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    hint = _HINT.match(first.strip())
    if hint:
        return hint[1], rest, 1
    header = text.lstrip().partition("\n")[0]
    return max(",;\t", key=header.count), text, 0

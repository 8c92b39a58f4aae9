"""The words for yes, no, and what is no figure: the one home of them for every reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Status = Literal["number", "pending", "not_applicable"]
Answer = Literal["yes", "no"]

PLAIN: Final[Mapping[str, Answer]] = {"yes": "yes", "có": "yes", "no": "no", "không": "no"}
"""What stands in `figures.csv` itself."""

ANSWERS: Final[Mapping[str, Answer]] = {
    **PLAIN, "co": "yes", "x": "yes", "true": "yes", "khong": "no", "false": "no",
    **dict.fromkeys(("đạt", "met"), "yes"),
    **dict.fromkeys(("không đạt", "chưa đạt", "not met"), "no"),
}  # fmt: skip
"""What people write for yes and no."""

CLEAR: Final = frozenset({"đạt", "met", "không đạt", "chưa đạt", "not met"})
"""The answers that say whether a requirement is met, even one that asks for an absence."""

STATUS: Final[Mapping[str, Status]] = {"pending": "pending", "not_applicable": "not_applicable"}
"""What stands in `figures.csv` itself."""

STATUSES: Final[Mapping[str, Status]] = {
    **STATUS,
    **dict.fromkeys(("không phát sinh", "không áp dụng", "not applicable"), "not_applicable"),
    **dict.fromkeys(("đang hoàn thiện", "đang thực hiện", "in progress"), "pending"),
}
"""What people write where there is no figure; not `N/A`, which may mean "not available"."""

NO_FIGURE: Final = frozenset({
    "chưa có số liệu", "chưa có số", "chưa có thông tin", "không có số liệu",
    "không có thông tin", "chưa thống kê", "không thống kê", "chưa rõ", "không rõ",
    "không xác định", "no data", "no figure", "not available", "unknown", "not known",
})  # fmt: skip
"""What people write where nobody knows the figure: the cell counts as empty, and that is told.

Not `chưa có` alone, which says as well that there is none of what is asked about.
"""

_SIGN: Final = re.compile(r"[-–—−]{1,3}|[.…]{1,5}")


def is_sign_of_nothing(text: str) -> bool:
    """Return whether a cell holds only dashes or dots, as a table has them where there is nothing.

    Examples
    --------
    >>> is_sign_of_nothing("–"), is_sign_of_nothing("..."), is_sign_of_nothing("/")
    (True, True, False)
    """
    return _SIGN.fullmatch(text) is not None


def no_figure(text: str) -> bool:
    """Return whether a cell for a figure says that there is none.

    Examples
    --------
    >>> no_figure("Chưa có số liệu."), no_figure("-"), no_figure("không có")
    (True, True, False)
    """
    return is_sign_of_nothing(text) or text.casefold().rstrip(". ") in NO_FIGURE


def truth(text: str) -> bool | None:
    """Return the truth that a cell states, which may be a digit; None where it is none.

    Examples
    --------
    >>> truth("Có"), truth("0"), truth("maybe")
    (True, False, None)
    """
    word = {"1": "yes", "0": "no"}.get(text, ANSWERS.get(text.casefold()))
    return None if word is None else word == "yes"

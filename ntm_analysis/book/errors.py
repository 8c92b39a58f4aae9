"""What goes wrong while a book is rendered."""

from __future__ import annotations


class BookError(Exception):
    """A book that cannot be rendered, in words for its author.

    Parameters
    ----------
    message : str
        What is wrong and what to do, in the user's language.
    log : str
        All that the tool behind it said; kept in a file beside the reports.
    """

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log

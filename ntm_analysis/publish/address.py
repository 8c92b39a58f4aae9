"""The address under which a site will stand."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem


def read_base(text: str) -> str:
    """Return the address of a site with a slash at its end.

    Parameters
    ----------
    text : str
        As a person gave it.

    Raises
    ------
    DataErrors
        If it is not a whole `http` or `https` address, or one that pages cannot stand under.

    Examples
    --------
    >>> read_base("https://example.org/ntm")
    'https://example.org/ntm/'
    """
    try:
        parts = urlsplit(text.strip())
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine, parts = False, urlsplit("")
    fits = (
        port_is_fine
        and parts.scheme in ("http", "https")
        and parts.hostname
        and parts.username is None
        and not parts.query
        and not parts.fragment
        and not any(letter.isspace() or letter in "<>\"'\\" for letter in text.strip())
        and ".." not in parts.path.split("/")
    )
    if not fits:
        wanted = say("publish.base_wanted")
        raise DataErrors([Problem("--base-url", say("publish.base"), wanted, value=text)])
    path = quote(parts.path.rstrip("/"), safe="/%~")
    return f"{parts.scheme}://{parts.netloc.lower()}{path}/"


def address(base: str, page: str) -> str:
    """Return the address of a page: that of its folder, where it is a folder's first page.

    Examples
    --------
    >>> address("https://example.org/", "a/index.html")
    'https://example.org/a/'
    """
    if page == "index.html" or page.endswith("/index.html"):
        page = page.removesuffix("index.html")
    return base + quote(page, safe="/~")

"""Districts and provinces in a sentence, with the word for what kind of unit each is."""

from __future__ import annotations

from typing import Final

from ntm_analysis.language import Lang, translate
from ntm_analysis.spelling import district_kind

CITY: Final = "thành phố"
"""What `provinces.yaml` calls a city under the central government."""


def district_in(name: str, lang: Lang) -> str:
    """Return a district as a sentence names it.

    Examples
    --------
    >>> district_in("Bình Lục", "vi"), district_in("Thị xã Duy Tiên", "vi")
    ('huyện Bình Lục', 'thị xã Duy Tiên')
    >>> district_in("Thị xã Duy Tiên", "en"), district_in("Quận 12", "en")
    ('Duy Tiên town', 'District 12')
    """
    kind, bare = district_kind(name)
    if kind == "urban" and bare.isdecimal():
        kind = "numbered"
    return translate(f"localities.{kind}", lang, name=bare)


def province_in(name: str, lang: Lang, kind: str = "tỉnh") -> str:
    """Return a province or a city under the central government as a sentence names it.

    Parameters
    ----------
    name : str
    lang : {"vi", "en"}
    kind : {"tỉnh", "thành phố"}
        As `provinces.yaml` has it.

    Examples
    --------
    >>> province_in("Hà Nam", "vi"), province_in("Hà Nội", "vi", "thành phố")
    ('tỉnh Hà Nam', 'thành phố Hà Nội')
    """
    return translate(
        f"localities.{'centrally_run' if kind == CITY else 'province'}", lang, name=name
    )

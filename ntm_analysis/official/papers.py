"""The papers that prove an indicator, cited as official papers cite: in full once, then short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_analysis.capitals import words
from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.communes.papers import Document
from ntm_analysis.language import Text, translate
from ntm_analysis.narrative.documents import document_name
from ntm_analysis.official.setting import Setting

_SHORT = re.compile(r"(?<![\w/-])UBND(?= )")


def papers_of(setting: Setting, code: str) -> list[str]:
    """Return the papers on an indicator that is concluded, as the report cites them.

    A paper is named in full where it is cited first, and by kind and number after that (Decree
    30/2020/NĐ-CP, annex I, part I, II.6b).
    """
    first: dict[tuple[str, str], str] = {}
    found = []
    for one in _cited(setting):
        key = (one.number, one.issuer)
        again = bool(one.number) and key in first
        if one.indicator == code:
            found.append(_short(setting, one) if again else _full(setting, one))
        first.setdefault(key, one.indicator)
    return found


def _cited(setting: Setting) -> Iterator[Evidence]:
    """Give the papers that the report cites, in its order."""
    register = [one for one in setting.report.case.evidence if one.document or one.number]
    for view in setting.report.indicators.values():
        if view.concluded and view.source != "status":
            yield from (one for one in register if one.indicator == view.code)


def _title(setting: Setting, one: Evidence) -> str:
    own = one.document_en if setting.lang == "en" and one.document_en else one.document
    return own or translate("report.document", setting.lang)


def _full(setting: Setting, one: Evidence) -> str:
    issuer = one.issuer_en if setting.lang == "en" and one.issuer_en else one.issuer
    if setting.lang == "vi":
        issuer = _SHORT.sub("Ủy ban nhân dân", issuer)
    title = _title(setting, one)
    document = Document(
        title=Text(vi=title, en=title),
        number=one.number or None,
        date=one.issued_on,
        issuer=Text(vi=issuer, en=issuer) if issuer else None,
    )
    text = document_name(document, setting.lang)
    return _SHORT.sub("Ủy ban nhân dân", text) if setting.lang == "vi" else text


def _short(setting: Setting, one: Evidence) -> str:
    title = _title(setting, one)
    kinds = words("kinds") if setting.lang == "vi" else ()
    kind = next((k for k in kinds if f"{title} ".startswith(f"{k} ")), title.partition(" ")[0])
    return f"{kind} {translate('report.numbered', setting.lang, number=one.number)}"

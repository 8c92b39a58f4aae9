"""Titles of chapters, names of legal documents, and the day of making."""

from __future__ import annotations

import datetime as dt
import os

from ntm_analysis.communes import Case, unconfirmed
from ntm_analysis.language import Lang, translate
from ntm_analysis.localities import district_in, province_in
from ntm_analysis.rulebook import Decision


def chapter_title(case: Case, lang: Lang | None = None) -> str:
    """Return the title of a commune's chapter, by default in the case's own language."""
    commune = case.commune
    key = "report.title" if commune.district else "report.title_no_district"
    chosen = lang or case.params.lang
    title = translate(
        key,
        chosen,
        name=commune.name,
        district=district_in(commune.district or "", chosen),
        province=province_in(commune.province, chosen, case.rules.province_kind),
        year=case.params.year,
    )
    if unconfirmed(case):
        title = translate("report.title_drafted", chosen, title=title)
    return translate("report.title_synthetic", chosen, title=title) if commune.synthetic else title


def drafted_words(case: Case, lang: Lang) -> str:
    """Return how much of the data a program drafted and nobody has confirmed; empty if none."""
    open_ = unconfirmed(case)
    if not open_:
        return ""
    return translate("report.drafted", lang, figures=open_.figures, evidence=open_.evidence)


def legal_name(decision: Decision, lang: Lang) -> str:
    """Return a legal document's kind and number: `Nghị định số 30/2020/NĐ-CP`."""
    return translate(f"report.kind_{decision.kind}", lang, number=decision.number)


def day_made() -> dt.date | None:
    """Return the day that the report says it was made on: `SOURCE_DATE_EPOCH`, if it is set.

    Else none: the same files give the same report on any day.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
    return None

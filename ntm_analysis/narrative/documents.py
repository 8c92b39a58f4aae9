"""How a document of a commune's papers is named in a sentence."""

from __future__ import annotations

from ntm_analysis.capitals import lower_first, words
from ntm_analysis.communes.papers import Document
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_date


def document_name(document: Document, lang: Lang) -> str:
    """Return a document by kind, number, date, issuer and what it is about.

    A Vietnamese title that begins with its kind takes number, date and issuer after it, as
    official papers have it: `Tờ trình số 152/TTr-UBND ngày … của … đề nghị thẩm tra`. Any other
    title stands whole before them.
    """
    title = document.title[lang]
    kinds = words("kinds") if lang == "vi" else ()
    kind = next((one for one in kinds if f"{title} ".startswith(f"{one} ")), "")
    if not kind or not document.number:
        return " ".join([title, *_marks(document, lang)])
    about = title[len(kind) :].strip()
    if about and not f"{about} ".startswith(tuple(f"{one} " for one in words("about"))):
        about = translate("report.about", lang, about=lower_first(about))
    return " ".join([kind, *_marks(document, lang), about]).strip()


def _marks(document: Document, lang: Lang) -> list[str]:
    marks = []
    if document.number:
        marks.append(translate("report.numbered", lang, number=document.number))
    if document.date:
        marks.append(translate("report.dated", lang, date=format_date(document.date, lang)))
    if document.issuer:
        marks.append(translate("report.issued_by", lang, issuer=document.issuer[lang]))
    return marks

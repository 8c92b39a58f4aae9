"""Vietnamese text in fonts that came before Unicode: TCVN3 (ABC) and VNI.

Such a document holds letters of Western Europe, which its fonts draw as Vietnamese ones. The tables
are those of the standard TCVN 5712:1993 (VN3) and of the VNI fonts for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Legacy = Literal["TCVN3", "VNI"]

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_BREVE, _CIRCUMFLEX = "\u0306", "\u0302"

_TCVN3_LETTERS: Final = (
    "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞịßòãóáỏâõäọ«ôåồèốæổçỗéộ"
    "¬ơêờíớëởìỡîợïùóúñủòũôụ\u00adưõừøứöử÷ữùựúỳýýûỷüỹþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư"
)
_TCVN3: Final = {
    ord(_TCVN3_LETTERS[at]): _TCVN3_LETTERS[at + 1] for at in range(0, len(_TCVN3_LETTERS), 2)
} | {0x03BC: "à"}  # the Greek mu that some programs make of the micro sign

_VNI_MARKS: Final = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
    "â": _CIRCUMFLEX, "à": _CIRCUMFLEX + _GRAVE, "á": _CIRCUMFLEX + _ACUTE,
    "å": _CIRCUMFLEX + _HOOK, "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
}  # fmt: skip
_VNI_SINGLE: Final = {
    "ñ": "đ", "Ñ": "Đ", "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "ì": "ì", "Ì": "Ì", "í": "í",
    "Í": "Í", "æ": "ỉ", "Æ": "Ỉ", "ó": "ĩ", "Ó": "Ĩ", "ò": "ị", "Ò": "Ị", "î": "ỵ", "Î": "Ỵ",
}  # fmt: skip
_VNI: Final = re.compile(
    rf"(?P<base>[aeouyAEOUYôÔöÖ])(?P<mark>[{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])"
    rf"|(?P<single>[{''.join(_VNI_SINGLE)}])"
)
_FONT: Final = re.compile(r"^(?:[A-Z]{6}\+)?(?:(?P<vn>\.?Vn(?=[A-Z]))|VNI[- ])")
_CAPITALS: Final = re.compile(r"H$|H[,-]")

# Letters that are common in such text and rare beside each other in any other
_SIGNS: Final[dict[Legacy, re.Pattern[str]]] = {
    "TCVN3": re.compile(r"[a-z][µ¸¶·¹¨»¾¼½©®ª«¬×ßåæ÷øþ]|[®§][a-z]|[µ¸¶·¹»¾¼½©ª«¬×ßåæøþ][a-z ]"),
    "VNI": re.compile(r"[aeoAEO][ùøûõïâêáàåãäéèúüëÙØÛÕÏÂÊÁÀÅÃÄÉÈÚÜË]|ñ[aeiouöôy]|ö[ôùøûõï]"),
}
_PROPER: Final = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
_ENOUGH: Final = 8
_SHARE: Final = 0.02


def legacy_font(name: str | None) -> Legacy | None:
    """Return the encoding that a font's name stands for: `.VnTime` and `VNI-Times`; else None."""
    match = _FONT.match(name or "")
    if not match:
        return None
    return "TCVN3" if match["vn"] else "VNI"


def decoded(text: str, encoding: Legacy, font: str = "") -> str:
    """Return text of such a font in Unicode.

    Parameters
    ----------
    text : str
        As stored in the document.
    encoding : {"TCVN3", "VNI"}
    font : str
        The font's name: those of TCVN3 that end in H draw small letters as capitals.
    """
    if encoding == "TCVN3":
        plain = text.translate(_TCVN3)
        return plain.upper() if _CAPITALS.search(font) else plain
    return unicodedata.normalize("NFC", _VNI.sub(_vni, text))


def _vni(match: re.Match[str]) -> str:
    if match["single"]:
        return _VNI_SINGLE[match["single"]]
    base = _VNI_SINGLE.get(match["base"], match["base"])
    return base + _VNI_MARKS[match["mark"].lower()]


def legacy_text(text: str) -> Legacy | None:
    """Return the encoding that text without a font seems to be in; None for proper text."""
    proper = len(_PROPER.findall(text))
    for encoding, signs in _SIGNS.items():
        found = len(signs.findall(text))
        if found >= _ENOUGH and found > _SHARE * len(text) and found > 4 * proper:
            return encoding
    return None

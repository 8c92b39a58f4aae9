"""Words of annexes in one spelling: without accents, abbreviations spelt out, variants made one."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import Final

from ntm_analysis.spelling import fold

_SHORT: Final = {
    "tl": "ty le", "csvc": "co so vat chat", "sxkd": "san xuat kinh doanh",
    "sx": "san xuat", "attp": "an toan thuc pham", "vsattp": "an toan thuc pham",
    "bhyt": "bao hiem y te", "ntm": "nong thon moi", "ctr": "chat thai ran",
    "ctrsh": "chat thai ran sinh hoat", "ctrnh": "chat thai ran nguy hai",
    "htx": "hop tac xa", "cntt": "cong nghe thong tin", "tthc": "thu tuc hanh chinh",
    "dvc": "dich vu cong", "dvctt": "dich vu cong truc tuyen", "pctt": "phong chong thien tai",
    "ktxh": "kinh te xa hoi", "kt": "kinh te", "xh": "xa hoi", "bvmt": "bao ve moi truong",
    "mt": "moi truong", "pbgdpl": "pho bien giao duc phap luat", "tgpl": "tro giup phap ly",
    "hgcs": "hoa giai o co so", "gdtc": "giao duc the chat", "gdmn": "giao duc mam non",
    "pcgd": "pho cap giao duc", "pcgdmn": "pho cap giao duc mam non",
    "pcgdth": "pho cap giao duc tieu hoc", "xmc": "xoa mu chu", "mn": "mam non",
    "th": "tieu hoc", "thcs": "trung hoc co so", "thpt": "trung hoc pho thong",
    "kcb": "kham chua benh", "tmdt": "thuong mai dien tu", "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan", "qh": "quy hoach", "qhxd": "quy hoach xay dung",
    "gtnt": "giao thong nong thon", "vsmt": "ve sinh moi truong", "nts": "nuoi trong thuy san",
    "tdtt": "the duc the thao", "vhvn": "van hoa van nghe", "hd": "hoat dong",
    "bqdn": "binh quan dau nguoi", "tnbq": "thu nhap binh quan", "ld": "lao dong",
    "ldqdt": "lao dong qua dao tao", "tc": "tieu chi", "qs": "quan su", "chqs": "chi huy quan su",
    "bch": "ban chi huy", "dqtv": "dan quan tu ve", "antt": "an ninh trat tu", "ss": "so sanh",
    "httc": "he thong tap trung", "gd": "giao duc", "dt": "dao tao", "bb": "ben bi",
    "nsh": "nuoc sinh hoat", "ntsh": "nuoc thai sinh hoat", "bv": "bao ve", "vh": "van hoa",
    "cb": "che bien", "nlts": "nong lam thuy san", "nn": "nong nghiep", "xd": "xay dung",
    "qd": "quy dinh", "dv": "dich vu", "tttt": "thong tin truyen thong", "cskd": "co so kinh doanh",
    "hgd": "ho gia dinh", "cctl": "cong trinh thuy loi", "cttl": "cong trinh thuy loi",
    "bvtv": "bao ve thuc vat", "qlvh": "quan ly van hanh", "ccn": "cong cap nuoc",
    "qlsk": "quan ly suc khoe", "sp": "san pham", "hvs": "hop ve sinh", "yt": "y te",
}  # fmt: skip
_SAME: Final = (
    (r"\bti le\b", "ty le"), (r"\bty trong\b", "ty le"), (r"\bbao dam\b", "dam bao"),
    (r"\bhang nam\b|\bmoi nam\b|\bthuong nien\b", "hang nam"),
    (r"\bho gia dinh\b|\bho dan\b", "ho"),
    (r"\brac(?: thai)? sinh hoat\b", "chat thai ran sinh hoat"),
    (r"\brac thai\b|\brac\b", "chat thai"),
    (r"\b(?:thon|ap|ban|khom|buon) (?:to dan pho)\b|\bto dan pho\b|\bkhu dan cu\b(?= dat)", "thon"),
    (r"\bbe tong hoa\b|\bnhua hoa\b", "cung hoa"), (r"\btai cho\b", "tai cho"),
    (r"\bnuoc hop ve sinh\b", "nuoc sach"),
    (r"\bdien thoai smartphone\b", "dien thoai thong minh"),
    (r"\bsmartphone\b", "dien thoai thong minh"), (r"\bwi fi\b", "wifi"),
    (r"\bngheo da chieu\b", "ngheo da chieu"),
    (r"\bnguoi dan\b|\bdan so\b|\bcong dan\b", "nguoi dan"),
    (r"\bmuc thu nhap\b", "thu nhap"), (r"\bphan loai rac\b", "phan loai chat thai"),
    (r"\bonline\b", "truc tuyen"), (r"\bha tang\b", "ha tang"), (r"\bmang xa hoi\b", "mang xa hoi"),
    (r"\btu xa\b", "tu xa"), (r"\bhoa thieu\b", "hoa tang"),
    (r"\bngo hem\b|\bngo ngach\b", "ngo xom"),
    (r"\bcham soc suc khoe\b", "quan ly suc khoe"), (r"\bphe duyet\b|\bduoc duyet\b", "phe duyet"),
)  # fmt: skip
_STOP_TEXT: Final = (
    "va cac cua cho theo duoc co la o trong tren tai voi ve de den tu so mot nhung "
    "bang thi do khi nhu hoac dat muc xa "
)
_STOP: Final = frozenset(_STOP_TEXT.split())
_PLAIN: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text's words without accents, marks and capitals, abbreviations spelt out.

    Examples
    --------
    >>> plain("TL hộ tham gia BHYT (%)")
    'ty le ho tham gia bao hiem y te'
    """
    folded = fold(unicodedata.normalize("NFC", text)).replace("kt-xh", "ktxh")
    words = _PLAIN.sub(" ", folded).split()
    spelt = " ".join(_SHORT.get(word, word) for word in words)
    for pattern, same in _SAME:
        spelt = re.sub(pattern, same, spelt)
    return spelt


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """Return what two names are compared by: the words that say something, and pairs of them."""
    words = [word for word in plain(text).split() if word not in _STOP]
    pairs = [f"{one} {two}" for one, two in itertools.pairwise(words)]
    return tuple(dict.fromkeys([*words, *pairs]))

"""What a report says of itself: names, bodies, days, petition, bases, claims, conditions."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from ntm_analysis.draft.model import Draft, Spot, Sure
from ntm_analysis.draft.papers import CITED, day_of, issuer_of, title_of
from ntm_analysis.draft.passages import Passage
from ntm_analysis.rulebook import RulesInForce
from ntm_analysis.rulebook.places import find_place
from ntm_analysis.spelling import fold

_NAME: Final = r"(?P<n>[A-ZĐÀ-Ỹ][^\W\d_]*(?:[ -](?:[A-ZĐÀ-Ỹ][^\W\d_]*|[A-ZĐ]))*)"
COMMUNE: Final = re.compile(rf"(?<!\w)(?:xã|Xã|XÃ|xa|Xa|XA)\s+{_NAME}")
_DISTRICT: Final = re.compile(rf"(?<!\w)(?:huyện|Huyện|HUYỆN|huyen|thị xã|thành phố)\s+{_NAME}")
PROVINCE: Final = re.compile(rf"(?<!\w)(?:tỉnh|Tỉnh|TỈNH|tinh)\s+{_NAME}")
_NOT_NAMES: Final = frozenset({"NTM", "Nông", "NÔNG", "Đạt", "Hội", "Nong"})
_PERIOD: Final = re.compile(
    r"tu ngay\s*(?P<a>\d{1,2}/\d{1,2}/\d{4})\s*(?:den|-)\s*(?:het\s*)?(?:ngay\s*)?"
    r"(?P<b>\d{1,2}/\d{1,2}/\d{4})"
)
_CLAIM: Final = re.compile(
    r"(?P<cm>\d{1,2})\s*/\s*(?P<ct>\d{1,2})\s*tieu chi[^.]{0,40}?"
    r"(?P<im>\d{1,3})\s*/\s*(?P<it>\d{1,3})\s*chi tieu"
)
_RECOGNISED: Final = re.compile(
    r"cong nhan[^.]{0,60}nong thon moi(?! nang cao)[^.]{0,20}nam (?P<y>20\d\d)"
)
_SENT_TO: Final = re.compile(r"Kính gửi\s*:?\s*(?P<who>[^;,.]{5,90})")
_ASKS: Final = re.compile(r"đề nghị (?P<who>(?:Ủy ban nhân dân|UBND) (?:tỉnh|huyện) [^;,.]{3,40})")
_REPORTS: Final = re.compile(
    r"(?P<who>(?:Ủy ban nhân dân|UBND) (?:huyện|thị xã|thành phố) (?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?)+)", 0
)
_HAMLETS: Final = re.compile(
    r"(?:gồm|các|có) (?:0?\d+ )?thôn\s*(?::|là|gồm)?\s*\(?"
    r"(?P<list>(?:[A-ZĐÀ-Ỹ][\w ]{1,25}(?:, | và |;\s?))+"
    r"[A-ZĐÀ-Ỹ][\w]*(?: [A-ZĐÀ-Ỹ]\w*)*)"
)
_DEBT: Final = re.compile(r"khong (?:co|con|phat sinh|de)[^.]{0,20}no (?:dong|xay dung)")
_IN_DEBT: Final = re.compile(r"no (?:dong )?xay dung co ban[^.]{0,40}\d")
_CONTENT: Final = re.compile(r"hai long[^.;]{0,60}?(?P<p>\d{1,3}(?:[.,]\d+)?)\s*%|"
                             r"(?P<q>\d{1,3}(?:[.,]\d+)?)\s*%[^.;]{0,60}hai long")  # fmt: skip
_ITEM: Final = re.compile(r"^[-+*•–]\s*(?P<name>[^.;]{8,200})")
_DOSSIER: Final = re.compile(
    r"to trinh|bao cao|bien ban|ho so|ban ve|bieu|van ban|hinh anh|nghi quyet"
)


class Identity:
    """Fills in a draft's profile.

    Parameters
    ----------
    rules : RulesInForce
    draft : Draft
    """

    def __init__(self, rules: RulesInForce, draft: Draft) -> None:
        self.rules, self.draft = rules, draft

    def read(self, passages: Sequence[Passage]) -> None:
        """Read the profile from the passages of a report."""
        prose = [p for p in passages if p.role == "prose"]
        self._names(prose)
        bases: dict[str, tuple[Any, Spot]] = {}
        items: list[tuple[str, Spot]] = []
        for passage in prose:
            plain = fold(passage.text)
            self._days(passage, plain)
            self._claims(passage, plain)
            self._conditions(passage, plain)
            if passage.zone == "start" and plain.startswith(
                ("can cu", "- can cu", "theo to trinh")
            ):
                self._basis(passage, bases)
            if passage.zone in ("dossier", "conclusion") and "ho so" in fold(passage.section):
                item = _ITEM.match(passage.text)
                if item and _DOSSIER.search(plain):
                    items.append((item["name"].strip(), passage.spot(0, len(passage.text))))
        for number, (value, spot) in enumerate(bases.values()):
            if isinstance(value, str):
                self._set(f"legal_bases.{number}", value, "sure", spot)
                continue
            for leaf, one in value.items():
                self._set(f"legal_bases.{number}.{leaf}", one, "likely", spot)
        for number, (name, spot) in enumerate(items):
            self._set(f"dossier.items.{number}.name.vi", name, "likely", spot)
            self._set(f"dossier.items.{number}.present", True, "likely", spot)
            self._set(f"dossier.items.{number}.source", spot.source, "likely", spot)

    def _set(self, path: str, value: Any, sure: Sure, spot: Spot, *, whole: bool = False) -> None:
        key = path if whole else f"appraisals.{self.rules.on.year}.{path}"
        if key not in self.draft.profile:
            self.draft.profile[key] = value
            self.draft.marks[key] = (sure, spot)

    # Names ---------------------------------------------------------------------------------------

    def _names(self, prose: Sequence[Passage]) -> None:
        head = prose[:40]
        for path, pattern in (("name", COMMUNE), ("district", _DISTRICT), ("province", PROVINCE)):
            counts: Counter[str] = Counter()
            spots: dict[str, Spot] = {}
            for passage in prose:
                for match in pattern.finditer(passage.text):
                    name = cased(match["n"])
                    if name.split()[0] in _NOT_NAMES:
                        continue
                    counts[name] += 3 if passage in head[:12] else 1
                    spots.setdefault(name, passage.spot(match.start(), match.end()))
            if counts:
                name, count = counts.most_common(1)[0]
                sure: Sure = "sure" if count > sum(counts.values()) / 2 else "likely"
                shown = name
                if path == "province":
                    shown = find_place(self.rules.rulebook, name) or name
                self._set(path, shown, sure, spots[name], whole=True)
        for passage in prose:
            if listed := _HAMLETS.search(passage.text):
                names = [n.strip() for n in re.split(r", | và |;", listed["list"]) if n.strip()]
                if len(names) > 2:
                    spot = passage.spot(*listed.span())
                    for number, one in enumerate(names):
                        self._set(f"hamlets.{number}", one, "likely", spot, whole=True)
                    break
        for passage in head:
            if body := _REPORTS.search(passage.text):
                spot = passage.spot(*body.span())
                who = body["who"].strip().replace("UBND", "Ủy ban nhân dân")
                self._set("appraiser.vi", who, "likely", spot)
                break
        self._somebody(prose)
        for pattern, passages in ((_SENT_TO, head), (_ASKS, prose[-6:])):
            for passage in passages:
                if asked := pattern.search(passage.text):
                    who = asked["who"].strip().replace("UBND", "Ủy ban nhân dân")
                    self._set("submitted_to.vi", who, "likely", passage.spot(*asked.span()))

    def _somebody(self, prose: Sequence[Passage]) -> None:
        """Name who appraises by the district or province, where the report does not say it."""
        district, province = (self.draft.profile.get(key) for key in ("district", "province"))
        if prose and (district or province):
            who = f"huyện {district}" if district else f"tỉnh {province}"
            spot = prose[0].spot(0, len(prose[0].text))
            self._set("appraiser.vi", f"Ủy ban nhân dân {who}", "guess", spot)

    # Days, petition, bases -----------------------------------------------------------------------

    def _days(self, passage: Passage, plain: str) -> None:
        if passage.criterion is not None:
            return
        if match := _PERIOD.search(plain):
            days = [_day(match["a"]), _day(match["b"])]
            if days[0] and days[1] and days[0] <= days[1]:
                spot = passage.spot(*match.span())
                self._set("period.from", days[0], "sure", spot)
                self._set("period.until", days[1], "sure", spot)
        for match in CITED.finditer(passage.text):
            before = fold(passage.text[max(0, match.start() - 30) : match.start()])
            if "to trinh" in before and "TTr" in match["number"]:
                spot = passage.spot(match.start(), match.end("number"))
                self._set("petition.title.vi", title_of(passage.text, match), "likely", spot)
                self._set("petition.number", match["number"], "sure", spot)
                if issuer := issuer_of(match["rest"]):
                    self._set("petition.issuer.vi", issuer, "likely", spot)
                if day := day_of(match):
                    self._set("petition.date", day, "sure", spot)
                self._set("petition.source", spot.source, "sure", spot)

    def _basis(self, passage: Passage, bases: dict[str, tuple[Any, Spot]]) -> None:
        decisions = self.rules.rulebook.decisions
        for match in CITED.finditer(passage.text):
            number = re.sub(r"\s", "", match["number"]).rstrip(".-/")
            if "TTr" in number:
                continue
            spot = passage.spot(match.start(), match.end("number"))
            keys = [
                key for key, one in decisions.items()
                if one.number == number and one.place in (self.rules.place, "Cả nước")
            ]  # fmt: skip
            if keys:
                bases.setdefault(number, (keys[0], spot))
                continue
            value: dict[str, Any] = {"title.vi": title_of(passage.text, match), "number": number}
            if issuer := issuer_of(match["rest"]):
                value["issuer.vi"] = issuer
            if day := day_of(match):
                value["date"] = day
            value["source"] = spot.source
            bases.setdefault(number, (value, spot))

    # Claims, conditions --------------------------------------------------------------------------

    def _claims(self, passage: Passage, plain: str) -> None:
        if passage.criterion is not None:
            return
        for match in _CLAIM.finditer(plain):
            spot = passage.spot(*match.span())
            total = int(match["it"])
            own = len(self.rules.rules)
            base = total != own and total in (56, 57) and self.rules.loaded.about.key != "base"
            path = "base_set" if base else "claim"
            for leaf, key in (("criteria_met", "cm"), ("criteria_total", "ct"),
                              ("indicators_met", "im"), ("indicators_total", "it")):  # fmt: skip
                self._set(
                    f"{path}.{leaf}",
                    int(match[key]),
                    "sure" if total == own or base else "likely",
                    spot,
                )
            self._set(f"{path}.source", spot.source, "sure", spot)
        if (match_ := _RECOGNISED.search(plain)) and self.rules.loaded.about.key != "base":
            spot = passage.spot(*match_.span())
            self._set("base_set.recognised", int(match_["y"]), "likely", spot)
            self._set("base_set.source", spot.source, "likely", spot)

    def _conditions(self, passage: Passage, plain: str) -> None:
        keys = {c.key for c in self.rules.loaded.about.conditions}
        if (
            "debt" in keys
            and "no dong" in plain
            and (_DEBT.search(plain) or _IN_DEBT.search(plain))
        ):
            status = "met" if _DEBT.search(plain) else "not_met"
            spot = passage.spot(0, len(passage.text))
            path = "conditions.debt"
            self._set(f"{path}.status", status, "likely", spot)
            self._set(f"{path}.claimed", status, "likely", spot)
            self._set(f"{path}.statement.vi", " ".join(passage.text.split())[:300], "likely", spot)
            self._set(f"{path}.grade", "D", "guess", spot)
            self._set(f"{path}.source", spot.source, "likely", spot)
        match = _CONTENT.search(plain) if "satisfaction" in keys else None
        if match and passage.zone not in ("plan",):
            rate = float((match["p"] or match["q"]).replace(",", "."))
            if rate <= 100:
                spot = passage.spot(*match.span())
                path = "conditions.satisfaction"
                self._set(f"{path}.status", "no_data", "guess", spot)
                self._set(f"{path}.rate", rate, "likely", spot)
                self._set(f"{path}.statement.vi", spot.quote[:300], "likely", spot)
                self._set(f"{path}.grade", "D", "guess", spot)
                self._set(f"{path}.source", spot.source, "likely", spot)


def cased(name: str) -> str:
    """Return a name as it is written, from a heading in capitals too."""
    return name.title() if name.isupper() and len(name) > 3 else " ".join(name.split())


def _day(text: str) -> dt.date | None:
    day, month, year = map(int, text.split("/"))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None

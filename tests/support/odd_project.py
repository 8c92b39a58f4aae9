"""Odd but possible projects: half-filled, contradictory, under odd law; many pass the check."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.communes.evidence import COLUMNS as EVIDENCE
from ntm_analysis.communes.figures import COLUMNS as FIGURES
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import Indicator, Limb, LoadedSet, Rulebook
from ntm_analysis.rulebook.variables import Variable

STATUSES = ("met", "not_met", "pending", "no_data", "not_applicable")
NAMES = ("Thử", "Tân Hà", "An-Phú", "Ia Rvê", "Xã Mới", "Đ'ran")
PLACE = "Tỉnh Lạ"


def write(root: Path, repository: Path, book: Rulebook, seed: int) -> tuple[Project, str]:
    """Write one odd project into `root`.

    Parameters
    ----------
    root : Path
        An empty folder.
    repository : Path
        Whose rulebook and notebooks it takes.
    book : Rulebook
        That rulebook, as read.
    seed : int
        What decides all that is odd about it.

    Returns
    -------
    project : Project
    name : str
        The ID of its one run.
    """
    chance = random.Random(seed)
    shutil.copytree(repository / "data" / "rulebook", root / "data" / "rulebook")
    shutil.copytree(repository / "notebooks", root / "notebooks")
    for file in ("_quarto.yml",):
        shutil.copy2(repository / file, root)
    key = chance.choice(("advanced", "advanced", "advanced", "base", "model"))
    place = chance.choice(("Hà Nam", "Hà Nam", PLACE)) if key == "advanced" else "Hà Nam"
    if place == PLACE:
        path = root / "data" / "rulebook" / key / "provinces" / "la.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(_yaml(_law(chance, book.sets[key], book)), encoding="utf-8")
    commune, year = "xa-la", 2024
    folder = root / "data" / "communes" / commune
    folder.mkdir(parents=True)
    (root / "params").mkdir()
    day = dt.date(2024, 11, 26)
    params: dict[str, Any] = {
        "commune": commune, "year": year, "set": key, "on": day,
        "lang": chance.choice(("vi", "en")),
    }  # fmt: skip
    if chance.random() < 0.3:
        params["thin_margin"] = chance.choice((0, 0.02, 1))
        params["evidence_floor"] = chance.choice("ABCDE")
    (root / "params" / f"{commune}-{year}.yaml").write_text(_yaml(params), encoding="utf-8")
    profile = _profile(chance, commune, place, year, book.sets[key], book)
    (folder / "commune.yaml").write_text(_yaml(profile), encoding="utf-8")
    figures = _figures(chance, book.sets[key], book)
    _table(folder / "figures.csv", FIGURES, figures)
    _table(folder / "evidence.csv", EVIDENCE, _evidence(chance, book.sets[key]))
    return Project(root), f"{commune}-{year}"


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _table(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


# Law ----------------------------------------------------------------------------------------------


def _law(chance: random.Random, loaded: LoadedSet, book: Rulebook) -> dict[str, Any]:
    codes = list(loaded.indicators)
    left_out = chance.sample(codes, chance.choice((0, 0, 1, 5, len(codes) - 1)))
    given = [code for code in codes if code not in left_out and chance.random() < 0.8]
    key = "12/2023/QĐ-UBND@tinh-la"
    return {
        "place": PLACE,
        "decision": key,
        "decisions": {
            key: {
                "number": "12/2023/QĐ-UBND",
                "place": PLACE,
                "issuer": {"vi": "Ủy ban nhân dân Tỉnh Lạ", "en": "People's Committee"},
                "title": {"vi": "Ban hành bộ tiêu chí", "en": "Issuing a criteria set"},
                "source": "made up for a test",
            }
        },
        "from": dt.date(2023, 1, 1),
        "except": left_out,
        "thresholds": {
            code: _required(chance, loaded.indicators[code], book)
            for code in given
        },
        "source": "made up for a test",
    }  # fmt: skip


def _required(chance: random.Random, indicator: Indicator, book: Rulebook) -> str | dict[str, str]:
    if len(indicator.limbs) == 1 or chance.random() < 0.3:
        return _requirement(chance, indicator.own, book)
    limbs = chance.sample(indicator.limbs, chance.randint(1, len(indicator.limbs)))
    return {limb.key: _requirement(chance, limb, book) for limb in limbs}


def _requirement(chance: random.Random, limb: Limb, book: Rulebook) -> str:
    if chance.random() < 0.1:
        return "unknown"
    sign = chance.choice((">=", ">", "<=", "<"))
    match limb.kind:
        case "yes_no":
            return "yes"
        case "grade":
            return f"{chance.choice(('>=', '>'))} {chance.choice(book.scale_of(limb))}"
        case "rate":
            return (
                f"{sign} {chance.choice((0.5, 1, 50, 99.9))}" if chance.random() < 0.8 else ">= 0"
            )
        case "amount":
            return f"{sign} {chance.choice((0.1, 1, 72, 1e6)):.10g}"
        case _:
            return f"{sign} {chance.choice((1, 2, 40))}" if chance.random() < 0.8 else "<= 0"


# Figures ------------------------------------------------------------------------------------------


def _figures(chance: random.Random, loaded: LoadedSet, book: Rulebook) -> list[dict[str, str]]:
    share = chance.choice((0.0, 0.05, 0.3, 0.7, 1.0))
    kinds = chance.choice(
        (None, None, None, ("flag",), ("flag", "grade"), ("percent",), ("count",))
    )
    odd = chance.choice((0.0, 0.1, 0.5, 1.0))
    rows: list[dict[str, str]] = []
    codes = list(loaded.indicators)
    names = dict.fromkeys(
        name for i in loaded.indicators.values() for name in (*i.variables, *i.context)
    )
    for number, name in enumerate(names):
        variable = book.variables[name]
        if chance.random() >= share or (kinds and variable.kind not in kinds):
            continue
        count = chance.choice((1, 1, 1, 2, 3)) if chance.random() < odd else 1
        rows.extend(
            {
                "variable": name,
                "value": _value(chance, variable, odd),
                "unit": variable.unit,
                "source": f"report:{number + again + 1}",
                "primary": "yes" if count > 1 and again == 0 else "",
                "indicator": chance.choice(codes) if chance.random() < 0.05 else "",
                "note": "Đã kiểm tra."
                if chance.random() < 0.8
                else "Số liệu chưa rõ; đã kiểm tra.",
                "as_of": "" if chance.random() < 0.8 else "2024-06-30",
            }
            for again in range(count)
        )
    return rows


def _value(chance: random.Random, variable: Variable, odd: float) -> str:
    if chance.random() < odd * 0.3:
        return chance.choice(("pending", "not_applicable"))
    if variable.kind == "flag":
        return chance.choice(("yes", "yes", "no"))
    if variable.kind == "grade":
        return chance.choice(variable.grades)
    number = _number(chance, variable)
    if chance.random() < odd * 0.3:
        return chance.choice((f">{number}", f"<{number}", f">={number}", f"0-{number}"))
    return number


def _number(chance: random.Random, variable: Variable) -> str:
    if variable.kind == "percent":
        return chance.choice(("0", "100", "95.18", "0.97", f"{chance.uniform(0, 100):.2f}"))
    if variable.kind == "count":
        return str(chance.choice((0, 1, 2, 4, 40, 2692, 2751, 10**6)))
    return chance.choice(("0", "0.01", "1.5", "11.3", "72.403", "1000", "99999.99"))


# Profile ------------------------------------------------------------------------------------------


def _maybe(chance: random.Random, make: Callable[[], Any], odds: float = 0.5) -> Any:
    return make() if chance.random() < odds else None


def _present(**entries: Any) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value is not None}


def _document(chance: random.Random) -> dict[str, Any]:
    return _present(
        title=chance.choice(("Tờ trình đề nghị thẩm tra", "Nghị quyết", "OCOP 2024")),
        number=_maybe(chance, lambda: "12/TTr-UBND"),
        issuer=_maybe(chance, lambda: "Ủy ban nhân dân xã"),
        date=_maybe(chance, lambda: dt.date(2024, 3, 1)),
        source=_maybe(chance, lambda: "report:3"),
    )


def _profile(
    chance: random.Random, commune: str, place: str, year: int, loaded: LoadedSet, book: Rulebook
) -> dict[str, Any]:
    total = len(loaded.indicators)
    claim = {
        "criteria_met": chance.randint(0, loaded.about.criteria),
        "criteria_total": loaded.about.criteria,
        "indicators_met": chance.randint(0, total),
        "indicators_total": total,
    }
    appraisal = _present(
        set=loaded.about.key,
        appraiser="Ủy ban nhân dân huyện",
        submitted_to=_maybe(chance, lambda: "Ủy ban nhân dân tỉnh"),
        period=_maybe(
            chance, lambda: {"from": dt.date(2024, 11, 1), "until": dt.date(2024, 11, 20)}
        ),
        petition=_maybe(chance, lambda: _document(chance)),
        legal_bases=_maybe(
            chance, lambda: [*chance.sample(list(book.decisions), 3), _document(chance)]
        ),
        dossier=_maybe(
            chance,
            lambda: _present(
                declared_complete=_maybe(chance, lambda: chance.random() < 0.5),
                under=_maybe(chance, lambda: "18/2022/QĐ-TTg@viet-nam"),
                items=[
                    _present(name="Tờ trình", present=_maybe(chance, lambda: True))
                    for _ in range(chance.choice((0, 1, 5)))
                ],
            ),
        ),
        leadership=_maybe(
            chance,
            lambda: _present(
                documents=[_document(chance) for _ in range(chance.choice((0, 1, 3)))],
                facts=_maybe(chance, lambda: [{"text": "Cả 4 thôn đã thành lập tiểu ban."}]),
            ),
        ),
        base_set=_maybe(
            chance,
            lambda: _present(
                recognised=_maybe(chance, lambda: 2017),
                by=_maybe(chance, lambda: "Ủy ban nhân dân tỉnh"),
                criteria_met=_maybe(chance, lambda: 19),
                criteria_total=_maybe(chance, lambda: 19),
                indicators_met=_maybe(chance, lambda: 57),
                indicators_total=_maybe(chance, lambda: 57),
                against=_maybe(chance, lambda: ["43/2022/QĐ-UBND@ha-nam"]),
            ),
        ),
        claim=_maybe(chance, lambda: claim),
        conditions={
            one.key: _present(
                status=chance.choice(STATUSES),
                claimed=_maybe(chance, lambda: chance.choice(STATUSES)),
                statement=_maybe(chance, lambda: "Không có nợ đọng"),
                document=_maybe(chance, lambda: _document(chance)),
                grade=_maybe(chance, lambda: chance.choice("ABCDE")),
                rate=_maybe(chance, lambda: 95.5),
            )
            for one in loaded.about.conditions
            if chance.random() < 0.6
        },
        plan=_maybe(chance, lambda: _plan(chance, loaded)),
    )
    return _present(
        id=commune,
        name=chance.choice(NAMES),
        district=_maybe(chance, lambda: "Huyện Lạ"),
        province=place,
        hamlets=_maybe(chance, lambda: ["Một", "Hai"]),
        population=_maybe(chance, lambda: chance.choice((0, 9500))),
        synthetic=_maybe(chance, lambda: True),
        sources=_maybe(chance, lambda: {"report": {"title": "Báo cáo"}}),
        appraisals={year: appraisal},
    )


def _plan(chance: random.Random, loaded: LoadedSet) -> dict[str, Any]:
    code = chance.choice(list(loaded.indicators))
    indicator = loaded.indicators[code]
    target = {"name": "Mục tiêu", "period": "2025", "indicator": code}
    if indicator.kind not in ("yes_no", "grade"):
        target |= {"requires": ">= 95", "unit": indicator.unit}
    words = {"name": "Nâng cấp đường", "text": "hoàn thành", "period": "2025"}
    return {
        "year": 2025,
        "targets": [target, words][: chance.choice((0, 1, 2))],
        "tasks": [{"field": "Môi trường", "tasks": ["trồng cây"]}][: chance.choice((0, 1))],
    }


def _evidence(chance: random.Random, loaded: LoadedSet) -> list[dict[str, str]]:
    share = chance.choice((0.0, 0.2, 1.0))
    claims = chance.choice((True, True, False))
    return [
        {
            "indicator": code,
            "claimed_value": chance.choice(("", "95", ">40", "yes")) if claims else "",
            "claimed_verdict": chance.choice(("", *["met"] * 3, *STATUSES)) if claims else "",
            "document": chance.choice(("", "Biên bản kiểm tra")),
            "number": chance.choice(("", "12/BB")),
            "issuer": chance.choice(("", "Công an xã")),
            "issued_on": chance.choice(("", "2024-05-01")),
            "grade": chance.choice("ABCDE"),
            "note": chance.choice(("", "", "Chưa rõ số.")),
        }
        for code in loaded.indicators
        if chance.random() < share
    ]  # fmt: skip

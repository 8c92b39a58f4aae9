"""Make the tables of units from the data set of the package vietnamadminunits (MIT licence).

`python -m ntm_analysis.units.make dataset.db converter_2025.json` writes both tables beside this
file. The two inputs are in the package's folder `data`; nothing of its code is needed.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
OLD, NEW = "before_2025_07.csv", "from_2025_07.csv"


def main(database: Path, converter: Path) -> None:
    """Write the tables: units before 1 July 2025 with what they became, and units since."""
    with sqlite3.connect(database) as connection:
        old = connection.execute(
            "select wardCode, ward, district, province, provinceKey, districtKey, wardKey"
            " from admin_units_legacy where wardCode is not null"
        ).fetchall()
        new = connection.execute(
            "select wardCode, ward, province, provinceKey, wardKey from admin_units"
            " where wardCode is not null"
        ).fetchall()
    codes = {(one[3], one[4]): one[0] for one in new}
    into: dict[str, list[str]] = {}
    chart = json.loads(converter.read_text(encoding="utf-8"))
    for province, wards in chart["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, parts in wards.items():
            for part in parts:
                into.setdefault(part, []).append(codes.get((province, ward), ""))
    for province, wards in chart["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, targets in wards.items():
            for one in targets:
                into.setdefault(part, []).append(codes.get((province, one["newWardKey"]), ""))
    rows = {}
    for code, ward, district, province, *keys in old:
        found = [one for one in dict.fromkeys(into.get("_".join(keys), [])) if one]
        rows[code] = (code, ward, district, province, " ".join(sorted(found)))
    _write(HERE / OLD, ("code", "name", "district", "province", "into"), rows.values())
    after = {one[0]: one[:3] for one in new}
    _write(HERE / NEW, ("code", "name", "province"), after.values())


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

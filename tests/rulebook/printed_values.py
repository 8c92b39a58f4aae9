"""The 72 requirements that the 2024 report on Liêm Cần prints, as they must stand in the rulebook.

The report prints some without a sign (*100%*): read as this value or more. Indicators 18.7 and
18.8 have a result in the report and no requirement: their thresholds are unknown.
"""

from __future__ import annotations

TABLE = """
code  | line | printed                   | requirement of each limb
1.1   | 29   | Có                        | yes
1.2   | 30   | Có                        | yes
1.3   | 31   | Có                        | yes
2.1   | 40   | 95%                       | >= 95; items >= 95
2.2   | 41   | 100%; 90%                 | >= 100; maintained >= 100; items >= 90
2.3   | 42   | 95%                       | >= 95
2.4   | 43   | 100%                      | >= 100
3.1   | 54   | ≥90%                      | >= 90
3.2   | 55   | ≥01                       | >= 1
3.3   | 56   | ≥30%                      | >= 30
3.4   | 57   | 100%                      | >= 100
3.5   | 58   | Có                        | yes
3.6   | 59   | đảm bảo                   | >= ensured
4     | 73   | 100%                      | >= 100; registered >= 100
5.1   | 81   | 100%; ≥01 trường          | >= 100; level_2 >= 1
5.2   | 82   | Duy trì và nâng cao       | yes
5.3   | 83   | mức độ 3                  | >= 3
5.4   | 84   | mức độ 2                  | >= 2
5.5   | 85   | được đánh giá, xếp loại   | yes
5.6   | 86   | Có                        | yes
6.1   | 102  | Có                        | yes; activities yes
6.2   | 103  | Có                        | yes
6.3   | 104  | ≥70%                      | >= 70; ntm >= 70
7     | 118  | Có                        | yes; pilot yes
8.1   | 133  | Có                        | yes
8.2   | 134  | ≥80%                      | >= 80
8.3   | 135  | Có                        | yes
8.4   | 136  | Có                        | yes; poll yes
8.5   | 137  | Có                        | yes
9     | 149  | ≥97%                      | >= 97
10    | 156  | >72                       | > 72
11    | 170  | <1,0%                     | < 1.0
12.1  | 199  | ≥85% (cả nam và nữ)       | >= 85; men >= 85; women >= 85
12.2  | 200  | ≥38% (cả nam và nữ)       | >= 38; men >= 38; women >= 38
13.1  | 208  | ≥1 HTX                    | >= 1
13.2  | 209  | ≥1 sản phẩm               | >= 1
13.3  | 210  | ≥1 mô hình                | >= 1
13.4  | 211  | ≥1 sản phẩm               | >= 1
13.5  | 212  | ≥10%                      | >= 10
13.6  | 213  | ≥1 vùng                   | >= 1
13.7  | 214  | Có                        | yes
13.8  | 215  | ≥1 mô hình                | >= 1
14.1  | 228  | ≥95% (cả nam và nữ)       | >= 95; men >= 95; women >= 95
14.2  | 229  | triển khai thực hiện      | yes
14.3  | 230  | triển khai thực hiện      | yes
14.4  | 231  | triển khai thực hiện tốt  | yes
15.1  | 241  | Có                        | yes
15.2  | 242  | Có                        | yes
15.3  | 243  | Có                        | yes
16.1  | 255  | Có                        | yes; mediation yes
16.2  | 256  | ≥90%                      | >= 90
16.3  | 257  | ≥90%                      | >= 90
17.1  | 267  | Có                        | yes
17.2  | 268  | 100%                      | >= 100
17.3  | 269  | ≥98%                      | >= 98; other >= 98
17.4  | 270  | ≥50%                      | >= 50
17.5  | 271  | ≥50%                      | >= 50
17.6  | 272  | 100%                      | >= 100
17.7  | 273  | ≥80%                      | >= 80
17.8  | 274  | ≥95%                      | >= 95
17.9  | 275  | Có                        | yes
17.10 | 276  | năm 2023 ≥18%             | >= 18
17.11 | 277  | ≥4 m2/người               | >= 4
17.12 | 278  | ≥90%                      | >= 90
18.1  | 296  | ≥85%                      | >= 85
18.2  | 297  | >80 lít                   | > 80
18.3  | 298  | ≥80%                      | >= 80
18.4  | 299  | 100%                      | >= 100
18.5  | 300  | Không để xảy ra           | yes
18.6  | 301  | 100%                      | >= 100
19.1  | 315  | Có                        | yes
19.2  | 316  | Có                        | yes; models >= 1
"""

Row = tuple[str, int, str, dict[str, str]]


def printed_values() -> list[Row]:
    """Return code, line of the report, what is printed, and the requirement by limb."""
    rows: list[Row] = []
    for text in TABLE.strip().splitlines()[1:]:
        code, line, printed, required = (cell.strip() for cell in text.split("|"))
        limbs = {}
        for number, part in enumerate(required.split("; ")):
            key, _, rest = part.partition(" ")
            limbs["own" if number == 0 else key] = part if number == 0 else rest
        rows.append((code, int(line), printed, limbs))
    return rows

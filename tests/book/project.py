"""A small book to render: two written chapters, an executed notebook, an appendix."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

from tests.support.node import ROOT

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="360pt" height="90pt" viewBox="0 0 360 90">'
    '<rect x="10" y="30" width="250" height="20" fill="#009E73"/>'
    '<path d="M240 20V60" stroke="#000" stroke-width="2"/>'
    '<text x="10" y="20" font-family="Liberation Sans, Arial" font-size="12">'
    "Tỷ lệ hỏa táng: 25%</text></svg>"
)
DATA_URI = "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()

PLAN = """\
project:
  type: book
profile:
  default: communes
lang: vi
language: book/lang-vi.yml
book:
  title: "Sách thử <nghiệm>"
  author: "Nhóm kiểm thử"
  output-file: sach-thu
  chapters:
    - index.qmd
    - book/cach-tinh.qmd
  appendices:
    - book/thuat-ngu.qmd
toc-depth: 3
format:
  html: default
  typst:
    toc-depth: 3
  docx:
    reference-doc: book/reference.docx
"""
PROFILE = """\
book:
  chapters:
    - part: "Các xã"
      chapters:
        - reports/mau/mau.ipynb
"""
INDEX = "# Lời nói đầu {.unnumbered}\n\n{{< include book/mo-dau.qmd >}}\n"
PREFACE = """\
Cách tính ở @sec-cach-tinh, bảng ở [@tbl-mau-ket-qua; -@tbl-cach-tinh].

{{< include book/sau/them.md >}}
"""
DEEPER = "Đoạn văn lấy từ tệp thứ hai.\n"
METHODS = """\
# Cách tính {#sec-cach-tinh}

## Biên độ {#sec-bien-do}

Công thức là
$$ m = \\frac{v - t}{2} $$
với <script>alert(1)</script> chỉ là chữ.[^1]

[^1]: Chú thích có **chữ đậm**.

| Mã | Ý nghĩa |
|:-----------|:------------------------------------------------------------|
| 9. Nhà | Một ô có nhiều chữ để bảng có bề rộng các cột theo số gạch ngang |

: Giải thích {#tbl-cach-tinh}

## Không số {.unnumbered}

Xem [bảng của xã](../reports/mau/mau.ipynb#tbl-mau-ket-qua), [mục trên](#biên-độ-riêng).

### Biên độ riêng

## English {.unnumbered}

::: {lang="en"}
Some words.
:::
"""
GLOSSARY = """\
# Thuật ngữ {#sec-thuat-ngu}

Biên độ ([margin]{lang="en"})
:   Khoảng cách tới ngưỡng.

    Đoạn thứ hai.
"""
FRONT = '---\ntitle: "Xã Liêm Cần – năm 2024"\nlang: vi\nsynthetic: true\n---'
RESULT = f"""\
## Kết quả {{#sec-mau-ket-qua}}

Theo @tbl-mau-ket-qua, @fig-mau-hinh và @sec-bien-do, hỏa táng đạt 25%.

| Mã | Chỉ tiêu | Giá trị | Đánh giá |
|:-----|:----------------------------------------|------------:|:-----------------|
| 17.10 | Tỷ lệ hỏa táng | 25,00 | [● Đạt]{{.ntm-met}} |
| 18.2 | Nước sinh hoạt bình quân một người | 80–110 | [□ Chưa có số liệu]{{.ntm-no-data}} |

: Kết quả của xã {{#tbl-mau-ket-qua}}

![Tỷ lệ so với ngưỡng]({DATA_URI}){{#fig-mau-hinh fig-alt="Hỏa táng 25%, vượt ngưỡng."}}

::: {{.callout-warning title="Chỉ vừa đủ"}}
Thêm một hộ thì kết quả thay đổi.

- điều thứ nhất
:::

::: {{.callout-note}}
## Tiêu đề trong khung
Nội dung.
:::
"""


def markdown_output(text: str) -> dict[str, Any]:
    """Return a notebook output that shows Markdown."""
    data = {"text/markdown": text.splitlines(keepends=True), "text/plain": ["x"]}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def notebook(*outputs: dict[str, Any], front: str = FRONT, count: int | None = 1) -> str:
    """Return an executed notebook: front matter, hidden parameters, one cell with outputs."""
    code = {"cell_type": "code", "metadata": {}, "execution_count": count, "outputs": []}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": front.splitlines(keepends=True)},
        {**code, "metadata": {"tags": ["parameters"]}, "source": ["bi_mat = 1"]},
        {**code, "source": ["show()"], "outputs": list(outputs)},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def write_project(root: Path, **changes: str) -> Path:
    """Write the book's sources; `changes` replaces files, `/` in their names written as `__`."""
    files = {
        "_quarto.yml": PLAN,
        "_quarto-communes.yml": PROFILE,
        "index.qmd": INDEX,
        "book/mo-dau.qmd": PREFACE,
        "book/sau/them.md": DEEPER,
        "book/cach-tinh.qmd": METHODS,
        "book/thuat-ngu.qmd": GLOSSARY,
        "reports/mau/mau.ipynb": notebook(markdown_output(RESULT)),
    }
    files |= {name.replace("__", "/"): text for name, text in changes.items()}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("lang-vi.yml", "lang-en.yml", "reference.docx"):
        shutil.copy(ROOT / "book" / name, root / "book" / name)
    return root

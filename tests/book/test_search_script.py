"""The search itself, run by Node.js: what people type, however their keyboard writes accents."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from pathlib import Path

import pytest

from ntm_analysis.book import search
from tests.support import node

ASSETS = Path(search.__file__).with_name("assets")
RECORDS = [
    ["a.html", "", "Xã Bình Mẫu", "Môi trường", "Tỷ lệ hỏa táng của xã đạt 25%."],
    ["b.html", "", "Xã Hoa Mẫu", "Văn hóa", "Hoa của táng thụ và hội làng."],
    ["c.html", "", "Xã Liêm Mẫu", "Dân cư", "Các thôn bầu tổ hòa giải."],
]
SCRIPT = """
globalThis.window = {{}};
globalThis.document = {{ documentElement: {{ lang: "vi", dataset: {{}} }} }};
eval(require("fs").readFileSync({asset}, "utf8"));
const index = new window.ntmSearch.Index({records});
console.log(JSON.stringify({queries}.map((q) => index.search(q).hits.map((h) => h.record.page))));
"""


@pytest.fixture(scope="module")
def program() -> str:
    try:
        return node._node()
    except node.UnavailableError as error:
        pytest.skip(str(error))


def hits(program: str, *queries: str) -> list[list[str]]:
    """Return the pages that the site's search finds for each query."""
    script = SCRIPT.format(
        asset=json.dumps(str(ASSETS / "search.js")),
        records=json.dumps(RECORDS),
        queries=json.dumps(queries),
    )
    done = subprocess.run([program, "-e", script], capture_output=True, text=True, check=True)
    found: list[list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("query", ["hỏa táng", "hội làng", "hòa giải", "tổ", "đạt 25%"])
def test_accents_in_pieces_find_the_same(program: str, query: str) -> None:
    whole, pieces = hits(program, query, unicodedata.normalize("NFD", query))
    assert whole
    assert pieces == whole

"""Facts as sentences: place and amount where the text does not say them, in both languages."""

from __future__ import annotations

import pytest

from ntm_analysis.communes.facts import Fact
from ntm_analysis.narrative.facts import fact_sentence, facts_of
from ntm_analysis.rulebook import Rulebook


def _fact(text: str, **more: str) -> Fact:
    whole = {"text_en": "", "place": "", "place_en": "", "amount": "", "unit": ""} | more
    return Fact(subject="6.2", kind="work", text=text, source="report:1", year=None, row=2, **whole)


@pytest.mark.parametrize(
    ("lang", "fact", "sentence"),
    [
        ("vi", _fact("xây cổng làng"), "Xây cổng làng."),
        ("vi", _fact("Xây cổng làng."), "Xây cổng làng."),
        ("vi", _fact("xây cổng", place="thôn Hạ"), "Xây cổng (thôn Hạ)."),
        ("vi", _fact("thôn Hạ xây cổng", place="Thôn Hạ"), "Thôn Hạ xây cổng."),
        ("vi", _fact("cánh đồng mẫu", amount="31.5", unit="hectare"), "Cánh đồng mẫu (31,5 ha)."),
        ("vi", _fact("mẫu rộng 31,5 ha", amount="31.5", unit="hectare"), "Mẫu rộng 31,5 ha."),
        (
            "vi",
            _fact("kho sách", place="thôn Hạ", amount=">2000", unit="book"),
            "Kho sách (thôn Hạ; \\> 2.000 đầu sách).",
        ),
        ("en", _fact("xây cổng", text_en="a gate was built"), "A gate was built."),
        (
            "en",
            _fact("xây", text_en="a gate", place="thôn Hạ", place_en="Hạ hamlet"),
            "A gate (Hạ hamlet).",
        ),
        ("en", _fact("xây cổng"), "[Xây cổng.]{lang=vi}"),
        ("vi", _fact("xem [đây](http://x.vn)"), "Xem \\[đây\\](http\\://x.vn)."),
    ],
)
def test_a_fact_reads_as_a_sentence(lang: str, fact: Fact, sentence: str, book: Rulebook) -> None:
    """Nothing is said twice, and text from data stays text."""
    assert fact_sentence(fact, book, lang) == sentence  # type: ignore[arg-type]


def test_facts_keep_the_order_of_their_rows() -> None:
    """Those on several subjects stay as entered."""
    facts = [_fact("a"), _fact("b"), _fact("c")]
    assert facts_of(facts, "6.2") == facts
    assert facts_of(facts, "6") == []

"""What kind of document a decision is."""

from __future__ import annotations

import pytest

from ntm_analysis.language import LANGUAGES
from ntm_analysis.narrative.titles import legal_name
from ntm_analysis.rulebook import Decision, Rulebook
from ntm_analysis.rulebook.kinds import KINDS, kind_by_symbol
from tests.support.spoil import Copy

DECISIONS = "data/rulebook/decisions.yaml"
COMMON = {
    "place": "Hà Nam",
    "issuer": {"vi": "Hội đồng nhân dân tỉnh", "en": "People's Council"},
    "title": {"vi": "Về nghĩa trang", "en": "On cemeteries"},
    "source": "made up for a test",
}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("318/QĐ-TTg", "decision"),
        ("26/2024/QĐ-UBND", "decision"),
        ("30/2020/NĐ-CP", "decree"),
        ("43/2020/TT-BQP", "circular"),
        ("18/2019/NQ-HĐND", "resolution"),
        ("72-NQ-BCH", "resolution"),
        ("05/CT-TTg", "directive"),
        ("1157/KH-UBND", "plan"),
        ("47/2019/QH14", None),
        ("18", None),
    ],
)
def test_a_symbol_states_the_kind(number: str, kind: str | None):
    assert kind_by_symbol(number) == kind


def test_the_entry_goes_before_the_symbol():
    assert Decision(number="18", kind="resolution", **COMMON).kind == "resolution"
    assert Decision(number="18/NQ-HĐND", **COMMON).kind == "resolution"
    assert (
        legal_name(Decision(number="18", kind="resolution", **COMMON), "vi") == "Nghị quyết số 18"
    )


def test_a_number_that_states_no_kind_needs_the_entry(copy: Copy):
    copy.edit(DECISIONS, '    number: "18"\n    kind: resolution\n', '    number: "18"\n')
    (told,) = copy.rulebook_problems()
    assert told.file == DECISIONS
    assert "18" in told.problem
    assert "kind: resolution" in f"{told.problem} {told.wanted}"


def test_a_resolution_is_not_called_a_decision(book: Rulebook):
    assert legal_name(book.decisions["18@ha-nam"], "vi") == "Nghị quyết số 18"
    for decision in book.decisions.values():
        stated = kind_by_symbol(decision.number)
        assert stated in (None, decision.kind), decision.number


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_name(kind: str):
    decision = Decision(number="7", kind=kind, **COMMON)
    for lang in LANGUAGES:
        assert legal_name(decision, lang).endswith("7")

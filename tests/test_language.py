"""The two languages: in step, well formed, and chosen by the person at the terminal."""

from __future__ import annotations

import re
import string
import unicodedata
from pathlib import Path

import pytest
from pydantic import ValidationError

from ntm_analysis.language import LANGUAGES, Text, messages, say, translate, user_lang

VI, EN = messages("vi"), messages("en")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_messages():
    assert list(VI) == list(EN), sorted(set(VI) ^ set(EN))


def test_messages_have_the_same_fields_in_both():
    assert [key for key in VI if _fields(VI[key]) != _fields(EN[key])] == []
    assert [key for key in VI if "" in _fields(VI[key])] == [], "fields are named, never counted"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_are_nfc_without_stray_spaces(lang):
    for key, text in messages(lang).items():
        assert unicodedata.is_normalized("NFC", text), key
        assert text == text.strip() and text, key
        assert not re.search(r"\s{2}|\s[.,;!?](\s|$)", text), key


def test_english_has_no_vietnamese_sentence():
    marked = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
    names = ("nông thôn mới nâng cao", "nông thôn mới", "thôn", "xã")  # names stay names
    names += ("Đạt, Có, mức độ 2",)  # and what one writes in a cell
    for key, text in EN.items():
        bare = re.sub(r"\d+/\d+/QĐ-\w+", "", text)  # and so do numbers of documents
        for name in names:
            bare = bare.replace(name, "")
        assert not marked.search(bare), (key, text)


WHOLE = re.compile(r"""["']([a-z_0-9]+(?:\.[a-z_0-9]+)+)["']""")
COMPUTED = re.compile(r"""["']([a-z_]+\.(?:[a-z_0-9.]|\{[^}]*\})*)["']""")


def test_no_message_is_left_unused(repository: Path):
    """A key is written whole, or with a computed part (`figures.{kind}_wanted`, `verdict.` + …)."""
    package = repository / "ntm_analysis"
    files = [path for path in package.rglob("*") if path.suffix in (".py", ".j2")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = {name for key in WHOLE.findall(code) for name in (key, f"{key}_wanted")}
    forms = set()
    for text in COMPUTED.findall(code):
        if "{" in text or text.endswith("."):
            form = re.sub(r"\\{[^}]*\\}", r"[\\w-]+", re.escape(text))
            forms.add(form + (r"[\w-]+" if text.endswith(".") else "(_wanted)?"))
    computed = re.compile("|".join(sorted(forms)))
    # `say` takes the message under `workbook.` for the person who fills one in.
    keys = {key.removeprefix("workbook.") for key in VI}
    assert [key for key in keys if key not in used and not computed.fullmatch(key)] == []
    assert [key for key in VI if key.startswith("workbook.") and key[9:] not in VI] == []


def test_a_message_is_filled_in():
    assert translate("figures.percent", "en", text="120") == "“120” is above 100%."
    assert translate("verdict.met", "vi") == "Đạt"
    with pytest.raises(KeyError):
        translate("no.such.message", "vi")


def test_a_text_answers_in_each_language():
    text = Text(vi="Đạt", en="Met")
    assert [text[lang] for lang in LANGUAGES] == ["Đạt", "Met"]
    with pytest.raises(ValidationError):
        Text(vi="Đạt", en="")
    with pytest.raises(ValidationError):
        Text.model_validate({"vi": "Đạt", "en": "Met", "fr": "Atteint"})


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"NTM_LANG": "en"}, "en"),
        ({"NTM_LANG": " EN "}, "en"),
        ({"NTM_LANG": "vi", "LANG": "en_US.UTF-8"}, "vi"),
        ({"NTM_LANG": "fr", "LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "vi"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
    ],
)
def test_who_is_at_the_terminal(monkeypatch: pytest.MonkeyPatch, environment, lang):
    for name in ("NTM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert user_lang() == lang
    assert say("verdict.met") == messages(lang)["verdict.met"]

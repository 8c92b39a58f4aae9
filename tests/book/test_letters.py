"""Letters that no font of a PDF has are told of, wherever they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from ntm_analysis.book.letters import LISTED, boxed_letters, named
from ntm_analysis.book.typesetting import Typeset, compile_pdf, lacking
from ntm_analysis.cli import build

HEAD = '#set document(title: "x")\n#set text(font: "Liberation Serif", lang: "vi")\n'
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<text y="9" font-family="Liberation Sans">韓</text></svg>'
)
OURS = "Ưỡn ẹ ● ○ ▲ × ◆ □ ▬ ≥ ≤ ½ – … ψ ✓"
WHERE = {
    "none": (OURS, {}),
    "text": ("một 漢 hai 字 漢", {"main.typ": "漢字"}),
    "string": ('#"日\\"本"', {"main.typ": "日本"}),
    "chapter": ('#include "part.typ"', {"part.typ": "中"}),
    "picture": ('#image("p.svg", alt: "p")', {"": "韓"}),
    "picture without a description": ('#image("p.svg")', {"": "韓"}),
    "headings that skip levels": ("= A\n==== 漢", {"main.typ": "漢"}),
    "headings that skip levels only": ("= A\n==== B", {}),
    "family of signs": ("👨\u200d👩\u200d👧", {"main.typ": "👨👩👧"}),
    "sign and its variant": ("⛹\ufe0f a", {"main.typ": "⛹"}),
    "own use": ("\U000f1234", {"main.typ": "\U000f1234"}),
    "words like the message": (
        '```\nerror: PDF/UA-1 error: the text `"z"` could not be displayed\n``` 漢',
        {"main.typ": "漢"},
    ),
}


@pytest.mark.parametrize("name", WHERE)
def test_letters_that_typst_cannot_show(tmp_path: Path, name: str) -> None:
    markup, boxed = WHERE[name]
    (tmp_path / "part.typ").write_text("x 中", encoding="utf-8")
    (tmp_path / "p.svg").write_text(PICTURE, encoding="utf-8")
    main = tmp_path / "main.typ"
    main.write_text(HEAD + markup, encoding="utf-8")
    made = compile_pdf(main, 0)
    assert made.boxed == boxed
    assert made.pdf.startswith(b"%PDF")
    assert Typeset.of(made.packed()) == made


def test_letters_of_sources() -> None:
    own_use = "\U000f1234"  # that no machine has a font for
    assert lacking({"a": OURS, "b": f'x "{own_use}\\ y{own_use}'}) == {"b": own_use}
    assert lacking({}) == lacking({"a": OURS}) == {}


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("漢", "漢 (U+6F22)"),
        ("😀字", "😀 (U+1F600), 字 (U+5B57)"),
        ("\ue000\x01\u0488", "U+E000, U+0001, U+0488"),
        ("漢" * (LISTED + 3), ", ".join(["漢 (U+6F22)"] * LISTED + ["and 3 more"])),
    ],
)
def test_names(letters: str, names: str) -> None:
    assert named(letters) == names


def test_other_errors_name_no_letters() -> None:
    assert boxed_letters("error: PDF/UA-1 error: missing alt text\n  ┌─ a.typ:1:1\n") == {}


def test_commands_say_which_letters_where_and_what_helps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    many = {f"Chapter {n}": "漢" for n in range(build.WARNINGS + 2)}
    monkeypatch.setattr(build, "err", Console(width=300))
    build._say_boxed({})
    assert capsys.readouterr().out == ""
    build._say_boxed(many)
    said = capsys.readouterr().out
    assert "boxes" in said and "Chapter 0: 漢 (U+6F22)\n" in said
    assert f"Chapter {build.WARNINGS}:" not in said and "2 more places" in said
    assert "Latin letters" in said

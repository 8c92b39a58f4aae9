from __future__ import annotations

import pytest

from ntm_analysis.book.wordfields import numbered_by_word


def caption(anchor: str, label: str, number: int = 1, style: str = "TableCaption") -> str:
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{anchor}" />'
        f'<w:p><w:pPr><w:pStyle w:val="{style}" /></w:pPr><w:r><w:rPr><w:b /></w:rPr>'
        f'<w:t xml:space="preserve">{label}:</w:t></w:r>'
        "<w:r><w:t>Số\u00a02.1</w:t></w:r></w:p>"
        f'<w:bookmarkEnd w:id="{number}" />'
    )


def link(anchor: str, text: str) -> str:
    return f'<w:hyperlink w:anchor="{anchor}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Bảng\u00a02.1", r"SEQ Bảng \* ARABIC \r 1"),
        ("Bảng\u00a02.11", r"SEQ Bảng \* ARABIC"),
        ("Hình\u00a0A.1", r"SEQ Hình \* ARABIC \r 1"),
        ("Table\u00a03", r"SEQ Table \* ARABIC"),
        ("Hình vẽ\u00a01.2", r"SEQ Hình_vẽ \* ARABIC"),
    ],
)
def test_number_of_a_caption_is_a_field_that_shows_it(label: str, code: str) -> None:
    made = numbered_by_word(caption("tbl-a", label))
    assert f"> {code} </w:instrText>" in made
    shown = label.rpartition(".")[2] if "." in label else label.rpartition("\u00a0")[2]
    cached = made.partition('"separate" />')[2].partition('<w:t xml:space="preserve">')[2]
    assert cached.startswith(f"{shown}</w:t>")
    assert made.count("SEQ ") == 1


@pytest.mark.parametrize(
    ("text", "field"),
    [("Bảng\u00a02.1", True), ("2.1", True), ("bảng của xã", False), ("Bảng\u00a02.2", False)],
)
def test_link_that_reads_as_the_caption_follows_it(text: str, field: bool) -> None:
    made = numbered_by_word(link("tbl-a", text) + caption("tbl-a", "Bảng\u00a02.1"))
    assert ("REF _Ref200000001 \\h" in made) is field
    assert ('w:name="_Ref200000001"' in made) is field
    assert ("<w:hyperlink" in made) is not field
    assert text in made


def test_ids_of_places_stay_apart() -> None:
    texts = [link("tbl-a", "Bảng\u00a02.1"), link("fig-a", "1.2"), link("tbl-a", "2.1")]
    captions = caption("tbl-a", "Bảng\u00a02.1", 7) + caption(
        "fig-a", "Hình\u00a01.2", 9, "ImageCaption"
    )
    made = numbered_by_word("".join(texts) + captions)
    starts = made.split("<w:bookmarkStart ")[1:]
    ids = [start.split('"')[1] for start in starts]
    assert len(ids) == len(set(ids)) == 5
    assert all(made.count(f'<w:bookmarkEnd w:id="{one}" />') == 1 for one in ids)


@pytest.mark.parametrize(
    "text",
    [
        caption("tbl-a", "Không số"),
        caption("tbl-a", "Bảng\u00a02.1", style="BodyText"),
        link("tbl-b", "Bảng\u00a02.1"),
        "<w:document/>",
    ],
)
def test_what_is_no_numbered_caption_stays(text: str) -> None:
    assert numbered_by_word(text) == text

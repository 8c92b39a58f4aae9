"""Names as people write them, ids that no folder can bear, and texts of blanks."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from ntm_analysis.communes import Commune, Params
from ntm_analysis.communes.names import is_reserved
from ntm_analysis.communes.years import years_of
from ntm_analysis.language import Text
from ntm_analysis.placenames import proper_name
from ntm_analysis.spelling import bare_name

APPRAISAL = {"set": "advanced", "appraiser": "Ủy ban nhân dân huyện"}


def commune(**entries):
    data = {"id": "xa-mau", "name": "Mẫu", "province": "Hà Nam", "appraisals": {2024: APPRAISAL}}
    return Commune.model_validate({**data, **entries})


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("commune", "xã Thử Nghiệm", "Thử Nghiệm"),
        ("commune", "XÃ  Thử Nghiệm ", "Thử Nghiệm"),
        ("commune", "Xã", "Xã"),
        ("commune", "Xã xã Thử Nghiệm", "Thử Nghiệm"),
        ("commune", "Xãng", "Xãng"),
        ("district", "huyện Bình Lục", "Bình Lục"),
        ("district", "Bình Lục", "Bình Lục"),
        ("district", "thị xã Duy Tiên", "Thị xã Duy Tiên"),
        ("province", "tỉnh Hà Nam", "Hà Nam"),
        ("province", "TP.Hồ Chí Minh", "Hồ Chí Minh"),
        ("province", "Thành phố Huế", "Huế"),
        ("province", "Tp Huế", "Huế"),
        ("province", "T. Hà Nam", "Hà Nam"),
        ("province", "T.Phú Thọ", "Phú Thọ"),
        ("province", "Tây Ninh", "Tây Ninh"),
        ("commune", "X. Vũ Bản", "Vũ Bản"),
    ],
)
def test_the_word_for_what_it_is_is_no_part_of_the_name(kind, written, read):
    assert bare_name(written, kind) == read


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("commune", "XÃ TIÊU ĐỘNG", "Tiêu Động"),
        ("commune", "bồ đề", "Bồ Đề"),
        ("commune", "Chân mây - Lăng cô", "Chân Mây - Lăng Cô"),
        ("commune", "TÂN MẪU II", "Tân Mẫu II"),
        ("commune", "xã mẫu nam", "Mẫu Nam"),
        ("commune", "chưa đặt tên", "chưa đặt tên"),
        ("commune", "*ABC* DEF", "*ABC* DEF"),
        ("district", "HUYỆN LÝ NHÂN", "Lý Nhân"),
        ("district", "tx. duy tiên", "Thị xã Duy Tiên"),
        ("district", "CƯ M'GAR", "Cư M'gar"),
        ("province", "TỈNH BẮC KẠN", "Bắc Kạn"),
    ],
)
def test_names_in_capitals_or_without_are_read_as_names(kind, written, read):
    assert proper_name(written, kind) == read
    assert proper_name(read, kind) == read


@pytest.mark.parametrize(
    ("entry", "written", "own"),
    [
        ("name", "Tiêu Động (Bình Lục)", "Tiêu Động"),
        ("name", "xã Tiêu Động, huyện Bình Lục, tỉnh Hà Nam", "Tiêu Động"),
        ("name", "Tiêu Động - Bình Lục", "Tiêu Động"),
        ("name", "Tiêu Động/H. Bình Lục", "Tiêu Động"),
        ("name", "Mẫu; huyện Mẫu Mới", "Mẫu"),
        ("district", "Lý Nhân, Hà Nam", "Lý Nhân"),
        ("district", "huyện Lý Nhân (T. Hà Nam)", "Lý Nhân"),
    ],
)
def test_a_name_with_the_place_around_it_is_refused(entry, written, own):
    with pytest.raises(ValidationError, match=f"“{own}”"):
        commune(**{entry: written})


@pytest.mark.parametrize("name", ["Chân Mây - Lăng Cô", "Mẫu (mới)", "A, b", "Mẫu - Mới"])
def test_other_signs_in_a_name_are_its_own(name):
    assert commune(name=name).name == name


@pytest.mark.parametrize("name", ["TT. Bình Mỹ", "thị trấn Vĩnh Trụ", "Phường Lam Hạ"])
def test_only_communes_are_appraised(name):
    with pytest.raises(ValidationError, match="is no commune"):
        commune(name=name)
    former = commune(formerly=[{"name": name}]).formerly[0].name
    assert former.casefold() == name.casefold()


@pytest.mark.parametrize("name", ["Thị Sơn", "Phương Liệt", "Tturing"])
def test_names_that_begin_like_a_kind_are_names(name):
    assert commune(name=name).name == name


def test_a_profile_reads_names_without_their_prefixes():
    read = commune(name="xã Mẫu", district="Huyện Bình Lục", province="tỉnh Hà Nam")
    assert (read.name, read.district, read.province) == ("Mẫu", "Bình Lục", "Hà Nam")


@pytest.mark.parametrize("slug", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_names_that_windows_keeps_are_refused(slug):
    assert is_reserved(slug) and not is_reserved(f"{slug}-xa")
    with pytest.raises(ValidationError):
        commune(id=slug)
    with pytest.raises(ValidationError):
        Params.model_validate(
            {"commune": slug, "year": 2024, "set": "advanced", "on": dt.date(2024, 1, 1)}
        )


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", " \n "])
def test_a_text_of_blanks_is_no_text(blank):
    for make in (
        lambda: commune(name=blank),
        lambda: commune(appraisals={2024: {**APPRAISAL, "appraiser": blank}}),
        lambda: Text(vi=blank, en="x"),
        lambda: commune(sources={"report": {"title": "Báo cáo", "number": blank}}),
    ):
        with pytest.raises(ValidationError):
            make()


def test_a_commune_is_what_it_was_in_each_year():
    now = {"name": "Liêm Mới", "province": "Ninh Bình"}
    past = {"name": "xã Liêm Cũ", "province": "Hà Nam", "district": "Thanh Liêm"}
    read = commune(**now, appraisals={2024: {**APPRAISAL, "identity": past}, 2025: APPRAISAL})
    assert (read.in_year(2024).name, read.in_year(2024).province) == ("Liêm Cũ", "Hà Nam")
    assert read.in_year(2024).district == "Thanh Liêm" and read.in_year(2024).id == "xa-mau"
    assert read.in_year(2025) is read and read.district is None


@pytest.mark.parametrize(
    ("year", "years", "found"),
    [
        (None, [], (None,)),
        (None, [2025, 2024, 2024], (2024, 2025)),
        (2023, [2024], (2023,)),
    ],
)
def test_a_row_without_a_year_belongs_to_all(year, years, found):
    assert years_of(year, years) == found


@pytest.mark.parametrize(
    ("field", "word"),
    [("name", "Xã"), ("name", " xã "), ("district", "huyện"), ("district", "Thị xã"),
     ("province", "Tỉnh"), ("province", "TP.")],
)  # fmt: skip
def test_the_word_for_what_it_is_is_no_name(field, word):
    with pytest.raises(ValidationError, match=word.strip()):
        commune(**{field: word})

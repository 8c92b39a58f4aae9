"""Districts by kind: as they are stored, named in a sentence, a title, a body, a book."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from ntm_analysis.communes import load_case
from ntm_analysis.communes.names import DistrictName
from ntm_analysis.localities import district_in, province_in
from ntm_analysis.narrative.titles import chapter_title
from ntm_analysis.register.bodies import body
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.spelling import bare_name
from tests.support.spoil import Copy, copy_project

DISTRICTS = [
    # as written, as stored, in a Vietnamese sentence, in an English one
    ("Bình Lục", "Bình Lục", "huyện Bình Lục", "Bình Lục district"),
    ("huyện Bình Lục", "Bình Lục", "huyện Bình Lục", "Bình Lục district"),
    ("Huyện  Bình  Lục", "Bình Lục", "huyện Bình Lục", "Bình Lục district"),
    ("H. Bình Lục", "Bình Lục", "huyện Bình Lục", "Bình Lục district"),
    ("district of Bình Lục", "Bình Lục", "huyện Bình Lục", "Bình Lục district"),
    ("huyện đảo Cô Tô", "đảo Cô Tô", "huyện đảo Cô Tô", "đảo Cô Tô district"),
    ("Quản Bạ", "Quản Bạ", "huyện Quản Bạ", "Quản Bạ district"),
    ("Thanh Liêm", "Thanh Liêm", "huyện Thanh Liêm", "Thanh Liêm district"),
    ("Thị xã Duy Tiên", "Thị xã Duy Tiên", "thị xã Duy Tiên", "Duy Tiên town"),
    ("thị xã Duy Tiên", "Thị xã Duy Tiên", "thị xã Duy Tiên", "Duy Tiên town"),
    ("TX Duy Tiên", "Thị xã Duy Tiên", "thị xã Duy Tiên", "Duy Tiên town"),
    ("TX.Duy Tiên", "Thị xã Duy Tiên", "thị xã Duy Tiên", "Duy Tiên town"),
    ("TP Phủ Lý", "Thành phố Phủ Lý", "thành phố Phủ Lý", "Phủ Lý city"),
    ("Tp. Phủ Lý", "Thành phố Phủ Lý", "thành phố Phủ Lý", "Phủ Lý city"),
    ("Quận Hà Đông", "Quận Hà Đông", "quận Hà Đông", "Hà Đông district"),
    ("quận 12", "Quận 12", "quận 12", "District 12"),
    ("Q.12", "Quận 12", "quận 12", "District 12"),
    ("Thị xã", "Thị xã", "huyện Thị xã", "Thị xã district"),
]


@pytest.mark.parametrize(("written", "stored", "vi", "en"), DISTRICTS)
def test_a_district_is_named_by_its_kind(written, stored, vi, en):
    assert bare_name(written, "district") == stored
    assert bare_name(stored, "district") == stored
    for name in (written, stored):
        assert (district_in(name, "vi"), district_in(name, "en")) == (vi, en)


def test_a_commune_keeps_its_district_as_stored():
    assert TypeAdapter(DistrictName).validate_python("TX Duy Tiên") == "Thị xã Duy Tiên"


@pytest.mark.parametrize(
    ("name", "kind", "vi", "en"),
    [
        ("Hà Nam", "tỉnh", "tỉnh Hà Nam", "Hà Nam province"),
        ("Hà Nội", "thành phố", "thành phố Hà Nội", "Hà Nội city"),
    ],
)
def test_a_province_is_named_by_its_kind(name, kind, vi, en):
    assert (province_in(name, "vi", kind), province_in(name, "en", kind)) == (vi, en)


@pytest.fixture(scope="module")
def copy(repository, tmp_path_factory) -> Copy:
    book = load_rulebook(repository / "data" / "rulebook")
    return copy_project(repository, tmp_path_factory.mktemp("town"), book)


TITLES = [
    ("Thanh Liêm", "vi", "Xã Liêm Cần, huyện Thanh Liêm, tỉnh Hà Nam – năm 2024"),
    ("TX Duy Tiên", "vi", "Xã Liêm Cần, thị xã Duy Tiên, tỉnh Hà Nam – năm 2024"),
    ("thành phố Phủ Lý", "vi", "Xã Liêm Cần, thành phố Phủ Lý, tỉnh Hà Nam – năm 2024"),
    ("Thanh Liêm", "en", "Liêm Cần commune, Thanh Liêm district, Hà Nam province – 2024"),
    ("TX Duy Tiên", "en", "Liêm Cần commune, Duy Tiên town, Hà Nam province – 2024"),
    ("TP Phủ Lý", "en", "Liêm Cần commune, Phủ Lý city, Hà Nam province – 2024"),
]


@pytest.mark.parametrize(("district", "lang", "title"), TITLES)
def test_titles_and_bodies_name_the_kind(copy: Copy, district, lang, title):
    file = "data/communes/liem-can/commune.yaml"
    before = copy.path(file).read_text(encoding="utf-8")
    copy.edit(file, "district: Thanh Liêm\n", f"district: {district}\n")
    try:
        case = load_case(copy.project, "liem-can-2024", copy.rulebook)
    finally:
        copy.path(file).write_text(before, encoding="utf-8")
    assert chapter_title(case, lang) == title
    named = district_in(district, lang)
    office = {"vi": f"Công an {named}", "en": f"Police of {named}"}[lang]
    assert body(case, "police").name[lang] == office

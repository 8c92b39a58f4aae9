"""Printed values read: the requirement, how sure, and why one is left to a person."""

from __future__ import annotations

import pytest

from ntm_analysis.law.limbs import Printer
from ntm_analysis.law.names import Names

# code, printed, requires, how sure, the first reason
VALUES = [
    ("9", "≥95%", ">= 95", "sure", ""),
    ("9", "Trên 50%", "> 50", "sure", ""),
    ("9", "từ 95% trở lên", ">= 95", "sure", ""),
    ("9", "lớn hơn hoặc bằng 95%", ">= 95", "sure", ""),
    ("9", "không dưới 95%", ">= 95", "sure", ""),
    ("9", "tối thiểu 30%", ">= 30", "sure", ""),
    ("9", "100%", ">= 100", "sure", ""),
    ("9", "95%", ">= 95", "likely", "no_sign"),
    ("9", "≥ 95% (1)", ">= 95", "likely", "note"),
    ("9", "Đạt từ 80%", ">= 80", "likely", "from"),
    ("9", "≥ 120%", "", "person", "percent_range"),
    ("9", "≤ 90%", "", "person", "sign_against"),
    ("9", "0,95", "", "person", "fraction"),
    ("9", "90-95%", "", "person", "range"),
    ("9", "khoảng 90%", "", "person", "about"),
    ("9", "Đạt", "", "person", "word_for_number"),
    ("9", "-", "", "person", "dash"),
    ("9", "", "", "person", "blank"),
    ("9", "≥ 90%, riêng xã đảo ≥ 80%", "", "person", "two_numbers"),
    ("9", "UBND cấp tỉnh quy định cụ thể", "delegated", "sure", ""),
    ("11", "< 1,0", "< 1.0", "sure", ""),
    ("11", "không quá 1,0%", "<= 1.0", "sure", ""),
    ("11", "dưới 2%", "< 2", "sure", ""),
    ("11", "1%", "<= 1", "likely", "no_sign"),
    ("11", "≥ 1%", "", "person", "sign_against"),
    ("10", "≥ 79,2", ">= 79.2", "sure", ""),
    ("10", "> 72 triệu đồng/người/năm", "> 72", "sure", ""),
    ("10", "2022: 48; 2023: 52", "", "person", "years"),
    ("10", "79.200.000 đồng", "", "person", "ambiguous"),
    ("3.2", "ít nhất 01", ">= 1", "sure", ""),
    ("3.2", "Đạt", ">= 1", "likely", "from_name"),
    ("13.2", "≥ 1 sản phẩm", ">= 1", "sure", ""),
    ("13.1", "≥1 HTX", ">= 1", "sure", ""),
    ("13.1", "80%", "", "person", "unit"),
    ("17.11", "≥4 m2/người", ">= 4", "sure", ""),
    ("18.2", "≥ 80 lít/người/ngày đêm", ">= 80", "sure", ""),
    ("17.10", "năm 2023 ≥18%", ">= 18", "likely", "year"),
    ("5.3", "mức độ 2", ">= 2", "sure", ""),
    ("5.3", "Đạt", "", "person", "word_for_number"),
    ("3.6", "Khá trở lên", ">= fair", "sure", ""),
    ("3.6", "Đạt", ">= ensured", "likely", "grade_of_name"),
    ("1.1", "Đạt", "yes", "sure", ""),
    ("1.1", "Có", "yes", "sure", ""),
    ("1.1", "95%", "", "person", "number_for_yes"),
    ("5.6", "Không", "", "person", "no"),
    ("18.5", "Không", "yes", "likely", "none_occurs"),
    ("18.5", "Không để xảy ra", "yes", "sure", ""),
    ("5.1", "100%; ≥1 trường", ">= 100", "likely", "limb_by_words"),
    ("12.1", "≥85% (cả nam và nữ)", ">= 85", "sure", ""),
    ("2.2", "100%; 90%", "", "person", "two_numbers"),
    ("2.2", "100% (cứng hóa); 90% (có các hạng mục cần thiết)", ">= 100", "likely",
     "limb_by_words"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "printed", "requires", "sure", "why"), VALUES)
def test_a_printed_value_is_read_or_left_to_a_person(book, code, printed, requires, sure, why):
    loaded = book.sets["advanced"]
    indicator = loaded.indicators[code]
    printer = Printer(Names(loaded), book.units, book.variables)
    reading = printer.all(printed, indicator, indicator.name.vi, "")["own"]
    assert (reading.requires, reading.sure) == (requires, sure), reading
    assert ([one.key for one in reading.why] or [""])[0] == why


def test_parts_of_a_cell_go_to_the_limbs_that_their_words_name(book):
    loaded = book.sets["advanced"]
    indicator = loaded.indicators["2.2"]
    printer = Printer(Names(loaded), book.units, book.variables)
    words = "100% (cứng hóa); 90% (có các hạng mục cần thiết)"
    readings = printer.all(words, indicator, indicator.name.vi, "")
    assert readings["items"].requires == ">= 90"
    assert readings["maintained"].sure == "person"

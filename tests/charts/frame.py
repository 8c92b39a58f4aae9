"""A results frame like that of a real appraisal, made for the tests of charts."""

import math

import pandas as pd

from ntm_analysis.charts import ChartRow, chart_rows
from ntm_analysis.language import Text
from ntm_analysis.rulebook.models import Unit


def _unit(vi: str, en: str, plural: str | None = None) -> Unit:
    return Unit(label=Text(vi=vi, en=en), plural=plural)


UNITS = {
    "percent": _unit("%", "%"),
    "flag": _unit("có/không", "yes/no"),
    "grade": _unit("mức", "grade"),
    "level": _unit("mức độ", "level"),
    "income": _unit("triệu đồng/người/năm", "million VND/person/year"),
    "green": _unit("m2/người", "m2/person"),
    "litre": _unit("lít/người/ngày đêm", "litre/person/day", "litres/person/day"),
    "cooperative": _unit("hợp tác xã", "cooperative", "cooperatives"),
    "product": _unit("sản phẩm", "product", "products"),
    "area": _unit("vùng", "area", "areas"),
    "model": _unit("mô hình", "model", "models"),
    "household": _unit("hộ", "household", "households"),
    "house": _unit("căn nhà", "house", "houses"),
    "person": _unit("người", "person", "persons"),
    "km": _unit("km", "km"),
}
CRITERIA = {
    "vi": (
        "Quy hoạch|Giao thông|Thủy lợi và phòng chống thiên tai|Điện|Giáo dục|Văn hóa|"
        "Cơ sở hạ tầng thương mại nông thôn|Thông tin và truyền thông|Nhà ở dân cư|Thu nhập|"
        "Nghèo đa chiều|Lao động|Tổ chức sản xuất và phát triển kinh tế nông thôn|Y tế|"
        "Hành chính công|Tiếp cận pháp luật|Môi trường|Chất lượng môi trường sống|"
        "Quốc phòng và an ninh"
    ).split("|"),
    "en": (
        "Planning|Transport|Irrigation and disaster prevention|Electricity|Education|Culture|"
        "Rural trade infrastructure|Information and communication|Housing|Income|"
        "Multidimensional poverty|Labour|Organisation of production and rural economy|Health|"
        "Public administration|Access to law|Environment|Quality of the living environment|"
        "Defence and security"
    ).split("|"),
}
# code: label vi, label en, kind, unit, requires, value or reading, headroom, its unit, base
MEASURED = {
    "2.1": ("Đường xã được bảo trì, đảm bảo sáng - xanh - sạch - đẹp", "Commune roads maintained", "rate", "percent", ">= 95", 100, 0.41, "km", 8.35),
    "2.2": ("Đường thôn, liên thôn được cứng hóa và bảo trì", "Hamlet roads hardened", "rate", "percent", ">= 100", 100, 0, "km", 13.87),
    "2.3": ("Đường ngõ, xóm được cứng hóa", "Alleys hardened", "rate", "percent", ">= 95", 100, 0.36, "km", 7.23),
    "2.4": ("Đường trục chính nội đồng được cứng hóa", "Field roads hardened", "rate", "percent", ">= 100", 100, 0, "km", 13.16),
    "3.1": ("Đất nông nghiệp được tưới, tiêu chủ động", "Farmland irrigated and drained", "rate", "percent", ">= 90", None, None, "", None),
    "3.2": ("Tổ chức thủy lợi cơ sở", "Irrigation organisations", "count", "cooperative", ">= 1", 1, 0, "cooperative", 1),
    "3.3": ("Cây trồng chủ lực được tưới tiên tiến", "Main crops with modern irrigation", "rate", "percent", ">= 30", 100, None, "", None),
    "3.4": ("Công trình thủy lợi nhỏ được bảo trì hàng năm", "Small works maintained", "rate", "percent", ">= 100", 100, None, "", None),
    "4": ("Hộ có điện an toàn, ổn định", "Households with safe power", "rate", "percent", ">= 100", 100, 0, "household", 2751),
    "5.1": ("Trường học đạt chuẩn cơ sở vật chất", "Schools meeting facility standards", "rate", "percent", ">= 100", 100, 0, "model", 3),
    "6.3": ("Thôn đạt tiêu chuẩn văn hóa", "Hamlets meeting the culture standard", "rate", "percent", ">= 70", 100, 1, "model", 4),
    "8.2": ("Thuê bao dùng điện thoại thông minh", "Smartphone subscribers", "rate", "percent", ">= 80", ">90.72", None, "", None),
    "9": ("Hộ có nhà ở kiên cố hoặc bán kiên cố", "Solid or semi-solid housing", "rate", "percent", ">= 97", 100 * 2696 / 2751, 27, "house", 2751),
    "10": ("Thu nhập bình quân đầu người", "Income per head", "amount", "income", "> 72", 72.403, None, "", None),
    "11": ("Tỷ lệ nghèo đa chiều", "Multidimensional poverty", "rate", "percent", "< 1.0", 100 * (19 / 2678 + 7 / 2690), 0, "household", 2678),
    "12.1": ("Lao động qua đào tạo", "Trained labour", "rate", "percent", ">= 85", 100 * 4274 / 4969, 50, "person", 4969),
    "12.2": ("Lao động có bằng cấp, chứng chỉ", "Labour with a certificate", "rate", "percent", ">= 38", 100 * 1938 / 4969, 49, "person", 4969),
    "13.1": ("Hợp tác xã có hợp đồng liên kết", "Cooperatives with chain contracts", "count", "cooperative", ">= 1", 1, 0, "cooperative", 1),
    "13.2": ("Sản phẩm OCOP còn thời hạn", "Valid OCOP products", "count", "product", ">= 1", None, None, "", None),
    "13.4": ("Sản phẩm chủ lực truy xuất nguồn gốc bằng công nghệ số", "Products traced digitally", "count", "product", ">= 1", None, None, "", None),
    "13.5": ("Sản phẩm chủ lực bán qua thương mại điện tử", "Main products sold online", "rate", "percent", ">= 10", None, None, "", None),
    "13.6": ("Vùng nguyên liệu được cấp mã vùng", "Growing areas with a code", "count", "area", ">= 1", "pending", None, "", None),
    "13.8": ("Mô hình kinh tế tích hợp đa giá trị", "Multi-value models", "count", "model", ">= 1", 3, 2, "model", 3),
    "14.1": ("Người dân tham gia bảo hiểm y tế", "Health insurance", "rate", "percent", ">= 95", 95.18, None, "", None),
    "16.2": ("Mâu thuẫn, tranh chấp được hòa giải thành", "Disputes mediated", "rate", "percent", ">= 90", 92, None, "", None),
    "16.3": ("Người được trợ giúp pháp lý khi có yêu cầu", "Legal aid on request", "rate", "percent", ">= 90", 100, None, "", None),
    "17.2": ("Cơ sở sản xuất, làng nghề bảo đảm quy định môi trường", "Establishments compliant", "rate", "percent", ">= 100", 100, None, "", None),
    "17.3": ("Chất thải rắn sinh hoạt được thu gom, xử lý", "Solid waste collected", "rate", "percent", ">= 98", 100, None, "", None),
    "17.4": ("Hộ thu gom, xử lý nước thải sinh hoạt", "Households treating wastewater", "rate", "percent", ">= 50", 84, None, "", None),
    "17.5": ("Hộ phân loại chất thải rắn tại nguồn", "Households sorting waste", "rate", "percent", ">= 50", 50.55, None, "", None),
    "17.6": ("Chất thải rắn nguy hại được xử lý", "Hazardous waste treated", "rate", "percent", ">= 100", 100, None, "", None),
    "17.7": ("Chất thải hữu cơ, phụ phẩm được tái sử dụng", "Organic waste reused", "rate", "percent", ">= 80", 85, None, "", None),
    "17.8": ("Cơ sở chăn nuôi bảo đảm vệ sinh thú y, môi trường", "Compliant livestock units", "rate", "percent", ">= 95", 100 * 583 / 607, 6, "household", 607),
    "17.10": ("Tỷ lệ hỏa táng", "Cremation", "rate", "percent", ">= 18", 25, 2, "person", 36),
    "17.11": ("Đất cây xanh công cộng tại điểm dân cư", "Public green land", "amount", "green", ">= 4", ">5", None, "", None),
    "17.12": ("Chất thải nhựa được thu gom, xử lý", "Plastic waste treated", "rate", "percent", ">= 90", 100, None, "", None),
    "18.1": ("Hộ dùng nước sạch từ hệ thống tập trung", "Piped clean water", "rate", "percent", ">= 85", 100 * 2613 / 2751, 274, "household", 2751),
    "18.2": ("Nước sinh hoạt bình quân đầu người", "Water per head", "amount", "litre", "> 80", "80-110", None, "", None),
    "18.3": ("Công trình cấp nước được quản lý bền vững", "Water works managed", "rate", "percent", ">= 80", 100, 0, "model", 1),
    "18.4": ("Chủ thể được tập huấn an toàn thực phẩm", "Food operators trained", "rate", "percent", ">= 100", "pending", None, "", None),
    "18.6": ("Cơ sở chế biến được chứng nhận an toàn thực phẩm", "Food processors certified", "rate", "percent", ">= 100", "not_applicable", None, "", None),
    "18.7": ("Hộ có nhà tắm, nhà tiêu hợp vệ sinh", "Hygienic toilets and baths", "rate", "percent", "unknown", 100, None, "", None),
    "18.8": ("Bãi chôn lấp bảo đảm vệ sinh", "Hygienic landfills", "rate", "percent", "unknown", "not_applicable", None, "", None),
}  # fmt: skip
COUNTS = (3, 4, 6, 1, 6, 3, 1, 5, 1, 1, 1, 2, 8, 4, 3, 3, 12, 8, 2)
OTHER_VERDICTS = {"17.1": "not_applicable"}
FLIPS = {"11": "flips: poor_households=34 -> not_met", "12.1": "flips: trained_workers=3230 -> not_met"}


def codes() -> list[str]:
    """All 74 codes in legal order."""
    found = []
    for criterion, count in enumerate(COUNTS, 1):
        found += [str(criterion)] if count == 1 and criterion in (4, 7, 9, 10, 11) else [
            f"{criterion}.{place}" for place in range(1, count + 1)
        ]
    return found


def results(lang: str = "vi") -> pd.DataFrame:
    """The frame of the contract for one commune-year."""
    return pd.DataFrame([_record(code, lang) for code in codes()])


def _record(code: str, lang: str) -> dict[str, object]:
    row = MEASURED.get(code)
    if row is None:
        label = f"Chỉ tiêu {code}" if lang == "vi" else f"Indicator {code}"
        row = (label, label, "yes_no", "flag", "yes", 1, None, "", None)
    vi, en, kind, unit, requires, value, headroom, headroom_unit, base = row
    op, _, number = requires.partition(" ")
    threshold = float(number) if number else (1.0 if op == "yes" else math.nan)
    low, high, text = _ends(value)
    sign = -1 if op.startswith("<") else 1
    exact = low == high and op not in ("yes", "unknown")
    margin = sign * (low - threshold) if exact else math.nan
    verdict = OTHER_VERDICTS.get(code) or (
        value if value in ("pending", "not_applicable")
        else "no_data" if value is None or value == "80-110" else "met"
    )  # fmt: skip
    return {
        "commune": "xa-mau", "year": 2024, "criterion": int(code.partition(".")[0]),
        "indicator": code, "name": vi if lang == "vi" else en, "value": low if exact else math.nan,
        "unit": unit, "requires": requires, "margin": margin,
        "relative_margin": margin / threshold if exact else math.nan,
        "headroom": math.nan if headroom is None else headroom, "headroom_unit": headroom_unit,
        "verdict": verdict, "stability": FLIPS.get(code, "stable"), "claimed_value": "",
        "claimed_verdict": "met", "evidence_grade": "B", "value_low": low, "value_high": high,
        "value_text": text, "op": op, "threshold": threshold, "kind": kind,
        "short": vi if lang == "vi" else en,
        "headroom_base": math.nan if base is None else base,
    }  # fmt: skip


def _ends(value: object) -> tuple[float, float, str]:
    if value is None or value in ("pending", "not_applicable"):
        return math.nan, math.nan, ""
    if isinstance(value, str):
        if value.startswith(">"):
            return float(value[1:]), math.inf, value
        low, _, high = value.partition("-")
        return float(low), float(high), value
    return float(value), float(value), ""  # type: ignore[arg-type]


def rows(lang: str = "vi", criterion: int | None = None) -> list[ChartRow]:
    """The rows of all criteria, or of one."""
    names = dict(enumerate(CRITERIA[lang], 1))
    made = chart_rows(results(lang), UNITS, names)
    return [row for row in made if criterion in (None, row.criterion)]

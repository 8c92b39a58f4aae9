"""A whole report on a made-up commune, with the faults that the audit should find in it."""

LINES = (
    "BÁO CÁO KẾT QUẢ THẨM TRA XÃ MẪU",
    "Căn cứ Quyết định số 55/2023/QĐ-UBND ngày 14/7/2023 của UBND tỉnh;",
    "Căn cứ Tờ trình số 31/TTr-UBND ngày 02/12/2024 của UBND xã.",
    "Điện thoại liên hệ: 0203 386 1234. Thời gian thẩm tra: từ ngày 05/12 đến ngày 09/12/2024.",
    "Tiêu chí 4 về Điện",
    "a) Yêu cầu của tiêu chí",
    "- Tỷ lệ hộ sử dụng điện thường xuyên, an toàn ≥99%",
    "b) Kết quả thực hiện",
    "- Toàn xã có 1.520 hộ; 1.520/1.520 hộ dùng điện, đạt 100%.",
    "c) Tự đánh giá: đạt",
    "Tiêu chí 9 về Nhà ở",
    "a) Yêu cầu của tiêu chí",
    "- Tỷ lệ hộ có nhà kiên cố hoặc bán kiên cố ≥97%",
    "b) Kết quả thực hiện",
    "- Tỷ lệ hộ có nhà kiên cố hoặc bán kiên cố đạt 96,4% (1.465/1.520 hộ).",
    "c) Tự đánh giá: đạt",
    "Tiêu chí 11 về Nghèo đa chiều",
    "a) Yêu cầu của tiêu chí",
    "- Tỷ lệ nghèo đa chiều <1,0 %.",
    "b) Kết quả thực hiện",
    "Tỷ lệ hộ nghèo:",
    "(22-9)",
    "x 100% = 0,86%",
    "(1.520-9)",
    "c) Tự đánh giá: đạt",
    "Tiêu chí 17 về Môi trường",
    "a) Yêu cầu của tiêu chí",
    "- Tỷ lệ hộ phân loại chất thải tại nguồn ≥50%",
    "b) Kết quả thực hiện",
    "- Tỷ lệ hộ phân loại chất thải tại nguồn đạt 61,23%.",
    "- Phụ phẩm được tái sử dụng 85%, trong đó 50% làm thức ăn, 20% ủ phân, 20% trồng nấm.",
    "c) Tự đánh giá: đạt",
    "Tiêu chí 18 về Chất lượng môi trường sống",
    "a) Yêu cầu của tiêu chí",
    "- Tỷ lệ hộ dùng nước sạch tập trung ≥85%",
    "b) Kết quả thực hiện",
    "- Tỷ lệ hộ dùng nước sạch tập trung 88,5% (1.390/1.570 hộ).",
    "c) Tự đánh giá: đạt",
    "Kết luận: đạt 6/6 tiêu chí theo Quyết định số 55/2023/QĐ-UBND ngày 17/4/2023 của UBND tỉnh.",
)

FAULTS = {
    (15, "threshold", "disagrees"),
    (30, "attainable", "unattainable"),
    (31, "sum", "disagrees"),
    (37, "quantity", "inconsistent"),
    (39, "count", "inconsistent"),
    (39, "document", "inconsistent"),
}
"""Line, check and verdict of what is wrong."""

AGREE = {(9, "ratio"), (15, "ratio"), (22, "formula"), (30, "threshold"), (37, "ratio"),
         (37, "threshold"), (39, "part_whole")}  # fmt: skip
"""Line and check of what agrees."""

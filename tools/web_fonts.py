"""Make the web edition's fonts: the letters that Vietnamese, English and our signs need, as woff2.

    python -m tools.web_fonts

The licence of the Liberation fonts keeps their name for unchanged fonts; these are “Report Sans”.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER: Final = Path(__file__).parents[1] / "ntm_analysis" / "fonts"
STYLES: Final = ("Regular", "Bold")
RANGES: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1A0, 0x1B0), (0x300, 0x304), (0x306, 0x309), (0x31B, 0x323),
    (0x1EA0, 0x1EF9), (0x2010, 0x2026), (0x2030, 0x2033), (0x2039, 0x203A), (0x2070, 0x209C),
    (0x20AB, 0x20AC), (0x2190, 0x2193), (0x2202, 0x22A5), (0x25A0, 0x25CF), (0x2713, 0x2717),
)  # fmt: skip


def web_font(style: str) -> bytes:
    """Return a Liberation Sans of the letters in `RANGES`, under a name of our own."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "tnum", "lnum"]
    options.hinting = False
    font = TTFont(FOLDER / f"LiberationSans-{style}.ttf", recalcTimestamp=False)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    chosen.subset(font)
    names = {1: "Report Sans", 4: f"Report Sans {style}", 6: f"ReportSans-{style}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def main() -> None:
    """Write the fonts into the package."""
    for style in STYLES:
        path = FOLDER / f"ReportSans-{style}.woff2"
        path.write_bytes(web_font(style))
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()

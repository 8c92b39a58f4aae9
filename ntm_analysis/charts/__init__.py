"""Charts of a commune's results, as SVG with captions and alternative texts."""

from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.headroom import headroom_chart, headroom_rows
from ntm_analysis.charts.margin import margin_chart
from ntm_analysis.charts.overview import margin_overview, overview_rows
from ntm_analysis.charts.rows import ChartRow, chart_rows, worth_drawing
from ntm_analysis.charts.tiles import tile_map

__all__ = [
    "Chart",
    "ChartRow",
    "chart_rows",
    "headroom_chart",
    "headroom_rows",
    "margin_chart",
    "margin_overview",
    "overview_rows",
    "tile_map",
    "worth_drawing",
]

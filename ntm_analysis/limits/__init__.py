"""How much of a file is read, and which characters: what is beyond is refused by name and place.

`NTM_LIMIT` in the environment raises every limit at once: `NTM_LIMIT=4` reads files four times as
large. docs/reference/limits.md lists them.
"""

from ntm_analysis.limits.archive import check_archive
from ntm_analysis.limits.extent import check_extent, check_workbook
from ntm_analysis.limits.letters import forbidden
from ntm_analysis.limits.size import (
    CELLS,
    LINE,
    TEXT,
    YAML_NODES,
    YAML_TEXT,
    beyond,
    check_lines,
    check_size,
    limit,
)
from ntm_analysis.limits.streams import check_streams

__all__ = [
    "CELLS",
    "LINE",
    "TEXT",
    "YAML_NODES",
    "YAML_TEXT",
    "beyond",
    "check_archive",
    "check_extent",
    "check_lines",
    "check_size",
    "check_streams",
    "check_workbook",
    "forbidden",
    "limit",
]

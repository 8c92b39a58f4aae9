"""The most memory that a process has held, as code for that process."""

PEAK = """
# Not ru_maxrss: a process begins with the peak of the one that started it.
from pathlib import Path as _Path
_status = _Path("/proc/self/status")
_lines = _status.read_text().splitlines() if _status.exists() else []
peak = max((int(line.split()[1]) // 1024 for line in _lines if line.startswith("VmHWM")), default=0)
"""
"""Sets `peak`, in MiB; 0 where the system does not tell."""

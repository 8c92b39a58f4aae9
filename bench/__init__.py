"""Measurements; each module runs by itself: `python -m bench.papermill`."""

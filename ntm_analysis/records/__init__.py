"""The files of communes as they are kept: years side by side, changed whole, with backups."""

from ntm_analysis.records.files import Record, read_record
from ntm_analysis.records.merge import Change, merge_year
from ntm_analysis.records.write import write_records

__all__ = ["Change", "Record", "merge_year", "read_record", "write_records"]

"""Whether a report still follows from its inputs.

In come a report's folder with its `provenance.json` and the project's files, out goes what differs
and which input it may come from. Begin with `verify.verify`.
"""

from ntm_analysis.verification.inputs import Input, Record, find_report, read_record
from ntm_analysis.verification.verify import Verification, verify

__all__ = ["Input", "Record", "Verification", "find_report", "read_record", "verify"]

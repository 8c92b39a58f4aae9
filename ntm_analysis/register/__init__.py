"""The register of evidence: what a dossier holds, what is missing, and who can give it."""

from ntm_analysis.register.bodies import Body, body_of, confirms
from ntm_analysis.register.index import COLUMNS, Entry, index_frame, index_of

__all__ = ["COLUMNS", "Body", "Entry", "body_of", "confirms", "index_frame", "index_of"]

"""Reading documents that people write: Word files, PDFs with text, plain text.

`read_document` returns a document as blocks: paragraphs and table rows in reading order, with their
places, cells and levels. The audit of a report reads through it, and so may whatever else wants the
words of a report.
"""

from ntm_analysis.documents.model import Block, Cell, Document, Part, Remark
from ntm_analysis.documents.reading import SUFFIXES, read_document

__all__ = ["SUFFIXES", "Block", "Cell", "Document", "Part", "Remark", "read_document"]

"""Forms: a workbook out, a filled-in one in."""

from ntm_analysis.forms.load import Imported, import_file
from ntm_analysis.forms.source import Filling, filling_of
from ntm_analysis.forms.wide import write_many
from ntm_analysis.forms.write import write_form

__all__ = ["Filling", "Imported", "filling_of", "import_file", "write_form", "write_many"]

"""Made-up communes, always marked synthetic, for demonstration, tests and measurements."""

from ntm_analysis.samples.commune import generator, make
from ntm_analysis.samples.faults import FAULTS, plant
from ntm_analysis.samples.sample import LAST_DAY, Sample
from ntm_analysis.samples.write import PLANTED, files

__all__ = ["FAULTS", "LAST_DAY", "PLANTED", "Sample", "files", "generator", "make", "plant"]

"""Made-up communes, always marked synthetic, for demonstration, tests and measurements."""

from ntm_analysis.samples.commune import Sample, generator, make
from ntm_analysis.samples.faults import FAULTS, plant
from ntm_analysis.samples.write import files

__all__ = ["FAULTS", "Sample", "files", "generator", "make", "plant"]

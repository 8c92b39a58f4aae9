"""The law of a place as people enter it: annexes of decisions read, the workbook out and in."""

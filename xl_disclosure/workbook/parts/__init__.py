"""The parts of a workbook's file, read and written in place."""

"""The VBA project of a workbook, compiled from its sources."""

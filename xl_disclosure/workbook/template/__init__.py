"""The template workbook of an edition, sheet by sheet."""

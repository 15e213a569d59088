"""The clerk's workbook: its layout, its template, and writing into it."""

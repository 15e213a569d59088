"""The sheets of a workbook that is open in a spreadsheet program."""

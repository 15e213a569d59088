"""The buttons on the workbook that is open: what a click does there, how it is told, and how it is taken back."""

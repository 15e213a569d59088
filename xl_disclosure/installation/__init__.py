"""What connects the buttons to this Python: Excel's add-in and its settings, LibreOffice's trust and pipe."""

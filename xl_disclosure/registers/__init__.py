"""The office's registers, counted into facts."""

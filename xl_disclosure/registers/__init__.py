"""The registers an office keeps through the year, read from their sheets and counted into facts."""

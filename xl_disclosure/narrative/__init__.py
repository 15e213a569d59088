"""The narrative report."""

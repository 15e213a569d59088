"""Readers of the kinds of file that units send."""

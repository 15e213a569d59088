"""What the engine raises."""

from __future__ import annotations


class LibreOfficeError(Exception):
    """Say what LibreOffice, or the way to it, did not do, and what to do about it."""


class NotSupportedError(LibreOfficeError, NotImplementedError):
    """Name a member of xlwings that this engine does not have, and what to use instead."""

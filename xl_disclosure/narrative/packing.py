"""Office documents as archives: the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP entry can bear; the clock must not change a document."""

_ON_UNIX = 3
_FILE_MODE = 0o100644 << 16


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive of the parts given by name, in that order, with fixed dates."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _ON_UNIX
            entry.external_attr = _FILE_MODE
            archive.writestr(entry, content)
    return buffer.getvalue()


def repack(document: bytes) -> bytes:
    """Return the same archive with its entries' dates fixed."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})

"""The marks that LibreOffice leaves beside files that are open: .~lock.NAME#."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.libreoffice.errors import LibreOfficeError


def refuse_locked(path: Path, *, read_only: bool = False) -> None:
    """Raise LibreOfficeError for a file that is open elsewhere, or was when a LibreOffice was killed.

    LibreOffice would ask about it in its window; without one, it does not open the file and does not say why.
    """
    mark = path.with_name(f".~lock.{path.name}#")
    if mark.exists() and not read_only:
        message = (
            f"{path} is open in another LibreOffice: close it there. If it is open nowhere, a LibreOffice was ended by "
            f"force: delete the file {mark}"
        )
        raise LibreOfficeError(message)

"""What tells one edition's form from another's: its sheets, labels and figures, as one short text."""

from __future__ import annotations

import json
from hashlib import sha256

from xl_disclosure.forms.grid import build_grid
from xl_disclosure.forms.model import Edition


def fingerprint(edition: Edition) -> str:
    """Return the SHA-256, in hexadecimal, of the edition's label structure: each printed cell's place and text."""
    structure = [
        [
            sheet.name,
            [
                [cell.row, cell.column, cell.row_span, cell.column_span, cell.text, cell.address]
                for cell in build_grid(edition, sheet).cells
            ],
        ]
        for sheet in edition.sheets
    ]
    return sha256(json.dumps(structure, ensure_ascii=False, separators=(",", ":")).encode("utf-8")).hexdigest()

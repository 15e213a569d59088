"""The obfuscation of a VBA project's three protection fields (MS-OVBA 2.4.3)."""

from __future__ import annotations

_VERSION = 2


def encrypt(value: bytes, project_id: str, seed: int) -> str:
    """Encrypt a protection field and write it in hexadecimal, as the PROJECT stream states it.

    `seed` is a byte (0 to 255); what the standard leaves to chance (the filler before the value) is zero here, so that
    the same value gives the same text.
    """
    project_key = sum(project_id.encode("ascii")) & 0xFF
    encrypted = bytearray([seed, seed ^ _VERSION, seed ^ project_key])
    filler = bytes((seed & 6) // 2)
    previous = project_key
    for byte in filler + len(value).to_bytes(4, "little") + value:
        encrypted.append(byte ^ ((encrypted[-2] + previous) & 0xFF))
        previous = byte
    return encrypted.hex().upper()

"""The `dir` stream of a VBA project: what the project is and which modules it has (MS-OVBA 2.3.4.2)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from xl_disclosure.workbook.vba.module import ModuleKind, VbaModule

CODE_PAGE = 1252
_WINDOWS_32_BIT = 1  # also what 64-bit Excel reads
_ENGLISH = 0x0409  # the one language identifier the standard allows
_NO_COOKIE = 0xFFFF
_TYPE_RECORDS = {ModuleKind.STANDARD: 0x0021, ModuleKind.CLASS: 0x0022, ModuleKind.DOCUMENT: 0x0022}


def encode_directory(project_name: str, modules: Sequence[VbaModule]) -> bytes:
    """Encode the project's properties and its list of modules; the stream is stored compressed.

    No library is referred to: Excel adds VBA's and its own, and a missing one would keep the project from compiling.
    """
    records = [
        _number(0x0001, _WINDOWS_32_BIT),
        _number(0x0002, _ENGLISH),
        _number(0x0014, _ENGLISH),
        _short(0x0003, CODE_PAGE),
        _text(0x0004, project_name),
        _text_twice(0x0005, 0x0040, ""),  # description
        _text(0x0006, "") + _text(0x003D, ""),  # help files
        _number(0x0007, 0),  # help context
        _number(0x0008, 0),  # flags
        struct.pack("<HIIH", 0x0009, 4, 1, 0),  # version 1.0: its length field does not count the minor number
        _text_twice(0x000C, 0x003C, ""),  # constants
        _short(0x000F, len(modules)),
        _short(0x0013, _NO_COOKIE),
    ]
    records += [_encode_module(module) for module in modules]
    records.append(_empty(0x0010))
    return b"".join(records)


def _encode_module(module: VbaModule) -> bytes:
    return b"".join(
        (
            _text_twice(0x0019, 0x0047, module.name),
            _text_twice(0x001A, 0x0032, module.name),  # its stream
            _text_twice(0x001C, 0x0048, ""),  # description
            _number(0x0031, 0),  # where its text begins: at once, no compiled code stands before it
            _number(0x001E, 0),  # help context
            _short(0x002C, _NO_COOKIE),
            _empty(_TYPE_RECORDS[module.kind]),
            _empty(0x002B),
        )
    )


def _record(code: int, content: bytes) -> bytes:
    return struct.pack("<HI", code, len(content)) + content


def _number(code: int, value: int) -> bytes:
    return _record(code, struct.pack("<I", value))


def _short(code: int, value: int) -> bytes:
    return _record(code, struct.pack("<H", value))


def _text(code: int, value: str) -> bytes:
    return _record(code, value.encode("ascii"))


def _text_twice(code: int, wide_code: int, value: str) -> bytes:
    return _text(code, value) + _record(wide_code, value.encode("utf-16-le"))


def _empty(code: int) -> bytes:
    return _record(code, b"")

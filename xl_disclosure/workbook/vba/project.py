"""A workbook's VBA project (vbaProject.bin), compiled from module texts without Office (MS-OVBA).

The project carries no compiled code: Excel and LibreOffice compile the texts when they first need them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xl_disclosure.errors import SetupError
from xl_disclosure.workbook.vba.compound_file import write_compound_file
from xl_disclosure.workbook.vba.compression import compress
from xl_disclosure.workbook.vba.directory import encode_directory
from xl_disclosure.workbook.vba.encryption import encrypt
from xl_disclosure.workbook.vba.module import VbaModule, check_name

_PROJECT_ID = "{7A1C0E52-93B4-4D6F-8E27-5B0D64F1A938}"
# The version 0xFFFF says that no compiled code follows (MS-OVBA 2.3.4.1).
_NO_COMPILED_CODE = bytes.fromhex("CC61FFFF000000")
_NOT_PROTECTED = encrypt(bytes(4), _PROJECT_ID, seed=0x07)
_NO_PASSWORD = encrypt(b"\x00", _PROJECT_ID, seed=0x0E)
_VISIBLE = encrypt(b"\xff", _PROJECT_ID, seed=0x15)


def build_vba_project(project_name: str, modules: Sequence[VbaModule]) -> bytes:
    """Build the bytes of xl/vbaProject.bin from the modules, in their order; the same modules give the same bytes.

    Raises:
        SetupError: a name or a module's text cannot stand in a VBA project, two modules have one name, or the project
            is too large for its container.
    """
    check_name(project_name)
    _refuse_repeated_names(modules)
    streams = {module.name: compress(module.encode()) for module in modules}
    return write_compound_file(
        {
            "VBA": {
                "_VBA_PROJECT": _NO_COMPILED_CODE,
                "dir": compress(encode_directory(project_name, modules)),
                **streams,
            },
            "PROJECT": _project_text(project_name, modules).encode("ascii"),
            "PROJECTwm": _module_names(modules),
        }
    )


def _refuse_repeated_names(modules: Sequence[VbaModule]) -> None:
    counts = Counter(module.name.upper() for module in modules)
    for name, count in counts.items():
        if count > 1:
            raise SetupError(f"VBA 工程里有 {count} 个模块同名“{name}”", "VBA 名称不分大小写，请改成不同的名称")


def _project_text(project_name: str, modules: Sequence[VbaModule]) -> str:
    lines = [
        f'ID="{_PROJECT_ID}"',
        *(module.project_line for module in modules),
        f'Name="{project_name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_NOT_PROTECTED}"',
        f'DPB="{_NO_PASSWORD}"',
        f'GC="{_VISIBLE}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _module_names(modules: Sequence[VbaModule]) -> bytes:
    """Write every name in the code page and in UTF-16, for hosts of another code page (MS-OVBA 2.3.3)."""
    names = [f"{module.name}\0".encode("ascii") + f"{module.name}\0".encode("utf-16-le") for module in modules]
    return b"".join(names) + b"\0\0"

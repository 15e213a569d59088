"""The VBA that xlwings brings for add-ins of others' own, from the installed xlwings, so that versions always match."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from pathlib import Path

from xl_disclosure.errors import Place, SetupError
from xl_disclosure.workbook.vba.module import ModuleKind, VbaModule

SETTINGS_NAME = "xl_disclosure"
"""What xlwings' module calls our add-in: its settings are in a file of this name, apart from xlwings' own."""

_ADD_IN_MODULE = "xlwings_custom_addin.bas"
_DICTIONARY = Path("addin") / "Dictionary.cls"  # what the module uses on a Mac
_SETTINGS_NAME_LINE = re.compile(r'^(Public Const PROJECT_NAME As String = )"myaddin"$', re.MULTILINE)
# A class module as exported opens with a block that is not part of its text (VERSION ... END).
_EXPORT_HEADER = re.compile(r"\AVERSION [^\n]*\nBEGIN\n.*?^END\n", re.DOTALL | re.MULTILINE)
_ATTRIBUTE = re.compile(r"^Attribute (VB_\w+) = .*\n", re.MULTILINE)
# What every class module has, VB_Base being the class identifier of a class without a form (MS-OVBA 2.3.4.3).
_CLASS_ATTRIBUTES = """\
Attribute VB_Name = "Dictionary"
Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = False
"""


def load_xlwings_modules() -> list[VbaModule]:
    """Load xlwings' module for add-ins, told our name, and the class it needs.

    Raises:
        SetupError: xlwings is missing, or is of a version whose modules are of another make.
    """
    return [
        VbaModule("xlwings", _named(_read(Path(_ADD_IN_MODULE))), ModuleKind.STANDARD),
        VbaModule("Dictionary", _without_export_header(_read(_DICTIONARY)), ModuleKind.CLASS),
    ]


def read_mac_script() -> tuple[str, bytes]:
    """Return name and content of the script through which xlwings' module starts Python on a Mac.

    Raises:
        SetupError: xlwings is missing, or is of a version without this script.
    """
    name = f"xlwings-{importlib.metadata.version('xlwings')}.applescript"
    return name, _read(Path(name)).encode("utf-8")


def _read(name: Path) -> str:
    specification = importlib.util.find_spec("xlwings")
    if specification is None or specification.origin is None:
        raise SetupError("没有安装 xlwings", "重新安装 xl-disclosure")
    try:
        return (Path(specification.origin).parent / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise _unknown_version(str(name)) from error


def _named(source: str) -> str:
    named, count = _SETTINGS_NAME_LINE.subn(rf'\1"{SETTINGS_NAME}"', source)
    if count != 1:
        raise _unknown_version(_ADD_IN_MODULE)
    return named


def _without_export_header(source: str) -> str:
    body, count = _EXPORT_HEADER.subn("", source)
    if count != 1:
        raise _unknown_version(str(_DICTIONARY))
    return _CLASS_ATTRIBUTES + _ATTRIBUTE.sub("", body)


def _unknown_version(file: str) -> SetupError:
    version = importlib.metadata.version("xlwings")
    return SetupError(f"xlwings {version} 的加载项与预期不同", "重新安装 xl-disclosure 和 xlwings 0.37", Place(file))

"""One module of a VBA project: its name, its text, and what Excel demands of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from xl_disclosure.errors import Place, SetupError

# Not "dir": that stream of the project lists the modules.
_NAME = re.compile(r"(?!dir$)[a-z][a-z0-9_]{0,30}", re.ASCII | re.IGNORECASE)
# Excel's class identifier of a worksheet, as it stands in VB_Base.
_WORKSHEET_MODULE = """\
Attribute VB_Name = "{name}"
Attribute VB_Base = "0{{00020820-0000-0000-C000-000000000046}}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
"""


class ModuleKind(StrEnum):
    """Name what a module is: part of the workbook or a sheet (document), a class, or plain procedures (standard)."""

    DOCUMENT = "document"
    CLASS = "class"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class VbaModule:
    """Hold one module: its name and its whole text, `Attribute` lines included."""

    name: str
    source: str
    kind: ModuleKind

    @property
    def project_line(self) -> str:
        """State the module in the PROJECT stream."""
        match self.kind:
            case ModuleKind.DOCUMENT:
                return f"Document={self.name}/&H00000000"
            case ModuleKind.CLASS:
                return f"Class={self.name}"
            case ModuleKind.STANDARD:
                return f"Module={self.name}"

    def encode(self) -> bytes:
        """Encode the text as Excel stores it: ASCII, every line ended by CR and LF.

        Raises:
            SetupError: the name is no VBA name, a line has a character outside ASCII, or the text states another name.
        """
        check_name(self.name)
        lines = self.source.splitlines()
        for number, line in enumerate(lines, start=1):
            if not line.isascii():
                raise self._not_ascii(number, line)
        if f'Attribute VB_Name = "{self.name}"' not in lines:
            raise SetupError(
                "VBA 源码里没有写明本模块的名称",
                f'在开头写上 Attribute VB_Name = "{self.name}"',
                Place(f"macros/{self.name}"),
            )
        return "".join(f"{line}\r\n" for line in lines).encode("ascii")

    def _not_ascii(self, number: int, line: str) -> SetupError:
        return SetupError(
            f"VBA 源码只能用 ASCII 字符，此行有其他字符：{line.strip()}",
            "中文提示写入 macros/messages.toml，VBA 用 MessageText 读取",
            Place(f"macros/{self.name}", cell=f"第 {number} 行"),
        )


def make_worksheet_module(code_name: str) -> VbaModule:
    """Make the empty module that every sheet of a workbook with macros has, by the sheet's code name."""
    return VbaModule(code_name, _WORKSHEET_MODULE.format(name=code_name), ModuleKind.DOCUMENT)


def check_name(name: str) -> None:
    """Refuse what VBA does not take as the name of a project or a module.

    Raises:
        SetupError: the name is no VBA name.
    """
    if not _NAME.fullmatch(name):
        raise SetupError(
            f"“{name}”不能作 VBA 工程或模块的名称",
            "以英文字母开头，只用英文字母、数字和下划线，不超过 31 个字符，也不能是 dir",
        )

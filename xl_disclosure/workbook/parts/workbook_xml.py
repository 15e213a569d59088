"""The workbook part: its sheets, and whether Excel recalculates on opening (ECMA-376 part 1, 18.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.errors import InputError, Place
from xl_disclosure.workbook.parts.package import Package
from xl_disclosure.workbook.parts.xml_text import read_attributes, root_elements

MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

# What stands before calcPr in a workbook (CT_Workbook, a sequence).
_STANDS_BEFORE_CALCULATION = frozenset(
    [
        *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
        *("functionGroups", "externalReferences", "definedNames"),
    ]
)
_RECALCULATES = re.compile(r"""\sfullCalcOnLoad\s*=\s*["']([^"']*)["']""")
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Name the part that holds a worksheet, and the number the workbook knows the sheet by."""

    part: str
    id: str


@dataclass(frozen=True, slots=True)
class WorkbookXml:
    """Hold the workbook part: its name, its text, its worksheets by name, and the part of each related kind."""

    part: str
    text: str
    content_type: str
    sheets: Mapping[str, SheetPart]
    related: Mapping[str, str]

    @property
    def styles(self) -> str:
        """Return the part with the workbook's styles; where it has none, the name that such a part usually bears."""
        return self.related.get("styles", "xl/styles.xml")


def read_workbook(package: Package) -> WorkbookXml:
    """Return the workbook part of a package.

    Raises:
        InputError: the package holds no workbook that can be written in place, or is damaged.
    """
    main = [found.target for found in package.relationships() if found.kind == "officeDocument"]
    content_type = package.content_type(main[0]) if main else ""
    if content_type not in (MACRO_WORKBOOK, PLAIN_WORKBOOK):
        raise InputError(
            "不是 .xlsx 或 .xlsm 工作簿", "用 Excel 或 WPS 打开它，另存为 .xlsx 或 .xlsm 后再试", Place(package.file)
        )
    text = package.read_xml(main[0])
    relationships = package.relationships(main[0])
    parts = {found.id: found.target for found in relationships if found.kind == "worksheet"}
    with package.telling_damage(main[0]):
        sheets = _read_sheets(text, parts)
    return WorkbookXml(main[0], text, content_type, sheets, {found.kind: found.target for found in relationships})


def _read_sheets(text: str, parts: Mapping[str, str]) -> dict[str, SheetPart]:
    sheets: dict[str, SheetPart] = {}
    for element in root_elements(text):
        if _local(element.name) != "sheets":
            continue
        listed = text[element.start : element.end]
        for sheet in root_elements(listed):
            attributes = {
                _local(name): value for name, value in read_attributes(listed[sheet.start : sheet.end]).items()
            }
            if attributes.get("id") in parts:
                sheets[attributes["name"]] = SheetPart(parts[attributes["id"]], attributes["sheetId"])
    return sheets


def request_recalculation(text: str) -> str:
    """Return the workbook's text so that Excel calculates every formula on opening; the same text where it does."""
    place, prefix = 0, ""
    for element in root_elements(text):
        name = _local(element.name)
        if name == "calcPr":
            stated = text[element.start : element.end]
            return text[: element.start] + _with_recalculation(stated, element.name) + text[element.end :]
        if name in _STANDS_BEFORE_CALCULATION:
            prefix = element.name.removesuffix(name)
            place = element.end
    return f'{text[:place]}<{prefix}calcPr fullCalcOnLoad="1"/>{text[place:]}'


def _with_recalculation(element: str, name: str) -> str:
    stated = _RECALCULATES.search(element)
    if stated is not None and stated[1] in _TRUE:
        return element
    return f'<{name} fullCalcOnLoad="1"' + _RECALCULATES.sub("", element).removeprefix(f"<{name}")


def _local(name: str) -> str:
    return name.rpartition(":")[2]

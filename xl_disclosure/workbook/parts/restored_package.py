"""A workbook's bytes with sheets given back what their template has, or with a sheet copied."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.parts.calculation_chain import KIND as CALCULATION_CHAIN
from xl_disclosure.workbook.parts.calculation_chain import forget_part
from xl_disclosure.workbook.parts.cell_xml import read_shared_strings
from xl_disclosure.workbook.parts.package import Package, Relationship, relationships_part
from xl_disclosure.workbook.parts.package_parts import PackageEdit
from xl_disclosure.workbook.parts.sheet_restoration import restore_sheet, without_furniture
from xl_disclosure.workbook.parts.style_transfer import StyleTransfer
from xl_disclosure.workbook.parts.workbook_xml import MACRO_WORKBOOK, WorkbookXml, read_workbook
from xl_disclosure.workbook.parts.xml_text import write_attributes

_STRINGS = "sharedStrings"
_BUTTONS, _DRAWING = "vmlDrawing", "drawing"
_FURNITURE = {_DRAWING: "drawing", _BUTTONS: "legacyDrawing"}
"""The kinds of relationships that lead to a sheet's charts and buttons, each with the element that names it."""

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORKSHEETS = "xl/worksheets/sheet{}.xml"
_SHEET_NUMBER = re.compile(r'\bsheetId="([0-9]+)"')
_RELATIONSHIP_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_restored_sheets(content: bytes, file: str, template: bytes, areas: Mapping[str, Area]) -> bytes:
    """Return a workbook's bytes with an area of each sheet named as in a template, looks and all.

    Buttons and charts are added where the sheet has none. Raises InputError where a part is damaged.
    """
    source, package = Package(template, file), Package(content, file)
    model, workbook = read_workbook(source), read_workbook(package)
    edit = PackageEdit(package)
    with package.telling_damage(workbook.styles):
        styles = StyleTransfer(source.read_tree(model.styles), package.read_tree(workbook.styles))
    strings = read_shared_strings(source.read_xml(model.related[_STRINGS]))
    for name, area in areas.items():
        part, model_part = workbook.sheets[name].part, model.sheets[name].part
        current = package.read_xml(part)
        with package.telling_damage(part):
            edit.put(part, restore_sheet(current, source.read_xml(model_part), strings, styles, area))
        _furnish(edit, source, part, model_part, has_macros=workbook.content_type == MACRO_WORKBOOK)
    if styles.has_added:
        edit.changed[workbook.styles] = styles.to_bytes()
    _forget_chain(edit, workbook)
    return edit.to_bytes()


def with_copied_sheet(content: bytes, file: str, sheet: str, name: str) -> bytes:
    """Return a workbook's bytes with a copy of a sheet's cells as its last sheet."""
    package = Package(content, file)
    workbook = read_workbook(package)
    edit = PackageEdit(package)
    text = without_furniture(package.read_xml(workbook.sheets[sheet].part))
    part = edit.add(_WORKSHEETS, text.encode(), _WORKSHEET_TYPE)
    identifier = edit.relate(workbook.part, "worksheet", part)
    numbers = [int(found) for found in _SHEET_NUMBER.findall(workbook.text)]
    entry = write_attributes({"name": name, "sheetId": str(max(numbers) + 1)})
    place = workbook.text.rindex("</", 0, workbook.text.index("sheets>", workbook.text.index("sheets>") + 1))
    prefix = workbook.text[place + 2 : workbook.text.index("sheets>", place)]
    copied = f'<{prefix}sheet xmlns:r="{_RELATIONSHIP_NAMESPACE}"{entry} r:id="{identifier}"/>'
    edit.put(workbook.part, workbook.text[:place] + copied + workbook.text[place:])
    return edit.to_bytes()


def _furnish(edit: PackageEdit, source: Package, part: str, model_part: str, *, has_macros: bool) -> None:
    present = _kinds(edit.package, part)
    for found in _relationships(source, model_part):
        if found.kind not in _FURNITURE or found.kind in present or (found.kind == _BUTTONS and not has_macros):
            continue
        brought = edit.bring(source, found.target)
        identifier = edit.relate(part, found.kind, brought)
        edit.put(part, _with_furniture(edit.text(part), _FURNITURE[found.kind], identifier))


def _with_furniture(sheet: str, element: str, identifier: str) -> str:
    """Return a sheet's text with one more element that leads to a part; a drawing stands before buttons."""
    entry = f'<{element} xmlns:r="{_RELATIONSHIP_NAMESPACE}" r:id="{identifier}"/>'
    later = ["legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "tableParts", "extLst"]
    following = later if element == "drawing" else later[1:]
    marks = (f"<{name}" for name in (*following, "mc:AlternateContent", "/worksheet"))
    place = min(place for mark in marks if (place := sheet.find(mark)) >= 0)
    return sheet[:place] + entry + sheet[place:]


def _relationships(package: Package, part: str) -> tuple[Relationship, ...]:
    return package.relationships(part) if relationships_part(part) in package else ()


def _kinds(package: Package, part: str) -> set[str]:
    return {found.kind for found in _relationships(package, part)}


def _forget_chain(edit: PackageEdit, workbook: WorkbookXml) -> None:
    chain = workbook.related.get(CALCULATION_CHAIN)
    if chain is None:
        return
    for part, text in forget_part(edit.package, chain, workbook.part).items():
        edit.changed.setdefault(part, text)
    edit.removed.add(chain)

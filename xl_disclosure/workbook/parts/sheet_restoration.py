"""A worksheet part given back what its template has within an area; what stands outside stays.

Parts here are documents of lxml: unlike a cell that is written, a sheet that is restored need not keep its very text.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from xl_disclosure.workbook.areas import Area, parse_area
from xl_disclosure.workbook.parts.sheet_xml import SheetXml
from xl_disclosure.workbook.parts.style_transfer import StyleTransfer

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_IGNORABLE = f"{{{_COMPATIBILITY}}}Ignorable"

# The elements of a worksheet in order (CT_Worksheet, a sequence): those that a template gives, those that are lists of
# areas, and those that are no matter of cells: pictures, buttons, tables.
_OF_TEMPLATE = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors"),
)
_FURNITURE = (
    *("drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("AlternateContent", "webPublishItems", "tableParts", "extLst"),
)
_REFERENCES = {"mergeCell": "ref", "conditionalFormatting": "sqref", "dataValidation": "sqref", "hyperlink": "ref"}


def _parse(text: str) -> Any:
    return etree.fromstring(text.encode())


def restore_sheet(current: str, template: str, strings: Sequence[str], styles: StyleTransfer, area: Area) -> str:
    """Return a worksheet's text with an area as in the template, whose cells share the ``strings``.

    Buttons and pictures are those of the sheet, its code name too.
    """
    own = _parse(SheetXml(current).to_text())
    root = _carried_over(_parse(template), strings, styles)
    restored = etree.Element(root.tag, nsmap={**own.nsmap, **root.nsmap})
    if _IGNORABLE in own.attrib:
        restored.set(_IGNORABLE, own.get(_IGNORABLE))
    _keep_names(own, root)
    _keep_columns(own, root, area)
    _keep_cells(own, root, area)
    for name in _OF_TEMPLATE:
        _append_all(restored, name, root, own, area)
    for element in own:
        if etree.QName(element).localname in _FURNITURE:
            restored.append(copy.deepcopy(element))
    return etree.tostring(restored, encoding="UTF-8", xml_declaration=True, standalone=True).decode()


def without_furniture(sheet: str) -> str:
    """Return a worksheet's text for a copy: its cells, without buttons, pictures, and a name that macros know."""
    root = _parse(SheetXml(sheet).to_text())
    for element in list(root):
        if etree.QName(element).localname in (*_FURNITURE, "sheetPr", "pageSetup"):
            root.remove(element)
    for view in root.iter(f"{{{_MAIN}}}sheetView"):
        view.attrib.pop("tabSelected", None)
    for link in list(root.iter(f"{{{_MAIN}}}hyperlink")):
        if any(name.endswith("}id") for name in link.attrib):
            link.getparent().remove(link)
    for links in root.findall(f"{{{_MAIN}}}hyperlinks"):
        if not len(links):
            root.remove(links)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True).decode()


def _carried_over(root: Any, strings: Sequence[str], styles: StyleTransfer) -> Any:
    """Give a template's cells and conditional formats the styles of another workbook, and texts of their own."""
    for cell in root.iter(f"{{{_MAIN}}}c"):
        if "s" in cell.attrib:
            cell.set("s", styles.cell_style(cell.get("s")))
        if cell.get("t") == "s":
            _set_text(cell, strings[int(cell.findtext(f"{{{_MAIN}}}v"))])
    for row in root.iter(f"{{{_MAIN}}}row", f"{{{_MAIN}}}col"):
        for attribute in ("s", "style"):
            if attribute in row.attrib:
                row.set(attribute, styles.cell_style(row.get(attribute)))
    for rule in root.iter(f"{{{_MAIN}}}cfRule"):
        if "dxfId" in rule.attrib:
            rule.set("dxfId", styles.conditional_style(rule.get("dxfId")))
    return root


def _set_text(cell: Any, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    element = etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = text


def _keep_names(own: Any, root: Any) -> None:
    """Keep the name by which macros know the sheet, and whether its tab is chosen."""
    settings = own.find(f"{{{_MAIN}}}sheetPr")
    if settings is not None and "codeName" in settings.attrib:
        root.find(f"{{{_MAIN}}}sheetPr").set("codeName", settings.get("codeName"))
    chosen = [view.get("tabSelected") for view in own.iter(f"{{{_MAIN}}}sheetView")]
    for view in root.iter(f"{{{_MAIN}}}sheetView"):
        view.attrib.pop("tabSelected", None)
        if chosen and chosen[0] is not None:
            view.set("tabSelected", chosen[0])


def _keep_columns(own: Any, root: Any, area: Area) -> None:
    columns = root.find(f"{{{_MAIN}}}cols")
    first = area.last_column + 2
    for column in columns:
        column.set("max", str(min(int(column.get("max")), first - 1)))
    for column in own.iter(f"{{{_MAIN}}}col"):
        if int(column.get("max")) >= first:
            kept = copy.deepcopy(column)
            kept.set("min", str(max(int(kept.get("min")), first)))
            columns.append(kept)


def _keep_cells(own: Any, root: Any, area: Area) -> None:
    data = root.find(f"{{{_MAIN}}}sheetData")
    rows = {int(row.get("r")): row for row in data}
    for row in own.find(f"{{{_MAIN}}}sheetData"):
        number = int(row.get("r"))
        outside = [copy.deepcopy(cell) for cell in row if not area.contains(parse_area(cell.get("r")))]
        if number > area.last_row + 1:
            rows[number] = _plain(row, outside)
        elif outside:
            kept = rows.setdefault(number, etree.Element(f"{{{_MAIN}}}row", r=str(number)))
            kept.attrib.pop("spans", None)
            kept.extend(outside)
    data[:] = [rows[number] for number in sorted(rows)]


def _plain(row: Any, cells: Sequence[Any]) -> Any:
    """Return a row with its cells and without attributes of other namespaces, which its sheet need not know."""
    kept = etree.Element(row.tag, {name: value for name, value in row.attrib.items() if not name.startswith("{")})
    kept.extend(cells)
    return kept


def _append_all(restored: Any, name: str, root: Any, own: Any, area: Area) -> None:
    """Append the elements of a name: the template's, and those of the sheet that are about cells outside the area."""
    tag = f"{{{_MAIN}}}{name}"
    given = root.findall(tag)
    kept = [one for element in own.findall(tag) for one in _outside(element, area)]
    if name == "conditionalFormatting":
        restored.extend([*given, *kept])
        return
    if kept and not given:
        given = [etree.Element(tag)]
    for element in given:
        element.extend(kept)
        if kept or "count" in element.attrib:
            element.set("count", str(len(element))) if name != "hyperlinks" else None
        restored.append(element)


def _outside(element: Any, area: Area) -> Iterator[Any]:
    """Give copies of the entries of a list of areas, or of one entry, that share no cell with the area."""
    for entry in element.iter(*(f"{{{_MAIN}}}{name}" for name in _REFERENCES)):
        references = entry.get(_REFERENCES[etree.QName(entry).localname], "").split()
        if references and not any(parse_area(reference).meets(area) for reference in references):
            yield copy.deepcopy(entry)

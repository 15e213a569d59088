"""Styles carried over from one workbook's styles part into another's (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_OWN_FORMAT = 164
"""Number formats below are built in."""

# What stands before a collection that a styles part may lack (CT_Stylesheet, a sequence).
_BEFORE = {
    "numFmts": (),
    "dxfs": ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
}
_PARTS_OF_A_STYLE = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_NEEDED = ("cellXfs", *_PARTS_OF_A_STYLE.values())


class StyleTransfer:
    """Find the number that a style of a source has in a target, adding it there where it is not known yet."""

    def __init__(self, source: Any, target: Any) -> None:
        """Take the roots of both parts as lxml has them; ValueError where the target is not fit to be added to."""
        self._source = source
        self._target = target
        if any(_children(target, name) is None for name in _NEEDED):
            raise ValueError("no cell styles")
        if not all(str(number).isdecimal() for number in _format_codes(target)):
            raise ValueError("a number format without a number")
        self._known: dict[str, dict[bytes, int]] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        self.has_added = False

    def cell_style(self, number: str) -> str:
        """Return the number in the target of a cell's style; "" is the standard style of either."""
        if not number:
            return number
        if ("cellXfs", number) not in self._numbers:
            style = copy.deepcopy(_children(self._source, "cellXfs")[int(number)])
            for attribute, collection in _PARTS_OF_A_STYLE.items():
                part = _children(self._source, collection)[int(style.get(attribute, "0"))]
                style.set(attribute, str(self._place(collection, copy.deepcopy(part))))
            style.set("numFmtId", self._number_format(style.get("numFmtId", "0")))
            style.set("xfId", "0")
            self._numbers["cellXfs", number] = str(self._place("cellXfs", style))
        return self._numbers["cellXfs", number]

    def conditional_style(self, number: str) -> str:
        """Return the number in the target of the style of a conditional format."""
        if ("dxfs", number) not in self._numbers:
            style = copy.deepcopy(_children(self._source, "dxfs")[int(number)])
            self._numbers["dxfs", number] = str(self._place("dxfs", style))
        return self._numbers["dxfs", number]

    def to_bytes(self) -> bytes:
        """Return the target's part with what was added."""
        return etree.tostring(self._target, encoding="UTF-8", xml_declaration=True, standalone=True)

    def _number_format(self, number: str) -> str:
        if int(number) < _FIRST_OWN_FORMAT:
            return number
        code = _format_codes(self._source)[number]
        known = _format_codes(self._target)
        for own, own_code in known.items():
            if own_code == code:
                return own
        new = str(max([_FIRST_OWN_FORMAT - 1, *map(int, known)]) + 1)
        element = etree.SubElement(self._collection("numFmts"), f"{{{_MAIN}}}numFmt", numFmtId=new, formatCode=code)
        self._count(element.getparent())
        return new

    def _place(self, name: str, element: Any) -> int:
        """Return the place of an element in a collection of the target, adding it at the end."""
        collection = self._collection(name)
        if name not in self._known:
            self._known[name] = {}
            for place, present in enumerate(collection):
                self._known[name].setdefault(_canonical(present), place)
        known = self._known[name]
        text = _canonical(element)
        if text not in known:
            collection.append(element)
            known[text] = len(collection) - 1
            self._count(collection)
        return known[text]

    def _collection(self, name: str) -> Any:
        found = self._target.find(f"{{{_MAIN}}}{name}")
        if found is None:
            found = etree.Element(f"{{{_MAIN}}}{name}")
            before = [child for child in self._target if etree.QName(child).localname in _BEFORE[name]]
            self._target.insert(len(before), found)
        return found

    def _count(self, collection: Any) -> None:
        collection.set("count", str(len(collection)))
        self.has_added = True


def _children(root: Any, name: str) -> Any:
    return root.find(f"{{{_MAIN}}}{name}")


def _format_codes(root: Any) -> dict[str, str]:
    formats = _children(root, "numFmts")
    return {} if formats is None else {one.get("numFmtId"): one.get("formatCode") for one in formats}


def _canonical(element: Any) -> bytes:
    text: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False)
    return text.strip()

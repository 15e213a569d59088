"""Workbooks in the .xlsx family, read part by part and only as far as asked."""

from __future__ import annotations

import posixpath
from functools import lru_cache

from xl_disclosure.returns.sources.archive import Archive, damaged
from xl_disclosure.returns.sources.document import SourceDocument, SourceTable
from xl_disclosure.returns.sources.markup import elements, whole_number
from xl_disclosure.returns.sources.number_formats import is_date_format
from xl_disclosure.returns.sources.shared_strings import NO_STRINGS, SharedStrings, read_strings
from xl_disclosure.returns.sources.stored_sheet import read_stored_sheet

DEFAULT_MAIN_PART = "xl/workbook.xml"
MAX_SHEETS = 64


def main_part(archive: Archive) -> str:
    """Return the name of the part a package is about, such as xl/workbook.xml; blank when it names none."""
    if "_rels/.rels" not in archive:
        return ""
    return _main_target(archive.read("_rels/.rels"))


def open_workbook(archive: Archive, file: str, part: str = DEFAULT_MAIN_PART) -> SourceDocument:
    """Return a workbook whose sheets are read when asked for; InputError when it is damaged."""
    reader = _Workbook(archive, file, part)
    return SourceDocument(file, tuple(reader.sheets), reader.load)


class _Workbook:
    """Hold what the sheets of one workbook share."""

    def __init__(self, archive: Archive, file: str, part: str) -> None:
        self._archive = archive
        self._file = file
        targets = _relations(archive.read(_relations_of(part)), posixpath.dirname(part))
        self._parts_by_kind = dict(targets.values())
        self.sheets = {
            name: targets[key][1]
            for name, key in _sheet_keys(archive.read(part))[:MAX_SHEETS]
            if key in targets and targets[key][0] == "worksheet"
        }
        self._strings: SharedStrings | None = None
        self._date_styles: frozenset[str] | None = None
        self._loaded: dict[str, SourceTable] = {}

    def load(self, name: str) -> SourceTable:
        """Read one sheet, or return it when it has been read."""
        if name not in self._loaded:
            part = self._archive.member(self.sheets[name])
            sheet = read_stored_sheet(part, self._shared_strings(), self._styles())
            self._loaded[name] = SourceTable(
                self._file, name, sheet.cells, sheet.spans, is_cut=sheet.is_cut, shared=sheet
            )
        return self._loaded[name]

    def _shared_strings(self) -> SharedStrings:
        if self._strings is None:
            part = self._parts_by_kind.get("sharedStrings", "")
            self._strings = read_strings(self._archive.read(part)) if part else NO_STRINGS
        return self._strings

    def _styles(self) -> frozenset[str]:
        if self._date_styles is None:
            part = self._parts_by_kind.get("styles", "")
            self._date_styles = _date_styles(self._archive.read(part)) if part else frozenset()
        return self._date_styles


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


# Units fill copies of one template, so the parts read below are mostly the same bytes again and again.


@lru_cache(maxsize=32)
def _main_target(content: bytes) -> str:
    for _, attributes in elements(content, frozenset({"Relationship"})):
        if attributes.get("Type", "").endswith("/officeDocument"):
            return attributes.get("Target", "").lstrip("/")
    return ""


@lru_cache(maxsize=32)
def _sheet_keys(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return (name, relation) of every sheet in order."""
    found: list[tuple[str, str]] = []
    for _, attributes in elements(content, frozenset({"sheet"})):
        keys = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id" and ":" in key]
        if not keys or "name" not in attributes:
            raise damaged()
        found.append((attributes["name"], keys[0]))
    return tuple(found)


@lru_cache(maxsize=32)
def _relations(content: bytes, folder: str) -> dict[str, tuple[str, str]]:
    """Return (kind, name of the part) of every relation of a part of that folder inside the file, by its key."""
    found: dict[str, tuple[str, str]] = {}
    for _, attributes in elements(content, frozenset({"Relationship"})):
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (kind, target)
    return found


@lru_cache(maxsize=32)
def _date_styles(content: bytes) -> frozenset[str]:
    """Return the numbers of the cell styles that show a number as a date."""
    codes: dict[str, str] = {}
    styles: set[str] = set()
    in_cell_styles = False
    number = 0
    for name, attributes in elements(content, frozenset({"numFmt", "cellXfs", "cellStyles", "dxfs", "xf"})):
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and in_cell_styles:
            key = attributes.get("numFmtId", "")
            if is_date_format(whole_number(key) or 0, codes.get(key, "")):
                styles.add(str(number))
            number += 1
        elif name != "xf":
            in_cell_styles = name == "cellXfs"
    return frozenset(styles)

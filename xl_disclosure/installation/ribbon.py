"""The ribbon tab 政府信息公开, put into a finished workbook package."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from xl_disclosure.errors import SetupError
from xl_disclosure.resources import macros_directory

_FOLDER = "customUI"
# Excel 2007 reads the first, later ones the second and then leave the first alone ([MS-CUSTOMUI], [MS-CUSTOMUI2]).
_RELATIONSHIP_TYPES = {
    "customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
_PACKAGE_RELATIONSHIPS = "_rels/.rels"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def add_ribbon(workbook: bytes) -> bytes:
    """Add the ribbon to a workbook package: its parts keep order and content, the same package gives the same bytes.

    Raises:
        SetupError: the package has a ribbon already, or the installation lacks the macros.
    """
    parts = _read_parts(workbook)
    for name, relationship_type in _RELATIONSHIP_TYPES.items():
        target = f"{_FOLDER}/{name}"
        if target in parts:
            raise SetupError(f"工作簿里已有功能区 {target}", "从没有功能区的工作簿重新生成")
        parts[target] = (macros_directory() / name).read_bytes()
        relationships = _relate(parts[_PACKAGE_RELATIONSHIPS], name.removesuffix(".xml"), relationship_type, target)
        parts[_PACKAGE_RELATIONSHIPS] = relationships
    return _write_parts(parts)


def _relate(relationships: bytes, identifier: str, relationship_type: str, target: str) -> bytes:
    root = etree.fromstring(relationships)
    etree.SubElement(root, _RELATIONSHIP, {"Id": identifier, "Type": relationship_type, "Target": target})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _read_parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write_parts(parts: dict[str, bytes]) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _EARLIEST_ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # as Excel writes it; the default is the machine's own
            archive.writestr(member, content)
    return package.getvalue()

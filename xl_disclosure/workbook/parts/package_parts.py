"""Parts added to a package: with their content type, and what leads to them (ECMA-376 part 2, 9.3 and 10.1.2)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from xl_disclosure.workbook.parts.package import CONTENT_TYPES, Package, relationships_part
from xl_disclosure.workbook.parts.xml_text import UnusableXmlError, decode_xml, write_attributes

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EMPTY_LIST = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONSHIPS}"/>'


@dataclass
class PackageEdit:
    """Collect the parts of a package that are changed, added and removed."""

    package: Package
    changed: dict[str, bytes] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def text(self, part: str) -> str:
        """Return the text of an XML part as it will be; InputError when it is missing or damaged."""
        if part not in self.changed:
            return self.package.read_xml(part)
        try:
            return decode_xml(self.changed[part])
        except UnusableXmlError as error:
            raise self.package.damage(part) from error

    def put(self, part: str, text: str) -> None:
        """Change or add an XML part."""
        self.changed[part] = text.encode()

    def add(self, pattern: str, content: bytes, content_type: str) -> str:
        """Add a part under the first free name of a pattern such as ``xl/worksheets/sheet{}.xml``; return its name."""
        number = 1
        while pattern.format(number) in self.package or pattern.format(number) in self.changed:
            number += 1
        part = pattern.format(number)
        self.changed[part] = content
        if content_type:
            self._declare("Override", {"PartName": f"/{part}", "ContentType": content_type})
        return part

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part lead to another one of the package; return the identifier of the relationship."""
        listed = relationships_part(part)
        text = self.text(listed) if listed in self.package or listed in self.changed else _EMPTY_LIST
        number = 1
        while f'"rId{number}"' in text:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        entry = {"Id": f"rId{number}", "Type": f"{_KINDS}/{kind}", "Target": path}
        self.put(listed, _with_last(text, "Relationships", f"<Relationship{write_attributes(entry)}/>"))
        return f"rId{number}"

    def bring(self, source: Package, part: str) -> str:
        """Add a part of another package with all that it leads to; return its name here."""
        folder, name = posixpath.split(part)
        stem, ending = posixpath.splitext(name)
        ending_type = "" if source.content_type(part) else source.default_content_type(ending[1:])
        if ending_type:
            self._declare("Default", {"Extension": ending[1:], "ContentType": ending_type})
        pattern = posixpath.join(folder, f"{stem.rstrip('0123456789')}{{}}{ending}")
        brought = self.add(pattern, source.read(part), source.content_type(part))
        if relationships_part(part) in source:
            for found in source.relationships(part):
                identifier = self.relate(brought, found.kind, self.bring(source, found.target))
                self.put(brought, self.text(brought).replace(f'"{found.id}"', f'"{identifier}"'))
        return brought

    def to_bytes(self) -> bytes:
        """Return the package as it is now; InputError when a part is damaged."""
        return self.package.with_parts(self.changed, self.removed)

    def _declare(self, element: str, entry: dict[str, str]) -> None:
        text = self.text(CONTENT_TYPES)
        if element == "Default" and f'Extension="{entry["Extension"]}"' in text:
            return
        declared = f"<{element}{write_attributes(entry)}/>"
        if element == "Default":
            place = text.index(">", text.index("<Types")) + 1
            self.put(CONTENT_TYPES, text[:place] + declared + text[place:])
        else:
            self.put(CONTENT_TYPES, _with_last(text, "Types", declared))


def _with_last(text: str, root: str, entry: str) -> str:
    """Return a list with one more entry; its root may be empty."""
    closing = f"</{root}>"
    if closing in text:
        place = text.rindex(closing)
        return text[:place] + entry + text[place:]
    place = text.rindex("/>")
    return f"{text[:place]}>{entry}{closing}"

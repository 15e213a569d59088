"""The package that a workbook file is: a zip archive of parts (ECMA-376 part 2), written with some of them changed."""

from __future__ import annotations

import copy
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from xl_disclosure.errors import InputError, Place
from xl_disclosure.workbook.parts.deflated import FAST, Deflated, copy_member, write_member
from xl_disclosure.workbook.parts.xml_text import (
    decode_xml,
    parse_xml,
    read_attributes,
    root_elements,
)

CONTENT_TYPES = "[Content_Types].xml"

_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DATE_OF_NEW_PARTS = (1980, 1, 1, 0, 0, 0)
_LARGEST_UNPACKED = 1 << 30
_LARGE = 1 << 20
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
_OPEN_AND_SAVE = "用 Excel 或 WPS 打开它，另存为 .xlsx 或 .xlsm 后再试"

# A member's own header in an archive ends in the lengths of its name and of what else stands before its content.
_HEADER = 30
_LENGTHS = struct.Struct("<HH")

PartContent = bytes | Sequence[Deflated]
"""A part by its bytes, or by the pieces it is compressed in."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """State one relationship of a part: its identifier, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    target: str


class Package:
    """Hold the parts of a workbook file."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open a package from its bytes; ``file`` is the name that messages give it.

        Raises:
            InputError: the content is no workbook of a kind that can be written in place, or is damaged.
        """
        self.file = file
        self._content = content
        _refuse_compound_file(content, file)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _UNREADABLE as error:
            raise InputError("不是 Excel 工作簿，或者文件已损坏", _OPEN_AND_SAVE, Place(file)) from error
        members = self._archive.infolist()
        self._members = {member.filename: member for member in members}
        if len(self._members) < len(members) or CONTENT_TYPES not in self._members:
            raise InputError("不是 Excel 工作簿，或者文件已损坏", _OPEN_AND_SAVE, Place(file))
        if sum(member.file_size for member in members) > _LARGEST_UNPACKED:
            raise InputError("文件展开后超过 1 GB，不像一份报表", "删去不需要的工作表和图片后再试", Place(file))

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def read(self, part: str) -> bytes:
        """Return the content of a part.

        Raises:
            InputError: the part is missing or damaged.
        """
        try:
            return self._archive.read(self._members[part])
        except (KeyError, *_UNREADABLE) as error:
            raise self.damage(part) from error

    def read_compressed(self, part: str) -> bytes:
        """Return the bytes of a part as they stand in the file.

        Raises:
            InputError: the part is missing.
        """
        member = self._members.get(part)
        if member is None:
            raise self.damage(part)
        start = member.header_offset + _HEADER
        lengths = _LENGTHS.unpack_from(self._content, start - _LENGTHS.size)
        start += sum(lengths)
        return self._content[start : start + member.compress_size]

    def read_xml(self, part: str) -> str:
        """Return the text of an XML part, fit for ``xml_text``.

        Raises:
            InputError: the part is missing or damaged.
        """
        with self.telling_damage(part):
            return decode_xml(self.read(part))

    def read_tree(self, part: str) -> Any:
        """Return the root of an XML part as lxml has it.

        Raises:
            InputError: the part is missing or damaged.
        """
        with self.telling_damage(part):
            return parse_xml(self.read(part))

    def damage(self, part: str) -> InputError:
        """Return the error that says a part is damaged."""
        return InputError(f"文件已损坏（{part} 无法读取）", _OPEN_AND_SAVE, Place(self.file))

    @contextmanager
    def telling_damage(self, part: str) -> Iterator[None]:
        """Say that a part is damaged where what is read of it makes no sense: ValueError or LookupError."""
        try:
            yield
        except (ValueError, LookupError) as error:
            raise self.damage(part) from error

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """Return the relationships of a part, or of the package, to its own parts.

        Raises:
            InputError: the list of relationships is missing or damaged.
        """
        found: list[Relationship] = []
        for entry in self._entries(relationships_part(part)):
            if entry.get("TargetMode") != "External":
                kind = entry.get("Type", "").rpartition("/")[2]
                path = posixpath.join("/", posixpath.dirname(part), entry.get("Target", ""))
                found.append(Relationship(entry.get("Id", ""), kind, posixpath.normpath(path)[1:]))
        return tuple(found)

    def content_type(self, part: str) -> str:
        """Return the content type a part is declared to have by its name; empty when it has none of its own.

        Raises:
            InputError: the list of content types is damaged.
        """
        for entry in self._entries(CONTENT_TYPES):
            if entry.get("PartName") == f"/{part}":
                return entry.get("ContentType", "")
        return ""

    def default_content_type(self, ending: str) -> str:
        """Return the content type of parts by the ending of their names; empty when there is none.

        Raises:
            InputError: the list of content types is damaged.
        """
        for entry in self._entries(CONTENT_TYPES):
            if entry.get("Extension", "").lower() == ending.lower():
                return entry.get("ContentType", "")
        return ""

    def with_parts(self, changed: Mapping[str, PartContent], removed: Collection[str] = ()) -> bytes:
        """Return a package with parts changed and removed; all else, order and dates included, is as it was.

        Parts that were not there follow the others.

        Raises:
            InputError: a part is damaged.
        """
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            archive.comment = self._archive.comment
            for name, member in self._members.items():
                if name in removed:
                    continue
                if name in changed:
                    _write(archive, copy.copy(member), changed[name])
                    continue
                self.read(name)
                copy_member(archive, member, self.read_compressed(name))
            for name in changed:
                if name not in self._members:
                    member = zipfile.ZipInfo(name, _DATE_OF_NEW_PARTS)
                    member.compress_type = zipfile.ZIP_DEFLATED
                    _write(archive, member, changed[name])
        return output.getvalue()

    def _entries(self, part: str) -> Iterator[dict[str, str]]:
        text = self.read_xml(part)
        for element in root_elements(text):
            yield read_attributes(text[element.start : element.end])


def relationships_part(part: str) -> str:
    """Return the name of the part that lists a part's relationships; "" stands for the whole package."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _refuse_compound_file(content: bytes, file: str) -> None:
    if not content.startswith(_COMPOUND_FILE):
        return
    if _ENCRYPTED in content:
        raise InputError("工作簿有打开密码", "在 Excel 中取消打开密码并保存后再试", Place(file))
    raise InputError("是旧格式的工作簿（.xls 或 .et），不能直接写入", _OPEN_AND_SAVE, Place(file))


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, content: PartContent) -> None:
    """Write a changed part, a large one compressed fast."""
    if isinstance(content, bytes):
        archive.writestr(member, content, compresslevel=FAST if len(content) > _LARGE else None)
    else:
        write_member(archive, member, content)

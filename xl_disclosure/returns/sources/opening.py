"""A file opened for what its content is, whatever its name says."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from xl_disclosure.errors import InputError
from xl_disclosure.returns.sources import open_document, word, workbook
from xl_disclosure.returns.sources.archive import Archive, damaged, encrypted
from xl_disclosure.returns.sources.binary_workbook import OLD_STREAM, STREAM, open_binary_workbook
from xl_disclosure.returns.sources.compound import SIGNATURE, CompoundFile
from xl_disclosure.returns.sources.document import SourceDocument
from xl_disclosure.returns.sources.html import open_html
from xl_disclosure.returns.sources.office import convert_to_docx
from xl_disclosure.returns.sources.text import open_csv, open_text

MAX_FILE = 100 * 1024 * 1024
"""Bytes. A report with many pictures may have tens of megabytes."""

MAX_PAGE = 8 * 1024 * 1024
"""Bytes of a web page, which is read as a whole."""

MAX_TEXT = 16 * 1024 * 1024
"""Bytes of a text file."""

_ZIP = b"PK\x03\x04"
_ENCRYPTED_STREAM = "EncryptedPackage"
_WORD_STREAM = "WordDocument"
_WORD_FLAGS_AT = 0x0A
_WORD_ENCRYPTED = 0x01
"""In the second byte of a Word document's flags ([MS-DOC] 2.5.2, fEncrypted)."""

_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<div", b"<p", b"<style")
_FOREIGN = {
    b"%PDF": "PDF 文件",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"{\\rtf": "RTF 文档",
}
TEXT_NAMES = frozenset({"", ".txt", ".text", ".csv", ".tsv", ".md", ".log"})
_SEND_OFFICE_FILE = "请报送单位改报 Excel、WPS 表格或 Word 文件"


def read_content(path: Path) -> bytes:
    """Return a file's bytes; InputError for one that is missing, empty, no ordinary file, or too large."""
    if path.name.startswith("~$"):
        what = "这是 Office 打开文件时留下的临时文件，不是报表"
        raise InputError(what, "关闭正在打开的报表后，报送去掉“~$”的那个文件")
    status = _status(path)
    if status is None:
        raise InputError("没有这个文件", "检查文件名和所在文件夹")
    if not stat.S_ISREG(status.st_mode):
        raise InputError("这不是文件", "选择报表文件本身")
    size = status.st_size
    try:
        content = path.read_bytes() if size <= MAX_FILE else b""
    except OSError as error:
        raise InputError(f"文件打不开（{error.strerror}）", "关闭正在使用它的程序，检查权限后重试") from error
    if size > MAX_FILE:
        raise _larger_than(MAX_FILE)
    if not content:
        raise InputError("文件是空的（0 字节）", "请报送单位重新发送")
    return content


def _status(path: Path) -> os.stat_result | None:
    """Return what the system says of a file; None where there is none."""
    try:
        return path.stat()
    except (OSError, ValueError):
        if path.exists():
            raise
        return None


def open_source(content: bytes, file: str) -> SourceDocument:
    """Return what a file consists of, by its content; its name decides only what kind of text a text is.

    Raises InputError for a file that is damaged, encrypted, or of a kind that holds no form, and SetupError when it
    takes LibreOffice and there is none.
    """
    suffix = Path(file).suffix.lower()
    if content.startswith(_ZIP):
        return _open_zip(Archive(content), file)
    if content.startswith(SIGNATURE):
        return _open_compound(content, file)
    _refuse_foreign(content)
    opening = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in {".html", ".htm"} or opening.startswith(_HTML_OPENINGS):
        _refuse_larger(content, MAX_PAGE)
        return open_html(content, file)
    _refuse_larger(content, MAX_TEXT)
    if suffix not in TEXT_NAMES:
        what = f"内容不是 {suffix} 文件的内容（可能是改了扩展名的文本或损坏的文件）"
        raise InputError(what, "请报送单位用 Excel、WPS 打开原文件，另存为正确的格式再报")
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("看不懂这个文件的格式", _SEND_OFFICE_FILE)
    return open_csv(content, file) if suffix == ".csv" else open_text(content, file)


def _refuse_larger(content: bytes, most: int) -> None:
    if len(content) > most:
        raise _larger_than(most)


def _larger_than(most: int) -> InputError:
    return InputError(f"文件超过 {most // 1024 // 1024} MB，不像一份报表", "删去图片和无关内容后重新报送")


def _open_zip(archive: Archive, file: str) -> SourceDocument:
    if "mimetype" in archive and open_document.CONTENT_PART in archive:
        return _open_open_document(archive, file)
    part = workbook.main_part(archive) or workbook.DEFAULT_MAIN_PART
    if part not in archive:
        raise InputError("这是压缩包，不是一份报表", "解压后分别报送里面的文件")
    if part.startswith("word/"):
        return word.open_word(archive, file, part)
    if part.endswith(".xml"):
        return workbook.open_workbook(archive, file, part)
    what = "这是二进制格式的工作簿（.xlsb），读不了" if part.endswith(".bin") else "看不懂这个文件的格式"
    raise InputError(what, "用 Excel、WPS 打开后另存为 .xlsx 再报")


def _open_open_document(archive: Archive, file: str) -> SourceDocument:
    if not archive.read("mimetype").startswith(open_document.MEDIA_TYPE):
        raise InputError("这种 OpenDocument 文件读不了", "打开后另存为 .docx 或 .xlsx 再报")
    return open_document.open_open_document(archive, file)


def _open_compound(content: bytes, file: str) -> SourceDocument:
    compound = CompoundFile(content)
    if _ENCRYPTED_STREAM in compound:
        raise encrypted()
    if STREAM in compound or OLD_STREAM in compound:
        return open_binary_workbook(compound, file)
    if _WORD_STREAM not in compound:
        raise InputError("看不懂这个文件的格式", _SEND_OFFICE_FILE)
    flags = compound.read(_WORD_STREAM)[_WORD_FLAGS_AT : _WORD_FLAGS_AT + 2]
    if len(flags) < 2:  # noqa: PLR2004 - the flags are two bytes
        raise damaged()
    if flags[1] & _WORD_ENCRYPTED:
        raise encrypted()
    return word.open_word(Archive(convert_to_docx(content, ".doc")), file)


def _refuse_foreign(content: bytes) -> None:
    for opening, kind in _FOREIGN.items():
        if content.startswith(opening):
            raise InputError(f"这是{kind}，读不出里面的数", _SEND_OFFICE_FILE)

"""The encodings Chinese text files come in."""

from __future__ import annotations

import codecs

from xl_disclosure.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
"""Files said to be in an older standard often hold characters only its successor has."""


def decode_text(content: bytes, declared: str = "") -> str:
    """Return the text of a file: as its mark says, in UTF-8, as it declares, or in GB 18030; InputError if in none.

    Chinese text in another encoding is hardly ever valid UTF-8, and what a page declares is often not true.
    """
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    declared = _CHINESE.get(declared.lower(), declared)
    for encoding in [*marked, "utf-8", declared, "gb18030"]:
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    raise InputError("看不懂文件的文字编码", "用记事本打开，另存为时把编码选为 UTF-8")

"""Files read chunk by chunk: one record a path, in order, whoever reads them."""

from __future__ import annotations

from pathlib import Path

from xl_disclosure.errors import InputError
from xl_disclosure.rollup.chunks import CHUNK, read_chunk, split
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.sent import Refusal, SentReturn

PATHS = [Path(f"{number}.xlsx") for number in range(2 * CHUNK + 1)]


def read_by_name(path: Path) -> SentReturn:
    """Stand for the reading of a file: every third is refused, every fifth is not there."""
    number = int(path.stem)
    if number % 3 == 0:
        raise InputError("读不了", "重报")
    if number % 5 == 0:
        raise PermissionError(13, "Permission denied")
    return SentReturn(path.stem, "", "2014", 2016, "", pack([number]))


def test_a_file_that_cannot_be_used_is_a_record_with_its_reason() -> None:
    assert read_chunk(read_by_name, [Path("1.xlsx"), Path("3.xlsx"), Path("5.xlsx")]) == [
        SentReturn("1", "", "2014", 2016, "", pack([1])),
        Refusal("读不了", "重报"),
        Refusal("文件打不开（Permission denied）", "检查权限后重试"),
    ]


def test_every_path_is_in_one_chunk_and_none_is_too_long() -> None:
    chunks = split(PATHS)
    assert [path for chunk in chunks for path in chunk] == PATHS
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, 1]

from __future__ import annotations

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.errors import SetupError
from xl_disclosure.workbook.vba.compound_directory import NOWHERE, Colour, DirectoryEntry, Storage, list_entries
from xl_disclosure.workbook.vba.compound_file import write_compound_file

_NAMES = st.text("abcXYZ019_", min_size=1, max_size=31)
_STREAMS = st.dictionaries(_NAMES, st.integers(0, 20_000).map(bytes), max_size=40).filter(
    lambda streams: len({name.upper() for name in streams}) == len(streams)
)


def _read(content: bytes) -> olefile.OleFileIO:
    """Open a compound file, refusing every defect that the reader knows."""
    return olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_POTENTIAL)


@given(_STREAMS, _STREAMS)
def test_every_stream_is_found_with_its_content(outer: dict[str, bytes], inner: dict[str, bytes]) -> None:
    outer = {name: content for name, content in outer.items() if name.upper() != "VBA"}
    file = _read(write_compound_file({**outer, "VBA": inner}))
    expected = outer | {f"VBA/{name}": content for name, content in inner.items()}
    assert {"/".join(path): file.openstream(path).read() for path in file.listdir()} == expected


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 4095, 4096, 4097, 65_536, 1_000_000])
def test_a_stream_of_any_length_comes_back(length: int) -> None:
    content = bytes(place % 251 for place in range(length))
    file = _read(write_compound_file({"stream": content}))
    assert file.openstream("stream").read() == content


def test_small_streams_share_sectors_and_large_ones_have_their_own() -> None:
    file = _read(write_compound_file({"small": bytes(4095), "large": bytes(4096)}))
    assert file.root.size == 4096  # the sectors of 64 bytes that the small one takes
    assert file.get_size("large") == 4096


def test_several_table_sectors_list_each_other() -> None:
    file = _read(write_compound_file({"stream": bytes(6_800_000)}))
    assert file.get_size("stream") == 6_800_000
    assert file.num_fat_sectors == 105


def test_a_file_beyond_the_tables_reach_is_refused() -> None:
    with pytest.raises(SetupError, match=r"超过 6\.8 MB"):
        write_compound_file({"stream": bytes(7_200_000)})


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(SetupError, match="超过 31 个字符"):
        write_compound_file({"n" * 32: b""})


def test_no_time_and_no_class_identifier_is_written() -> None:
    file = _read(write_compound_file({"VBA": {"dir": b"x"}}))
    assert file.root.clsid == ""
    assert file.getctime("VBA") is None
    assert file.getmtime("VBA") is None


@pytest.mark.parametrize("members", range(40))
def test_a_storage_is_a_red_black_tree_in_the_order_of_the_standard(members: int) -> None:
    storage: Storage = {f"{'m' * (number % 7)}{number}": b"" for number in range(members)}
    entries = list_entries(storage)
    walked = _walk(entries, entries[0].child)
    assert walked == sorted(storage, key=lambda name: (len(name), name.upper()))
    _black_height(entries, entries[0].child, parent_is_red=True)


def _walk(entries: list[DirectoryEntry], place: int) -> list[str]:
    if place == NOWHERE:
        return []
    entry = entries[place]
    return [*_walk(entries, entry.left), entry.name, *_walk(entries, entry.right)]


def _black_height(entries: list[DirectoryEntry], place: int, *, parent_is_red: bool) -> int:
    """Count the black entries on every way down, the same on each; no red entry is below a red one or on top."""
    if place == NOWHERE:
        return 0
    entry = entries[place]
    is_red = entry.colour is Colour.RED
    assert not (is_red and parent_is_red)
    left, right = (_black_height(entries, side, parent_is_red=is_red) for side in (entry.left, entry.right))
    assert left == right
    return left if is_red else left + 1

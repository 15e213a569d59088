from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.workbook.parts.deflated import FAST, Deflated, copy_member, deflate, write_member

CONTENTS = st.lists(st.binary(max_size=200).map(lambda content: content * 20), max_size=8)


def archive_of(pieces: list[Deflated]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        member = zipfile.ZipInfo("xl/worksheets/sheet1.xml", (1980, 1, 1, 0, 0, 0))
        member.compress_type = zipfile.ZIP_DEFLATED
        write_member(archive, member, pieces)
        archive.writestr("next.xml", "<next/>")
    return output.getvalue()


@given(contents=CONTENTS)
def test_pieces_one_after_the_other_are_one_member_of_an_archive(contents: list[bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive_of([deflate(content, FAST) for content in contents]))) as archive:
        assert archive.testzip() is None
        assert archive.read("xl/worksheets/sheet1.xml") == b"".join(contents)
        assert archive.read("next.xml") == b"<next/>"


@given(contents=CONTENTS)
def test_pieces_kept_as_bytes_are_as_good_as_new(contents: list[bytes]) -> None:
    pieces = [deflate(content, FAST) for content in contents]
    assert [Deflated.from_bytes(piece.to_bytes()) for piece in pieces] == pieces
    assert [piece.inflate() for piece in pieces] == contents


@pytest.mark.parametrize("kept", [b"", b"short"])
def test_what_is_too_short_is_no_piece(kept: bytes) -> None:
    with pytest.raises(ValueError, match="no piece"):
        Deflated.from_bytes(kept)


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_member_is_taken_over_however_it_is_compressed(way: int) -> None:
    there, here = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(there, "w", way) as archive:
        archive.writestr(zipfile.ZipInfo("部件.xml", (2016, 3, 31, 8, 30, 0)), "<part/>" * 50, way)
        member = archive.getinfo("部件.xml")
    start = member.header_offset + 30 + len("部件.xml".encode())
    with zipfile.ZipFile(here, "w") as archive:
        copy_member(archive, member, there.getvalue()[start : start + member.compress_size])
    assert here.getvalue() == there.getvalue()

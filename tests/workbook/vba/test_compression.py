from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from xl_disclosure.workbook.vba.compression import compress

_CHUNK = 4096


def _noise(length: int) -> bytes:
    """Give bytes in which next to nothing of three bytes stands twice."""
    state = 1
    noise = bytearray()
    for _ in range(length):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        noise.append(state >> 56)
    return bytes(noise)


_VBA_TEXT = b'Public Sub FillForm()\r\n    HandOver "fill"\r\nEnd Sub\r\n'
_PIECES = st.lists(
    st.one_of(
        st.binary(max_size=200),
        st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=40), st.integers(1, 400)),
        st.builds(_noise, st.integers(0, 2 * _CHUNK)),
    ),
    max_size=6,
).map(b"".join)


@given(_PIECES)
@example(b"")
@example(_noise(_CHUNK))
@example(_noise(2 * _CHUNK))
@example(b"a" * _CHUNK)
@example(b"a" * (3 * _CHUNK))
@example(_noise(_CHUNK) + b"a" * (_CHUNK + 1))
def test_any_content_comes_back(content: bytes) -> None:
    assert bytes(decompress_stream(bytearray(compress(content)))) == content


@pytest.mark.parametrize("length", [3640, 3641, 3642, 4095, _CHUNK + 4095])
def test_a_short_last_chunk_that_cannot_be_compressed_comes_back_without_padding(length: int) -> None:
    content = _noise(length)
    assert bytes(decompress_stream(bytearray(compress(content)))) == content


def test_the_example_of_the_standard_without_repetition() -> None:
    # MS-OVBA 3.2.1
    assert compress(b"abcdefghijklmnopqrstuv.").hex() == ("0119b000616263646566676800696a6b6c6d6e6f70007172737475762e")


def test_the_example_of_the_standard_of_one_repeated_letter() -> None:
    # MS-OVBA 3.2.3
    assert compress(b"a" * 73).hex() == "0103b002614500"


def test_program_text_becomes_smaller() -> None:
    text = _VBA_TEXT * 100
    assert len(compress(text)) < len(text) / 10

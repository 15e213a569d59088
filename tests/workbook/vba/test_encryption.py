from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.workbook.vba.encryption import encrypt

_PROJECT_ID = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"


def _decrypt(text: str, project_id: str) -> bytes:
    """Read a protection field as MS-OVBA 2.4.3.3 says, refusing what it tells to refuse."""
    seed, version, key, *rest = bytes.fromhex(text)
    project_key = sum(map(ord, project_id)) % 256
    assert seed ^ version == 2
    assert seed ^ key == project_key
    before_last, last, plain = version, key, project_key
    decrypted = bytearray()
    for byte in rest:
        plain = byte ^ (before_last + plain) % 256
        before_last, last = last, byte
        decrypted.append(plain)
    filler = (seed & 6) // 2
    length = int.from_bytes(decrypted[filler : filler + 4], "little")
    value = bytes(decrypted[filler + 4 :])
    assert len(value) == length
    return value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("0705D8E3D8EDDBF1DBF1DBF1DBF1", bytes(4), id="not protected"),
        pytest.param("0E0CD1ECDFF4E7F5E7F5E7", b"\x00", id="no password"),
        pytest.param("1517CAF1D6F9D7F9D706", b"\xff", id="visible"),
    ],
)
def test_the_example_project_of_the_standard_is_read(field: str, value: bytes) -> None:
    # The PROJECT stream in the example of MS-OVBA 3.1.
    assert _decrypt(field, _PROJECT_ID) == value


@given(st.binary(max_size=40), st.integers(0, 255))
def test_a_value_comes_back_under_every_seed(value: bytes, seed: int) -> None:
    assert _decrypt(encrypt(value, _PROJECT_ID, seed), _PROJECT_ID) == value

"""Files changed at random: read to their true facts or set aside, never with another error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programs import Convert
from tests.returns.fuzz import OTHER_PROGRAMS, REPORT, Sample, make_samples, run
from tests.returns.writers import FORMATS
from xl_disclosure.errors import InputError
from xl_disclosure.resources import templates_directory
from xl_disclosure.returns.model import Return
from xl_disclosure.returns.read import read_file

FILES = 300
"""Of all kinds together. `python -m tests.returns.fuzz 10000` makes more, and says what became of them."""


def read_or_set_aside(path: Path, content: bytes) -> Return | None:
    """Read a file of that content; None when it is set aside with its name and a remedy."""
    path.write_bytes(content)
    try:
        return read_file(path)
    except InputError as error:
        if path.name not in str(error) or "处理办法" not in str(error):
            raise
        return None


def test_files_changed_at_random_are_read_truly_or_set_aside_within_their_limits(
    soffice: Convert, tmp_path: Path
) -> None:
    samples = make_samples(tmp_path, soffice)
    found = run(samples, FILES)
    assert {sample.kind for sample in samples} == {*FORMATS, *OTHER_PROGRAMS}
    assert [fault for outcomes in found.values() for fault in outcomes.faults] == []
    assert sum(outcomes.read + outcomes.set_aside for outcomes in found.values()) == FILES
    assert sum(outcomes.read for outcomes in found.values()) > 0
    assert sum(outcomes.set_aside for outcomes in found.values()) > 0


def misread(path: Path) -> Return:
    """Read a file with two figures taken for one another."""
    returned = read_file(path)
    first, second, *_ = returned.entries
    swapped = {first: returned.entries[second], second: returned.entries[first]}
    return replace(returned, entries={**returned.entries, **swapped})


@pytest.mark.parametrize("kind", ["xlsx", "html", "json"])
def test_a_wrong_figure_would_be_noticed(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suffix, write = FORMATS[kind]
    write(REPORT, tmp_path / f"whole{suffix}")
    whole = Sample(kind, suffix, (tmp_path / f"whole{suffix}").read_bytes())
    monkeypatch.setattr("tests.returns.fuzz.read_file", misread)
    monkeypatch.setattr("tests.returns.fuzz.change", lambda content, _: content)
    found = run([whole], 6)
    assert all(len(outcomes.faults) == 6 // len(found) for outcomes in found.values())
    assert "WrongFigureError" in found[kind].faults[0]


@settings(max_examples=60)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_workbook_still_being_written_is_set_aside(share: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    content = (templates_directory() / "2021.xlsm").read_bytes()
    path = tmp_path_factory.getbasetemp() / "正在保存.xlsm"
    assert read_or_set_aside(path, content[: int(len(content) * share)]) is None


@settings(max_examples=100)
@given(content=st.binary(max_size=300), suffix=st.sampled_from([".xlsx", ".xls", ".docx", ".html", ".txt", ".json"]))
def test_any_bytes_at_all_are_set_aside(content: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert read_or_set_aside(tmp_path_factory.getbasetemp() / f"乱{suffix}", content) is None


@settings(max_examples=100)
@given(text=st.text(max_size=300))
def test_any_text_at_all_is_set_aside(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "乱.txt"
    assert read_or_set_aside(path, text.encode("utf-8", "surrogatepass")) is None

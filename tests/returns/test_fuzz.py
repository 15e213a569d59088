"""Files changed at random: read to their true facts or set aside, never with another error."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.returns.reports import sample_report
from tests.returns.test_own_book import fill
from tests.returns.writers import FORMATS
from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.resources import templates_directory
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.returns.read import read_file

REPORT = sample_report("2021", 2024)
PACKAGES = ("docx", "xlsx", "own")
"""Kinds of file that say by checksums whether they are whole."""


@dataclass(frozen=True)
class Sample:
    """Hold a file as it should be, and what it says."""

    path: Path
    content: bytes
    facts: dict[FactAddress, Number | None]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    """Give a report in every kind of file."""
    folder = tmp_path_factory.mktemp("fuzz")
    found: dict[str, Sample] = {}
    for name, (suffix, write) in FORMATS.items():
        path = folder / f"{name}{suffix}"
        write(REPORT, path)
        found[name] = Sample(path, path.read_bytes(), dict(REPORT.facts))
    own = folder / "own.xlsm"
    fill(REPORT, own)
    found["own"] = Sample(own, own.read_bytes(), read_file(own).facts)
    return found


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[float, int, bytes]]:
    """Give changes: at a share of the file's length, some bytes taken out and others put in."""
    change = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.binary(max_size=8))
    return draw(st.lists(change, min_size=1, max_size=4))


def changed(content: bytes, plan: list[tuple[float, int, bytes]]) -> bytes:
    """Return the content with changes made to it."""
    for share, length, put in plan:
        at = int(len(content) * share)
        content = content[:at] + put + content[at + length :]
    return content


def read_or_set_aside(path: Path, content: bytes) -> Return | None:
    """Read a file of that content; None when it is set aside with its name and a remedy."""
    path.write_bytes(content)
    try:
        return read_file(path)
    except InputError as error:
        if path.name not in str(error) or "处理办法" not in str(error):
            raise
        return None


@pytest.mark.parametrize("name", [*FORMATS, "own"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=changes())
def test_a_changed_file_is_read_truly_or_set_aside(
    name: str, plan: list[tuple[float, int, bytes]], samples: dict[str, Sample]
) -> None:
    sample = samples[name]
    returned = read_or_set_aside(sample.path.with_stem("改"), changed(sample.content, plan))
    if returned is not None and name in PACKAGES:
        assert returned.facts == sample.facts


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_workbook_still_being_written_is_set_aside(share: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    content = (templates_directory() / "2021.xlsm").read_bytes()
    path = tmp_path_factory.getbasetemp() / "正在保存.xlsm"
    assert read_or_set_aside(path, content[: int(len(content) * share)]) is None


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300), suffix=st.sampled_from([".xlsx", ".xls", ".docx", ".html", ".txt", ".json"]))
def test_any_bytes_at_all_are_set_aside(content: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert read_or_set_aside(tmp_path_factory.getbasetemp() / f"乱{suffix}", content) is None


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_at_all_is_set_aside(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "乱.txt"
    assert read_or_set_aside(path, text.encode("utf-8", "surrogatepass")) is None

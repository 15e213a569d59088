"""Every file of a folder is listed once, in order, as it stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xl_disclosure.errors import InputError
from xl_disclosure.rollup import listing as listing_module
from xl_disclosure.rollup.listing import ListedFile, list_files


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what was written just now for settled."""
    monkeypatch.setattr(listing_module, "UNSETTLED_NS", -3600 * 10**9)


def write(path: Path, content: str = "x", seconds: float = 1_000_000_000) -> None:
    path.write_text(content, encoding="utf-8")
    os.utime(path, (seconds, seconds))


def listed(folder: Path) -> dict[str, ListedFile]:
    return {file.name: file for file in list_files(folder)}


def test_the_folder_is_walked_in_order_and_the_output_left_out(tmp_path: Path) -> None:
    (tmp_path / "乡镇" / "汇总").mkdir(parents=True)
    for name in ("b.xlsx", "a.docx", "汇总.xlsm", ".hidden", "乡镇/c.txt", "乡镇/汇总/汇总.xlsm"):
        write(tmp_path / name)
    found = list_files(tmp_path, leave_out=[tmp_path / "汇总.xlsm"])
    assert [file.name for file in found] == ["a.docx", "b.xlsx", "乡镇/c.txt", "乡镇/汇总/汇总.xlsm"]
    assert [file.path for file in found] == [tmp_path / file.name for file in found]


def test_an_absent_or_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件夹"):
        list_files(tmp_path / "没有")
    with pytest.raises(InputError, match="文件夹是空的"):
        list_files(tmp_path)


def test_a_file_bears_the_time_it_was_written(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx")
    assert listed(tmp_path)["甲.xlsx"].written == 1_000_000_000


def test_a_link_leads_out_or_not_and_has_no_state(tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    write(folder / "甲.xlsx")
    write(tmp_path / "外.xlsx")
    (folder / "内链").symlink_to("甲.xlsx")
    (folder / "外链").symlink_to(tmp_path / "外.xlsx")
    (folder / "上级").symlink_to(tmp_path)
    (folder / "断链").symlink_to(tmp_path / "没有")
    (folder / "自链").symlink_to("自链")
    found = listed(folder)
    assert {name for name, file in found.items() if file.leads_out} == {"外链", "上级", "断链"}
    assert {name for name, file in found.items() if file.state} == {"甲.xlsx"}
    assert found["外链"].written is not None


def test_a_file_s_state_changes_with_everything_that_can_be_seen_of_it(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    states = []
    for content, seconds in (("1", 1e9), ("2", 1e9), ("2", 1.1e9), ("22", 1.1e9)):
        write(path, content, seconds)
        states.append(listed(tmp_path)["甲.xlsx"].state)
    path.unlink()
    write(path, "22", 1.1e9)
    states.append(listed(tmp_path)["甲.xlsx"].state)
    assert all(states)
    assert len(set(states)) == len(states)


def test_what_was_written_just_now_or_is_no_file_has_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "甲")
    assert [file.state for file in list_files(tmp_path)] == [""]
    (tmp_path / "甲").unlink()
    write(tmp_path / "乙")
    monkeypatch.setattr(listing_module, "UNSETTLED_NS", 3600 * 10**9)
    assert [file.state for file in list_files(tmp_path)] == [""]

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from xl_disclosure.errors import InputError
from xl_disclosure.workbook.replace_file import replace_file


def test_a_new_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    replace_file(tmp_path / "报表.xlsx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["报表.xlsx"]
    assert (tmp_path / "报表.xlsx").read_bytes() == b"new"


def test_the_longest_name_a_disk_takes_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 83}.xlsx"
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_name_longer_than_a_disk_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="写不进去"):
        replace_file(tmp_path / f"{'长' * 90}.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_replaced_file_keeps_its_access_rights(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_still_leads_to_the_file(tmp_path: Path) -> None:
    target = tmp_path / "真.xlsx"
    target.write_bytes(b"old")
    link = tmp_path / "链接.xlsx"
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o440)
    with pytest.raises(InputError, match=r"报表\.xlsx”：文件是只读的，写不进去。处理办法：取消"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("owner_file", ["~$报表.xlsx", ".~lock.报表.xlsx#", ".~报表.xlsx"])
def test_a_file_open_in_a_spreadsheet_is_left_alone(tmp_path: Path, owner_file: str) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"old")
    (tmp_path / owner_file).touch()
    with pytest.raises(InputError, match="正被 Excel、WPS 或 LibreOffice 打开") as refused:
        replace_file(path, b"new")
    assert owner_file in refused.value.remedy
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("folder", ["没有", "说明.txt"])
def test_a_missing_folder_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "说明.txt").touch()
    with pytest.raises(InputError, match="没有这个文件夹"):
        replace_file(tmp_path / folder / "报表.xlsx", b"new")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").mkdir()
    with pytest.raises(InputError, match="是一个文件夹"):
        replace_file(tmp_path / "报表.xlsx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["报表.xlsx"]


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "可能正被 Excel 打开"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
    ],
)
def test_when_the_disk_refuses_the_old_file_stays_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, what: str
) -> None:
    path = tmp_path / "报表.xlsx"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match=what):
        replace_file(path, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["报表.xlsx"]
    assert path.read_bytes() == b"old"

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from xl_disclosure.errors import InputError
from xl_disclosure.rollup.listing import ListedFile, list_files
from xl_disclosure.rollup.listing_beside import listed_beside


@pytest.fixture(autouse=True, params=["linux", "win32"])
def _start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the files in a process that is forked, and as on a machine where none can be."""
    monkeypatch.setattr(sys, "platform", request.param)


def test_the_files_are_those_of_the_folder(tmp_path: Path) -> None:
    folder, roster = tmp_path / "下级单位", tmp_path / "下级单位" / "名录.csv"
    (folder / "某镇").mkdir(parents=True)
    for name in ("甲局.xlsx", "某镇/乙所.xls", ".隐藏", "名录.csv"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "链接.xlsx").symlink_to(tmp_path)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.xlsx")).touch()
    with listed_beside(folder, [roster]) as find_files:
        files = find_files()
    assert files == list_files(folder, [roster])
    assert {type(file) for file in files} == {ListedFile}
    assert [file.name for file in files if file.leads_out] == ["链接.xlsx"]


def test_a_missing_folder_is_told_when_its_files_are_asked_for(tmp_path: Path) -> None:
    with listed_beside(tmp_path / "没有") as find_files, pytest.raises(InputError, match="没有这个文件夹"):
        find_files()

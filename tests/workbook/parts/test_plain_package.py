"""A workbook named .xlsx: the template without macros and buttons, everything else as it was."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.programs import Validate
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.workbook.new import new_workbook_for


def make(folder: Path, edition_id: str, ending: str) -> Path:
    path = folder / f"我局{ending}"
    new_workbook_for(path, load_edition(edition_id), "示例单位", load_edition(edition_id).first_year).save(path)
    return path


@pytest.mark.parametrize("edition_id", edition_ids())
def test_a_plain_workbook_is_valid_and_holds_no_macro(
    edition_id: str, tmp_path: Path, ooxml_validator: Validate
) -> None:
    path = make(tmp_path, edition_id, ".xlsx")
    assert ooxml_validator(path) == []
    with ZipFile(path) as archive:
        names = archive.namelist()
        types = archive.read("[Content_Types].xml").decode()
    assert not [name for name in names if "vba" in name or name.endswith(".vml")]
    assert "macroEnabled" not in types


def test_its_sheets_say_what_those_of_the_macro_workbook_say(tmp_path: Path) -> None:
    plain, macro = (load_workbook(make(tmp_path, "2021", ending)) for ending in (".xlsx", ".xlsm"))
    assert plain.sheetnames == macro.sheetnames
    for name in plain.sheetnames:
        cells = [[cell.value for cell in row] for row in plain[name].iter_rows()]
        assert cells == [[cell.value for cell in row] for row in macro[name].iter_rows()]

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.programs import Convert, Validate
from tests.workbook.furnished_book import read_members
from xl_disclosure import resources
from xl_disclosure.errors import SetupError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.workbook.book import CellContent
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.layout import (
    BODY_FIRST_ROW,
    FINDINGS_SHEET,
    SUBTITLE_ROW,
    UNIT_ROW,
    UNITS_FIRST_ROW,
    UNITS_SHEET,
    CellPlace,
    cover_place,
    fact_places,
    sheet_names,
)
from xl_disclosure.workbook.new import new_workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

UNIT = "某县发展和改革局"


def text_at(book: FileBook, sheet: str, row: int, column: int = 0) -> str:
    return book.read_block(sheet, row, column, 1, 1)[0][0].text


def text_of(book: FileBook, place: CellPlace) -> str:
    return text_at(book, place.sheet, place.row, place.column)


@pytest.mark.parametrize("edition_id", edition_ids())
def test_a_new_workbook_has_every_sheet_of_its_edition(edition_id: str) -> None:
    edition = load_edition(edition_id)
    assert new_workbook(edition).sheet_names() == sheet_names(edition)


@pytest.mark.parametrize("edition_id", edition_ids())
def test_unit_and_year_stand_on_the_cover_and_over_every_form(edition_id: str) -> None:
    edition = load_edition(edition_id)
    book = new_workbook(edition, UNIT, edition.first_year)
    assert text_of(book, cover_place("unit")) == UNIT
    assert text_of(book, cover_place("year")) == str(edition.first_year)
    for form in edition.sheets:
        assert text_at(book, form.name, SUBTITLE_ROW) == f"({edition.first_year}年度)"
        assert text_at(book, form.name, UNIT_ROW) == f"填报单位(盖章)：{UNIT}"


def test_without_unit_and_year_the_cover_is_blank() -> None:
    edition = load_edition("2014")
    book = new_workbook(edition)
    assert text_of(book, cover_place("unit")) == ""
    assert text_at(book, edition.sheets[0].name, SUBTITLE_ROW) == "(年度)"


def test_libreoffice_calculates_the_titles_that_were_written(soffice: Convert, tmp_path: Path) -> None:
    edition = load_edition("2014-xingyi")
    book = new_workbook(edition, UNIT, 2016)
    path = tmp_path / "新.xlsm"
    book.save(path)
    again = openpyxl.load_workbook(soffice(path, "xlsx", tmp_path), data_only=True)
    for form in edition.sheets:
        for row in range(UNIT_ROW + 1):
            assert again[form.name].cell(row + 1, 1).value == text_at(book, form.name, row)


@pytest.mark.parametrize("edition_id", edition_ids())
def test_a_filled_template_keeps_the_standard_and_all_it_does_not_fill(
    edition_id: str, ooxml_validator: Validate, tmp_path: Path
) -> None:
    edition = load_edition(edition_id)
    book = new_workbook(edition, UNIT, edition.first_year)
    for place in fact_places(edition).values():
        book.write_cells(place.sheet, {(place.row, place.column): CellContent(12)})
    place = next(iter(fact_places(edition).values()))
    line = [CellContent("错误"), CellContent(UNIT), CellContent(place.a1, link=f"'{place.sheet}'!{place.a1}")]
    book.write_list(FINDINGS_SHEET, BODY_FIRST_ROW, [line] * 40)
    book.write_list(UNITS_SHEET, UNITS_FIRST_ROW, [[CellContent(UNIT)]] * 40)
    path = tmp_path / "新.xlsm"
    book.save(path)
    template = resources.templates_directory() / f"{edition_id}.xlsm"
    assert ooxml_validator(path) == ooxml_validator(template)
    before, after = read_members(template.read_bytes()), read_members(path.read_bytes())
    assert list(after) == list(before)
    changed = [name for name in before if before[name] != after[name]]
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    assert len(changed) == len(edition.sheets) + 3


def test_a_missing_template_means_a_broken_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("xl_disclosure.workbook.form_model.templates_directory", lambda: tmp_path)
    with pytest.raises(SetupError, match=r"缺少版式.*的模板 2021\.xlsm"):
        new_workbook(load_edition("2021"))

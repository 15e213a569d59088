from __future__ import annotations

import pytest
import xlwings

from xl_disclosure.libreoffice import LibreOfficeError, NotSupportedError

pytestmark = pytest.mark.libreoffice


@pytest.mark.parametrize("color", [(18, 52, 86), "#123456", 0x563412])
def test_a_colour_is_given_in_every_way_of_xlwings(
    sheet: xlwings.Sheet, color: tuple[int, int, int] | str | int
) -> None:
    sheet["A1:B2"].color = color
    assert sheet["B2"].color == (18, 52, 86)
    sheet["A1"].color = None
    assert sheet["A1"].color is None


def test_what_cells_do_not_have_in_common_is_none(sheet: xlwings.Sheet) -> None:
    sheet["A1"].color = (255, 0, 0)
    sheet["A1"].number_format = "0.00"
    sheet["A1"].wrap_text = True
    sheet["A1"].row_height = 40
    sheet["A1"].column_width = 40
    sheet["A1"].horizontal_alignment = "center"
    sheet["A1"].font.set(bold=True, italic=True, size=20, name="Noto Sans", color=(1, 2, 3))
    both = sheet["A1:B2"]
    formats = [both.color, both.number_format, both.wrap_text, both.row_height, both.column_width]
    fonts = [both.font.bold, both.font.italic, both.font.size, both.font.name, both.font.color]
    assert [*formats, *fonts, both.horizontal_alignment] == [None] * 11


@pytest.mark.parametrize(
    "number_format",
    [
        "General",
        "0",
        "0.00",
        "#,##0.00",
        "@",
        "0%",
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "h:mm AM/PM",
        "[h]:mm:ss",
        "0.00;[Red]-0.00",
    ],
)
def test_a_number_format_is_written_as_in_excel(sheet: xlwings.Sheet, number_format: str) -> None:
    sheet["A1:B1"].number_format = number_format
    assert sheet["A1:B1"].number_format == number_format


def test_a_number_format_that_is_none_is_refused(sheet: xlwings.Sheet) -> None:
    with pytest.raises(LibreOfficeError, match="is no number format"):
        sheet["A1"].number_format = "[>="


def test_a_truth_value_has_excels_usual_format(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = True
    assert sheet["A1"].number_format == "General"


def test_a_font_is_set_for_chinese_and_western_text(sheet: xlwings.Sheet) -> None:
    font = sheet["A1:B1"].font
    font.bold = True
    font.italic = True
    font.size = 14
    font.name = "仿宋"
    font.color = (255, 0, 0)
    assert (font.bold, font.italic, font.size, font.name, font.color) == (True, True, 14.0, "仿宋", (255, 0, 0))
    assert (font.api.CharWeightAsian, font.api.CharHeightAsian, font.api.CharFontNameAsian) == (150.0, 14.0, "仿宋")
    font.bold = False
    assert sheet["A1"].font.bold is False


def test_sizes_are_in_points_and_characters(sheet: xlwings.Sheet) -> None:
    sheet["A1:B3"].row_height = 30
    sheet["A1:B3"].column_width = 20
    block = sheet["A1:B3"]
    assert block.row_height == pytest.approx(30, abs=0.1)
    assert block.column_width == pytest.approx(20, abs=0.1)
    assert block.height == pytest.approx(90, abs=0.2)
    assert block.width == pytest.approx(2 * 145 * 0.75, abs=0.2)
    assert sheet["C4"].left == pytest.approx(block.width, abs=0.1)
    assert sheet["C4"].top == pytest.approx(block.height, abs=0.1)
    sheet["A1"].column_width = 0.5
    assert sheet["A1"].column_width == pytest.approx(0.5, abs=0.05)


def test_rows_and_columns_fit_their_content(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = "一段相当长的文字" * 3
    sheet["A1"].columns.autofit()
    assert sheet["A1"].width > sheet["B1"].width
    sheet["A1"].row_height = 99
    sheet.autofit("r")
    assert sheet["A1"].height < 99


def test_formats_are_filled_down_and_content_stays(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [["甲", 1], ["乙", 2], [None, 3]]
    sheet["A1:B1"].color = (255, 255, 0)
    sheet["A1"].font.bold = True
    sheet["A1"].wrap_text = True
    sheet["B1"].number_format = "0.00"
    sheet["B1"].horizontal_alignment = "center"
    sheet["A1:B1"].autofill(sheet["A1:B3"], "fill_formats")
    assert sheet["A1:B3"].value == [["甲", 1.0], ["乙", 2.0], [None, 3.0]]
    assert sheet["A1:B3"].color == (255, 255, 0)
    assert (sheet["A1:A3"].font.bold, sheet["A1:A3"].wrap_text) == (True, True)
    assert (sheet["B1:B3"].number_format, sheet["B1:B3"].horizontal_alignment) == ("0.00", "center")
    assert sheet["B1:B3"].font.bold is False
    with pytest.raises(NotSupportedError, match="from one row down only"):
        sheet["A1:B1"].autofill(sheet["B1:C3"], "fill_formats")
    with pytest.raises(NotSupportedError, match="but for formats: write the values"):
        sheet["A1:B1"].autofill(sheet["A1:B3"], "fill_series")


def test_text_is_wrapped_and_aligned(sheet: xlwings.Sheet) -> None:
    cell = sheet["A1"]
    assert (cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment) == (False, "general", "bottom")
    cell.wrap_text = True
    cell.horizontal_alignment = "right"
    cell.vertical_alignment = "top"
    assert (cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment) == (True, "right", "top")
    with pytest.raises(NotSupportedError, match="has no alignment 'distributed'"):
        cell.vertical_alignment = "distributed"


def test_rows_and_columns_are_hidden(sheet: xlwings.Sheet) -> None:
    sheet["A2:A3"].rows.hidden = True
    sheet["B1"].columns.hidden = True
    assert sheet["A2:A3"].rows.hidden is True
    assert sheet["A1:A3"].rows.hidden is None
    assert [sheet["A1"].columns.hidden, sheet["B1"].columns.hidden] == [False, True]

from __future__ import annotations

from datetime import date

import pytest

from tests.registers.sheets import HEADER_ROW, register_of, sheet_of
from xl_disclosure.errors import InputError, Place
from xl_disclosure.registers.lines import read_lines
from xl_disclosure.registers.problems import RegisterProblemKind
from xl_disclosure.registers.values import CellValue

DISCLOSURES = register_of("2014", "disclosures")


def test_a_line_holds_what_its_cells_say_and_where() -> None:
    sheet = sheet_of(
        DISCLOSURES,
        [
            {
                "公开日期": 42430,
                "信息标题": "年度计划",
                "公开渠道": "政府网站、政务微信",
                "栏目": "规划计划",
                "是否规范性文件": "否",
                "条数": 3,
            }
        ],
    )
    [line] = read_lines(DISCLOSURES, sheet, HEADER_ROW, "台账.xlsm")
    assert line.days == {"date": date(2016, 3, 1)}
    assert line.codes == {"channels": ("via_website", "via_wechat"), "normative": ("no",)}
    assert line.items == {"items": 3}
    assert line.texts == {"title": "年度计划", "column": "规划计划"}
    assert line.places["items"] == Place("台账.xlsm", "主动公开台账", "G4")
    assert line.problems == ()


def test_blank_rows_are_no_lines() -> None:
    full: dict[str, CellValue] = {"公开日期": "2016-03-01", "信息标题": "年度计划", "公开渠道": "政府网站"}
    lines = read_lines(DISCLOSURES, sheet_of(DISCLOSURES, [{}, {"信息标题": "　"}, full, {}]), HEADER_ROW)
    assert [line.places["date"].cell for line in lines] == ["A6"]


def test_columns_are_found_by_their_headings() -> None:
    sheet: list[list[CellValue]] = [["序号", *row] for row in sheet_of(DISCLOSURES, [{"信息标题": "年度计划"}])]
    [line] = read_lines(DISCLOSURES, sheet, HEADER_ROW)
    assert line.texts == {"title": "年度计划"}
    assert line.places["title"].cell == "C4"


def test_a_changed_heading_is_refused_with_file_sheet_row_and_remedy() -> None:
    sheet = sheet_of(DISCLOSURES, [])
    sheet[HEADER_ROW][1] = "标题"
    with pytest.raises(InputError) as refused:
        read_lines(DISCLOSURES, sheet, HEADER_ROW, "台账.xlsm")
    assert str(refused.value) == (
        "文件“台账.xlsm” “主动公开台账” 第 3 行：没有“信息标题”这一列。处理办法：把这一行的标题恢复为“信息标题”。"
    )


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(InputError):
        read_lines(DISCLOSURES, [], HEADER_ROW)


def test_every_cell_that_cannot_be_used_is_reported() -> None:
    sheet = sheet_of(DISCLOSURES, [{"公开日期": "三月", "公开渠道": "微薄", "条数": "几"}])
    [line] = read_lines(DISCLOSURES, sheet, HEADER_ROW, "台账.xlsm")
    assert [(problem.kind, problem.place.cell) for problem in line.problems] == [
        (RegisterProblemKind.BAD_DATE, "A4"),
        (RegisterProblemKind.REQUIRED, "B4"),
        (RegisterProblemKind.UNKNOWN_CHOICE, "D4"),
        (RegisterProblemKind.BAD_COUNT, "G4"),
    ]
    assert str(line.problems[1]) == (
        "文件“台账.xlsm” “主动公开台账” B4：这一行没有填“信息标题”。处理办法：补填“信息标题”；整行不要的，清空整行。"
    )

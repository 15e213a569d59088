"""Whose return a file is and of which year: from the cover, the titles, the signatures, the file's name."""

from __future__ import annotations

import pytest

from xl_disclosure.errors import Place
from xl_disclosure.returns.identity import identify, is_apparatus, signature_fields
from xl_disclosure.returns.model import TextParagraph
from xl_disclosure.returns.sources.document import RawCell, SourceTable

TITLES = [
    ("兴义市工业贸易和科学技术局政府信息公开情况统计表", "兴义市工业贸易和科学技术局", None),
    ("某区公安局2022年政府信息公开工作年度报告", "某区公安局", 2022),
    ("某区财政金融局关于2014年度政府信息公开工作年度报告", "某区财政金融局", 2014),
    ("某区自然资源局2020年政府信息公开年度报告", "某区自然资源局", 2020),
    ("二〇一六年度某局政府信息公开工作年度报告", "某局", 2016),
    ("某 局 ２０２１ 年度政府信息公开工作年度报告", "某局", 2021),
    ("某局政府信息公开工作年度报告（2021年度）", "某局", 2021),
    ("某市政府信息公开办公室2021年政府信息公开工作年度报告", "某市政府信息公开办公室", 2021),
    ("附件1：某局政府信息公开情况统计表", "某局", None),
    ("2021年政府信息公开工作年度报告", "", 2021),
    ("政府信息公开情况统计表", "", None),
    ("现将我局2016年开展政府信息公开工作年度报告如下:", "", None),
    ("本机关2021年政府信息公开工作年度报告", "", 2021),
    ("会议室2021年使用登记表", "", None),
]


Cells = dict[tuple[int, int], RawCell]


def of(*texts: str, file: str = "报表.docx", cells: Cells | None = None) -> tuple[str, int | None]:
    """Return unit and year of a file with these paragraphs and cells."""
    paragraphs = [TextParagraph(text, Place()) for text in texts]
    found = identify(file, [SourceTable(file, "表", cells or {})], paragraphs)
    return found.unit, found.year


@pytest.mark.parametrize(("title", "unit", "year"), TITLES)
def test_a_title_names_them(title: str, unit: str, year: int | None) -> None:
    assert of(title) == (unit, year)
    assert of(cells={(0, 0): title}) == (unit, year)


@pytest.mark.parametrize(
    "telling",
    [
        *(title for title, _, _ in TITLES[:9]),
        "填报单位：某局",
        "单位名称",
        " 单 位 名 称 ",
        "（２０２１年度）",
        "二〇二一年",
        "本年报的统计期限为2021年1月1日起至12月31日" + "。" * 300,
    ],
)
def test_a_telling_text_is_found_in_a_long_list_as_by_itself(telling: str) -> None:
    lines: Cells = {(row, 0): f"第{row}批示例事项办理情况的公告" for row in range(600)}
    value: Cells = {(700, 1): "某局"}
    assert of(cells=lines | {(700, 0): telling} | value) == of(cells={(700, 0): telling} | value)


@pytest.mark.parametrize(
    ("file", "unit", "year"),
    [
        ("某局2021年度政府信息公开工作年度报告.docx", "某局", 2021),
        ("80588_某局2020年政府信息公开年度报告.docx", "某局", 2020),
        ("某局2021年报表.xlsx", "", 2021),
        ("报表.xlsx", "", None),
        ("某局1850年报表.xlsx", "", None),
    ],
)
def test_the_name_of_the_file_speaks_when_the_file_does_not(file: str, unit: str, year: int | None) -> None:
    assert of("一、总体情况", file=file) == (unit, year)
    assert of("他局2022年政府信息公开工作年度报告", file=file) == ("他局", 2022)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("某局", "2021年政府信息公开工作年度报告"), ("某局", 2021)),
        (("某局政府信息公开情况统计表", "（2016年度）"), ("某局", 2016)),
        (("统计期限为2019年1月1日至2019年12月31日。",), ("", 2019)),
        (("数据期限自2019年1月1日起至12月31日",), ("", 2019)),
        (("根据条例，现公布如下。", "2021年政府信息公开工作年度报告"), ("", 2021)),
        (("填报单位（盖章）：某局",), ("某局", None)),
        (("填报单位(盖章):", "某局政府信息公开情况统计表"), ("某局", None)),
    ],
)
def test_other_lines_name_them_too(texts: tuple[str, ...], expected: tuple[str, int | None]) -> None:
    assert of(*texts) == expected


def test_the_cover_comes_first() -> None:
    cover: Cells = {
        (3, 1): "单位名称", (3, 2): "某局", (5, 1): "报告年度", (5, 2): 2020, (6, 1): "单 位 代 码", (6, 2): 11520000,
        (7, 1): "审核人", (8, 1): "填报人", (8, 2): "张三",
    }  # fmt: skip
    found = identify("他局2021年政府信息公开工作年度报告.xlsx", [SourceTable("", "封面", cover)], ())
    assert (found.unit, found.year) == ("某局", 2020)
    assert found.cover == {"unit": "某局", "year": "2020", "unit_code": "11520000", "preparer": "张三"}


def test_a_header_of_the_form_may_hold_the_year() -> None:
    assert of(cells={(0, 2): "2017年度", (0, 3): "历年累计"}) == ("", 2017)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("单位负责人:李成贵 审核人:田祥 填报人: 李雯", {"head": "李成贵", "reviewer": "田祥", "preparer": "李雯"}),
        ("联系电话：0859-2290003　填报日期：2017年2月28日", {"phone": "0859-2290003", "date": "2017年2月28日"}),
        ("单位负责人（签字）：张三；审 核 人：", {"head": "张三", "reviewer": ""}),
        ("填表人:王五", {"preparer": "王五"}),
        ("审核人员共2名", {}),
    ],
)
def test_a_line_of_signatures_is_taken_apart(line: str, fields: dict[str, str]) -> None:
    assert dict(signature_fields(line)) == fields


def test_signatures_may_stand_in_cells_of_their_own() -> None:
    cells: Cells = {(0, 0): "审核人：", (0, 1): "李四", (0, 2): "填报人：", (0, 3): "电话："}
    assert identify("", [SourceTable("", "表", cells)], ()).cover == {"reviewer": "李四"}


@pytest.mark.parametrize(
    "text",
    [
        "附件1:",
        "附件",
        "（2016年度）",
        "填报单位(盖章):",
        "某局政府信息公开情况统计表",
        "审核人：甲 填报人：乙",
        "附表",
    ],
)
def test_what_belongs_to_the_form_is_no_prose(text: str) -> None:
    assert is_apparatus(text)


@pytest.mark.parametrize(
    "text",
    ["一、总体情况", "某局2021年政府信息公开工作年度报告", "详见政府信息公开情况统计表。", "2016年,我局未收到申请。"],
)
def test_prose_is_kept(text: str) -> None:
    assert not is_apparatus(text)

from __future__ import annotations

import pytest

from xl_disclosure.workbook.parts.workbook_xml import request_recalculation


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<calcPr calcId="191029"/>', '<calcPr fullCalcOnLoad="1" calcId="191029"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ('<calcPr calcId="1" fullCalcOnLoad="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ("<calcPr fullCalcOnLoad='true'></calcPr>", "<calcPr fullCalcOnLoad='true'></calcPr>"),
        ("", '<calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_excel_is_asked_once_to_calculate_on_opening(stated: str, expected: str) -> None:
    workbook = "<workbook><sheets><sheet/></sheets><definedNames/>{}<extLst/></workbook>"
    assert request_recalculation(workbook.format(stated)) == workbook.format(expected)


def test_the_request_bears_the_workbooks_prefix() -> None:
    workbook = "<x:workbook><x:sheets/>{}</x:workbook>"
    assert request_recalculation(workbook.format("")) == workbook.format('<x:calcPr fullCalcOnLoad="1"/>')
    assert request_recalculation(workbook.format("<x:calcPr/>")) == workbook.format('<x:calcPr fullCalcOnLoad="1"/>')

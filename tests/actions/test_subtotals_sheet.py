"""小计表: formulas that keep categories apart, whatever signs are in their names."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.actions.conftest import Run
from tests.actions.recalculation import recalculated
from tests.actions.test_aggregate import write_facts
from tests.programs import Convert
from xl_disclosure.workbook.layout import SUBTOTALS_SHEET

CATEGORIES = ["镇*", "镇乡", "镇", "<5", "=镇", '引"号', "a?b", "acb", "a~b", "5", ""]


def test_a_category_adds_up_its_own_units_and_no_other(run: Run, soffice: Convert, tmp_path: Path) -> None:
    units, roster, book = tmp_path / "units", tmp_path / "roster.csv", tmp_path / "汇总.xlsm"
    units.mkdir()
    with roster.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["单位名称", "单位类别"])
        for number, category in enumerate(CATEGORIES):
            lines.writerow([f"单位{number}", category])
            write_facts(units, f"{number}.json", f"单位{number}", disclosed=10**number)
    run("aggregate", units, "-o", book, "--roster", roster)
    sheet = recalculated(book, [SUBTOTALS_SHEET], soffice, tmp_path)[SUBTOTALS_SHEET]
    found = {str(row[0]).strip("　"): row[5] for row in sheet.iter_rows(min_row=6, max_row=16, values_only=True)}
    assert found == {category or "（未填类别）": 10**number for number, category in enumerate(CATEGORIES)}

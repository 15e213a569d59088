"""审核 tells of a return whose cover is dated after the day it was due."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.actions.conftest import Run
from xl_disclosure.workbook.layout import cover_place


@pytest.mark.parametrize("made", [date(2017, 4, 6), "2017年4月6日", "2017-04-06"])
def test_a_cover_dated_too_late_is_found_however_the_day_is_typed(run: Run, book: Path, made: date | str) -> None:
    workbook = openpyxl.load_workbook(book, keep_vba=True)
    for field, value in (("level", "工作部门"), ("date", made)):
        place = cover_place(field)
        workbook[place.sheet][place.a1] = value
    workbook.save(book)
    status, output, _ = run("check", book, "--json")
    found = {finding["rule"]: finding for finding in json.loads(output)["files"][0]["findings"]}
    assert status == 0
    assert found["deadline"]["severity"] == "warn"
    assert (found["deadline"]["found"], found["deadline"]["expected"]) == ("2017年4月6日", "2017年3月31日")

"""What the terminal shows of very many lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xl_disclosure import display
from xl_disclosure.cli import main

UNIT = Path(display.__file__).parent / "demo" / "sample_unit_a.json"


def test_a_roll_up_of_many_units_is_shown_as_far_as_it_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = display.MOST_LINES + 50
    units = tmp_path / "units"
    units.mkdir()
    shutil.copy(UNIT, units)
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "\n".join(["单位名称", "示例单位甲", *(f"第{number}所" for number in range(count))]), encoding="utf-8"
    )
    main(["aggregate", str(units), "-o", str(tmp_path / "市.xlsm"), "--roster", str(roster)])
    shown = capsys.readouterr().out
    assert f"另有 {count + 1 - display.MOST_LINES} 行没有在这里列出，见工作簿的“收表情况”" in shown
    assert f"另有 {count - display.MOST_LINES} 个单位没有在这里列出" in shown
    assert shown.count("【错误】") == display.MOST_LINES
    assert f"单位 {count + 1} 个 = 已收 1 个 + 未报 {count} 个" in shown

"""The main job from the command line, on the seed's own report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.actions.conftest import UNIT, Run
from tests.reference import Reference


def load(output: str) -> dict[str, Any]:
    """Return the one JSON object that standard output holds."""
    value = json.loads(output)
    assert isinstance(value, dict)
    return value


def test_reading_the_seed_gives_all_its_facts(run: Run, seed: Path, reference: Reference) -> None:
    status, output, _ = run("read", seed, "--json")
    report = reference.report("xingyi_2016")
    found = load(output)
    assert status == 0
    assert found["facts"] == report["facts"]
    assert len(found["facts"]) == 47
    assert (found["edition"], found["unit"], found["year"]) == ("2014-xingyi", UNIT, 2016)
    assert found["problems"] == []


def test_filling_and_reading_again_gives_the_same_facts_with_their_cells(
    run: Run, book: Path, reference: Reference
) -> None:
    status, output, _ = run("read", book, "--json")
    found = load(output)
    assert status == 0
    assert found["facts"] == reference.report("xingyi_2016")["facts"]
    assert found["where"]["statistics.disclosed.count"] == {"sheet": "统计表", "cell": "C6"}
    assert found["blank"] == []


def test_checking_the_seed_finds_the_columns_that_do_not_add_up_and_no_error(run: Run, book: Path) -> None:
    status, output, _ = run("check", book, "--json")
    (file,) = load(output)["files"]
    findings = {finding["rule"]: finding for finding in file["findings"]}
    assert status == 0
    assert set(findings) == {"text.breakdown"}
    breakdown = findings["text.breakdown"]
    assert (breakdown["severity"], breakdown["found"]) == ("warn", 133)
    assert all(figure in breakdown["message"] for figure in ("133", "178", "215"))
    assert "channels" not in findings
    assert all(skipped["reason"] for skipped in file["skipped"])


def test_the_findings_stand_in_the_workbook_with_a_link(run: Run, book: Path) -> None:
    from openpyxl import load_workbook

    assert run("check", book)[0] == 0
    sheet = load_workbook(book)["审核结果"]
    row = [cell.value for cell in sheet[4]]
    assert row[0] == "提示"
    assert "133" in str(row[3])
    assert sheet["C4"].hyperlink.location.startswith("'")


def test_filling_twice_changes_nothing(run: Run, book: Path, seed: Path) -> None:
    before = book.read_bytes()
    status, output, _ = run("fill", book, "--from", seed)
    assert status == 0
    assert "没有需要改动的格" in output
    assert book.read_bytes() == before


def test_a_figure_typed_by_hand_is_told_of_and_kept(run: Run, book: Path, seed: Path) -> None:
    from openpyxl import load_workbook

    workbook = load_workbook(book, keep_vba=True)
    workbook["统计表"]["C6"] = 216
    workbook.save(book)
    status, _, complaints = run("fill", book, "--from", seed)
    assert status == 0
    assert "C6" in complaints
    assert "216" in complaints
    assert load(run("read", book, "--json")[1])["facts"]["statistics.disclosed.count"] == 216

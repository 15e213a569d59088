"""The edition of a form is recognised by its labels and held against the year it is used for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.reference import Reference
from tests.returns.reports import published_report, sample_report
from tests.returns.writers import Report, add_word_table, write_docx, write_xlsx
from xl_disclosure.errors import InputError
from xl_disclosure.forms.catalog import edition_ids, load_edition
from xl_disclosure.forms.grid import build_grid
from xl_disclosure.returns.model import ProblemKind
from xl_disclosure.returns.read import read_file

YEARS = {"2014": 2018, "2014-xingyi": 2016, "2014-fujian": 2017, "2019": 2020, "2021": 2024}


def test_every_edition_at_hand_is_tried() -> None:
    assert set(YEARS) == set(edition_ids())


@pytest.mark.parametrize("edition_id", YEARS)
def test_an_edition_is_recognised_without_any_year(edition_id: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    report = sample_report(edition_id, 0)
    write_xlsx(Report(report.edition, "", 0, report.facts), path)
    returned = read_file(path)
    assert returned.edition == edition_id
    assert returned.year is None
    assert [problem.kind for problem in returned.problems] == [ProblemKind.UNKNOWN_YEAR]
    assert not returned.problems[0].blocks_use


def test_the_real_form_of_2019_used_for_2021_is_called_that(reference: Reference, tmp_path: Path) -> None:
    path = tmp_path / "社会事业局.docx"
    write_docx(published_report(reference, "pt_shs_2021"), path)
    returned = read_file(path)
    assert (returned.edition, returned.year) == ("2019", 2021)
    (problem,) = returned.problems
    assert problem.kind is ProblemKind.WRONG_EDITION
    assert problem.place.file == "社会事业局.docx"
    assert problem.place.cell
    assert "2021年度应使用“2021年版（现行）”" in problem.message
    assert "“2019年版”" in problem.message
    assert "本年新制作数量" in problem.message
    assert "2021年版（现行）" in problem.remedy


@pytest.mark.parametrize(
    ("edition_id", "year", "right"),
    [
        ("2014", 2019, "2019年版"),
        ("2014-xingyi", 2020, "2019年版"),
        ("2019", 2018, "2014年全国版"),
        ("2021", 2020, "2019年版"),
    ],
)
def test_an_edition_not_in_force_is_named_with_the_one_that_was(
    edition_id: str, year: int, right: str, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    write_xlsx(sample_report(edition_id, year), path)
    returned = read_file(path)
    assert returned.edition == edition_id
    (problem,) = returned.problems
    assert problem.kind is ProblemKind.WRONG_EDITION
    assert f"应使用“{right}”" in problem.message


def mixed_document(path: Path) -> Report:
    """Write 表二 of 2019 and the rest of 2021, as a real bureau did, and return the report of 2021."""
    old, new = sample_report("2019", 2021), sample_report("2021", 2021)
    document = docx.Document()
    document.add_paragraph(new.title)
    first = replace(old.edition.sheets[0], tables=old.edition.sheets[0].tables[:-1])
    add_word_table(document, old, build_grid(old.edition, first))
    for sheet in new.edition.sheets[1:]:
        add_word_table(document, new, build_grid(new.edition, sheet))
    document.save(str(path))
    return new


def test_a_form_mixed_of_two_editions_is_named_with_the_labels_that_tell(tmp_path: Path) -> None:
    path = tmp_path / "混用.docx"
    new = mixed_document(path)
    returned = read_file(path)
    kinds = [problem.kind for problem in returned.problems]
    assert returned.edition == "2021"
    assert kinds[0] is ProblemKind.MIXED_EDITION
    assert "2019年版" in returned.problems[0].message
    assert "本年新制作数量" in returned.problems[0].message
    assert ProblemKind.MISSING_ROW in kinds or ProblemKind.CHANGED_LABEL in kinds
    of_2021 = {fact: value for fact, value in new.facts.items() if fact.startswith(("requests.", "disputes."))}
    assert of_2021.items() <= returned.facts.items()
    assert not any(address.startswith("documents.") for address in returned.facts)


def test_the_edition_asked_for_is_read_and_the_other_one_named(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    report = sample_report("2019", 2020)
    write_xlsx(report, path)
    returned = read_file(path, load_edition("2021"))
    assert returned.edition == "2021"
    shared = {address: value for address, value in report.facts.items() if address in load_edition("2021").facts}
    assert returned.facts.items() <= shared.items()
    assert len(returned.facts) > 150
    kinds = [problem.kind for problem in returned.problems]
    assert kinds.count(ProblemKind.WRONG_EDITION) == 2
    assert "“2019年版”" in returned.problems[0].message


def test_an_edition_asked_for_of_which_there_is_nothing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    write_xlsx(sample_report("2021", 2024), path)
    with pytest.raises(InputError, match=r"表\.xlsx.*2014年全国版.*用的是“2021年版"):
        read_file(path, load_edition("2014"))


def test_a_file_without_a_form_is_an_error_that_says_what_was_looked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "会议签到表"
    path = tmp_path / "签到表.xlsx"
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_file(path)
    said = str(caught.value)
    assert "签到表.xlsx" in said
    assert "一、主动公开情况" in said
    assert "一、本年新收政府信息公开申请数量" in said
    assert "处理办法" in said


def test_the_official_blank_of_2021_has_every_fact_and_all_are_blank(reference: Reference) -> None:
    returned = read_file(reference.path("official-2021-blank.docx"))
    assert returned.edition == "2021"
    assert set(returned.blank) == set(returned.facts) == set(load_edition("2021").facts)
    assert [problem.kind for problem in returned.problems] == [ProblemKind.UNKNOWN_YEAR]

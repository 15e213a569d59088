"""The day on the cover is held against the day by which units of its level report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.returns import make_return
from xl_disclosure.checks.deadline import DEADLINE, check_deadline
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.within import check_within
from xl_disclosure.checks.wording import message
from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import EDITIONS_VARIABLE, edition_ids, load_edition
from xl_disclosure.forms.text import label_key
from xl_disclosure.workbook.template.cover import LEVELS


def check(edition_id: str, year: int | None, level: str, made: str) -> Finding:
    returned = make_return(edition_id, year=year, cover={"level": level, "date": made})
    (finding,) = check_deadline(load_edition(edition_id), returned)
    return finding


@pytest.mark.parametrize(
    ("edition_id", "year", "level", "last_day_in_time", "first_day_late"),
    [
        ("2014", 2016, "工作部门", "2017-03-31", "2017-04-01"),
        ("2014-xingyi", 2016, "县级", "2017年3月31日", "2017年4月1日"),
        ("2014-fujian", 2016, "其他", "2017/3/31", "2017/4/1"),
        ("2019", 2019, "乡镇级", "2020.1.31", "2020.2.1"),
        ("2021", 2023, "工作部门", "20240131", "20240201"),
        ("2021", 2023, "县级", "2024-02-20", "2024-02-21"),
        ("2021", 2023, "设区的市级", "２０２４年３月１０日", "2024年3月11日"),
        ("2021", 2023, "省级", "45382", "45383"),
        ("2021", 2023, " 其他 ", "2024-03-31 17:30", "2024-04-01 08:00"),
    ],
)
def test_the_due_day_is_in_time_and_the_next_is_late(
    edition_id: str, year: int, level: str, last_day_in_time: str, first_day_late: str
) -> None:
    assert check(edition_id, year, level, last_day_in_time).outcome is Outcome.PASSED
    assert check(edition_id, year, level, first_day_late).outcome is Outcome.FAILED


def test_a_late_return_is_told_both_days() -> None:
    finding = check("2021", 2023, "县级", "2024-03-05")
    assert (finding.found, finding.expected) == ("2024年3月5日", "2024年2月20日")
    assert message(load_edition("2021"), finding) == "县级的报告应在2024年2月20日以前报送，填报日期是2024年3月5日"


@pytest.mark.parametrize(
    ("level", "made", "reason"),
    [
        ("", "2024-01-20", "封面没有填写单位级别"),
        ("县级", "", "封面没有填写填报日期"),
        ("县级", "二月底", "填报日期“二月底”看不出是哪一天"),
        ("县级", "2024-02-30", "填报日期“2024-02-30”看不出是哪一天"),
        ("街道", "2024-01-20", "没有规定“街道”的报送日期"),
    ],
)
def test_what_cannot_be_judged_is_skipped_with_the_reason(level: str, made: str, reason: str) -> None:
    finding = check("2021", 2023, level, made)
    assert (finding.outcome, finding.reason) == (Outcome.SKIPPED, reason)


def test_a_return_without_a_year_is_skipped() -> None:
    returned = make_return("2021", cover={"level": "县级", "date": "2024-03-05"})
    (finding,) = check_deadline(load_edition("2021"), type(returned)("2021", "某局", None, {}, cover=returned.cover))
    assert finding.reason == "没有写明报告年度"


@pytest.mark.parametrize("edition_id", edition_ids())
def test_every_level_of_the_cover_has_its_day(edition_id: str) -> None:
    days = load_edition(edition_id).rules[DEADLINE].days
    assert {label_key(level) for level in days} == {label_key(level) for level in LEVELS}


def test_checking_a_return_includes_it() -> None:
    returned = make_return("2021", year=2023, cover={"level": "县级", "date": "2024-03-05"})
    assert [
        finding.outcome for finding in check_within(load_edition("2021"), returned) if finding.rule == DEADLINE
    ] == [Outcome.FAILED]


def test_a_day_that_is_none_is_refused_with_file_key_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "local").mkdir()
    form = 'extends = "2021"\nname = "示例版"\nlegal_basis = "示例"\nlocal = true\n'
    (tmp_path / "local" / "form.toml").write_text(form, encoding="utf-8")
    (tmp_path / "local" / "rules.toml").write_text('[deadline.days]\n"县级" = "02-30"\n', encoding="utf-8")
    monkeypatch.setenv(EDITIONS_VARIABLE, str(tmp_path))
    load_edition.cache_clear()
    with pytest.raises(RuleError) as refusal:
        load_edition("local")
    for part in ("rules.toml", "deadline.days.县级", "'02-30'", "写成 01-31 的样子"):
        assert part in str(refusal.value)

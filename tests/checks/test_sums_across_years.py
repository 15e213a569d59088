"""What an edition split or joined is compared with last year's in sum, by the rules on single facts."""

from __future__ import annotations

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.within import check_within
from xl_disclosure.checks.wording import message
from xl_disclosure.errors import Place
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import CellState, Entry, Number, Return

PARTS = ("not_corrected_in_time", "fee_unpaid", "other_reason")


def make_return(edition_id: str, year: int, figures: dict[str, Number | None]) -> Return:
    """Return a unit's form of zeros with some figures others."""
    facts: dict[str, Number | None] = dict.fromkeys(map(str, load_edition(edition_id).facts), 0)
    entries = {
        FactAddress(address): Entry(value, CellState.NUMBER, str(value), Place("报表", "表", "A1"))
        for address, value in (facts | figures).items()
    }
    return Return(edition_id, "甲局", year, entries)


def on_sums(parts: tuple[Number | None, ...], last: Number | None) -> list[Finding]:
    """Return what a 2021 return and a 2020 return in the 2019 edition give on the three kinds of 其他处理."""
    now = {f"requests.{row}.total": value for row, value in zip(PARTS, parts, strict=True)}
    this = make_return("2021", 2021, now)
    before = make_return("2019", 2020, {"requests.other_handling.total": last})
    facts = tuple(FactAddress(f"requests.{row}.total") for row in PARTS)
    return [finding for finding in check_within(load_edition("2021"), this, before) if finding.facts == facts]


def test_a_jump_of_the_sum_is_told_with_both_sums() -> None:
    (finding,) = on_sums((20, 10, 30), 10)
    assert (finding.rule, finding.outcome, finding.found, finding.expected) == ("jump", Outcome.FAILED, 60, 10)
    said = message(load_edition("2021"), finding)
    assert "合计60，上年口径相同的各项合计10" in said
    assert said.count("·总计") == len(PARTS)


def test_a_sum_near_last_years_passes_though_a_part_is_new() -> None:
    assert [finding.outcome for finding in on_sums((0, 0, 30), 28)] == [Outcome.PASSED]


def test_the_edge_is_that_of_the_rule() -> None:
    assert [finding.outcome for finding in on_sums((10, 10, 30), 10)] == [Outcome.PASSED]
    assert [finding.outcome for finding in on_sums((10, 10, 31), 10)] == [Outcome.FAILED]


def test_a_part_missing_in_either_year_leaves_the_sum_alone() -> None:
    assert on_sums((None, 10, 30), 10) == []
    assert on_sums((20, 10, 30), None) == []


def test_litigation_before_2019_compares_with_both_kinds_together() -> None:
    edition = load_edition("2019")
    kinds = {"disputes.direct_litigation.total": 30, "disputes.litigation_after_reconsideration.total": 40}
    this = make_return("2019", 2019, dict(kinds))
    before = make_return("2014", 2018, {"statistics.litigations.count": 12})
    found = [f for f in check_within(edition, this, before) if f.rule == "jump" and len(f.facts) == len(kinds)]
    failed = [f for f in found if f.outcome is Outcome.FAILED]
    assert [(f.found, f.expected) for f in failed] == [(70, 12)]

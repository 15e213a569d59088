"""Every file and every unit is accounted for exactly once."""

from __future__ import annotations

from collections import Counter

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.collect import Receipt, Status, reconcile
from xl_disclosure.rollup.figures import pack
from xl_disclosure.rollup.roster import Roster, Unit
from xl_disclosure.rollup.sent import SentReturn

EDITION = load_edition("2014-xingyi")
DISCLOSED = FactAddress("statistics.disclosed.count")
ROSTER = Roster((Unit("甲局"), Unit("乙局", former_names=("旧乙局",)), Unit("丙局")))


def send(unit: str, year: int = 2016, edition: str = "2014-xingyi", disclosed: Number | None = 1) -> SentReturn:
    figures = pack([disclosed if address == DISCLOSED else None for address in load_edition(edition).facts])
    return SentReturn(unit, "", edition, year, "", figures)


def receipt(file: str, sent: SentReturn | None) -> Receipt:
    if sent is None:
        return Receipt("", Status.UNREADABLE, file, "打不开")
    return Receipt(sent.unit, Status.RECEIVED, file, sent=sent)


def settle(*receipts: Receipt, roster: Roster = ROSTER) -> list[tuple[str, str, Status]]:
    return [(r.unit, r.file, r.status) for r in reconcile(receipts, roster, EDITION, 2016)]


def test_what_was_sent_in_order_is_received_and_the_rest_is_missing() -> None:
    assert settle(receipt("1", send("甲局")), receipt("2", send("旧乙局"))) == [
        ("甲局", "1", Status.RECEIVED),
        ("乙局", "2", Status.RECEIVED),
        ("丙局", "", Status.MISSING),
    ]


def test_a_file_that_cannot_count_is_set_aside_with_its_reason() -> None:
    settled = reconcile(
        [
            receipt("坏.xlsx", None),
            receipt("外.xlsx", send("丙局（新）")),
            receipt("旧版.xlsx", send("甲局", edition="2014")),
            receipt("去年.xlsx", send("乙局", year=2015)),
        ],
        ROSTER,
        EDITION,
        2016,
    )
    statuses = [r.status for r in settled]
    assert statuses[:4] == [Status.UNREADABLE, Status.STRANGER, Status.WRONG_EDITION, Status.WRONG_YEAR]
    assert all(r.detail for r in settled)
    assert [r.unit for r in settled[4:]] == ["甲局", "乙局", "丙局"]


def test_the_same_figures_sent_twice_count_once() -> None:
    settled = settle(receipt("1", send("甲局")), receipt("2", send("甲局")), roster=Roster())
    assert settled == [("甲局", "1", Status.RECEIVED), ("甲局", "2", Status.DUPLICATE)]


def test_different_figures_sent_twice_do_not_count_until_the_clerk_has_chosen() -> None:
    files = [receipt("1", send("甲局", disclosed=1)), receipt("2", send("甲局", disclosed=2))]
    settled = reconcile(files, Roster((Unit("甲局"),)), EDITION, 2016)
    assert [r.status for r in settled] == [Status.DUPLICATE, Status.DUPLICATE, Status.MISSING]
    assert "主动公开政府信息数”：1 与 2" in settled[0].detail


def test_each_difference_of_two_returns_is_named_up_to_three() -> None:
    edition = load_edition("2014-xingyi")
    one = SentReturn("甲局", "", edition.id, 2016, "", pack(range(len(edition.facts))))
    other = SentReturn("甲局", "", edition.id, 2016, "", pack([7, None, 2, 8, 9, *range(5, len(edition.facts))]))
    settled = reconcile([receipt("1", one), receipt("2", other)], Roster(), edition, 2016)
    names = list(edition.fact_names.values())
    assert f"（“{names[0]}”：0 与 7；“{names[1]}”：1 与 空白；“{names[3]}”：3 与 8 等 4 处）" in settled[0].detail
    assert settled[0].detail.startswith("同一单位还有“2”")


def test_a_unit_whose_files_cannot_count_is_missing_with_their_names() -> None:
    files = [receipt("旧版.xlsx", send("甲局", edition="2014")), receipt("去年.xlsx", send("甲局", year=2015))]
    *_, missing = reconcile(files, Roster((Unit("甲局"),)), EDITION, 2016)
    assert missing.status is Status.MISSING
    assert missing.detail == "收到的“旧版.xlsx”版式不符、“去年.xlsx”年度不符，未收到可用的报表，请催报"


def test_without_a_roster_every_named_unit_is_received() -> None:
    assert settle(receipt("1", send("丁局")), roster=Roster()) == [("丁局", "1", Status.RECEIVED)]
    assert settle(receipt("1", send("")), roster=Roster()) == [("", "1", Status.STRANGER)]


def test_the_receipts_prove_the_count_of_files_and_units() -> None:
    files = [receipt(str(number), send(unit)) for number, unit in enumerate(["甲局", "甲局", "外局", "丙局"])]
    settled = reconcile([*files, receipt("坏", None)], ROSTER, EDITION, 2016)
    assert Counter(r.file for r in settled if r.file) == Counter(["0", "1", "2", "3", "坏"])
    units = [r.unit for r in settled if r.status in (Status.RECEIVED, Status.MISSING)]
    assert sorted(units) == sorted(unit.name for unit in ROSTER.units)

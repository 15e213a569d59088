"""审核 of a roll-up: figures typed over in 分户表, and corrections that do not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from xl_disclosure.actions.breakdown_file import is_as_written, known_file
from xl_disclosure.actions.breakdown_lines import BreakdownLines
from xl_disclosure.actions.breakdown_sheet import SheetLine
from xl_disclosure.actions.clerk_book import ClerkBook
from xl_disclosure.actions.corrections_sheet import read_corrections
from xl_disclosure.actions.fact_lookup import find_fact
from xl_disclosure.actions.fill_plan import number_in
from xl_disclosure.actions.reading import read_roster
from xl_disclosure.actions.subtotals_check import check_subtotals
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.rollup.corrections import (
    CORRECTIONS,
    FindFigures,
    JudgedCorrection,
    check_corrections,
    judge_corrections,
)
from xl_disclosure.rollup.figures import Figures
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.rollup.totals import add_up
from xl_disclosure.workbook.layout import SUBTOTALS_SHEET, UNITS_FIRST_FACT_COLUMN, UNITS_SHEET, CellPlace, fact_places

OVERTYPED = "rollup.overtyped"
"""The id of the rule that the lines of 分户表 are as the roll-up wrote them."""

MOST_NAMED = 3
"""Of the figures of one line that were typed over."""

RESTORED = "本次汇总已恢复单位所报的数；确需改动的，在“更正”中写明原因"
TO_BE_RESTORED = "重新汇总，恢复单位所报的数；确需改动的，在“更正”中写明原因"


def check_rollup(clerk: ClerkBook) -> list[Finding]:
    """Return what is wrong with the sheets behind a roll-up; nothing where the workbook holds none."""
    known = known_file(clerk)
    lines = BreakdownLines(clerk)
    if known is not None and not is_as_written(known):
        return check_lines(clerk, lines, TO_BE_RESTORED)
    if known is None and not lines.in_order:
        return []
    judged = judge_entries(clerk, lines.figures_of, read_roster(None, clerk))
    waiting = _not_counted_yet(clerk.edition, judged.values(), lines)
    return [
        *check_lines(clerk, lines, TO_BE_RESTORED),
        *(waiting or check_corrections(clerk.edition, list(judged.values()))),
    ]


def check_lines(clerk: ClerkBook, lines: BreakdownLines, remedy: str) -> list[Finding]:
    """Return a finding for each line of 分户表, and each sum over the lines, that is not as the roll-up wrote it.

    Of lines in a file that is not as it was written, the file is told alone.
    """
    known = known_file(clerk)
    severity = clerk.edition.rules[OVERTYPED].severity
    if known is not None and not is_as_written(known):
        what = f"分户表的文件“{known.path.name}”不在工作簿旁边，或者汇总以后改动过"
        words = {"what": what, "remedy": "放回原来的文件，或重新汇总"}
        return [Finding(OVERTYPED, Outcome.FAILED, severity, words=words, place=Place(known.path.name))]
    findings = (
        [] if _is_as_left(clerk) else [*check_overtyped(clerk, lines, remedy), *_check_sums(clerk, lines, remedy)]
    )
    return findings or [Finding(OVERTYPED, Outcome.PASSED, severity)]


def _is_as_left(clerk: ClerkBook) -> bool:
    """Tell whether nobody has touched 分户表 and what adds it up since they were written, as far as that is known."""
    sheets = {place.sheet for place in fact_places(clerk.edition).values()}
    return all(map(clerk.book.is_as_left, [UNITS_SHEET, SUBTOTALS_SHEET, *sheets]))


def _check_sums(clerk: ClerkBook, lines: BreakdownLines, remedy: str) -> list[Finding]:
    totals = check_totals(clerk, [line.figures for line in lines.in_order], remedy)
    return [*totals, *check_subtotals(clerk, OVERTYPED, lines.by_row, remedy)]


def judge_entries(clerk: ClerkBook, find_figures: FindFigures, roster: Roster) -> dict[int, JudgedCorrection]:
    """Return the entries of 更正 by row, each adopted or with the reason why not."""
    entries = read_corrections(clerk)
    judged = judge_corrections(clerk.edition, entries.values(), find_figures, roster, partial(find_fact, clerk.edition))
    return dict(zip(entries, judged, strict=True))


def check_overtyped(clerk: ClerkBook, lines: BreakdownLines, remedy: str) -> list[Finding]:
    """Return a finding for each line in the workbook that is not as the roll-up wrote it."""
    severity = clerk.edition.rules[OVERTYPED].severity
    findings: list[Finding] = []
    for one in lines.in_sheet:
        if one.stands == one.written:
            continue
        what, facts = _difference(clerk.edition, one)
        column = UNITS_FIRST_FACT_COLUMN + (list(clerk.edition.facts).index(facts[0]) if facts else 0)
        place = clerk.place(CellPlace(UNITS_SHEET, one.row, column if facts else 0))
        words = {"what": what, "remedy": remedy}
        findings.append(Finding(OVERTYPED, Outcome.FAILED, severity, one.line.unit, facts, words=words, place=place))
    return findings


def check_totals(clerk: ClerkBook, lines: Sequence[Figures], remedy: str) -> list[Finding]:
    """Return a finding for each figure typed into the form that is not the sum of the lines; none without lines."""
    edition = clerk.edition
    try:
        form = clerk.read_form() if lines else {}
    except InputError:  # The form's rows were moved, which another rule tells.
        return []
    severity, places = edition.rules[OVERTYPED].severity, fact_places(edition)
    findings: list[Finding] = []
    for address, expected in zip(edition.facts, add_up(lines, len(edition.facts)), strict=True):
        if address not in form or form[address].formula or number_in(form[address]) == expected:
            continue
        found = form[address].text
        what = f"“{edition.fact_names[address]}”的合计被直接改动：各单位相加是{expected}，表中是{found or '空白'}"
        words, place = {"what": what, "remedy": remedy}, clerk.place(places[address])
        findings.append(Finding(OVERTYPED, Outcome.FAILED, severity, "", (address,), words=words, place=place))
    return findings


def _difference(edition: Edition, one: SheetLine) -> tuple[str, tuple[FactAddress, ...]]:
    """Return in words how a line differs from what was written, and the facts that were typed over."""
    count = len(edition.facts)
    stands, written = one.stands.split("|"), one.written.split("|")
    if not one.written:
        return "这一行不是汇总写入的，没有计入合计", ()
    if stands[:-count] != written[:-count]:
        return f"第 {one.row + 1} 行的单位、类别或次序被改动，汇总时是“{'、'.join(written[:-count])}”", ()
    names = list(edition.fact_names.items())
    changed = [
        (address, f"“{name}”由{before or '空白'}改成了{'公式' if now == '=' else now or '空白'}")
        for (address, name), before, now in zip(names, written[-count:], stands[-count:], strict=True)
        if before != now
    ]
    shown = "、".join(text for _, text in changed[:MOST_NAMED])
    more = f"等 {len(changed)} 处" if len(changed) > MOST_NAMED else ""
    return f"分户表的数被直接改动：{shown}{more}", tuple(address for address, _ in changed)


def _not_counted_yet(edition: Edition, judged: Iterable[JudgedCorrection], lines: BreakdownLines) -> list[Finding]:
    """Return a finding for each entry that may be adopted and was not there when the units were rolled up."""
    words = {"what": "填好的更正还没有计入合计", "remedy": "重新汇总"}
    severity = edition.rules[CORRECTIONS].severity
    findings: list[Finding] = []
    for one in judged:
        if one.is_adopted and one.address is not None and (one.unit, one.address) not in lines.corrected:
            place = one.entry.places["unit"]
            facts = (one.address,)
            findings.append(Finding(CORRECTIONS, Outcome.FAILED, severity, one.unit, facts, words=words, place=place))
    return findings

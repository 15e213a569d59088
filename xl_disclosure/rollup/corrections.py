"""更正: an office's corrections of a unit's figures, each with its reason, and whether they may be adopted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place
from xl_disclosure.forms.model import Edition, Fact, FactAddress
from xl_disclosure.returns.cells import read_cell
from xl_disclosure.returns.model import Number
from xl_disclosure.returns.sources.document import RawCell
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.rules.evaluate import Facts

CORRECTIONS = "rollup.corrections"
"""The id of the rule carried out here."""

LABELS: Mapping[str, str] = {"before": "原数", "after": "更正为"}

FindFact = Callable[[str], FactAddress | None]
"""Finds the fact that a clerk calls by name or address; None when no or no single one is called so."""

FindFigures = Callable[[str], Facts | None]
"""Finds what a unit of that name sent; None when it has no return in the total."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold one entry as typed: unit, fact, the figures from and to, why and by whom; its cells are by field."""

    unit: str
    fact: str
    before: RawCell | None
    after: RawCell | None
    reason: str
    by: str
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class JudgedCorrection:
    """Hold an entry with its unit and fact, what was sent and the difference it makes, or why it cannot count."""

    entry: Correction
    unit: str = ""
    address: FactAddress | None = None
    sent: Number | None = None
    difference: Number = 0
    finding: Finding | None = None

    @property
    def is_adopted(self) -> bool:
        """Tell whether it counts."""
        return self.finding is None


@dataclass(frozen=True, slots=True)
class Fault:
    """Say which field of an entry keeps it from counting, why, and what mends it."""

    field: str
    what: str
    remedy: str


def judge_corrections(
    edition: Edition,
    entries: Iterable[Correction],
    find_figures: FindFigures,
    roster: Roster,
    find_fact: FindFact,
) -> list[JudgedCorrection]:
    """Return each entry, adopted or with the reason why not."""
    judged: list[JudgedCorrection] = []
    adopted: dict[tuple[str, FactAddress], Correction] = {}
    for entry in entries:
        unit = roster.find(entry.unit)
        name, address = unit.name if unit is not None else entry.unit, find_fact(entry.fact)
        sent = find_figures(name)
        verdict = _judge(edition, replace(entry, unit=name), address, sent, roster)
        if address is not None and (earlier := adopted.get((name, address))) is not None:
            what = f"同一单位同一数据项在 {earlier.places['unit'].cell} 已有更正"
            verdict = Fault("unit", what, "只留下一条，把“更正为”改成最后的数")
        if isinstance(verdict, Fault):
            judged.append(JudgedCorrection(entry, name, address, finding=_failed(edition, entry, verdict)))
            continue
        if address is not None and sent is not None:
            adopted[name, address] = entry
            judged.append(JudgedCorrection(entry, name, address, sent.get(address), verdict))
    return judged


def check_corrections(edition: Edition, judged: Sequence[JudgedCorrection]) -> list[Finding]:
    """Return a finding for each entry that cannot be adopted; passed where all are or there is none."""
    failed = [one.finding for one in judged if one.finding is not None]
    return failed or [Finding(CORRECTIONS, Outcome.PASSED, edition.rules[CORRECTIONS].severity)]


def _judge(
    edition: Edition, entry: Correction, address: FactAddress | None, sent: Facts | None, roster: Roster
) -> Number | Fault:
    """Return the difference an entry makes, or why it cannot be adopted."""
    if not entry.unit:
        return Fault("unit", "没有写单位", "写明更正的是哪个单位")
    if sent is None:
        return _refuse_unit(entry.unit, roster)
    if address is None:
        return _refuse_fact(entry.fact)
    for field, text, label in (("reason", entry.reason, "原因"), ("by", entry.by, "更正人")):
        if not text:
            return Fault(field, f"没有写{label}", f"写明{label}，否则不能更正单位报来的数")
    return _judge_figures(entry, edition.facts[address], sent.get(address))


def _judge_figures(entry: Correction, fact: Fact, sent: Number | None) -> Number | Fault:
    before, after = _figure("before", entry.before, fact), _figure("after", entry.after, fact)
    if isinstance(before, Fault):
        return before
    if isinstance(after, Fault):
        return after
    return _difference(before, after, sent)


def _figure(field: str, raw: RawCell | None, fact: Fact) -> Number | Fault | None:
    """Return the figure typed, None for a blank one; only a plain number will do, others refer to it by formula."""
    if isinstance(raw, str):
        return Fault(field, f"“{LABELS[field]}”填的是“{raw}”，不是数", "只填数字，不写单位和文字")
    reading = read_cell(raw, fact.measure, fact.unit)
    if reading.slip is not None:
        return Fault(field, f"“{LABELS[field]}”{reading.slip.message}", reading.slip.remedy)
    return reading.value


def _difference(before: Number | None, after: Number | None, sent: Number | None) -> Number | Fault:
    if before != sent:
        remedy = f"核对单位报来的数；仍要更正的，把“原数”改为{_shown(sent)}"
        return Fault("before", f"原数写的是{_shown(before)}，单位所报是{_shown(sent)}", remedy)
    if after is None:
        return Fault("after", "没有写更正为多少", "在“更正为”写上正确的数；没有的写 0")
    if after == sent:
        return Fault("after", f"“更正为”与原数同为{_shown(sent)}", "改正“更正为”，或删去这一条")
    return after - (sent or 0)


def _refuse_unit(name: str, roster: Roster) -> Fault:
    if roster.find(name) is not None:
        what = f"“{name}”没有计入合计的报表（未报、未计入，或只作核对）"
        return Fault("unit", what, "收到报表后再更正；本级汇总数由更正它的下级来改")
    nearest = roster.nearest_name(name)
    remedy = f"改为“{nearest}”，或写单位名录中的名称" if nearest else "写单位名录中的名称"
    return Fault("unit", f"没有“{name}”这个单位", remedy)


def _refuse_fact(name: str) -> Fault:
    if not name:
        return Fault("fact", "没有写数据项", "从下拉列表中选一个数据项")
    return Fault("fact", f"没有“{name}”这个数据项", "从下拉列表中选，或写数据项的代码")


def _failed(edition: Edition, entry: Correction, fault: Fault) -> Finding:
    words = {"what": fault.what, "remedy": fault.remedy}
    severity = edition.rules[CORRECTIONS].severity
    return Finding(CORRECTIONS, Outcome.FAILED, severity, entry.unit, words=words, place=entry.places[fault.field])


def _shown(figure: Number | None) -> str:
    return "空白" if figure is None else str(figure)

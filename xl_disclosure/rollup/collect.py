"""The files of a folder, each accounted for exactly once against the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.listing import ListedFile
from xl_disclosure.rollup.roster import Roster
from xl_disclosure.rollup.sent import Refusal, Sent, SentReturn

MOST_NAMED = 3
"""Of the facts in which returns of one unit differ."""

Progress = Callable[[int, int], None]
"""Called with the number of files read and the number of all."""


class Status(StrEnum):
    """Say what became of a file, or of a unit that sent none."""

    RECEIVED = "received"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    STRANGER = "stranger"
    UNREADABLE = "unreadable"
    WRONG_EDITION = "wrong_edition"
    WRONG_YEAR = "wrong_year"

    __hash__ = str.__hash__  # That of an enumeration is written in Python and takes ten times as long.

    @property
    def chinese(self) -> str:
        """Return the wording clerks see."""
        return STATUS_WORDING[self]

    @property
    def remedy(self) -> str:
        """Return what the clerk does about it; blank for a return received."""
        return STATUS_REMEDIES.get(self, "")


STATUS_WORDING = {
    Status.RECEIVED: "已收",
    Status.MISSING: "未报",
    Status.DUPLICATE: "重复",
    Status.STRANGER: "名录外",
    Status.UNREADABLE: "无法读取",
    Status.WRONG_EDITION: "版式不符",
    Status.WRONG_YEAR: "年度不符",
}

STATUS_REMEDIES = {
    Status.MISSING: "催报，收到后重新汇总",
    Status.DUPLICATE: "只留下正确的一份，重新汇总",
    Status.STRANGER: "核对单位名称，或把它登记到单位名录（改过名的登记在曾用名）",
    Status.UNREADABLE: "请该单位重新报送，收到后重新汇总",
    Status.WRONG_EDITION: "退回该单位，用当年的版式重新填报",
    Status.WRONG_YEAR: "退回该单位，报送当年的报表",
}


LEADS_OUT = Refusal("这是指向文件夹以外的链接，没有读取", "把报表文件本身放进文件夹")


class Receipt(NamedTuple):
    """State what became of one file, or of one unit without a file.

    ``written`` is when the file was last written, in seconds since 1970.
    """

    unit: str
    status: Status
    file: str = ""
    detail: str = ""
    remedy: str = ""
    sent: SentReturn | None = None
    written: float | None = None


def files_inside(files: Sequence[ListedFile]) -> list[ListedFile]:
    """Return the files that are to be read: no link to somewhere outside the folder is followed."""
    return [file for file in files if not file.leads_out]


def receive(
    files: Sequence[ListedFile], records: Iterable[Sequence[Sent]], progress: Progress | None = None
) -> list[Receipt]:
    """Return a receipt for each file in order; ``records`` are of those inside the folder, some at a time."""
    outside = len(files) - len(files_inside(files))
    sent: list[Sent] = []
    for some in records:
        sent.extend(some)
        if progress is not None:
            progress(outside + len(sent), len(files))
    in_order = iter(sent)
    return [_receipt(file, LEADS_OUT if file.leads_out else next(in_order)) for file in files]


def _receipt(file: ListedFile, record: Sent) -> Receipt:
    if isinstance(record, Refusal):
        return Receipt("", Status.UNREADABLE, file.name, record.what, record.remedy, written=file.written)
    return Receipt(record.unit, Status.RECEIVED, file.name, sent=record, written=file.written)


def reconcile(receipts: Sequence[Receipt], roster: Roster, edition: Edition, year: int) -> list[Receipt]:
    """Hold what was read against the roster, the edition and the year.

    Returns the receipts of all files in order, then one for each unit of the roster that has none counted. Files of
    one unit with the same figures count once; with different figures none counts until the clerk has chosen.
    """
    judged = [_judge(receipt, roster, edition, year) for receipt in receipts]
    settled = _settle_duplicates(judged)
    counted = {receipt.unit for receipt in settled if receipt.status is Status.RECEIVED}
    useless: dict[str, list[Receipt]] = {}
    for receipt in settled:
        if receipt.unit not in counted:
            useless.setdefault(receipt.unit, []).append(receipt)
    for unit in roster.units:
        if unit.name not in counted:
            settled.append(Receipt(unit.name, Status.MISSING, detail=_why_missing(useless.get(unit.name, ()))))
    return settled


def _why_missing(useless: Sequence[Receipt]) -> str:
    """Return why a unit counts as missing, from the files of it that cannot count."""
    if any(receipt.status is Status.DUPLICATE for receipt in useless):
        return "收到几份不同的报表，尚未选定"
    if not useless:
        return "未收到可用的报表，请催报"
    files = "、".join(f"“{receipt.file}”{receipt.status.chinese}" for receipt in useless)
    return f"收到的{files}，未收到可用的报表，请催报"


def _judge(receipt: Receipt, roster: Roster, edition: Edition, year: int) -> Receipt:
    sent = receipt.sent
    if sent is None:
        return receipt
    name = sent.unit
    unit = roster.find(name, sent.unit_code)
    if unit is not None:
        if unit.name != name:
            receipt = receipt._replace(unit=unit.name, detail=f"报表上用名“{name}”")
    elif roster.units:
        nearest = roster.nearest_name(name)
        hint = f"；名录中相近的是“{nearest}”，如为同一单位请在曾用名中登记" if nearest else ""
        shown = f"“{name}”不在单位名录中" if name else "报表上没有单位名称"
        return receipt._replace(status=Status.STRANGER, detail=f"{shown}{hint}")
    elif not name:
        return receipt._replace(status=Status.STRANGER, detail="报表上没有单位名称，请在封面填写单位名称")
    if sent.edition != edition.id:
        theirs = load_edition(sent.edition)
        detail = f"用的是“{theirs.name}”，应为“{edition.name}”"
        return receipt._replace(status=Status.WRONG_EDITION, detail=detail)
    if sent.year != year:
        shown = f"{sent.year}年" if sent.year else "没有写明年度"
        return receipt._replace(status=Status.WRONG_YEAR, detail=f"报表年度为{shown}，应为{year}年")
    return receipt


def _settle_duplicates(receipts: Sequence[Receipt]) -> list[Receipt]:
    received = [receipt for receipt in receipts if receipt.status is Status.RECEIVED]
    counts = Counter(receipt.unit for receipt in received)
    groups: dict[str, list[Receipt]] = {unit: [] for unit, count in counts.items() if count > 1}
    for receipt in received:
        if receipt.unit in groups:
            groups[receipt.unit].append(receipt)
    return [
        _settle(receipt, groups[receipt.unit])
        if receipt.unit in groups and receipt.status is Status.RECEIVED
        else receipt
        for receipt in receipts
    ]


def _settle(receipt: Receipt, group: Sequence[Receipt]) -> Receipt:
    differing = _difference(group)
    if differing:
        others = "、".join(other.file for other in group if other is not receipt)
        detail = f"同一单位还有“{others}”，数字不同（{differing}），均未计入，请只留下一份"
        return receipt._replace(status=Status.DUPLICATE, detail=detail)
    if receipt is group[0]:
        return receipt
    return receipt._replace(status=Status.DUPLICATE, detail=f"与“{group[0].file}”数字相同，只计一次")


def _difference(group: Sequence[Receipt]) -> str:
    """Return in words where returns of one unit differ, a few facts by name; blank where they say the same."""
    sent = [receipt.sent for receipt in group if receipt.sent is not None]
    names = load_edition(sent[0].edition).fact_names.values()
    differing: list[str] = []
    for name, *figures in zip(names, *(one.figures for one in sent), strict=True):
        stated = dict.fromkeys(figures)
        if len(stated) > 1:
            differing.append(f"“{name}”：{' 与 '.join(_shown(figure) for figure in stated)}")
    more = f" 等 {len(differing)} 处" if len(differing) > MOST_NAMED else ""
    return "；".join(differing[:MOST_NAMED]) + more


def _shown(value: object) -> str:
    return "空白" if value is None else str(value)

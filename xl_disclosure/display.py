"""What each command shows of its result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from xl_disclosure.actions.breakdown_file import breakdown_path, stands_beside
from xl_disclosure.actions.breakdown_parquet import has_parquet
from xl_disclosure.actions.check import CheckResult
from xl_disclosure.actions.fill import FillResult
from xl_disclosure.actions.findings_sheet import NOT_RUN, SWITCHED_OFF, summarise
from xl_disclosure.actions.receipts_sheet import account_for, missing_units
from xl_disclosure.actions.report import ReportResult
from xl_disclosure.actions.restore import Restoration
from xl_disclosure.actions.restore import summarise as summarise_restoration
from xl_disclosure.actions.trace import TraceResult
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.checks.rule_list import list_rules
from xl_disclosure.checks.wording import SEVERITY_WORDING, fix, message
from xl_disclosure.console import complain, show, tell, tell_graded
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rollup.result import Rollup, RollupLine
from xl_disclosure.workbook.layout import FINDINGS_SHEET, RECEIPTS_SHEET

OPEN_END = 9999
"""The last year of an edition still in force."""

DIGITS_SHOWN = 12
"""Of a file's SHA-256, enough to tell files apart; --json gives them all."""

MOST_LINES = 100
"""Lines of one list that a terminal shows of a roll-up; the workbook has them all."""

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARN: "yellow", Severity.INFO: "blue"}


def print_files(files: Sequence[tuple[str, Path]]) -> None:
    """List what was produced and where it is."""
    table = _table("产出", "文件")
    for what, path in files:
        table.add_row(what, str(path))
    show(table)


def print_editions(editions: Sequence[Edition]) -> None:
    """List editions with their years and legal basis."""
    table = _table("版式", "名称", "适用年度", "依据")
    for edition in editions:
        last = "起" if edition.last_year == OPEN_END else f"—{edition.last_year}"
        table.add_row(edition.id, edition.name, f"{edition.first_year}{last}", edition.legal_basis)
    show(table)


def print_rules(edition: Edition) -> None:
    """List an edition's rules: id, level, what it demands, and on what it rests."""
    table = _table("规则", "级别", "要求", "依据")
    for line in list_rules(edition):
        table.add_row(line.id, line.severity, f"{line.name}：{line.demand}" if line.demand else line.name, line.basis)
    show(table)


def print_return(returned: Return, edition: Edition) -> None:
    """Show what was read: every figure with its place, then the problems."""
    tell(f"{returned.unit or '（没有单位名称）'}　{returned.year or '（没有年度）'}　{edition.name}")
    table = _table("位置", "指标", "数")
    for address, entry in returned.entries.items():
        shown = "" if entry.value is None else str(entry.value)
        table.add_row(f"{entry.place.sheet} {entry.place.cell}", edition.facts[address].name, shown)
    show(table)
    for problem in returned.problems:
        complain(f"{problem.place}：{problem.message}。处理办法：{problem.remedy}。")


def print_fill(result: FillResult) -> None:
    """Show each cell changed, from what to what, and each typed figure left alone."""
    if result.changes:
        table = _table("位置", "指标", "原为", "现为")
        for change in result.changes:
            table.add_row(f"{change.place.sheet} {change.place.a1}", change.name, change.before, change.after)
        show(table)
    tell(f"已填 {len(result.changes)} 格。" if result.changes else "没有需要改动的格。")
    for kept in result.kept:
        complain(
            f"{kept.place.sheet} {kept.place.a1} “{kept.name}”：手工填的是 {kept.before}，来源为 {kept.after}，未改动。"
            f"处理办法：如以来源为准，请清空该格后再填表。"
        )
    for note in result.notes:
        complain(note)


def print_restoration(restoration: Restoration) -> None:
    """Show what was restored, and what found no place."""
    for line in summarise_restoration(restoration).splitlines():
        tell(line)


def print_check(result: CheckResult) -> None:
    """Show one file's findings, the rules not run, and where the findings were written."""
    tell(f"{result.file}　{result.returned.unit}　{result.returned.year or ''}　{result.edition.name}")
    _print_matches(result)
    _print_findings(result.edition, result.failed)
    for (outcome, reason), rules in _by_reason(result.not_run).items():
        level = SWITCHED_OFF if outcome is Outcome.OFF else NOT_RUN
        tell(f"　{level}：{'、'.join(rules)}（{reason}）")
    tell(summarise(result.failed, result.not_run))
    if result.was_written:
        tell("已写入工作簿的“审核结果”。")
    elif result.is_doubtful:
        tell("表中有须先改正的单元格，没有写入文件。")


def print_report(result: ReportResult) -> None:
    """Show the files of a report, and whether anything still blocks it."""
    for path in result.files:
        tell(f"已生成 {path}")
    tell(f"审核：{summarise(result.check.failed, result.check.not_run)}，已写入工作簿的“审核结果”。")
    if result.is_draft:
        tell("还有没有改正的错误，报告每页标有“草稿”；改正后重新生成。")


def print_rollup(rollup: Rollup) -> None:
    """Show what became of every unit and file, and the findings: of thousands, as many as can be read."""
    _print_receipts(rollup.lines)
    _print_findings(rollup.edition, rollup.failed[:MOST_LINES])
    _tell_of_others(len(rollup.failed), "项", FINDINGS_SHEET)
    tell(account_for(rollup))
    _print_reminders(rollup)
    tell(f"已汇总到 {rollup.output}")
    if stands_beside(rollup.breakdown):
        tell(f"分户表有 {len(rollup.breakdown)} 行，另存为 {breakdown_path(rollup.output)}，请与工作簿放在同一文件夹。")
        if not has_parquet():
            tell("没有安装 pyarrow，没有写供程序读取的 .parquet；需要的，先运行 pip install 'xl-disclosure[large]'。")


def _print_receipts(lines: Sequence[RollupLine]) -> None:
    table = _table("单位", "收表状态", "文件", "情况说明", "错误", "提示")
    for line in lines[:MOST_LINES]:
        receipt = line.receipt
        counts = (str(line.errors), str(line.warnings)) if receipt.sent else ("", "")
        table.add_row(receipt.unit, receipt.status.chinese, receipt.file, receipt.detail, *counts)
    show(table)
    _tell_of_others(len(lines), "行", RECEIPTS_SHEET)


def _tell_of_others(count: int, counter: str, sheet: str) -> None:
    if count > MOST_LINES:
        tell(f"另有 {count - MOST_LINES} {counter}没有在这里列出，见工作簿的“{sheet}”。")


def print_trace(result: TraceResult) -> None:
    """Show each unit behind a figure, what the parts come to, and whether the cell says the same."""
    trace = result.trace
    table = _table("单位", "文件", "文件指纹", "所报", "更正", "更正原因")
    for part in trace.parts:
        figures = (_figure(part.figure), _figure(part.correction))
        table.add_row(part.unit, part.file, part.digest[:DIGITS_SHOWN], *figures, part.reason)
    show(table)
    corrected = f"，更正 {trace.corrections:+}" if trace.corrections is not None else ""
    own_sum, whole, shown = (_figure(figure) or "空白" for figure in (trace.own_sum, trace.sum, trace.shown))
    name = f"{result.place.sheet} {result.place.a1} “{result.edition.fact_names[result.address]}”"
    tell(f"{name}：{len(trace.parts)} 个单位所报合计 {own_sum}{corrected}，共 {whole}。")
    if trace.agrees:
        tell("与表中的数相等。")
    else:
        complain(f"表中的数是 {shown}，不相等。处理办法：重新汇总，或在 Excel 中重新计算后保存。")


def _figure(figure: Number | None) -> str:
    return "" if figure is None else str(figure)


def _print_reminders(rollup: Rollup) -> None:
    """List the units without a usable return, with whom to call."""
    missing = missing_units(rollup)
    if not missing:
        return
    table = _table("催报", "上级单位", "联系人", "电话")
    for unit in missing[:MOST_LINES]:
        table.add_row(unit.name, unit.parent, unit.contact, unit.phone)
    show(table)
    _tell_of_others(len(missing), "个单位", RECEIPTS_SHEET)


def _print_matches(result: CheckResult) -> None:
    """List the figures of the text that were held against the form."""
    if not result.matches:
        return
    table = _table("正文", "数", "表中的指标", "表中的数")
    for match in result.matches:
        names = "、".join(result.edition.facts[address].name for address in match.facts)
        table.add_row(match.words, str(match.value), names, "" if match.expected is None else str(match.expected))
    show(table)


def _print_findings(edition: Edition, findings: Sequence[Finding]) -> None:
    for finding in findings:
        unit = f"{finding.unit}：" if finding.unit else ""
        where = f"{finding.place}：" if finding.place is not None else ""
        text = f"{unit}{where}{message(edition, finding)}（{finding.rule}）"
        tell_graded(f"【{SEVERITY_WORDING[finding.severity]}】", SEVERITY_STYLES[finding.severity], text)
        if remedy := fix(edition, finding):
            tell(f"　　处理办法：{remedy}")


def _by_reason(skipped: Sequence[Finding]) -> dict[tuple[Outcome, str], list[str]]:
    reasons: dict[tuple[Outcome, str], list[str]] = {}
    for finding in skipped:
        rules = reasons.setdefault((finding.outcome, finding.reason), [])
        if finding.rule not in rules:
            rules.append(finding.rule)
    return reasons


def _table(*headings: str) -> Table:
    table = Table(*headings, show_lines=False, header_style="bold")
    for column in table.columns:
        column.overflow = "fold"
    return table

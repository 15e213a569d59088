"""An office's own will: rules switched off, graded otherwise or added, each with a reason, a name and dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from xl_disclosure.errors import Place, RuleError
from xl_disclosure.forms.decode import decode, nearest, refuse
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import Basis, RuleSource, Severity, Span

SETTINGS_FILE = "审核设置.toml"
"""Stands beside the workbook."""

OWN_PREFIX = "own."
"""Opens the id of every rule an office adds, so that it never passes for an official one."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Switch a rule off or grade it otherwise; ``since`` and ``until`` are days of checking, both included."""

    rule: str
    reason: str
    by: str
    off: bool = False
    severity: Severity | None = None
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class OwnRule:
    """Add a rule; it begins as 提示 and becomes 错误 only by an adjustment with a reason of its own."""

    id: str
    name: str
    check: str
    reason: str
    by: str
    when: str = ""
    tables: tuple[str, ...] = ()
    over: Span = Span.ONCE
    only: tuple[str, ...] = ()
    remedy: str = ""
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Hold what one settings file states."""

    adjust: tuple[Adjustment, ...] = ()
    add: tuple[OwnRule, ...] = ()


@dataclass(frozen=True, slots=True)
class AppliedSettings:
    """Hold an edition as an office wants it, and why each rule it switched off is not run, by the rule's id."""

    edition: Edition
    switched_off: Mapping[str, str] = field(default_factory=dict)


def read_settings(folder: Path) -> OfficeSettings:
    """Read the settings that stand in a workbook's folder; empty where there are none.

    Raises RuleError naming file, key and remedy for settings that are malformed.
    """
    path = folder / SETTINGS_FILE
    if not path.is_file():
        return OfficeSettings()
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(
            f"不是合乎语法的 TOML（{error}）", "按提示的行列改正，用 UTF-8 编码保存", Place(str(path))
        ) from error
    settings = decode(OfficeSettings, record, str(path), "审核设置")
    _vet(settings, str(path))
    return settings


def apply_settings(edition: Edition, settings: OfficeSettings, day: date) -> AppliedSettings:
    """Return an edition with an office's settings of that day.

    Raises RuleError for an adjustment of a rule that the edition does not have.
    """
    rules = dict(edition.rules)
    for own in settings.add:
        if own.since <= day <= own.until:
            rules[own.id] = _as_source(own)
    switched_off: dict[str, str] = {}
    for adjustment in settings.adjust:
        if not adjustment.since <= day <= adjustment.until:
            continue
        source = _find(adjustment.rule, rules)
        if adjustment.off:
            switched_off[source.id] = f"由{adjustment.by}停用：{adjustment.reason}"
        elif adjustment.severity is not None:
            why = f"由{adjustment.by}改定级别：{adjustment.reason}"
            stated = "；".join(part for part in (source.source, why) if part)
            rules[source.id] = replace(source, severity=adjustment.severity, source=stated)
    if rules == edition.rules and not switched_off:
        return AppliedSettings(edition)
    kept = {rule_id: source for rule_id, source in rules.items() if rule_id not in switched_off}
    return AppliedSettings(replace(edition, rules={**kept, **_off(rules, switched_off)}), switched_off)


def _off(rules: Mapping[str, RuleSource], switched_off: Mapping[str, str]) -> dict[str, RuleSource]:
    """Return the rules switched off, without their expression, so that their names can still be told."""
    return {rule_id: replace(rules[rule_id], check="", when="") for rule_id in switched_off}


def _as_source(own: OwnRule) -> RuleSource:
    return RuleSource(
        own.id,
        own.name,
        Severity.WARN,
        Basis.OFFICE,
        check=own.check,
        when=own.when,
        tables=own.tables,
        over=own.over,
        only=own.only,
        remedy=own.remedy or "核对这几项",
        source=f"由{own.by}增加：{own.reason}",
    )


def _find(rule_id: str, rules: Mapping[str, RuleSource]) -> RuleSource:
    if rule_id in rules:
        return rules[rule_id]
    suggestion = nearest(rule_id, rules)
    remedy = f"改为 {suggestion}" if suggestion else "用 xl-disclosure rules 查看规则编号"
    raise refuse(SETTINGS_FILE, f"adjust.{rule_id}", "没有这条规则", remedy)


def _vet(settings: OfficeSettings, file: str) -> None:
    for own in settings.add:
        if not own.id.startswith(OWN_PREFIX):
            raise refuse(file, f"add.{own.id}", f"自定规则的编号应以 {OWN_PREFIX} 开头", f"改为 {OWN_PREFIX}{own.id}")
    for adjustment in settings.adjust:
        if adjustment.off == (adjustment.severity is not None):
            raise refuse(file, f"adjust.{adjustment.rule}", "应写 off = true 或 severity 之一", "只留一个")

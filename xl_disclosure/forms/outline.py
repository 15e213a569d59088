"""What an edition's narrative outline names, held against its form."""

from __future__ import annotations

from xl_disclosure.forms.decode import nearest, refuse
from xl_disclosure.forms.holdings import check_holding
from xl_disclosure.forms.model import Edition, Row, Table


def check_outline(edition: Edition, file: str) -> None:
    """Raise RuleError, with file, key and remedy, where an outline names a sheet, row, fact or chapter there is not."""
    outline = edition.outline
    form_sheets = [sheet.name for sheet in edition.sheets]
    for section in outline.sections:
        if section.sheet:
            _require(section.sheet, form_sheets, file, f"sections.{section.code}.sheet", "表")
    for name, meant in outline.names.items():
        if named_row(edition, meant) is None:
            check_holding(edition, meant, file, f"names.{name}")
    sections = [section.code for section in outline.sections]
    for breakdown in outline.breakdowns:
        key = f"breakdowns.{breakdown.code}"
        for label, holding in breakdown.parts.items():
            check_holding(edition, holding, file, f"{key}.parts.{label}")
        if breakdown.section:
            _require(breakdown.section, sections, file, f"{key}.section", "章")
    for trend in outline.trends:
        key = f"trends.{trend.code}"
        for label, holding in trend.lines.items():
            check_holding(edition, holding, file, f"{key}.lines.{label}")
        _require(trend.section, sections, file, f"{key}.section", "章")


def named_row(edition: Edition, meant: str) -> tuple[Table, Row] | None:
    """Return the row that a short name stands for, such as ``requests.received``; None where it names none."""
    table_code, _, row_code = meant.partition(".")
    table = edition.tables.get(table_code)
    rows = table.rows if table is not None else ()
    return next(((table, row) for row in rows if table is not None and row.code == row_code), None)


def _require(name: str, known: list[str], file: str, key: str, kind: str) -> None:
    if name in known:
        return
    suggestion = nearest(name, known)
    remedy = f"改为 {suggestion}" if suggestion else f"改为下列之一：{'、'.join(known)}"
    raise refuse(file, key, f"没有名为 {name} 的{kind}", remedy)

"""A workbook's bytes with sheets as they were written, and what depends on them put right."""

from __future__ import annotations

from collections.abc import Mapping

from xl_disclosure.workbook.parts.calculation_chain import KIND as CALCULATION_CHAIN
from xl_disclosure.workbook.parts.calculation_chain import drop_entries, forget_part
from xl_disclosure.workbook.parts.package import Package, PartContent
from xl_disclosure.workbook.parts.sheet_xml import SheetXml
from xl_disclosure.workbook.parts.workbook_xml import WorkbookXml, request_recalculation


def with_written_sheets(package: Package, workbook: WorkbookXml, sheets: Mapping[str, SheetXml]) -> bytes:
    """Return the workbook with sheets, by name, as they are now; Excel calculates formulas anew on opening it.

    Cells that hold a formula no more leave the chain in which Excel calculates. Raises InputError for a damaged part.
    """
    changed: dict[str, PartContent] = {workbook.sheets[name].part: sheet.to_content() for name, sheet in sheets.items()}
    recalculated = request_recalculation(workbook.text)
    if recalculated != workbook.text:
        changed[workbook.part] = recalculated.encode()
    chain = workbook.related.get(CALCULATION_CHAIN)
    gone = {workbook.sheets[name].id: sheet.formulas_gone for name, sheet in sheets.items()}
    if chain is None or not any(gone.values()):
        return package.with_parts(changed)
    remaining = drop_entries(package.read_xml(chain), gone)
    if remaining:
        return package.with_parts(changed | {chain: remaining.encode()})
    return package.with_parts(changed | forget_part(package, chain, workbook.part), removed=[chain])

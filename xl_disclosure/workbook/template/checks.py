"""The live checks of a form sheet: failed cells turn red, and below the form each rule says how it stands.

The instances of the rules stand in a hidden column of the same sheet, because conditional formats of older Excel
cannot look at another sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from xl_disclosure.cell_names import column_letters
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.forms.rules import Severity
from xl_disclosure.rules.cell_ranges import join_cells
from xl_disclosure.rules.wording import describe_rule, scope_name
from xl_disclosure.workbook.layout import FORM_FIRST_ROW, SUBTITLE_ROW, fact_places
from xl_disclosure.workbook.template.form_page import FormPage
from xl_disclosure.workbook.template.live_rules import LiveRule
from xl_disclosure.workbook.template.styles import Style
from xl_disclosure.workbook.text_fit import fitting_height

_CROSS = "✗"
_WELL = "✓ 相符"
_NOT_RUN = "— 没有填齐，或不适用"
_ALL_WELL = "✓ 勾稽关系全部相符"
_NOTHING_RUN = "— 还没有填数"
_COLOURS: Mapping[Severity, Style] = {
    Severity.ERROR: Style.FAILED,
    Severity.WARN: Style.NOTEWORTHY,
    Severity.INFO: Style.INFORMATIVE,
}
_WORDS: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARN: "提示", Severity.INFO: "参考"}
_TEXT_SHARE = 0.62
"""How much of the printed width the sentence of a rule takes; how it stands has the rest."""


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """Hold one live rule and the row of the hidden column that holds its instance."""

    live: LiveRule
    row: int
    letters: str

    @property
    def cell(self) -> str:
        """Return the reference of its cell."""
        return f"{self.letters}{self.row + 1}"

    @property
    def fixed_cell(self) -> str:
        """Return the reference of its cell that is the same from wherever it is read."""
        return f"${self.letters}${self.row + 1}"


def write_checks(form_page: FormPage, rules: Sequence[LiveRule]) -> None:
    """Write the rules' instances, the colours that follow from them, and the lines that say how they stand."""
    placed = _write_instances(form_page, rules)
    _colour_facts(form_page, placed)
    row = form_page.last_row + 2
    _write_status(form_page, placed, row)
    for _, group in groupby(placed, key=lambda one: one.live.rule.id):
        row += 1
        _write_rule(form_page, list(group), row)


def _write_instances(form_page: FormPage, rules: Sequence[LiveRule]) -> list[PlacedRule]:
    sheet, column = form_page.page.sheet, form_page.note_column + 1
    letters = column_letters(column)
    sheet.set_column(column, column, None, None, {"hidden": True})
    placed = [PlacedRule(live, FORM_FIRST_ROW + number, letters) for number, live in enumerate(rules)]
    for one in placed:
        sheet.write_formula(one.row, column, one.live.formula, form_page.page.styles[Style.PLAIN], "")
    return placed


def _colour_facts(form_page: FormPage, placed: Sequence[PlacedRule]) -> None:
    """Colour every fact by the gravest rule that fails on it; facts under the same rules share one format."""
    for severity, style in _COLOURS.items():
        cells: dict[tuple[str, ...], list[str]] = {}
        for address, place in _own_places(form_page).items():
            on_it = (one for one in placed if one.live.rule.source.severity is severity)
            failing = tuple(f"{one.fixed_cell}=FALSE" for one in on_it if address in one.live.rule.facts)
            if failing:
                cells.setdefault(failing, []).append(place)
        for failing, together in cells.items():
            _colour(form_page, together, f"=OR({','.join(failing)})", style)


def _colour(form_page: FormPage, cells: Sequence[str], formula: str, style: Style) -> None:
    rule = {
        "type": "formula",
        "criteria": formula,
        "format": form_page.page.styles[style],
        "stop_if_true": True,
        "multi_range": " ".join(cells),
    }
    form_page.page.sheet.conditional_format(cells[0], rule)


def _own_places(form_page: FormPage) -> Mapping[FactAddress, str]:
    places = fact_places(form_page.page.edition)
    return {cell.address: places[cell.address].a1 for cell in form_page.grid.cells if cell.address is not None}


def _write_status(form_page: FormPage, placed: Sequence[PlacedRule], row: int) -> None:
    page = form_page.page
    style = page.styles[Style.STATUS]
    entries = [cell for address, cell in _own_places(form_page).items() if address not in form_page.formulas]
    blank = f"{len(entries)}-COUNT({join_cells(entries)})"
    still_blank = f'IF({blank}=0,"","　还有 "&{blank}&" 格没有填")'
    shown = f"　还有 {len(entries)} 格没有填"
    page.sheet.set_row(row, 24)
    page.sheet.merge_range(row, 0, row, form_page.last_column, "", style)
    page.sheet.write_formula(row, 0, f"={_summary(placed)}&{still_blank}", style, _NOTHING_RUN + shown)
    page.sheet.write_formula(SUBTITLE_ROW, form_page.note_column, f"=$A${row + 1}", style, _NOTHING_RUN + shown)
    for cell in (f"A{row + 1}", f"{column_letters(form_page.note_column)}{SUBTITLE_ROW + 1}"):
        for word, colour in ((_WORDS[Severity.ERROR], Style.FAILED), (_CROSS, Style.NOTEWORTHY)):
            found = {"type": "text", "criteria": "containing", "value": word, "stop_if_true": True}
            page.sheet.conditional_format(cell, {**found, "format": page.styles[colour]})


def _summary(placed: Sequence[PlacedRule]) -> str:
    """Return the formula that counts the failures by severity, or says that there are none."""
    counts: list[str] = []
    for severity, word in _WORDS.items():
        cells = [one.cell for one in placed if one.live.rule.source.severity is severity]
        if cells:
            failures = _count(cells, "FALSE")
            counts.append(f'IF({failures}=0,""," {word} "&{failures}&" 处")')
    if not counts:
        return f'"{_ALL_WELL}"'
    failed = "&".join(counts)
    well = f'IF({_count([one.cell for one in placed], "TRUE")}=0,"{_NOTHING_RUN}","{_ALL_WELL}")'
    return f'IF({failed}="",{well},"{_CROSS} 不相符："&{failed})'


def _count(cells: Sequence[str], truth: str) -> str:
    """Return the formula that counts how many of the cells hold a truth value."""
    return "+".join(f"COUNTIF({run},{truth})" for run in join_cells(cells).split(","))


def _write_rule(form_page: FormPage, group: Sequence[PlacedRule], row: int) -> None:
    page, split = form_page.page, _split(form_page)
    source = group[0].live.rule.source
    text = f"{_WORDS[source.severity]}  {source.name}：{describe_rule(group[0].live.rule)}"
    page.sheet.set_row(row, fitting_height(text, sum(form_page.widths[:split]), 9.5))
    _write_across(form_page, row, (0, split - 1), text, Style.CHECK_TEXT)
    _write_across(form_page, row, (split, form_page.last_column), _NOT_RUN, Style.CHECK_RESULT)
    result = page.styles[Style.CHECK_RESULT]
    page.sheet.write_formula(row, split, f"={_standing(group)}", result, _NOT_RUN)
    failed = {
        "type": "text",
        "criteria": "begins with",
        "value": _CROSS,
        "format": page.styles[_COLOURS[source.severity]],
    }
    page.sheet.conditional_format(row, split, row, split, failed)


def _standing(group: Sequence[PlacedRule]) -> str:
    """Return the formula that says how a rule stands, naming the columns or rows on which it fails."""
    cells = f"{group[0].cell}:{group[-1].cell}"
    names = "".join(
        f'&IF({one.cell}=FALSE," {scope_name(one.live.rule)}","")' for one in group if scope_name(one.live.rule)
    )
    well = f'IF(COUNTIF({cells},TRUE)=0,"{_NOT_RUN}","{_WELL}")'
    return f'IF(COUNTIF({cells},FALSE)=0,{well},"{_CROSS} 不符"{names})'


def _write_across(form_page: FormPage, row: int, columns: tuple[int, int], text: str, style: Style) -> None:
    first, last = columns
    written = form_page.page.styles[style]
    if first == last:
        form_page.page.sheet.write_string(row, first, text, written)
    else:
        form_page.page.sheet.merge_range(row, first, row, last, text, written)


def _split(form_page: FormPage) -> int:
    """Return the first column of what says how a rule stands."""
    width, total = 0.0, sum(form_page.widths)
    for column, own in enumerate(form_page.widths[:-1]):
        width += own
        if width >= total * _TEXT_SHARE:
            return column + 1
    return form_page.last_column

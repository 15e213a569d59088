"""The seed, a real report, as its clerk would have kept it in the workbook: text with fields, and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.narrative.samples import facts_of, returned_of, text_row
from tests.reference import Reference
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.narrative.build import build_report
from xl_disclosure.narrative.chapters import TextRow
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.report import Report
from xl_disclosure.returns.model import Number

TEXT = "xingyi-2016-report.txt"
RECORD = "xingyi_2016"

_CHAPTER = re.compile(r"[一二三四五]、")
_SIGNATURE = re.compile(r"(单位负责人|审核人|填报人|联系电话|填报日期):\s*(\S+)")
_SIGNATURE_CODES = {
    "单位负责人": "head",
    "审核人": "reviewer",
    "填报人": "preparer",
    "联系电话": "phone",
    "填报日期": "date",
}
_COLUMN_COUNT = re.compile(r"(?:其中|^)?([^;,]{4,}?)(?:栏目|公开|(?=\d))[^;,]*?(\d+)条")
_CELLS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Seed:
    """Hold the seed's lines, up to its annex and from it."""

    narrative: tuple[str, ...]
    annex: tuple[str, ...]
    unit: str
    year: int
    facts: dict[str, Number | None]

    @property
    def cover(self) -> dict[str, str]:
        """Return what the seed is signed with."""
        signed = "\n".join(self.annex)
        return {_SIGNATURE_CODES[found[1]]: found[2] for found in _SIGNATURE.finditer(signed)}

    @property
    def annex_head(self) -> list[str]:
        """Return the lines above the table."""
        return list(self.annex[: self.annex.index(self._first_cell)])

    @property
    def table(self) -> list[list[str]]:
        """Return the table, a list of cells a row."""
        cells = "".join(self.annex[self.annex.index(self._first_cell) :]).split("|")
        signed = next(number for number, cell in enumerate(cells) if cell.startswith("单位负责人"))
        return [cells[start : start + _CELLS_IN_A_ROW] for start in range(0, signed, _CELLS_IN_A_ROW)]

    @property
    def signatures(self) -> str:
        """Return the text of the signature lines below the table."""
        text = "".join(self.annex)
        return text[text.index("单位负责人") :].replace("|", "")

    @property
    def _first_cell(self) -> str:
        return next(line for line in self.annex if line.endswith("|"))


def squeezed(text: str) -> str:
    """Return the text without white space."""
    return re.sub(r"\s+", "", text)


def squeezed_lines(lines: list[str]) -> list[str]:
    return [squeezed(line) for line in lines if squeezed(line)]


def read_seed(reference: Reference) -> Seed:
    """Return the seed from the reference material."""
    lines = reference.text(TEXT).splitlines()
    annex = next(number for number, line in enumerate(lines) if line.startswith("附件"))
    record = reference.report(RECORD)
    return Seed(tuple(lines[:annex]), tuple(lines[annex:]), record["unit"], record["year"], facts_of(record))


def column_counts(seed: Seed) -> dict[str, int]:
    """Return the counts per website column that the text names."""
    return {found[1]: int(found[2]) for line in seed.narrative for found in _counts_in(line)}


def rows_of(seed: Seed) -> tuple[TextRow, ...]:
    """Return the seed's text as lines of 报告正文, every figure replaced by the field it comes from."""
    rows: list[TextRow] = []
    section = ""
    for number, line in enumerate(seed.narrative, start=4):
        if _CHAPTER.match(line):
            section = line
        else:
            rows.append(text_row(_with_fields(line, seed), section=section, line=number))
    return tuple(rows)


def report_of_seed(seed: Seed, **changes: Number) -> Report:
    """Return the seed's report, made from its facts; ``changes`` are rows whose figure is another."""
    edition = load_edition("2014-xingyi")
    facts = {**seed.facts, **{f"statistics.{row}.count": value for row, value in changes.items()}}
    returned = returned_of(edition, facts, unit=seed.unit, year=seed.year, cover=seed.cover)
    return build_report(edition, returned, rows_of(seed), Context(column_counts(seed)))


def _counts_in(line: str) -> Iterator[re.Match[str]]:
    for clause in re.split(r"[;；]", line):
        found = _COLUMN_COUNT.search(clause.rpartition("其中")[2])
        if found:
            yield found


def _with_fields(line: str, seed: Seed) -> str:
    for found in _counts_in(line):
        clause = found[0]
        line = line.replace(clause, clause.replace(f"{found[2]}条", f"{{{{ 栏目.{found[1]} }}}}条"))
    line = line.replace(str(seed.year), "{{ year }}")
    return re.sub(r"\d+(?=名兼职)", "{{ statistics.staff_part_time.count }}", line)

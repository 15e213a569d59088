"""追溯: the units and files behind one figure of a roll-up, and whether they come to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.breakdown import BreakdownLine


@dataclass(frozen=True, slots=True)
class TracePart:
    """Hold what one unit adds: its own figure, by how much the office corrected it, and why.

    ``digest`` is the SHA-256 of the file in hexadecimal digits; blank where the workbook does not say.
    """

    unit: str
    file: str
    digest: str
    figure: Number | None
    correction: Number | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Hold the parts of a figure and what the workbook shows in its cell; None where that is blank or no number."""

    parts: tuple[TracePart, ...]
    shown: Number | None

    @property
    def own_sum(self) -> Number | None:
        """Return the sum of the units' own figures; None where no unit has one."""
        return _add(part.figure for part in self.parts)

    @property
    def corrections(self) -> Number | None:
        """Return the sum of the corrections; None where there is none."""
        return _add(part.correction for part in self.parts)

    @property
    def sum(self) -> Number | None:
        """Return what the parts come to; None where none has a figure."""
        return _add((self.own_sum, self.corrections))

    @property
    def agrees(self) -> bool:
        """Tell whether the cell shows what the parts come to."""
        return self.sum == self.shown


def trace_figure(
    lines: Sequence[BreakdownLine], number: int, digests: Mapping[str, str], reasons: Mapping[str, str]
) -> tuple[TracePart, ...]:
    """Return what each line of 分户表 adds to the fact of that number in the edition's order.

    ``digests`` are by file; ``reasons`` say by unit why the fact was corrected.
    """
    corrections = {line.unit: line.figures[number] for line in lines if line.is_correction}
    parts: list[TracePart] = []
    for line in lines:
        if line.is_correction:
            continue
        correction = corrections.get(line.unit)
        reason = reasons.get(line.unit, "") if correction is not None else ""
        digest = digests.get(line.file, "")
        parts.append(TracePart(line.unit, line.file, digest, line.figures[number], correction, reason))
    return tuple(parts)


def _add(figures: Iterable[Number | None]) -> Number | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None

"""The pictures of a report: what each shows, whatever kind of document it is drawn in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xl_disclosure.forms.holdings import holding_terms
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.narrative import Breakdown, Section, Trend
from xl_disclosure.narrative.context import Context
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.figures import plain
from xl_disclosure.returns.model import Number

LONGEST_TREND = 5
FEWEST_YEARS = 3
"""A development is shown over so many years in a row, the reporting year the last."""


@dataclass(frozen=True, slots=True)
class Series:
    """Hold one row of bars: a value for each category of its chart."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold one bar chart; ``code`` tells it from the others of a report.

    ``is_upright``: bars stand side by side, as years do, rather than below each other.
    ``description`` says in words all that the picture shows, for those who cannot see it.
    """

    code: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_upright: bool
    description: str

    @property
    def can_be_drawn(self) -> bool:
        """Tell whether there is anything to draw: no figure is negative, and not all are 0."""
        return self.largest > 0 and all(value >= 0 for series in self.series for value in series.values)

    @property
    def largest(self) -> Number:
        """Return the greatest value shown."""
        return max(max(series.values) for series in self.series)


@dataclass(frozen=True, slots=True)
class ChartSource:
    """Hold what charts are made from."""

    edition: Edition
    year: int
    fields: Fields
    context: Context

    def charts_in(self, section: Section) -> tuple[Chart, ...]:
        """Return the charts of a chapter; none where a figure is missing or negative, or all are 0."""
        return tuple(chart for chart in self._candidates(section) if chart is not None and chart.can_be_drawn)

    def _candidates(self, section: Section) -> Iterator[Chart | None]:
        outline = self.edition.outline
        yield from (self._parts(part) for part in outline.breakdowns if part.section == section.code)
        yield from (self._years(trend) for trend in outline.trends if trend.section == section.code)

    def _parts(self, breakdown: Breakdown) -> Chart | None:
        figures = [self._figure(holding) for holding in breakdown.parts.values()]
        known = tuple(figure for figure in figures if figure is not None)
        if len(known) < len(figures):
            return None
        unit = self._unit(next(iter(breakdown.parts.values())))
        series = (Series(breakdown.name, known),)
        title = f"{self.year}年{breakdown.title}"
        description = _describe(unit, tuple(breakdown.parts), series)
        code = f"parts-{breakdown.code}"
        return Chart(code, title, unit, tuple(breakdown.parts), series, is_upright=False, description=description)

    def _years(self, trend: Trend) -> Chart | None:
        years = [self.year]
        rows = {label: [self._figure(holding)] for label, holding in trend.lines.items()}
        for year in range(self.year - 1, self.year - LONGEST_TREND, -1):
            earlier = {label: self._earlier(year, holding) for label, holding in trend.lines.items()}
            if None in earlier.values():
                break
            years.insert(0, year)
            for label, figure in earlier.items():
                rows[label].insert(0, figure)
        series = tuple(
            Series(label, tuple(figure for figure in figures if figure is not None)) for label, figures in rows.items()
        )
        if len(years) < FEWEST_YEARS or any(len(line.values) < len(years) for line in series):
            return None
        unit = self._unit(next(iter(trend.lines.values())))
        title = f"{years[0]}—{years[-1]}年{trend.title}"
        names = tuple(f"{year}年" for year in years)
        description = _describe(unit, names, series)
        return Chart(f"years-{trend.code}", title, unit, names, series, is_upright=True, description=description)

    def _figure(self, holding: str) -> Number | None:
        figures = [self.fields[address].figure for term in holding_terms(self.edition, holding) for address in term]
        return _sum_of_all(figures)

    def _earlier(self, year: int, holding: str) -> Number | None:
        known = self.context.earlier.get(year, {})
        terms = holding_terms(self.edition, holding)
        return _sum_of_all([known.get(address) for term in terms for address in term])

    def _unit(self, holding: str) -> str:
        return self.edition.facts[holding_terms(self.edition, holding)[0][0]].unit


def _sum_of_all(figures: Sequence[Number | None]) -> Number | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None


def _describe(unit: str, categories: tuple[str, ...], series: tuple[Series, ...]) -> str:
    lines: list[str] = []
    for line in series:
        figures = zip(categories, line.values, strict=True)
        listed = "、".join(f"{category}{plain(value)}{unit}" for category, value in figures)
        lines.append(f"{line.name}：{listed}" if len(series) > 1 else listed)
    return f"柱形图。{'；'.join(lines)}。"

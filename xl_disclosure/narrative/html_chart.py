"""Bar charts as inline SVG: drawn for a phone's width, told apart in black and white, with words for screen readers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from xl_disclosure.narrative.charts import Chart
from xl_disclosure.narrative.figures import plain
from xl_disclosure.returns.model import Number

_WIDTH = 360
_TYPE = 13
_SMALL_TYPE = 12
_DIGIT = 0.58
"""The width of a digit as part of the size of its type."""

_LINE = 26
_BAR = 16
_GAP = 8
_FIGURE_ROOM = 64
"""Room for the figure behind a bar, in units of the drawing as all lengths here."""

_UPRIGHT_HEIGHT = 130
_LEGEND_HEIGHT = 24


def html_chart(chart: Chart) -> str:
    """Return the markup of a chart with its caption."""
    name = f"chart-{chart.code}"
    bars = list(_upright_bars(chart, name) if chart.is_upright else _lying_bars(chart, name))
    height = _height(chart)
    return (
        f'<figure class="chart">\n<svg viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-description">\n'
        f'<title id="{name}-title">{escape(chart.title)}</title>\n'
        f'<desc id="{name}-description">{escape(chart.description)}</desc>\n'
        f"{_hatching(name) if len(chart.series) > 1 else ''}{''.join(bars)}</svg>\n"
        f"<figcaption>{escape(chart.title)}（单位：{escape(chart.unit)}）</figcaption>\n</figure>"
    )


def _height(chart: Chart) -> int:
    if not chart.is_upright:
        return len(chart.categories) * _LINE
    return _UPRIGHT_HEIGHT + 2 * _LINE + (_LEGEND_HEIGHT if len(chart.series) > 1 else 0)


def _lying_bars(chart: Chart, name: str) -> Iterator[str]:
    """Give bars one below the other, each label before its bar and the figure behind it."""
    label_room = max(len(category) for category in chart.categories) * _TYPE + _GAP
    longest = _WIDTH - label_room - _FIGURE_ROOM
    for place, (category, value) in enumerate(zip(chart.categories, chart.series[0].values, strict=True)):
        top = place * _LINE
        length = _scaled(value, chart.largest, longest)
        yield _text(label_room - _GAP, top + _BAR, category, "end")
        yield _bar(label_room, top + _GAP / 2, length, _BAR, _fill(0, name))
        yield _text(label_room + length + _GAP, top + _BAR, plain(value), "start")


def _upright_bars(chart: Chart, name: str) -> Iterator[str]:
    """Give bars side by side in groups, each figure above its bar and the label of the group below."""
    base = _LINE + _UPRIGHT_HEIGHT
    group = _WIDTH / len(chart.categories)
    width = min(32.0, (group - _GAP) / len(chart.series))
    size = min(_SMALL_TYPE, width / _DIGIT / len(plain(chart.largest)))
    for place, category in enumerate(chart.categories):
        middle = group * (place + 0.5)
        left = middle - width * len(chart.series) / 2
        for number, series in enumerate(chart.series):
            value = series.values[place]
            height = _scaled(value, chart.largest, _UPRIGHT_HEIGHT)
            start = left + number * width
            yield _bar(start, base - height, width - 2, height, _fill(number, name))
            yield _text(start + width / 2 - 1, base - height - 4, plain(value), "middle", size)
        yield _text(middle, base + _LINE - _GAP, category, "middle")
    yield f'<line x1="0" y1="{base}" x2="{_WIDTH}" y2="{base}" class="axis"/>\n'
    if len(chart.series) > 1:
        yield from _legend(chart, name, base + _LINE + _GAP)


def _legend(chart: Chart, name: str, top: float) -> Iterator[str]:
    left = 0.0
    for number, series in enumerate(chart.series):
        yield _bar(left, top, _TYPE, _TYPE, _fill(number, name))
        yield _text(left + _TYPE + _GAP / 2, top + _TYPE - 2, series.name, "start")
        left += _TYPE * (len(series.name) + 2) + _GAP


def _hatching(name: str) -> str:
    """Return the pattern of every second row of bars."""
    return (
        f'<defs><pattern id="{name}-hatched" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="6" height="6" class="ground"/>'
        '<rect width="2.5" height="6" class="stripe"/></pattern></defs>\n'
    )


def _fill(number: int, name: str) -> str:
    return f'class="hatched" fill="url(#{name}-hatched)"' if number % 2 else 'class="bar"'


def _bar(left: float, top: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" {fill}/>\n'


def _text(left: float, base: float, text: str, anchor: str, size: float = _TYPE) -> str:
    return f'<text x="{left:.1f}" y="{base:.1f}" font-size="{size:.1f}" text-anchor="{anchor}">{escape(text)}</text>\n'


def _scaled(value: Number, largest: Number, room: float) -> float:
    return float(value) / float(largest) * room

"""Bar charts as Word's own, with their figures and an alternative text; bars differ by pattern, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from xl_disclosure.narrative.charts import Chart, Series
from xl_disclosure.narrative.figures import plain
from xl_disclosure.narrative.word_styles import TABLE_FONT

if TYPE_CHECKING:
    from docx.document import Document

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PLACEMENT = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_RELATION = f"{_RELATIONS}/chart"
_CHART_CONTENT = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"

_EMU_IN_A_TWIP = 635
_BAR_HEIGHT = 290_000
_UPRIGHT_HEIGHT = 1_900_000
_MARGIN = 120_000
"""Heights in English Metric Units: of one lying bar with the space around it, of upright bars, above and below."""

_TYPE_SIZE = 1050
_SHADE = "1F3A5F"
_CATEGORY_AXIS, _VALUE_AXIS = 111111111, 222222222


class ChartPress:
    """Put charts into one document: each becomes a part of its own, named and numbered in order."""

    def __init__(self, document: Document, width: int) -> None:
        """Take the document and the width of its text in twips."""
        self._document = document
        self._width = width * _EMU_IN_A_TWIP
        self._numbers = count(1)

    def __call__(self, chart: Chart) -> str:
        """Return the markup of the paragraph that shows a chart, and add the chart to the document."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        number = next(self._numbers)
        main = self._document.part
        content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{_chart_part(chart)}'.encode()
        name = PackURI(f"/word/charts/chart{number}.xml")
        relation = main.relate_to(Part(name, _CHART_CONTENT, content, main.package), _CHART_RELATION)
        return _paragraph(chart, relation, number, self._width)


def _paragraph(chart: Chart, relation: str, number: int, width: int) -> str:
    height = _UPRIGHT_HEIGHT if chart.is_upright else len(chart.categories) * _BAR_HEIGHT + 2 * _MARGIN
    words = f"{chart.title}（单位：{chart.unit}）。{chart.description}"
    return (
        '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{_PLACEMENT}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="图{number}" descr="{_attribute(words)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def _chart_part(chart: Chart) -> str:
    direction, orientation = ("col", "minMax") if chart.is_upright else ("bar", "maxMin")
    category_side, value_side = ("b", "l") if chart.is_upright else ("l", "b")
    series = "".join(_series(chart, line, place) for place, line in enumerate(chart.series))
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    axes = f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'
    return (
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONS}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/>{axes}</c:barChart>'
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="{orientation}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{category_side}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{value_side}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="autoZero"/></c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_TYPE_SIZE}"><a:latin typeface="{TABLE_FONT}"/>'
        f'<a:ea typeface="{TABLE_FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr></c:chartSpace>'
    )


def _series(chart: Chart, line: Series, place: int) -> str:
    names = "".join(_points(chart.categories))
    values = "".join(_points(plain(value) for value in line.values))
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f'<c:tx><c:v>{escape(line.name)}</c:v></c:tx><c:spPr>{_fill(place)}</c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strLit><c:ptCount val="{len(chart.categories)}"/>{names}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(line.values)}"/>{values}'
        "</c:numLit></c:val></c:ser>"
    )


def _points(texts: Iterable[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield f'<c:pt idx="{place}"><c:v>{escape(text)}</c:v></c:pt>'


def _fill(place: int) -> str:
    outline = f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{_SHADE}"/></a:solidFill></a:ln>'
    if place % 2 == 0:
        return f'<a:solidFill><a:srgbClr val="{_SHADE}"/></a:solidFill>{outline}'
    return (
        f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{_SHADE}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>{outline}'
    )


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})

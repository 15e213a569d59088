"""The mark of a draft across every page of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xl_disclosure.narrative.word_styles import FIRST_LEVEL_FONT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Header

DRAFT = "草稿"

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_WORD_ART = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
_STYLE = (
    "position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)
_FIRST_SHAPE = 2049
"""The lowest number Word gives to shapes in headers."""


def mark_as_draft(document: Document) -> None:
    """Put 草稿 behind the text of every page, in the way Word itself marks drafts; what the headers hold stays."""
    from docx.oxml import parse_xml

    for number, header in enumerate(_headers(document)):
        paragraphs = header.paragraphs or [header.add_paragraph()]
        paragraphs[0]._p.append(parse_xml(_mark(number)))


def _headers(document: Document) -> Iterator[_Header]:
    """Give every header that pages bear, a new one where the first section has none."""
    for place, section in enumerate(document.sections):
        headers = [section.header]
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            if header.is_linked_to_previous and place == 0:
                header.is_linked_to_previous = False
                header.paragraphs[0].style = None
            if not header.is_linked_to_previous:
                yield header


def _mark(number: int) -> str:
    return (
        f"<w:r {_NAMESPACES}><w:rPr><w:noProof/></w:rPr><w:pict>{_WORD_ART}"
        f'<v:shape id="PowerPlusWaterMarkObject{number + 1}" o:spid="_x0000_s{_FIRST_SHAPE + number}" '
        f'type="#_x0000_t136" alt="{DRAFT}" style="{_STYLE}" o:allowincell="f" fillcolor="silver" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="font-family:&quot;{FIRST_LEVEL_FONT}&quot;;font-size:1pt" '
        f'string="{DRAFT}"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )

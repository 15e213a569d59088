"""The Word template of the report, built from the standard's page and styles; an office may restyle the built file."""

from __future__ import annotations

from xml.sax.saxutils import escape

from xl_disclosure.narrative.packing import pack
from xl_disclosure.narrative.word_styles import LINE, MAIN_NAMESPACE, fonts_part, styles_part
from xl_disclosure.resources import templates_directory

TEMPLATE_NAME = "report.docx"

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_FIXED_TIME = "2000-01-01T00:00:00Z"

BODY: tuple[tuple[str, str], ...] = (
    ("Title", '{{ title_lines | join("\\n") }}'),
    ("ReportBody", "{%p for line in opening %}"),
    ("ReportBody", "{{ line.text }}"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p for chapter in chapters %}"),
    ("Heading1", "{{ chapter.heading }}"),
    ("ReportBody", "{%p for line in chapter.lines %}"),
    ("ReportBody", "{%p if line.level == 2 %}"),
    ("Heading2", "{{ line.text }}"),
    ("ReportBody", "{%p elif line.level == 3 %}"),
    ("Heading3", "{{ line.text }}"),
    ("ReportBody", "{%p else %}"),
    ("ReportBody", "{{ line.text }}"),
    ("ReportBody", "{%p endif %}"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p for chart in chapter.charts %}"),
    ("ReportBody", "{{p chart | word_chart }}"),
    ("PictureTitle", "{{ chart.title }}（单位：{{ chart.unit }}）"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p if chapter.table %}"),
    ("ReportBody", "{{p chapter.table | word_table }}"),
    ("ReportBody", "{%p endif %}"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p if annex %}"),
    ("AnnexHeading", "{{ annex.heading }}"),
    ("AnnexTitle", "{{ annex.title }}"),
    ("AnnexYear", "({{ year }}年度)"),
    ("AnnexUnit", "填报单位(盖章):"),
    ("ReportBody", "{%p for table in annex.tables %}"),
    ("ReportBody", "{{p table | word_table }}"),
    ("ReportBody", "{%p endfor %}"),
    ("SignatureLine", "单位负责人:{{ cover.head }}\t审核人:{{ cover.reviewer }}\t填报人:{{ cover.preparer }}"),
    ("SignatureLine", "联系电话:{{ cover.phone }}\t填报日期:{{ cover.date }}"),
    ("ReportBody", "{%p else %}"),
    ("ClosingUnit", "{{ unit }}"),
    ("ReportBody", "{%p if cover.date %}"),
    ("ClosingDate", "{{ cover.date }}"),
    ("ReportBody", "{%p endif %}"),
    ("ReportBody", "{%p endif %}"),
    ("ReportBody", "{%p if units_annex %}"),
    ("AnnexHeading", "{{ units_annex.heading }}"),
    ("ReportBody", "{%p for line in units_annex.lines %}"),
    ("ReportBody", "{{ line.text }}"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p for part in units_annex.units %}"),
    ("Heading2", "{{ part.unit }}"),
    ("ReportBody", "{%p for table in part.tables %}"),
    ("TableCaption", "{{ table.caption }}"),
    ("ReportBody", "{{p table | word_table }}"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p endfor %}"),
    ("ReportBody", "{%p endif %}"),
)
"""The paragraphs of the template: style and text. Jinja's statements bear ``p``, as docxtpl wants it."""

# A4, margins 37, 35, 28 and 26 mm. The grid has lines only: LibreOffice spaces characters far wider than Word does.
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1587" w:gutter="0"/>'
    f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
)

_CONTENT_TYPES = {
    "word/document.xml": f"{_CONTENT}.document.main+xml",
    "word/styles.xml": f"{_CONTENT}.styles+xml",
    "word/settings.xml": f"{_CONTENT}.settings+xml",
    "word/fontTable.xml": f"{_CONTENT}.fontTable+xml",
    "word/footer1.xml": f"{_CONTENT}.footer+xml",
    "word/footer2.xml": f"{_CONTENT}.footer+xml",
    "docProps/core.xml": _CORE,
}

_DOCUMENT_PARTS = {
    "rId1": ("styles", "styles.xml"),
    "rId2": ("settings", "settings.xml"),
    "rId3": ("fontTable", "fontTable.xml"),
    "rId4": ("footer", "footer1.xml"),
    "rId5": ("footer", "footer2.xml"),
}


def build_word_template() -> bytes:
    """Return the Word template as the project ships it."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            {
                "rId1": (f"{_RELATIONS}/officeDocument", "word/document.xml"),
                "rId2": (f"{_PACKAGE_RELATIONS}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _core_properties(),
        "word/_rels/document.xml.rels": _relationships(
            {code: (f"{_RELATIONS}/{kind}", target) for code, (kind, target) in _DOCUMENT_PARTS.items()}
        ),
        "word/document.xml": _document(),
        "word/styles.xml": styles_part(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": fonts_part(),
        "word/footer1.xml": _footer("PageNumberOdd"),
        "word/footer2.xml": _footer("PageNumberEven"),
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return pack({name: (declaration + part).encode() for name, part in parts.items()})


def _document() -> str:
    paragraphs = "".join(_paragraph(style, text) for style, text in BODY)
    footers = '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
    return (
        f'<w:document xmlns:w="{MAIN_NAMESPACE}" xmlns:r="{_RELATIONS}"><w:body>{paragraphs}'
        f"<w:sectPr>{footers}{_PAGE}</w:sectPr></w:body></w:document>"
    )


def _paragraph(style: str, text: str) -> str:
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in text.split("\t")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _footer(style: str) -> str:
    number = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'<w:ftr xmlns:w="{MAIN_NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{number}</w:p></w:ftr>'


def _settings() -> str:
    return (
        f'<w:settings xmlns:w="{MAIN_NAMESPACE}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _core_properties() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE_RELATIONS}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>{{ title | truncate(200) | safe }}</dc:title>"
        "<dc:creator>{{ unit | truncate(200) | safe }}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_FIXED_TIME}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_FIXED_TIME}</dcterms:modified><dc:language>zh-CN</dc:language>'
        "</cp:coreProperties>"
    )


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in _CONTENT_TYPES.items())
    return (
        f'<Types xmlns="{_PACKAGE_RELATIONS}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    relations = "".join(
        f'<Relationship Id="{code}" Type="{kind}" Target="{target}"/>' for code, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE_RELATIONS}/relationships">{relations}</Relationships>'


if __name__ == "__main__":
    (templates_directory() / TEMPLATE_NAME).write_bytes(build_word_template())

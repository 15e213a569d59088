"""Page and type of an official document (GB/T 9704-2012) as the styles of the Word template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MAIN_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

LINE = 579
"""Twips from line to line: 22 lines on the 225 mm between the margins."""

BODY_SPACING = -5
"""Twentieths of a point between characters: 28 characters of 16 points on the 156 mm between the margins."""

TITLE_LINE = 700
TABLE_SPACE_LINE = 160

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
FIRST_LEVEL_FONT = "黑体"
SECOND_LEVEL_FONT = "楷体_GB2312"
TABLE_FONT = "宋体"

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    TITLE_FONT: ("方正小标宋_GBK", "宋体", "SimSun", "Noto Serif CJK SC"),
    BODY_FONT: ("仿宋", "FangSong", "Noto Serif CJK SC"),
    FIRST_LEVEL_FONT: ("SimHei", "Noto Sans CJK SC"),
    SECOND_LEVEL_FONT: ("楷体", "KaiTi", "AR PL UKai CN", "Noto Serif CJK SC"),
    TABLE_FONT: ("SimSun", "Noto Serif CJK SC"),
}
"""What to take where a machine lacks the font, the nearest first."""

SIZES: Mapping[str, int] = {"二号": 44, "小二": 36, "三号": 32, "四号": 28, "五号": 21}
"""Half-points of the sizes a clerk knows by name."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """Describe one paragraph style; ``line`` is the exact distance of lines in twips (0: as the font needs)."""

    code: str
    name: str
    font: str = BODY_FONT
    size: str = "三号"
    alignment: str = "both"
    line: int = LINE
    indent: str = ""
    outline_level: int | None = None
    spacing: str = ""
    keeps_with_next: bool = False
    starts_a_page: bool = False
    tab_stops: tuple[int, ...] = ()
    is_builtin: bool = False


_TWO_CHARACTERS = 'w:firstLineChars="200" w:firstLine="640"'

PARAGRAPH_STYLES = (
    ParagraphStyle(
        "Title", "Title", TITLE_FONT, "二号", "center", TITLE_LINE, spacing='w:after="579"', is_builtin=True
    ),
    ParagraphStyle("ReportBody", "报告正文", indent=_TWO_CHARACTERS),
    ParagraphStyle(
        "Heading1",
        "heading 1",
        FIRST_LEVEL_FONT,
        indent=_TWO_CHARACTERS,
        outline_level=0,
        keeps_with_next=True,
        is_builtin=True,
    ),
    ParagraphStyle(
        "Heading2",
        "heading 2",
        SECOND_LEVEL_FONT,
        indent=_TWO_CHARACTERS,
        outline_level=1,
        keeps_with_next=True,
        is_builtin=True,
    ),
    ParagraphStyle(
        "Heading3", "heading 3", indent=_TWO_CHARACTERS, outline_level=2, keeps_with_next=True, is_builtin=True
    ),
    ParagraphStyle(
        "ClosingUnit",
        "落款单位",
        alignment="right",
        indent='w:rightChars="200" w:right="640"',
        spacing='w:before="579"',
    ),
    ParagraphStyle("ClosingDate", "落款日期", alignment="right", indent='w:rightChars="400" w:right="1280"'),
    ParagraphStyle(
        "AnnexHeading", "附件序号", FIRST_LEVEL_FONT, outline_level=0, keeps_with_next=True, starts_a_page=True
    ),
    ParagraphStyle("AnnexTitle", "附件标题", TITLE_FONT, "小二", "center", keeps_with_next=True),
    ParagraphStyle("AnnexYear", "附件年度", size="四号", alignment="center", line=440, keeps_with_next=True),
    ParagraphStyle("AnnexUnit", "附件填报单位", size="四号", alignment="left", line=480, keeps_with_next=True),
    ParagraphStyle(
        "SignatureLine",
        "附件签署",
        size="四号",
        alignment="left",
        line=480,
        tab_stops=(2800, 5000),
        keeps_with_next=True,
    ),
    ParagraphStyle(
        "TableTitle", "表内分题", TABLE_FONT, "五号", "left", line=0, indent='w:left="57"', keeps_with_next=True
    ),
    ParagraphStyle("TableHeading", "表头", TABLE_FONT, "五号", "center", line=0),
    ParagraphStyle("TableLabel", "表内项目", TABLE_FONT, "五号", "left", line=0, indent='w:left="57"'),
    ParagraphStyle("TableFigure", "表内数字", TABLE_FONT, "五号", "center", line=0),
    ParagraphStyle("Picture", "图", TABLE_FONT, "五号", "center", line=0, keeps_with_next=True),
    ParagraphStyle("PictureTitle", "图题", FIRST_LEVEL_FONT, "五号", "center", line=480),
    ParagraphStyle("TableCaption", "表题", FIRST_LEVEL_FONT, "五号", "center", line=480, keeps_with_next=True),
    ParagraphStyle("TableSpace", "表后空行", TABLE_FONT, "五号", line=TABLE_SPACE_LINE),
    ParagraphStyle(
        "PageNumberOdd", "页码（单页）", TABLE_FONT, "四号", "right", line=0, indent='w:rightChars="100" w:right="280"'
    ),
    ParagraphStyle(
        "PageNumberEven", "页码（双页）", TABLE_FONT, "四号", "left", line=0, indent='w:leftChars="100" w:left="280"'
    ),
)

TABLE_STYLE = "OfficialTable"

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def styles_part() -> str:
    """Return the styles part of the Word template."""
    styles = "".join(_paragraph_style(style) for style in PARAGRAPH_STYLES)
    return (
        f'<w:styles xmlns:w="{MAIN_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FONT)}{_size("三号")}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{_cell_margins(108)}</w:tblPr></w:style>"
        f"{styles}{_table_style()}</w:styles>"
    )


def fonts_part() -> str:
    """Return the font table, which names what to take where a font is missing."""
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        for font, others in FALLBACKS.items()
    )
    return f'<w:fonts xmlns:w="{MAIN_NAMESPACE}">{fonts}</w:fonts>'


def _paragraph_style(style: ParagraphStyle) -> str:
    flags = "<w:keepNext/>" if style.keeps_with_next else ""
    flags += "<w:pageBreakBefore/>" if style.starts_a_page else ""
    stops = "".join(f'<w:tab w:val="left" w:pos="{stop}"/>' for stop in style.tab_stops)
    tabs = f"<w:tabs>{stops}</w:tabs>" if stops else ""
    grid = "" if style.line in (LINE, TITLE_LINE) else '<w:snapToGrid w:val="0"/>'
    line = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    indent = f"<w:ind {style.indent}/>" if style.indent else ""
    outline = "" if style.outline_level is None else f'<w:outlineLvl w:val="{style.outline_level}"/>'
    spacing = f"<w:spacing {style.spacing} {line}/>" if style.spacing else f"<w:spacing {line}/>"
    spread = f'<w:spacing w:val="{BODY_SPACING}"/>' if style.size == "三号" else ""
    custom = "" if style.is_builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.code}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{flags}{tabs}{grid}{spacing}{indent}'
        f'<w:jc w:val="{style.alignment}"/>{outline}</w:pPr>'
        f"<w:rPr>{_fonts(style.font)}{spread}{_size(style.size)}</w:rPr></w:style>"
    )


def _table_style() -> str:
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="公开年报表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"{_cell_margins(28)}</w:tblPr></w:style>"
    )


def _cell_margins(twips: int) -> str:
    return f'<w:tblCellMar><w:left w:w="{twips}" w:type="dxa"/><w:right w:w="{twips}" w:type="dxa"/></w:tblCellMar>'


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="Times New Roman"/>'


def _size(name: str) -> str:
    return f'<w:sz w:val="{SIZES[name]}"/><w:szCs w:val="{SIZES[name]}"/>'

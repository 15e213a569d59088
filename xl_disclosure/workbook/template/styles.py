"""How the clerk's workbook looks: one table of named styles, made into formats as they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

SONG = "宋体"
HEI = "黑体"
MONOSPACE = "Consolas"

DEFAULT_FONT: Mapping[str, object] = {"font_name": SONG, "font_size": 11}

INK = "#1F1F1F"
DEEP_BLUE = "#1F3A5F"
RED = "#B3261E"
BROWN = "#7A4300"
GREEN = "#2E6B3A"
GREY = "#6B7280"
SLATE = "#3F4853"
RULE = "#7A8794"
PALE_RULE = "#C3CAD2"
HEADER_FILL = "#E9EEF5"
ENTRY_FILL = "#FFF8DC"
COMPUTED_FILL = "#EDEDED"
CARRIED_FILL = "#DCEBF7"
ERROR_FILL = "#FBE3E1"
WARN_FILL = "#FBD9A8"
INFO_FILL = "#E6EFFA"
CODE_FILL = "#F3F4F6"
GOOD_FILL = "#E4F2E7"

DATE_FORMAT = "yyyy-mm-dd"
WRITTEN_DATE_FORMAT = 'yyyy"年"m"月"d"日"'
TEXT_FORMAT = "@"


class Style(StrEnum):
    """Name what a cell is for; how it looks follows."""

    PLAIN = "plain"
    TITLE = "title"
    COVER_TITLE = "cover_title"
    SUBTITLE = "subtitle"
    UNIT_LINE = "unit_line"
    SIGNATURE = "signature"
    SHEET_TITLE = "sheet_title"
    HELP = "help"
    HEADER = "header"
    BLOCK_TITLE = "block_title"
    CORNER = "corner"
    LABEL = "label"
    LABEL_CENTRED = "label_centred"
    UNIT = "unit"
    ENTRY = "entry"
    CARRIED = "carried"
    COMPUTED = "computed"
    EMPTY = "empty"
    NOTE_HEADER = "note_header"
    NOTE = "note"
    STATUS = "status"
    CHECK_TEXT = "check_text"
    CHECK_RESULT = "check_result"
    COVER_LABEL = "cover_label"
    COVER_VALUE = "cover_value"
    COVER_DATE = "cover_date"
    COVER_YEAR = "cover_year"
    COVER_NOTE = "cover_note"
    LIST_TEXT = "list_text"
    LIST_CODE = "list_code"
    LIST_DATE = "list_date"
    LIST_NUMBER = "list_number"
    LIST_CENTRED = "list_centred"
    LIST_LINK = "list_link"
    LIST_NOTE = "list_note"
    LIST_HELP = "list_help"
    LIST_BEYOND = "list_beyond"
    SHOWN_TEXT = "shown_text"
    SHOWN_FIGURE = "shown_figure"
    WORKED_OUT = "worked_out"
    ADDRESS = "address"
    GUIDE_TITLE = "guide_title"
    GUIDE_HEADING = "guide_heading"
    GUIDE_LABEL = "guide_label"
    GUIDE_TEXT = "guide_text"
    GUIDE_CODE = "guide_code"
    SAMPLE_FAILED = "sample_failed"
    SAMPLE_NOTEWORTHY = "sample_noteworthy"
    FAILED = "failed"
    SEVERE = "severe"
    NOTEWORTHY = "noteworthy"
    INFORMATIVE = "informative"
    GOOD = "good"
    CORRECTED = "corrected"
    CORRECTION = "correction"
    SUM_OF_ALL = "sum_of_all"
    SUM_OF_CATEGORY = "sum_of_category"
    SET_ASIDE = "set_aside"


Properties = Mapping[str, object]

_CENTRED: Properties = {"align": "center", "valign": "vcenter"}
_BOX: Properties = {"border": 1, "border_color": RULE, "valign": "vcenter", "text_wrap": True}
_FIGURE: Properties = {**_BOX, "align": "center", "font_size": 11, "text_wrap": False, "shrink": True}
_OPEN: Properties = {"locked": False}
_COVER: Properties = {**_BOX, **_OPEN, "align": "left", "indent": 1, "font_size": 12, "bg_color": ENTRY_FILL}
# At the top: a spreadsheet that does not fit a row to its text still shows where the text begins.
_LIST: Properties = {**_BOX, **_OPEN, "valign": "top", "border_color": PALE_RULE, "font_size": 10.5}

_STYLES: Mapping[Style, Properties] = {
    Style.PLAIN: {},
    Style.TITLE: {**_CENTRED, "bold": True, "font_size": 18},
    Style.COVER_TITLE: {**_CENTRED, "bold": True, "font_size": 26, "text_wrap": True},
    Style.SUBTITLE: {**_CENTRED, "font_size": 12},
    Style.UNIT_LINE: {"align": "left", "valign": "vcenter", "font_size": 11},
    Style.SIGNATURE: {"align": "left", "valign": "vcenter", "font_size": 11, "text_wrap": True},
    Style.SHEET_TITLE: {"font_name": HEI, "font_size": 16, "font_color": DEEP_BLUE, "valign": "vcenter"},
    Style.HELP: {"font_size": 10, "font_color": GREY, "valign": "vcenter"},
    Style.HEADER: {**_BOX, **_CENTRED, "font_name": HEI, "font_color": DEEP_BLUE, "bg_color": HEADER_FILL},
    Style.BLOCK_TITLE: {**_BOX, **_CENTRED, "font_name": HEI, "font_color": DEEP_BLUE, "bg_color": HEADER_FILL},
    Style.CORNER: {**_BOX, **_CENTRED, "font_size": 9.5, "bg_color": HEADER_FILL},
    Style.LABEL: {**_BOX, "align": "left"},
    Style.LABEL_CENTRED: {**_BOX, **_CENTRED},
    Style.UNIT: {**_BOX, **_CENTRED},
    Style.ENTRY: {**_FIGURE, **_OPEN, "bg_color": ENTRY_FILL},
    Style.CARRIED: {**_FIGURE, **_OPEN, "bg_color": CARRIED_FILL},
    Style.COMPUTED: {**_FIGURE, "bg_color": COMPUTED_FILL},
    Style.EMPTY: {**_BOX},
    Style.NOTE_HEADER: {"font_name": HEI, "font_size": 10, "font_color": GREY, "valign": "vcenter"},
    Style.NOTE: {"font_size": 9, "font_color": GREY, "valign": "vcenter", "text_wrap": True},
    Style.STATUS: {"font_name": HEI, "font_size": 10.5, "font_color": GREEN, "valign": "vcenter"},
    Style.CHECK_TEXT: {"font_size": 9.5, "font_color": SLATE, "valign": "vcenter", "text_wrap": True},
    Style.CHECK_RESULT: {"font_size": 9.5, "font_color": SLATE, "valign": "vcenter", "text_wrap": True},
    Style.COVER_LABEL: {**_BOX, **_CENTRED, "font_name": HEI, "font_size": 12, "bg_color": HEADER_FILL},
    Style.COVER_VALUE: {**_COVER, "num_format": TEXT_FORMAT},
    Style.COVER_YEAR: {**_COVER},
    Style.COVER_DATE: {**_COVER, "num_format": WRITTEN_DATE_FORMAT},
    Style.COVER_NOTE: {"font_size": 10, "font_color": GREY, "valign": "top", "text_wrap": True},
    Style.LIST_TEXT: {**_LIST},
    Style.LIST_CODE: {**_LIST, "num_format": TEXT_FORMAT},
    Style.LIST_DATE: {**_LIST, "align": "center", "num_format": DATE_FORMAT},
    Style.LIST_NUMBER: {**_LIST, "align": "center"},
    Style.LIST_CENTRED: {**_LIST, "align": "center"},
    Style.LIST_LINK: {**_LIST, "font_color": "#1D5FBF", "underline": 1},
    Style.LIST_NOTE: {**_LIST, "bg_color": ENTRY_FILL},
    Style.LIST_HELP: {**_LIST, "font_color": GREY},
    Style.LIST_BEYOND: {**_OPEN},
    Style.SHOWN_TEXT: {**_LIST, "locked": True},
    Style.SHOWN_FIGURE: {**_LIST, "locked": True, "align": "center"},
    Style.WORKED_OUT: {**_LIST, "locked": True, "align": "center", "bg_color": COMPUTED_FILL},
    Style.ADDRESS: {**_FIGURE, "font_size": 8, "font_color": GREY, "border_color": PALE_RULE},
    Style.GUIDE_TITLE: {"font_name": HEI, "font_size": 20, "font_color": DEEP_BLUE, "valign": "vcenter"},
    Style.GUIDE_HEADING: {"font_name": HEI, "font_size": 13, "font_color": DEEP_BLUE, "valign": "vcenter", "bottom": 1,
                          "bottom_color": DEEP_BLUE},
    Style.GUIDE_LABEL: {"font_name": HEI, "font_size": 11, "valign": "vcenter", "text_wrap": True},
    Style.GUIDE_TEXT: {"font_size": 11, "valign": "vcenter", "text_wrap": True, "indent": 1},
    Style.GUIDE_CODE: {
        "font_name": MONOSPACE, "font_size": 10.5, "valign": "vcenter", "indent": 1, "bg_color": CODE_FILL,
    },
    Style.SAMPLE_FAILED: {**_FIGURE, "bg_color": ERROR_FILL, "font_color": RED, "bold": True},
    Style.SAMPLE_NOTEWORTHY: {**_FIGURE, "bg_color": WARN_FILL, "font_color": BROWN},
    Style.FAILED: {"bg_color": ERROR_FILL, "font_color": RED, "bold": True},
    Style.SEVERE: {"bg_color": ERROR_FILL, "font_color": RED},
    Style.NOTEWORTHY: {"bg_color": WARN_FILL, "font_color": BROWN},
    Style.INFORMATIVE: {"bg_color": INFO_FILL, "font_color": "#1F4E79"},
    Style.GOOD: {"bg_color": GOOD_FILL, "font_color": GREEN},
    Style.CORRECTED: {"bg_color": WARN_FILL, "font_color": BROWN},
    Style.CORRECTION: {"bg_color": INFO_FILL, "font_color": "#1F4E79", "italic": True},
    Style.SUM_OF_ALL: {"bg_color": HEADER_FILL, "font_color": DEEP_BLUE, "bold": True},
    Style.SUM_OF_CATEGORY: {"bg_color": CODE_FILL, "font_color": SLATE},
    Style.SET_ASIDE: {"bg_color": "#F0F0F0", "font_color": GREY},
}  # fmt: skip

_FAMILIES: Mapping[str, Properties] = {
    # Family and charset lead a machine without the font to one of its kind: 1 serif, 2 sans serif, 3 monospace;
    # 134 GB 2312.
    SONG: {"font_family": 1, "font_charset": 134},
    HEI: {"font_family": 2, "font_charset": 134},
    MONOSPACE: {"font_family": 3},
}
_CONDITIONAL = {
    Style.FAILED, Style.SEVERE, Style.NOTEWORTHY, Style.INFORMATIVE, Style.GOOD, Style.SET_ASIDE,
    Style.CORRECTED, Style.CORRECTION, Style.SUM_OF_ALL, Style.SUM_OF_CATEGORY,
}  # fmt: skip


class Styles:
    """Make each style's format once for a workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[Style, int], Format] = {}

    def __getitem__(self, style: Style) -> Format:
        return self.indented(style, 0)

    def indented(self, style: Style, indent: int) -> Format:
        """Return the format of a style with its text set in by that many characters."""
        if (style, indent) not in self._formats:
            self._formats[style, indent] = self._make(style, indent)
        return self._formats[style, indent]

    def _make(self, style: Style, indent: int) -> Format:
        if style in _CONDITIONAL:
            return self._book.add_format(dict(_STYLES[style]))
        properties: dict[str, Any] = {"font_name": SONG, "font_size": 10.5, "font_color": INK, **_STYLES[style]}
        if indent:
            properties["indent"] = indent
        return self._book.add_format({**properties, **_FAMILIES[properties["font_name"]]})

"""What to use instead of members that xlwings has and this engine has not, by class and member."""

from __future__ import annotations

from collections.abc import Mapping

RANGE_ADVICE: Mapping[str, str] = {
    "borders": "use range.api.TableBorder2",
    "formula2": "use range.formula, or range.formula_array for an array formula",
    "data_validation": "use range.api.Validation",
    "conditional_formats": "use range.api.ConditionalFormat",
    "note": "use sheet.api.Annotations",
    "comment": "use sheet.api.Annotations: LibreOffice has no threaded comments",
    "paste": "use range.copy(destination)",
    "copy_from": "use range.copy(destination)",
    "insert": "use sheet.api.insertCells",
    "delete": "use sheet.api.removeRange",
    "characters": "use range.api.getCellByPosition(0, 0).createTextCursor()",
}

SHEET_ADVICE: Mapping[str, str] = {
    "charts": "use sheet.api.Charts (com.sun.star.table.TableCharts)",
    "pictures": "use sheet.api.DrawPage",
    "shapes": "use sheet.api.DrawPage",
    "tables": "use book.api.DatabaseRanges",
    "pivot_tables": "use sheet.api.DataPilotTables",
    "notes": "use sheet.api.Annotations",
    "freeze_panes": "use book.api.CurrentController.freezeAtPosition",
    "show_gridlines": "use book.api.CurrentController.ShowGrid",
    "page_setup": "use sheet.api.setPrintAreas and the sheet's page style",
    "to_html": "save the book under a name that ends in .html",
}

APP_ADVICE: Mapping[str, str] = {
    "cut_copy_mode": "LibreOffice marks no cut or copied cells",
    "enable_events": "use book.api.removeDocumentEventListener for what you listen to",
    "interactive": "use app.api.CurrentFrame.ContainerWindow.Enable",
    "hwnd": "use app.pid",
    "startup_path": "put macros into LibreOffice's own folders for them",
}

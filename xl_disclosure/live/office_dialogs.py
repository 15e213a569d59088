"""What a click asks and shows in the application's own windows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    import xlwings

TITLE = "政府信息公开工作年度报告"
_LIBREOFFICE = "libreoffice"
# Of Excel: MsoFileDialogType.msoFileDialogFolderPicker, and the answer to the button OK.
_EXCEL_FOLDER_PICKER = 4
_EXCEL_OK = -1
# Of LibreOffice: com.sun.star.ui.dialogs.ExecutableDialogResults.OK
_LIBREOFFICE_OK = 1


def choose_folder(app: xlwings.App, start: Path, question: str) -> Path | None:
    """Return the folder that the clerk chooses; None when the clerk cancels, or when nobody could see the question."""
    if not app.visible:
        return None
    if app.engine.name == _LIBREOFFICE:
        picker = app.impl.connection.create("ui.dialogs.FolderPicker")
        picker.setTitle(question)
        picker.setDisplayDirectory(start.resolve().as_uri())
        chosen = picker.execute() == _LIBREOFFICE_OK
        return Path(url2pathname(unquote(urlsplit(picker.getDirectory()).path))) if chosen else None
    if sys.platform != "win32":
        return None
    picker = app.api.FileDialog(_EXCEL_FOLDER_PICKER)
    picker.Title = question
    picker.InitialFileName = str(start)
    return Path(picker.SelectedItems(1)) if picker.Show() == _EXCEL_OK else None


def show_document(app: xlwings.App, path: Path) -> bool:
    """Open a finished document in LibreOffice's own window; False where that is not the program to show it."""
    if app.engine.name != _LIBREOFFICE:
        return False
    if app.visible:
        document = app.api.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, ())
        # A window that LibreOffice opens for another program does not always come to the front of itself.
        frame = document.CurrentController.Frame
        frame.activate()
        frame.ContainerWindow.toFront()
    return True

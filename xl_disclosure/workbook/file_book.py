"""A clerk's workbook as a file (.xlsx, .xlsm): read, written in place, saved in one go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from xl_disclosure.cell_names import cell_name
from xl_disclosure.errors import InputError, Place
from xl_disclosure.workbook.areas import Area
from xl_disclosure.workbook.book import (
    LONGEST_TEXT,
    CellContent,
    CellLook,
    CellValue,
    ListLine,
    long_text,
    missing_sheet,
)
from xl_disclosure.workbook.parts.cell_looks import CellLooks, read_styles
from xl_disclosure.workbook.parts.cell_xml import read_shared_strings
from xl_disclosure.workbook.parts.list_rows import LongTextError
from xl_disclosure.workbook.parts.package import Package
from xl_disclosure.workbook.parts.restored_package import with_copied_sheet, with_restored_sheets
from xl_disclosure.workbook.parts.sheet_outline import Outline, Outlines
from xl_disclosure.workbook.parts.sheet_xml import FilledAreaError, SheetXml
from xl_disclosure.workbook.parts.shelf import EMPTY, Shelf
from xl_disclosure.workbook.parts.workbook_xml import MACRO_WORKBOOK, read_workbook
from xl_disclosure.workbook.parts.written_sheets import with_written_sheets
from xl_disclosure.workbook.parts.xml_text import parse_xml
from xl_disclosure.workbook.replace_file import replace_file

_MOST_CELLS = 5_000_000
_BLANK = CellValue()


class FileBook:
    """Read and write a workbook file; a `Book`. Nothing reaches the disk before `save`.

    Parts of the file that hold no written sheet are saved as they were. Formulas that are not written keep the results
    they had; Excel calculates them anew on opening.
    """

    def __init__(self, content: bytes, file: str, shelf: Shelf = EMPTY) -> None:
        """Take the bytes of a workbook file; ``file`` is the name that messages give it.

        A shelf may hold what was made for this workbook before: it is as well written without.

        Raises:
            InputError: they are no workbook that can be written in place.
        """
        self._shelf = shelf
        self._open(Package(content, file))

    def _open(self, package: Package) -> None:
        self._package = package
        self._workbook = read_workbook(package)
        self._opened: dict[str, SheetXml] = {}
        self._outlines = Outlines(package, self._shelf)
        self._written: set[str] = set()

    @classmethod
    def open(cls, path: Path, shelf: Shelf = EMPTY) -> FileBook:
        """Open a workbook file; a shelf may hold what was made for it before.

        Raises:
            InputError: there is no such file, or it is no workbook that can be written in place.
        """
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise InputError("没有这个文件", "检查文件名和所在文件夹", Place(str(path))) from error
        except IsADirectoryError as error:
            raise InputError("是一个文件夹，不是工作簿", "指明文件夹里的工作簿", Place(str(path))) from error
        except OSError as error:
            raise InputError(
                f"文件打不开（{error.strerror}）", "检查权限，关闭占用它的程序后再试", Place(str(path))
            ) from error
        return cls(content, path.name, shelf)

    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of the worksheets in order."""
        return tuple(self._workbook.sheets)

    def read_block(
        self, sheet: str, first_row: int, first_column: int, rows: int, columns: int
    ) -> list[list[CellValue]]:
        """Return a block of that many rows and columns; InputError for a damaged or missing sheet."""
        block: list[list[CellValue]] = []
        part = self._sheet_down_to(sheet, first_row + rows - 1)
        for row in range(first_row, first_row + rows):
            values = self._read_row(sheet, part, row)
            block.append([values.get(column, _BLANK) for column in range(first_column, first_column + columns)])
        return block

    def read_used(self, sheet: str) -> list[list[CellValue]]:
        """Return all rows from row 0 to the last that says something, all as wide as the widest.

        Raises:
            InputError: the sheet is missing or damaged, or reaches further than a list of units and facts ever does.
        """
        part = self._sheet(sheet)
        found = {row: self._read_row(sheet, part, row) for row in part.rows}
        used = {row: values for row, values in found.items() if values}
        height = max(used, default=-1) + 1
        width = max((max(values) for values in used.values()), default=-1) + 1
        if height * width > _MOST_CELLS:
            raise InputError(
                f"数据一直到 {cell_name(height - 1, width - 1)}，范围过大",
                "删去数据区下方和右侧多余的行和列后再试",
                Place(self._package.file, sheet),
            )
        blank_row = dict[int, CellValue]()
        return [[used.get(row, blank_row).get(column, _BLANK) for column in range(width)] for row in range(height)]

    def is_as_left(self, sheet: str) -> bool:
        """Tell whether a sheet is known to be as this program saved it; InputError for a missing sheet."""
        if sheet not in self._workbook.sheets:
            raise missing_sheet(sheet, self.sheet_names(), self._package.file)
        return sheet not in self._written and self._outlines.is_as_left(self._workbook.sheets[sheet].part)

    def read_lines(self, sheet: str, first_row: int, columns: Collection[int]) -> list[list[CellValue]]:
        """Return the rows from one on that say something in any of these columns, as ``Book.read_lines`` says.

        Raises:
            InputError: the sheet is missing or damaged.
        """
        outline = self._outline(sheet)
        if outline is not None and outline.first_row == first_row and not set(columns) & set(outline.used):
            return []
        part = self._sheet(sheet)
        found: list[list[CellValue]] = []
        for row in part.rows:
            if row < first_row or not part.reaches(row, columns):
                continue
            values = self._read_row(sheet, part, row)
            if any(column in values for column in columns):
                found.append([values.get(column, _BLANK) for column in range(max(values) + 1)])
        return found

    def write_cells(self, sheet: str, cells: Mapping[tuple[int, int], CellContent]) -> None:
        """Write cells by (row, column); each keeps its style, and has the link given or none.

        Raises:
            InputError: the sheet is missing or damaged, a text is too long, or a cell stands amid an array formula.
        """
        for place, content in cells.items():
            if isinstance(content.value, str) and len(content.value) > LONGEST_TEXT:
                raise long_text(len(content.value), Place(self._package.file, sheet, cell_name(*place)))
        part = self._sheet(sheet)
        try:
            part.write_cells(cells)
        except FilledAreaError as error:
            raise self._explain_filled_area(sheet, error) from error
        self._written.add(sheet)

    def write_list(self, sheet: str, first_row: int, lines: Sequence[ListLine], heights: Sequence[float] = ()) -> None:
        """Replace the body of a list that begins at a row, as `Book.write_list` says.

        Raises:
            InputError: the sheet is missing or damaged, a text is too long, or an array formula reaches into the list.
        """
        outline = self._outline(sheet)
        if outline is not None and outline.fits(first_row, lines):
            self._opened[sheet] = SheetXml(outline.text)
        part = self._sheet(sheet)
        try:
            part.write_list(first_row, lines, heights, self._shelf)
        except FilledAreaError as error:
            raise self._explain_filled_area(sheet, error) from error
        except LongTextError as error:
            raise long_text(error.length, Place(self._package.file, sheet, error.cell)) from error
        self._written.add(sheet)

    def is_protected(self, sheet: str) -> bool:
        """Tell whether locked cells of a sheet are guarded against typing."""
        return self._sheet(sheet).is_protected

    def looks(self, sheet: str) -> CellLooks:
        """Return how the cells of a sheet look; InputError for a damaged or missing sheet."""
        page = self._sheet(sheet)
        with self._package.telling_damage(self._workbook.styles):
            styles = read_styles(self._package.read_tree(self._workbook.styles))
        with self._package.telling_damage(self._workbook.sheets[sheet].part):
            return CellLooks(parse_xml(page.to_text().encode()), styles)

    def odd_cells(self, sheet: str, wanted: Mapping[tuple[int, int], CellLook]) -> Mapping[tuple[int, int], CellLook]:
        """Return the cells that do not look as wanted, each with its look."""
        looks = self.looks(sheet)
        found = {place: looks.look(*place) for place in wanted}
        return {place: look for place, look in found.items() if look != wanted[place]}

    def restore_areas(self, areas: Mapping[str, Area], template: Path) -> None:
        """Give an area of each sheet what the sheet of that name has in a template, as `FormBook` says.

        Raises:
            InputError: a sheet is missing or damaged.
        """
        for sheet in areas:
            self._sheet(sheet)
        self._reopen(with_restored_sheets(self.to_bytes(), self._package.file, template.read_bytes(), areas))

    def copy_sheet(self, sheet: str, name: str) -> None:
        """Keep a copy of a sheet's cells as the last sheet."""
        self._sheet(sheet)
        self._reopen(with_copied_sheet(self.to_bytes(), self._package.file, sheet, name))

    def save(self, path: Path) -> None:
        """Save the workbook under a path, all of it or nothing.

        Raises:
            InputError: the file's ending does not fit its content, or it cannot be written there.
        """
        ending = ".xlsm" if self._workbook.content_type == MACRO_WORKBOOK else ".xlsx"
        if path.suffix.lower() != ending:
            raise InputError(
                f"工作簿的文件名应以 {ending} 结尾，否则 Excel 打不开",
                f"把文件名改成以 {ending} 结尾",
                Place(str(path)),
            )
        replace_file(path, self.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the workbook as the bytes of a file; the same workbook and changes give the same bytes."""
        if not self._written:
            return self._package.with_parts({})
        written = {name: self._opened[name] for name in self._written}
        content = with_written_sheets(self._package, self._workbook, written)
        if self._shelf is EMPTY:
            return content
        outlines = {self._workbook.sheets[name].part: sheet.outline() for name, sheet in written.items()}
        self._outlines.keep(content, outlines)
        return content

    def _reopen(self, content: bytes) -> None:
        self._open(Package(content, self._package.file))
        self.__dict__.pop("_strings", None)

    def _sheet(self, name: str) -> SheetXml:
        if name not in self._opened:
            self._opened[name] = self._open_sheet(name)
        return self._opened[name]

    def _open_sheet(self, name: str) -> SheetXml:
        if name not in self._workbook.sheets:
            raise missing_sheet(name, self.sheet_names(), self._package.file)
        part = self._workbook.sheets[name].part
        text = self._package.read_xml(part)
        with self._package.telling_damage(part):
            return SheetXml(text)

    def _sheet_down_to(self, name: str, row: int) -> SheetXml:
        """Return a sheet, or only its outline where the rows down to one are all that is wanted."""
        outline = self._outline(name)
        if outline is not None and row <= outline.first_row:
            return SheetXml(outline.text)
        return self._sheet(name)

    def _outline(self, name: str) -> Outline | None:
        """Return the outline of a sheet that has not been opened; None where it is not known."""
        if name in self._opened or name not in self._workbook.sheets:
            return None
        return self._outlines.find(self._workbook.sheets[name].part)

    def _read_row(self, sheet: str, part: SheetXml, row: int) -> dict[int, CellValue]:
        try:
            return part.read_row(row, self._strings)
        except ValueError as error:
            raise InputError(
                "单元格内容已损坏",
                "在 Excel 中打开，重新填写这个单元格并保存",
                Place(self._package.file, sheet, str(error)),
            ) from error

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        """Return the texts that the workbook's sheets share."""
        part = self._workbook.related.get("sharedStrings")
        if part is None or part not in self._package:
            return ()
        return read_shared_strings(self._package.read_xml(part))

    def _explain_filled_area(self, sheet: str, error: FilledAreaError) -> InputError:
        return InputError(
            "这里有数组公式或模拟运算表，不能只改其中一部分",
            "在 Excel 中把它换成普通公式或数值后再试",
            Place(self._package.file, sheet, str(error.area)),
        )

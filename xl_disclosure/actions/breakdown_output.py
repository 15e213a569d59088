"""分户表 of a large roll-up written into files beside the workbook.

The .xlsx is written row by row as it is made, so that memory does not grow with it; the same lines stand in a .parquet
for programs, where pyarrow is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from xl_disclosure.actions.breakdown_file import (
    BreakdownFile,
    breakdown_path,
    digest_of,
    parquet_path,
    stands_beside,
)
from xl_disclosure.actions.breakdown_parquet import do_without_numpy, write_parquet
from xl_disclosure.actions.breakdown_workbook import write_breakdown_workbook
from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.model import Edition
from xl_disclosure.rollup.beside import Beside
from xl_disclosure.rollup.breakdown import BreakdownLine
from xl_disclosure.rollup.cache_place import cache_file
from xl_disclosure.rollup.piece_cache import PieceCache
from xl_disclosure.workbook.layout import UNITS_SHEET

FindFile = Callable[[], BreakdownFile | None]
"""Waits for the file that 分户表 stands in; None where it stands in the workbook."""


@contextmanager
def written_beside(output: Path, edition: Edition, lines: Sequence[BreakdownLine]) -> Iterator[FindFile]:
    """Begin to write lines that are more than a workbook takes easily into files that wait beside it.

    What waits for them puts them in the place of those of an earlier roll-up; without it these stay as they are. It
    raises InputError, as entering does, where the files cannot be written there.
    """
    if not stands_beside(lines):
        yield lambda: None
        return
    with ExitStack() as stack:
        with _explaining(output, lines):
            folder = Path(stack.enter_context(TemporaryDirectory(prefix=".xl-disclosure-", dir=output.parent)))
        digest = stack.enter_context(Beside(partial(_write_files, folder, output, edition, lines), do_without_numpy))
        yield lambda: _put_in_place(folder, output, lines, digest.result())


@contextmanager
def _explaining(output: Path, lines: Sequence[BreakdownLine]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{UNITS_SHEET}有 {len(lines)} 行，要另存一个文件，却写不进去（{error.strerror}）"
        remedy = "关闭打开着的分户表文件，检查磁盘空间和权限后重试"
        raise InputError(what, remedy, Place(str(breakdown_path(output)))) from error


def _write_files(folder: Path, output: Path, edition: Edition, lines: Sequence[BreakdownLine]) -> str:
    """Write the lines as .xlsx and, where pyarrow is installed, as .parquet; return the SHA-256 of the former."""
    path = folder / breakdown_path(output).name
    with _explaining(output, lines):
        with path.open("wb") as file, closing(PieceCache(cache_file())) as shelf:
            write_breakdown_workbook(file, edition, lines, shelf)
        write_parquet(folder / parquet_path(output).name, edition, lines)
        return digest_of(path)


def _put_in_place(folder: Path, output: Path, lines: Sequence[BreakdownLine], digest: str) -> BreakdownFile:
    path = breakdown_path(output)
    with _explaining(output, lines):
        (folder / path.name).replace(path)
        table = folder / parquet_path(output).name
        if table.exists():
            table.replace(parquet_path(output))
        else:
            parquet_path(output).unlink(missing_ok=True)
    return BreakdownFile(path, digest)

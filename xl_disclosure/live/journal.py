"""What actions changed in a workbook, kept on disk before each change, so that it can be taken back at any time."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from xl_disclosure.workbook.book import CellContent, CellValue, ErrorValue, Value

MOST_ACTIONS = 10
FOLDER_VARIABLE = "XL_DISCLOSURE_DATA"
"""Environment variable: the folder for what is kept, where it is not the one usual for the system."""

_ENDING = ".jsonl"
_DIGITS = 9

# The keys of a journal's lines.
_MARK, _STATE, _SHEET, _CELLS = "mark", "state", "sheet", "cells"


class State(StrEnum):
    """Say how far an action came."""

    UNDER_WAY = "under_way"
    FINISHED = "finished"
    TAKEN_BACK = "taken_back"


@dataclass(slots=True)
class CellHistory:
    """Hold what a cell said before an action, and what the action wrote into it in turn."""

    before: CellValue
    written: list[CellValue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Journal:
    """Keep the changes of one action in a file, a line each, written through before the change is made."""

    path: Path
    action: str

    def keep(self, sheet: str, changes: Mapping[tuple[int, int], tuple[CellValue, CellContent]]) -> None:
        """Keep what cells say before they are written, and what will be."""
        cells = [
            [row, column, *_encode_cell(before), *_encode_cell(content)]
            for (row, column), (before, content) in changes.items()
        ]
        _append(self.path, {_SHEET: sheet, _CELLS: cells})

    def finish(self) -> None:
        """Keep that the action came to its end."""
        _append(self.path, {_STATE: State.FINISHED})

    def reopen(self) -> None:
        """Keep that the action is being taken back."""
        _append(self.path, {_STATE: State.TAKEN_BACK})

    def discard(self) -> None:
        """Forget the action."""
        self.path.unlink(missing_ok=True)

    @property
    def mark(self) -> str:
        """Return what the action leaves in the workbook, which no other action does; empty when it was not kept."""
        return next((str(line[_MARK]) for line in _lines(self.path) if _MARK in line), "")

    @property
    def state(self) -> State:
        """Return how far the action came."""
        states = [State(line[_STATE]) for line in _lines(self.path) if _STATE in line]
        return states[-1] if states else State.UNDER_WAY

    def batches(self) -> list[tuple[str, dict[tuple[int, int], CellHistory]]]:
        """Return sheet and cells of each writing in turn; a cell written again belongs to its first writing."""
        batches: list[tuple[str, dict[tuple[int, int], CellHistory]]] = []
        known: dict[tuple[str, int, int], CellHistory] = {}
        for line in _lines(self.path):
            batch: dict[tuple[int, int], CellHistory] = {}
            for row, column, *kept in line.get(_CELLS, ()):
                before, written = kept[: len(kept) // 2], kept[len(kept) // 2 :]
                key = (line[_SHEET], row, column)
                if key not in known:
                    known[key] = batch[row, column] = CellHistory(_decode_cell(before))
                known[key].written.append(_decode_cell(written))
            if batch:
                batches.append((line[_SHEET], batch))
        return batches


@dataclass(frozen=True, slots=True)
class Journals:
    """Hold the journals of one workbook: its last actions, oldest first."""

    folder: Path

    def all(self) -> list[Journal]:
        """Return the journals kept."""
        return [Journal(path, path.stem.partition("-")[2]) for path in sorted(self.folder.glob(f"*{_ENDING}"))]

    def begin(self, action: str) -> Journal:
        """Return a new journal; the oldest ones beyond the limit go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        known = self.all()
        for journal in known[: max(0, len(known) + 1 - MOST_ACTIONS)]:
            journal.discard()
        number = int(known[-1].path.stem.partition("-")[0]) + 1 if known else 1
        journal = Journal(self.folder / f"{number:0{_DIGITS}}-{action}{_ENDING}", action)
        _append(journal.path, {_MARK: uuid.uuid4().hex})
        return journal


def journals_of(book: Path, fingerprint: str) -> Journals:
    """Return the journals of a workbook, by its path and the fingerprint of its edition."""
    key = sha256(f"{book.resolve()}\n{fingerprint}".encode()).hexdigest()[:32]
    return Journals(_data_folder() / "undo" / key)


def _data_folder() -> Path:
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "xl-disclosure"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "xl-disclosure"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "xl-disclosure"


def _append(path: Path, line: Mapping[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    """Give the lines of a journal; a last one broken off was never followed by its change."""
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield json.loads(text)
        except json.JSONDecodeError:
            return


def _encode_cell(cell: CellValue | CellContent) -> list[Any]:
    return [_encode(cell.value), cell.formula, cell.link]


def _decode_cell(kept: Sequence[Any]) -> CellValue:
    value, formula, link = kept
    return CellValue(_decode(value), formula, link)


def _encode(value: Value) -> list[str] | None:
    match value:
        case None:
            return None
        case ErrorValue(code):
            return ["error", code]
        case bool():
            return ["bool", str(int(value))]
    return [type(value).__name__, str(value)]


def _decode(kept: list[str] | None) -> Value:
    if kept is None:
        return None
    kind, text = kept
    match kind:
        case "error":
            return ErrorValue(text)
        case "bool":
            return text == "1"
        case "int":
            return int(text)
        case "Decimal":
            return Decimal(text)
    return text

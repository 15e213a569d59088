"""What an installation changed, kept in the user's folder until it is taken back."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.errors import Place, SetupError
from xl_disclosure.installation.machine import Machine
from xl_disclosure.installation.plan import FileChange, FileKind


@dataclass(frozen=True, slots=True)
class Record:
    """Hold the files that were changed and the folders that were made, each in the order of its making."""

    changes: Sequence[FileChange]
    folders: Sequence[Path]


def record_path(machine: Machine) -> Path:
    """Return where the record is kept."""
    return machine.application_data / "xl_disclosure" / "installation.json"


def encode_record(record: Record) -> bytes:
    """Return a record as a file holds it."""
    changes = [
        {
            "path": str(change.path),
            "kind": change.kind,
            "earlier": None if change.earlier is None else base64.b64encode(change.earlier).decode(),
            "content": base64.b64encode(change.content).decode(),
        }
        for change in record.changes
    ]
    folders = [str(folder) for folder in record.folders]
    return json.dumps({"changes": changes, "folders": folders}, ensure_ascii=False, indent=1).encode("utf-8")


def read_record(machine: Machine) -> Record | None:
    """Return the record of the installation for this user; None where there is none.

    Raises:
        SetupError: the record is damaged.
    """
    path = record_path(machine)
    if not path.exists():
        return None
    try:
        stored = json.loads(path.read_bytes())
        changes = [
            FileChange(
                Path(change["path"]),
                FileKind(change["kind"]),
                None if change["earlier"] is None else base64.b64decode(change["earlier"]),
                base64.b64decode(change["content"]),
            )
            for change in stored["changes"]
        ]
        return Record(changes, [Path(folder) for folder in stored["folders"]])
    except (ValueError, KeyError, TypeError) as error:
        remedy = "删除这个文件，重新运行 xl-disclosure install"
        raise SetupError("安装记录已损坏", remedy, Place(str(path))) from error

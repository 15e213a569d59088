"""The editions at hand, read from their folders of TOML."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from xl_disclosure.errors import InputError, Place, RuleError
from xl_disclosure.forms.days import day_of_year
from xl_disclosure.forms.decode import decode, nearest, refuse
from xl_disclosure.forms.holdings import check_claims
from xl_disclosure.forms.inheritance import overlay
from xl_disclosure.forms.model import Edition, RowKind, Table
from xl_disclosure.forms.outline import check_outline

EDITIONS_VARIABLE = "XL_DISCLOSURE_EDITIONS"
"""Environment variable naming a further folder of editions, for local variants."""

COMMON = "common"
"""The folder whose rules every edition starts from."""

PARTS = ("form", "rules", "registers", "narrative", "comparison", "claims")


def edition_ids() -> tuple[str, ...]:
    """Return the ids of all editions at hand, oldest first, the national one before its variants."""
    directories = _directories()
    return _ids_in(directories, tuple(directory.stat().st_mtime_ns for directory in directories))


@lru_cache(maxsize=16)
def _ids_in(directories: tuple[Path, ...], changed: tuple[int, ...]) -> tuple[str, ...]:  # noqa: ARG001 - asks anew
    """Return the ids of the editions in folders, as long as nothing is put there or taken out."""
    editions = (load_edition(folder.name) for folder in _edition_folders(directories))
    return tuple(edition.id for edition in sorted(editions, key=lambda e: (e.first_year, e.local, e.id)))


@cache
def load_edition(edition_id: str) -> Edition:
    """Read one edition with what it extends.

    Raises InputError for an id that is not at hand and RuleError, with file, key and remedy, for a malformed file.
    """
    chain = _chain(edition_id)
    files = {part: _read_part(part, chain) for part in PARTS}
    form_file = str(_folder(edition_id) / "form.toml")
    form = files["form"]
    record = {
        "id": edition_id,
        **form,
        "rules": {code: {"id": code, **rule} for code, rule in files["rules"].items()},
        "registers": {code: {"code": code, **register} for code, register in files["registers"].items()},
        "outline": files["narrative"],
        "comparisons": files["comparison"].get("comparisons", {}),
        "claims": files["claims"],
        "ancestors": [folder.name for folder in chain[:-1]],
        "tables": {code: {"code": code, **table} for code, table in form.get("tables", {}).items()},
    }
    edition = decode(Edition, record, form_file, "版式")
    _check_references(edition, form_file)
    _check_days(edition, form_file.replace("form.toml", "rules.toml"))
    check_claims(edition, form_file.replace("form.toml", "claims.toml"))
    check_outline(edition, form_file.replace("form.toml", "narrative.toml"))
    return edition


def editions_for_year(year: int) -> tuple[Edition, ...]:
    """Return the editions in force for a reporting year, the national one first."""
    found = [load_edition(edition_id) for edition_id in edition_ids()]
    return tuple(edition for edition in found if edition.covers(year))


def _edition_folders(directories: Iterable[Path]) -> Iterator[Path]:
    for directory in directories:
        for folder in sorted(directory.iterdir()):
            if (folder / "form.toml").is_file():
                yield folder


def _directories() -> tuple[Path, ...]:
    bundled = Path(__file__).parent / "editions"
    further = os.environ.get(EDITIONS_VARIABLE)
    return (bundled, Path(further)) if further and Path(further).is_dir() else (bundled,)


def _folder(edition_id: str) -> Path:
    for directory in _directories():
        folder = directory / edition_id
        if (folder / "form.toml").is_file():
            return folder
    known = [f.name for d in _directories() for f in sorted(d.iterdir()) if (f / "form.toml").is_file()]
    suggestion = nearest(edition_id, known)
    remedy = f"改为 {suggestion}" if suggestion else f"改为下列之一：{'、'.join(known)}"
    raise InputError(f"没有名为“{edition_id}”的版式", remedy)


def _chain(edition_id: str) -> list[Path]:
    folders: list[Path] = []
    following = edition_id
    while following:
        folder = _folder(following)
        if folder in folders:
            raise refuse(str(folder / "form.toml"), "extends", "版式互相扩展，成了循环", "改为扩展一个全国版式")
        folders.insert(0, folder)
        following = str(_read_toml(folder / "form.toml").get("extends", ""))
    return folders


def _read_part(part: str, chain: list[Path]) -> dict[str, Any]:
    folders = [_directories()[0] / COMMON, *chain]
    merged: dict[str, Any] = {}
    for folder in folders:
        path = folder / f"{part}.toml"
        if path.is_file():
            merged = overlay(merged, _read_toml(path), str(path))
    return merged


def _read_toml(path: Path) -> dict[str, Any]:
    """Return what a file says, not to be altered: editions have most of their files in common."""
    return _parse_toml(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _parse_toml(path: Path, changed: int) -> dict[str, Any]:  # noqa: ARG001 - parses a changed file anew
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"不是合乎语法的 TOML（{error}）", "按提示的行列改正", Place(file=str(path))) from error
    except UnicodeDecodeError as error:
        raise RuleError("不是 UTF-8 编码", "用 UTF-8 编码另存", Place(file=str(path))) from error


def _check_references(edition: Edition, file: str) -> None:
    for sheet in edition.sheets:
        for code in sheet.tables:
            if code not in edition.tables:
                remedy = f"改为下列之一：{'、'.join(edition.tables)}"
                raise refuse(file, f"sheets.{sheet.name}.tables", f"没有名为 {code} 的表", remedy)
    for table in edition.tables.values():
        _check_parents(table, file)


def _check_days(edition: Edition, file: str) -> None:
    for source in edition.rules.values():
        for level, month_day in source.days.items():
            try:
                day_of_year(month_day, edition.first_year)
            except ValueError as error:
                key = f"{source.id}.days.{level}"
                raise refuse(file, key, f"{month_day!r} 不是几月几日", "写成 01-31 的样子") from error


def _check_parents(table: Table, file: str) -> None:
    rows = {row.code: row for row in table.rows}
    for row in table.rows:
        if row.parent and row.parent not in rows:
            key = f"tables.{table.code}.rows.{row.code}.parent"
            suggestion = nearest(row.parent, rows)
            raise refuse(
                file, key, f"没有名为 {row.parent} 的行", f"改为 {suggestion}" if suggestion else "改正行的代码"
            )
        if row.kind is RowKind.GROUP and not table.children(row.code):
            key = f"tables.{table.code}.rows.{row.code}"
            raise refuse(file, key, "分组行之下没有行", '补上 parent 指向它的行，或把 kind 改为 "data"')

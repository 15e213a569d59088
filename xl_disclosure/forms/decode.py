"""TOML tables turned into the model's dataclasses, refusing what does not belong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from xl_disclosure.errors import Place, RuleError

Decoded = TypeVar("Decoded")

PLAIN_NAMES = {str: "文字", int: "整数", bool: "true 或 false", date: "日期，如 2026-01-31"}


def decode(kind: type[Decoded], value: object, file: str, key: str) -> Decoded:
    """Turn a TOML value into an instance of ``kind``.

    Raises RuleError naming the file, the key and the remedy for an unknown or missing key or a value of another kind.
    """
    decoded: Decoded = _decode(kind, value, file, key)
    return decoded


def refuse(file: str, key: str, what: str, remedy: str) -> RuleError:
    """Return the error for one key of an edition file."""
    return RuleError(what, remedy, Place(file=file, cell=f"键 {key}"))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the one given, or a blank."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def _decode(kind: Any, value: object, file: str, key: str) -> Any:
    if isinstance(kind, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    kind = getattr(kind, "__supertype__", kind)
    if kind in PLAIN_NAMES:
        return _decode_plain(kind, value, file, key)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _decode_choice(kind, value, file, key)
    if get_origin(kind) is tuple:
        return _decode_sequence(get_args(kind)[0], value, file, key)
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        table = _expect_table(value, file, key)
        return {name: _decode(inner, part, file, f"{key}.{name}") for name, part in table.items()}
    return _decode_record(kind, _expect_table(value, file, key), file, key)


def _decode_plain(kind: type, value: object, file: str, key: str) -> object:
    if type(value) is not kind:
        raise refuse(file, key, f"应为{PLAIN_NAMES[kind]}，实为 {value!r}", f"改写为{PLAIN_NAMES[kind]}")
    return value


def _decode_choice(kind: type[StrEnum], value: object, file: str, key: str) -> StrEnum:
    allowed = [member.value for member in kind]
    if value not in allowed:
        raise refuse(file, key, f"不认识的取值 {value!r}", f"改为下列之一：{'、'.join(allowed)}")
    return kind(str(value))


def _decode_sequence(inner: Any, value: object, file: str, key: str) -> tuple[object, ...]:
    if isinstance(value, dict) and is_dataclass(inner):
        name = fields(inner)[0].name
        return tuple(
            _decode(inner, {name: code, **_expect_table(part, file, f"{key}.{code}")}, file, f"{key}.{code}")
            for code, part in value.items()
        )
    if not isinstance(value, list):
        raise refuse(file, key, f"应为列表，实为 {value!r}", "写成 [ ... ]")
    return tuple(_decode(inner, part, file, f"{key}[{number}]") for number, part in enumerate(value, start=1))


def _decode_record(kind: Any, table: dict[str, object], file: str, key: str) -> object:
    known = {part.name: part for part in fields(kind)}
    for name in table:
        if name in known:
            continue
        suggestion = nearest(name, known)
        remedy = f"改为 {suggestion}，或删去" if suggestion else f"删去；可用的键：{'、'.join(known)}"
        raise refuse(file, f"{key}.{name}", "不认识的键", remedy)
    hints = type_hints(kind)
    arguments: dict[str, object] = {}
    for name, part in known.items():
        if name in table:
            arguments[name] = _decode(hints[name], table[name], file, f"{key}.{name}")
        elif is_required(part):
            raise refuse(file, f"{key}.{name}", "缺少这个键", f"补上 {name} = ...")
    return kind(**arguments)


@cache
def type_hints(kind: type) -> dict[str, Any]:
    """Return the resolved types of a dataclass's fields."""
    return get_type_hints(kind)


def is_required(part: Field[Any]) -> bool:
    """Tell whether a dataclass field has no default."""
    return part.default is MISSING and part.default_factory is MISSING


def _expect_table(value: object, file: str, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise refuse(file, key, f"应为表，实为 {value!r}", "写成 { ... } 或 [ ... ] 小节")
    return value

"""The record of a file as bytes, from which nothing but a record can be built.

A line of JSON with what the cover says and the odd figures, one with the findings, if there are any, and behind them
the figures as they are packed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, get_type_hints

from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.checks.findings import Finding
from xl_disclosure.errors import Place
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.figures import WIDTH, Figures
from xl_disclosure.rollup.sent import SentReturn

_CLASS, _DECIMAL = "@", "#"
"""Keys that no mapping of a record has."""

_CLASSES: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (Finding, Place, Explanation)}
_ENUMERATIONS: Mapping[type[Any], Mapping[str, type[Enum]]] = {
    kind: {
        field: hint for field, hint in get_type_hints(kind).items() if isinstance(hint, type) and issubclass(hint, Enum)
    }
    for kind in _CLASSES.values()
}
"""The fields of each class whose values are words of a fixed list."""


def record_to_bytes(sent: SentReturn) -> bytes:
    """Return a record as bytes."""
    cover = (sent.unit, sent.unit_code, sent.edition, sent.year, sent.digest, sent.preparer, sent.phone, sent.date)
    odd = [(place, _plain_number(figure)) for place, figure in sent.figures.odd]
    lines = (_write_json((*cover, odd)), _write_json(sent.findings) if sent.findings else "")
    return b"\n".join([*(line.encode("utf-8", "surrogatepass") for line in lines), sent.figures.packed])


def record_from_bytes(content: bytes) -> SentReturn:
    """Return the record that bytes of ``record_to_bytes`` say; ValueError for any others."""
    line, found, packed = content.split(b"\n", 2)
    try:
        unit, unit_code, edition, year, digest, *contact, odd = _read_plain_json(_decode(line))[0]
        findings = tuple(_read_json(_decode(found))[0]) if found else ()
        return SentReturn(unit, unit_code, edition, year, digest, _figures(packed, odd), findings, *contact)
    except (LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(content[:100]) from error


def _figures(packed: bytes, odd: Iterable[tuple[int, int | str | None]]) -> Figures:
    numbers = [(place, Decimal(number) if isinstance(number, str) else number) for place, number in odd]
    places = range(len(packed) // WIDTH)
    if len(packed) % WIDTH or any(place not in places for place, _ in numbers):
        raise ValueError(odd)
    return Figures(packed, tuple(numbers))


def _decode(line: bytes) -> str:
    return line.decode("utf-8", "surrogatepass")


def _plain_number(number: Number | None) -> int | str | None:
    return str(number) if isinstance(number, Decimal) else number


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and type(value).__name__ in _CLASSES:
        stated = {field.name: getattr(value, field.name) for field in fields(value)}
        return {_CLASS: type(value).__name__, **stated}
    raise TypeError(type(value).__name__)


def _build(stated: dict[str, Any]) -> object:
    if _DECIMAL in stated:
        return Decimal(stated[_DECIMAL])
    if _CLASS not in stated:
        return stated
    kind = _CLASSES[stated.pop(_CLASS)]
    for name, enumeration in _ENUMERATIONS[kind].items():
        stated[name] = enumeration(stated[name])
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in stated.items()})


_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
_read_json = json.JSONDecoder(object_hook=_build).raw_decode
_read_plain_json = json.JSONDecoder().raw_decode

"""The record of a file as bytes, from which nothing but a record can be built.

A line of JSON, and behind it the figures as whole numbers of four bytes; those that are none stand in the line by
their place. A record has hundreds of figures, and JSON takes five times as long to read them.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, get_type_hints

from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.checks.findings import Finding
from xl_disclosure.errors import Place
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.sent import SentReturn

_WIDTH = 4
_MOST = 2**31 - 1
"""The largest figure of so many bytes."""

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
    odd = {place: figure for place, figure in enumerate(sent.figures) if type(figure) is not int}
    try:
        packed = _pack(sent.figures, odd)
    except struct.error:  # a whole number of more bytes, which hardly any return has
        odd |= {place: figure for place, figure in enumerate(sent.figures) if _is_large(figure)}
        packed = _pack(sent.figures, odd)
    blank = [place for place, figure in odd.items() if figure is None]
    other = [(place, _plain_number(figure)) for place, figure in odd.items() if figure is not None]
    cover = (sent.unit, sent.unit_code, sent.edition, sent.year, sent.digest, sent.preparer, sent.phone, sent.date)
    line = _write_json((cover, sent.findings, blank, other))
    return line.encode("utf-8", "surrogatepass") + b"\n" + packed


def record_from_bytes(content: bytes) -> SentReturn:
    """Return the record that bytes of ``record_to_bytes`` say; ValueError for any others."""
    line, _, packed = content.partition(b"\n")
    try:
        (cover, findings, blank, other), _ = _read_json(line.decode("utf-8", "surrogatepass"))
        figures = _unpack(packed, blank, other)
        unit, unit_code, edition, year, digest, *contact = cover
        return SentReturn(unit, unit_code, edition, year, digest, figures, tuple(findings), *contact)
    except (LookupError, TypeError, ArithmeticError, RecursionError, struct.error) as error:
        raise ValueError(content[:100]) from error


def _is_large(figure: Number | None) -> bool:
    return isinstance(figure, int) and abs(figure) > _MOST


def _pack(figures: Sequence[Number | None], odd: Iterable[int]) -> bytes:
    whole = list(figures)
    for place in odd:
        whole[place] = 0
    return struct.pack(f"<{len(whole)}i", *whole)


def _unpack(packed: bytes, blank: Iterable[int], other: Iterable[Sequence[Any]]) -> tuple[Number | None, ...]:
    figures: list[Number | None] = [*struct.unpack(f"<{len(packed) // _WIDTH}i", packed)]
    for place in blank:
        figures[place] = None
    for place, number in other:
        figures[place] = Decimal(number) if isinstance(number, str) else number
    return tuple(figures)


def _plain_number(number: Number) -> int | str:
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

"""The record of a file as text, from which nothing but a record can be built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, get_type_hints

from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.checks.findings import Finding
from xl_disclosure.errors import Place
from xl_disclosure.rollup.sent import SentReturn

_CLASS, _DECIMAL = "@", "#"
"""Keys that no mapping of a record has."""

_CLASSES: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (SentReturn, Finding, Place, Explanation)}
_ENUMERATIONS: Mapping[type[Any], Mapping[str, type[Enum]]] = {
    kind: {
        field: hint for field, hint in get_type_hints(kind).items() if isinstance(hint, type) and issubclass(hint, Enum)
    }
    for kind in _CLASSES.values()
}
"""The fields of each class whose values are words of a fixed list."""


def record_to_text(sent: SentReturn) -> str:
    """Return a record as JSON."""
    return json.dumps(sent, ensure_ascii=False, separators=(",", ":"), default=_plain)


def record_from_text(text: str) -> SentReturn:
    """Return the record that a text of ``record_to_text`` says; ValueError for any other text."""
    try:
        sent = json.loads(text, object_hook=_build)
    except (KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(text[:100]) from error
    if not isinstance(sent, SentReturn):
        raise ValueError(text[:100])
    return sent


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

"""Make and name UNO values."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from xl_disclosure.libreoffice.uno_loading import load_uno

UnoObject = Any
"""An object that lives in LibreOffice; its members are those of its UNO services."""


@functools.cache
def uno_exception() -> type[Exception]:
    """Return the class that every exception of UNO descends from."""
    exception: type[Exception] = load_uno().getClass("com.sun.star.uno.Exception")
    return exception


def make_struct(name: str, **fields: object) -> UnoObject:
    """Return a new UNO struct; `name` is given without its opening com.sun.star."""
    struct = load_uno().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(struct, field, value)
    return struct


def make_enum(name: str, value: str) -> UnoObject:
    """Return a value of a UNO enum; `name` is given without its opening com.sun.star."""
    return load_uno().Enum(f"com.sun.star.{name}", value)


def make_short(value: int) -> UnoObject:
    """Return a number as the 16-bit one that some properties insist on."""
    return load_uno().Any("short", value)


def make_properties(values: Mapping[str, object]) -> tuple[UnoObject, ...]:
    """Return named values as UNO takes them."""
    return tuple(make_struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())

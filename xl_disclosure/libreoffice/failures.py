"""Turn what UNO raises into LibreOfficeError at the border of the engine.

An exception of UNO must not reach xlwings: Python cannot put a traceback on it, so any context manager that it passes
through fails with an exception of its own.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from xl_disclosure.libreoffice.errors import LibreOfficeError
from xl_disclosure.libreoffice.uno_types import uno_exception

_Class = TypeVar("_Class", bound=type)

_GONE = ("DisposedException", "NoConnectException")
# What LibreOffice's bridge says when it looks at an object that is there no more.
_OF_A_DEAD_OBJECT = "illegal object given"


def explains_failures(cls: _Class) -> _Class:
    """Let methods and properties of a class raise LibreOfficeError where LibreOffice does not do what they ask."""
    for name, member in list(vars(cls).items()):
        what = f"{cls.__name__}.{name}"
        if inspect.isfunction(member):
            setattr(cls, name, explained(what, member))
        elif isinstance(member, property):
            read, write = (None if part is None else explained(what, part) for part in (member.fget, member.fset))
            setattr(cls, name, property(read, write, None, member.__doc__))
    return cls


def explained(what: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function so that it raises LibreOfficeError, which names what was asked for, not UNO's exceptions."""

    @functools.wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except uno_exception() as error:
            raise LibreOfficeError(_explanation(what, error)) from None

    return call


def _explanation(what: str, error: Exception) -> str:
    kind = type(error).__name__.rpartition(".")[2]
    if kind in _GONE or _OF_A_DEAD_OBJECT in str(error):
        return f"{what}: LibreOffice, or the workbook, was closed since this program found it: open the workbook again"
    return (
        f"{what}: LibreOffice does not do it ({kind}: {error}): see whether the workbook is open for reading only, or "
        "the cells are merged or belong to an array formula"
    )

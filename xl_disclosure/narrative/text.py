"""A clerk's text with fields: read with Jinja's parser, filled in by look-up, never run as a program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from xl_disclosure.errors import InputError, Place
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.look_up import braced, look_up_text

_PARSER = Environment(autoescape=False)  # noqa: S701  it only parses; what is printed is escaped where it is printed
_BRACES_OF_ANOTHER_KIND = re.compile(r"(?:\{|｛+)\s*([\w.]+)\s*(?:\}|｝+)")
_SHOWN = 20


def fill_in(text: str, fields: Fields, place: Place) -> str:
    """Return the text with every ``{{ field }}`` replaced by what it reads.

    Nothing else of the template language is allowed, so a text can neither run code nor lose a word.
    Raises InputError at the place given for an unknown or blank field and for anything but fields in braces.
    """
    try:
        pieces = _take_apart(text)
    except _UnusableText as error:
        raise _refuse_braces(str(error), place) from error
    parts: list[str] = []
    for piece in pieces:
        if piece.is_field:
            parts.append(look_up_text(piece.text, fields, place))
            continue
        _check_braces(piece, fields, place)
        parts.append(piece.text)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold the name of a field or words as they stand, with what in those looks like a field in other braces."""

    text: str
    is_field: bool
    braced: tuple[tuple[str, str], ...] = ()


class _UnusableText(Exception):  # noqa: N818 - says what is wrong with a text; where it stands is known to who asked
    """Report a text that holds more than fields in braces."""


@lru_cache(maxsize=1024)
def _take_apart(text: str) -> tuple[_Piece, ...]:
    """Return the words and fields of a text; the same lines are offered to every unit."""
    if "{#" in text:
        raise _UnusableText("{# … #} 之间的文字不会印出")
    try:
        statements = _PARSER.parse(text).body
    except TemplateSyntaxError as error:
        raise _UnusableText(f"花括号的写法有误（在“{_excerpt(text)}”）") from error
    pieces: list[_Piece] = []
    for statement in statements:
        if not isinstance(statement, nodes.Output):
            raise _UnusableText("正文中不能写 {% … %}")
        pieces.extend(_piece(part) for part in statement.nodes)
    return tuple(pieces)


def _piece(part: nodes.Expr) -> _Piece:
    match part:
        case nodes.TemplateData(data=data):
            braced = ((found[0], found[1]) for found in _BRACES_OF_ANOTHER_KIND.finditer(data))
            return _Piece(data, is_field=False, braced=tuple(braced))
        case nodes.Const(value=str() as value):
            return _Piece(value, is_field=False)
        case _:
            return _Piece(_field_name(part), is_field=True)


def _field_name(part: nodes.Expr) -> str:
    match part:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attribute):
            return f"{_field_name(inner)}.{attribute}"
        case nodes.Getitem(node=inner, arg=nodes.Const(value=str() as key)):
            return f"{_field_name(inner)}.{key}"
        case _:
            raise _UnusableText("{{ }} 之间只能写一个字段的名称，不能写算式")


def _check_braces(piece: _Piece, fields: Fields, place: Place) -> None:
    for written, name in piece.braced:
        if name in fields:
            raise InputError(f"字段“{written}”的花括号写法有误，不会换成数字", f"改为 {braced(name)}", place)


def _refuse_braces(what: str, place: Place) -> InputError:
    remedy = "字段写成 {{ 名称 }}，花括号用半角、成对；什么情况下采用这一段，写在“采用条件”一列"
    return InputError(what, remedy, place)


def _excerpt(text: str) -> str:
    start = max(text.find("{"), 0)
    return text[start : start + _SHOWN]

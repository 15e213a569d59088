"""A clerk's text with fields: read with Jinja's parser, filled in by look-up, never run as a program."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from xl_disclosure.errors import InputError, Place
from xl_disclosure.narrative.field import Fields
from xl_disclosure.narrative.look_up import braced, look_up

_PARSER = Environment(autoescape=False)  # noqa: S701  it only parses; what is printed is escaped where it is printed
_BRACES_OF_ANOTHER_KIND = re.compile(r"(?:\{|｛+)\s*([\w.]+)\s*(?:\}|｝+)")
_SHOWN = 20


def fill_in(text: str, fields: Fields, place: Place) -> str:
    """Return the text with every ``{{ field }}`` replaced by what it reads.

    Nothing else of the template language is allowed, so a text can neither run code nor lose a word.
    Raises InputError at the place given for an unknown or blank field and for anything but fields in braces.
    """
    if "{#" in text:
        raise _refuse_braces("{# … #} 之间的文字不会印出", place)
    try:
        statements = _parse(text)
    except TemplateSyntaxError as error:
        raise _refuse_braces(f"花括号的写法有误（在“{_excerpt(text)}”）", place) from error
    parts: list[str] = []
    for statement in statements:
        if not isinstance(statement, nodes.Output):
            raise _refuse_braces("正文中不能写 {% … %}", place)
        parts.extend(_say(part, fields, place) for part in statement.nodes)
    return "".join(parts)


@lru_cache(maxsize=1024)
def _parse(text: str) -> list[nodes.Node]:
    """Return a text as Jinja reads it; the same lines are offered to every unit."""
    return _PARSER.parse(text).body


def _say(part: nodes.Expr, fields: Fields, place: Place) -> str:
    match part:
        case nodes.TemplateData(data=data):
            _check_braces(data, fields, place)
            return data
        case nodes.Const(value=str() as value):
            return value
        case _:
            return look_up(_field_name(part, place), fields, place).text


def _field_name(part: nodes.Expr, place: Place) -> str:
    match part:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attribute):
            return f"{_field_name(inner, place)}.{attribute}"
        case nodes.Getitem(node=inner, arg=nodes.Const(value=str() as key)):
            return f"{_field_name(inner, place)}.{key}"
        case _:
            raise _refuse_braces("{{ }} 之间只能写一个字段的名称，不能写算式", place)


def _check_braces(data: str, fields: Fields, place: Place) -> None:
    for found in _BRACES_OF_ANOTHER_KIND.finditer(data):
        if found[1] in fields:
            raise InputError(f"字段“{found[0]}”的花括号写法有误，不会换成数字", f"改为 {braced(found[1])}", place)


def _refuse_braces(what: str, place: Place) -> InputError:
    remedy = "字段写成 {{ 名称 }}，花括号用半角、成对；什么情况下采用这一段，写在“采用条件”一列"
    return InputError(what, remedy, place)


def _excerpt(text: str) -> str:
    start = max(text.find("{"), 0)
    return text[start : start + _SHOWN]

"""Fields found by name; what cannot be read is refused with where to mend it."""

from __future__ import annotations

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.decode import nearest
from xl_disclosure.narrative.derived import DERIVED
from xl_disclosure.narrative.field import Field, Fields


def find_field(name: str, fields: Fields, place: Place) -> Field:
    """Return the field of that name, blank or not.

    Raises InputError at the place given for an unknown name, with the nearest known one.
    """
    if name in fields:
        return fields[name]
    prefix, _, rest = name.partition(".")
    if prefix in DERIVED and rest:
        return DERIVED[prefix](find_field(rest, fields, place))
    suggestion = nearest(name, fields)
    remedy = f"改为“{suggestion}”" if suggestion else f"改为已有的字段，例如 {_examples(fields)}"
    raise InputError(f"没有名为“{name}”的字段", remedy, place)


def look_up(name: str, fields: Fields, place: Place) -> Field:
    """Return the field of that name, with something to print.

    Raises InputError at the place given for an unknown name, with the nearest known one, and for a blank field, with
    where to fill it in.
    """
    field = find_field(name, fields, place)
    if field.text:
        return field
    if field.absence:
        raise InputError(f"字段“{name}”没有数据：“{field.wording}”{field.absence}", field.remedy, place)
    state = f"写的是“{field.written}”，不是数" if field.written else "空白"
    what = f"字段“{name}”引用的“{field.wording}”没有数据（{field.place} {state}）"
    raise InputError(what, f"先填好“{field.wording}”，没有的填 0；或改写这一行", place)


def look_up_text(name: str, fields: Fields, place: Place) -> str:
    """Return what the field of that name reads. Raises as ``look_up`` does."""
    text = fields.text(name)
    return look_up(name, fields, place).text if text is None else text


def braced(name: str) -> str:
    """Return a field's name as it is written in a text."""
    return "{{ " + name + " }}"


def _examples(fields: Fields) -> str:
    return "、".join(list(fields)[:3])

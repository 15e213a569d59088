"""Fields made of another field: last year's figure, the change against it, the figure in Chinese numerals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xl_disclosure.errors import Place
from xl_disclosure.narrative.field import Field
from xl_disclosure.narrative.figures import change_against, in_chinese, plain

_NO_LAST_YEAR = "没有上年可以比较的数"
_MEND_LAST_YEAR = "填表时选上年的报表，或给这一段写上采用条件，例如 上年.收到申请数 >= 0"


def last_year_field(field: Field) -> Field:
    """Return last year's figure of the same field."""
    if field.before is None:
        return _absent(field)
    return Field(f"上年的{field.wording}", plain(field.before), field.before, Place(), unit=field.unit)


def change_field(field: Field) -> Field:
    """Return the whole phrase that says how the figure changed: 同比增长12.5%, 与上年持平 ..."""
    if field.figure is None:
        return field
    if field.before is None:
        return _absent(field)
    return Field(field.wording, change_against(field.before, field.figure, field.unit), None, field.place)


def numeral_field(field: Field) -> Field:
    """Return the figure in Chinese numerals; what is not a whole figure reads as it does."""
    if not isinstance(field.figure, int):
        return field
    return Field(field.wording, in_chinese(field.figure), field.figure, field.place)


DERIVED: Mapping[str, Callable[[Field], Field]] = {
    "上年": last_year_field,
    "同比": change_field,
    "汉字": numeral_field,
}
"""What a word before a field's name makes of it, as in ``同比.收到申请数``."""


def _absent(field: Field) -> Field:
    return Field(field.wording, "", None, field.place, absence=_NO_LAST_YEAR, remedy=_MEND_LAST_YEAR)

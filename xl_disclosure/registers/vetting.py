"""An edition's registers held against its form, for the author of an edition."""

from __future__ import annotations

from collections.abc import Iterator

from xl_disclosure.errors import Place, RuleError
from xl_disclosure.forms.decode import nearest
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.registers import Count, Register
from xl_disclosure.registers.counting import countable_facts, placeholders


def vet_registers(edition: Edition) -> None:
    """Refuse registers that name columns they do not have or facts the form does not have.

    Raises:
        RuleError: naming the register, the name and the nearest known one.
    """
    for register in edition.registers.values():
        fields = [field.code for field in register.fields]
        for name in _fields_named(register):
            if name not in fields:
                raise _refuse(edition, register, f"没有名为 {name} 的列", name, fields)
        for address in countable_facts(register):
            if address not in edition.facts:
                raise _refuse(edition, register, f"计入的 {address} 不是本版式的数据", address, list(edition.facts))


def _fields_named(register: Register) -> Iterator[str]:
    for count in register.counts:
        yield from _fields_of(count)
    for field in register.fields:
        if field.not_before:
            yield field.not_before
    if register.group_field:
        yield register.group_field


def _fields_of(count: Count) -> Iterator[str]:
    yield from placeholders(count)
    yield from count.where
    yield from count.blank
    yield from (name for name in (count.date, count.weight) if name)


def _refuse(edition: Edition, register: Register, what: str, name: str, known: list[str]) -> RuleError:
    suggestion = nearest(name, known)
    remedy = f"改为 {suggestion}" if suggestion else f"改为下列之一：{'、'.join(known)}"
    return RuleError(what, remedy, Place(f"版式 {edition.id} 的 registers.toml", cell=f"键 {register.code}"))

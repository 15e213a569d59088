"""Facts written as JSON: ``{"edition", "unit", "year", "facts": {address: number or null}}``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.catalog import edition_ids, editions_for_year, load_edition
from xl_disclosure.forms.decode import nearest
from xl_disclosure.forms.model import Edition, Fact, FactAddress
from xl_disclosure.returns.cells import read_cell
from xl_disclosure.returns.form_problems import slip_problem
from xl_disclosure.returns.model import Entry, Problem, ProblemKind, Return
from xl_disclosure.returns.sources.opening import TEXT_NAMES

EDITION_KEYS = ("edition", "printed_edition")
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
MOST_FACTS = 2_000
SHAPE = '写成 {"edition": …, "unit": …, "year": …, "facts": {"地址": 数}}'


def is_json(content: bytes, file: str) -> bool:
    """Tell whether a file holds a JSON object, by its name or, for a text file, by how it opens."""
    suffix = PurePath(file).suffix.lower()
    return suffix == ".json" or (suffix in TEXT_NAMES and _OPENING.match(content) is not None)


def read_facts(content: bytes, file: str, edition: Edition | None = None) -> Return:
    """Read a return from JSON; InputError when it is not of that shape or names an edition not at hand."""
    record = _parse(content)
    year = record.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise InputError(f"year 的值 {year!r} 不是年份", "写成四位数的年份，如 2024", Place(cell="键 year"))
    facts = record.get("facts")
    if not isinstance(facts, dict):
        raise InputError("没有 facts", SHAPE)
    if len(facts) > MOST_FACTS:
        raise InputError(f"facts 有 {len(facts)} 项，不是一份报表", SHAPE)
    used = edition or _stated_edition(record, year)
    entries: dict[FactAddress, Entry] = {}
    problems: list[Problem] = []
    for address, value in facts.items():
        fact = used.facts.get(FactAddress(address))
        place = Place(file=file, cell=address)
        if fact is None:
            problems.append(_unknown_address(address, value, used, place))
            continue
        entry, problem = _read_value(fact, value, place)
        entries[fact.address] = entry
        problems.extend(problem)
    return Return(used.id, str(record.get("unit") or ""), year, entries, tuple(problems), file=file)


def _parse(content: bytes) -> dict[str, object]:
    try:
        record = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError("不是合乎语法的 JSON", "用生成它的程序重新导出") from error
    if not isinstance(record, dict):
        raise InputError("不是一份报表的 JSON", SHAPE)
    return record


def _stated_edition(record: Mapping[str, object], year: int | None) -> Edition:
    stated = next((str(record[key]) for key in EDITION_KEYS if record.get(key)), "")
    if stated in edition_ids():
        return load_edition(stated)
    known = "、".join(edition_ids())
    if stated:
        raise InputError(f"没有名为“{stated}”的版式", f"edition 改为下列之一：{known}", Place(cell="键 edition"))
    national = [edition for edition in editions_for_year(year or 0) if not edition.local]
    if not national:
        raise InputError("没有写明版式", f"补上 edition，为下列之一：{known}", Place(cell="键 edition"))
    return national[0]


def _read_value(fact: Fact, value: object, place: Place) -> tuple[Entry, list[Problem]]:
    text = "" if value is None else str(value)
    raw = value if isinstance(value, int | Decimal) and not isinstance(value, bool) else text
    reading = read_cell(raw, fact.measure, fact.unit)
    entry = Entry(reading.value, reading.state, text, place)
    return entry, [] if reading.slip is None else [slip_problem(fact, entry, reading.slip)]


def _unknown_address(address: str, value: object, edition: Edition, place: Place) -> Problem:
    suggestion = nearest(address, edition.facts)
    remedy = f"改为 {suggestion}，或删去" if suggestion else "删去，或改正地址"
    message = f"“{edition.name}”没有地址为 {address} 的数据项，没有读取"
    return Problem(ProblemKind.UNKNOWN_ROW, place, str(value), message, remedy)

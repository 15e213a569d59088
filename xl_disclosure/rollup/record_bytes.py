"""The record of a file as bytes, from which nothing but a record can be built.

The first are a checksum and JSON of all but the figures; the second the figures as they are packed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from zlib import crc32

from xl_disclosure.checks.explanations import Explanation
from xl_disclosure.checks.findings import Finding, Outcome
from xl_disclosure.errors import Place
from xl_disclosure.forms.rules import Severity
from xl_disclosure.returns.model import Number
from xl_disclosure.rollup.figures import WIDTH, Figures
from xl_disclosure.rollup.sent import SentReturn

_CHECKSUM = 4
"""Bytes of a CRC-32, as in a ZIP archive: it tells of damage, not of malice."""

_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_SEVERITIES = {severity.value: severity for severity in Severity}

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

RecordBytes = tuple[bytes, bytes]


def record_to_bytes(sent: SentReturn) -> RecordBytes:
    """Return a record as bytes."""
    cover = (sent.unit, sent.unit_code, sent.edition, sent.year, sent.digest, sent.preparer, sent.phone, sent.date)
    odd = [(place, _plain_number(figure)) for place, figure in sent.figures.odd]
    findings = [_plain_finding(finding) for finding in sent.findings]
    text = _write_json((*cover, odd, findings)).encode("utf-8", "surrogatepass")
    return _checksum(text, sent.figures.packed) + text, sent.figures.packed


def records_from_bytes(contents: Sequence[RecordBytes]) -> list[SentReturn]:
    """Return the records that bytes of ``record_to_bytes`` say; ValueError where there are any others among them.

    The JSON of many is read at once, which takes half the time.
    """
    joined = b",".join([_whole_text(content, packed) for content, packed in contents])
    try:
        stated = json.loads(f"[{joined.decode('utf-8', 'surrogatepass')}]")
        return [_record(plain, packed) for plain, (_, packed) in zip(stated, contents, strict=True)]
    except (LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(joined[:100]) from error


def _checksum(text: bytes, packed: bytes) -> bytes:
    return crc32(packed, crc32(text)).to_bytes(_CHECKSUM, "big")


def _whole_text(content: bytes, packed: bytes) -> bytes:
    """Return the text behind a checksum; ValueError where either it or the figures are not whole."""
    text = content[_CHECKSUM:]
    if content[:_CHECKSUM] != _checksum(text, packed):
        raise ValueError(content[:100])
    return text


def _record(plain: Sequence[Any], packed: bytes) -> SentReturn:
    unit, unit_code, edition, year, digest, preparer, phone, date, odd, findings = plain
    found = tuple(map(_finding, findings))
    return SentReturn(unit, unit_code, edition, year, digest, _figures(packed, odd), found, preparer, phone, date)


def _figures(packed: bytes, odd: Iterable[tuple[int, int | str | None]]) -> Figures:
    width, remainder = divmod(len(packed), WIDTH)
    numbers: list[tuple[int, Number | None]] = []
    for place, number in odd:
        if not 0 <= place < width:
            raise ValueError(place)
        numbers.append((place, Decimal(number) if isinstance(number, str) else number))
    if remainder:
        raise ValueError(remainder)
    return Figures(packed, tuple(numbers))


def _plain_number(number: Number | None) -> int | str | None:
    return str(number) if isinstance(number, Decimal) else number


def _plain_finding(finding: Finding) -> Sequence[Any]:
    place, explanation = finding.place, finding.explanation
    return (
        finding.rule,
        finding.outcome,
        finding.severity,
        finding.unit,
        finding.facts,
        _plain_compared(finding.found),
        _plain_compared(finding.expected),
        finding.scope,
        {address: _plain_number(figure) for address, figure in finding.values.items()},
        dict(finding.words),
        finding.reason,
        place and (place.file, place.sheet, place.cell),
        explanation and (explanation.note, explanation.approved, explanation.approver),
    )


def _finding(plain: Sequence[Any]) -> Finding:
    rule, outcome, severity, unit, facts, found, expected, scope, values, words, reason, place, explanation = plain
    return Finding(
        rule,
        _OUTCOMES[outcome],
        _SEVERITIES[severity],
        unit,
        tuple(facts),
        _compared(found),
        _compared(expected),
        scope,
        {address: Decimal(figure) if isinstance(figure, str) else figure for address, figure in values.items()},
        words,
        reason,
        place and Place(*place),
        explanation and Explanation(*explanation),
    )


def _plain_compared(compared: Number | str | None) -> Number | str | list[str] | None:
    """Return a decimal as a list, as a text may stand in its place."""
    return [str(compared)] if isinstance(compared, Decimal) else compared


def _compared(plain: Any) -> Number | str | None:
    return Decimal(plain[0]) if isinstance(plain, list) else plain

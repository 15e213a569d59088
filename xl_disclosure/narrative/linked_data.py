"""A report's facts in the words of schema.org, for machines that read its page."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from xl_disclosure.forms.model import Fact
from xl_disclosure.narrative.report import Report

_MARKUP = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def linked_data(report: Report) -> str:
    """Return the report's facts as JSON-LD that may stand inside a script element; a blank fact has the value null."""
    record = {
        "@context": "https://schema.org",
        "@type": ["Report", "Dataset"],
        "name": report.title,
        "inLanguage": "zh-CN",
        "temporalCoverage": f"{report.year}-01-01/{report.year}-12-31",
        "publisher": {"@type": "GovernmentOrganization", "name": report.unit},
        "version": report.edition.id,
        "isBasedOn": report.edition.legal_basis,
        "variableMeasured": [_measured(report, fact) for fact in report.edition.facts.values()],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, default=_number).translate(_MARKUP)


def _measured(report: Report, fact: Fact) -> dict[str, Any]:
    entry = report.entries.get(fact.address)
    return {
        "@type": "PropertyValue",
        "propertyID": fact.address,
        "name": fact.name,
        "unitText": fact.unit,
        "value": None if entry is None else entry.value,
    }


def _number(value: object) -> int | float:
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else float(number)

"""Rules written by a test, bound to a real edition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import Edition
from xl_disclosure.forms.rules import Basis, RuleSource, Severity, Span
from xl_disclosure.rules.binding import BoundRule, bind_rule

EDITION = "2021"


def rule_source(check: str, **more: Any) -> RuleSource:
    """Return a rule named "own" over the columns of table requests, unless said otherwise."""
    given = {"tables": ("requests",), "over": Span.COLUMNS, **more}
    return RuleSource("own", "自拟", Severity.ERROR, Basis.HIERARCHY, check=check, **given)


def bind_own(check: str, edition: str = EDITION, **more: Any) -> tuple[BoundRule, ...]:
    """Return the instances of a rule written by a test."""
    return bind_rule(rule_source(check, **more), load_edition(edition))


def edition_with(*sources: RuleSource, edition: str = EDITION) -> Edition:
    """Return an edition with no rules but these."""
    return replace(load_edition(edition), rules={source.id: source for source in sources})

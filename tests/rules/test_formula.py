"""A rule as the text of an Excel formula."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.own_rules import bind_own
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.rules.binding import BoundRule
from xl_disclosure.rules.cell_ranges import join_cells
from xl_disclosure.rules.formula import computed_formula, truth_formula

CELLS = {
    "requests.received.total": "D7",
    "requests.brought_forward.total": "D8",
    "requests.granted.total": "D9",
    "requests.granted_in_part.total": "D11",
    "charges.administrative_charges.amount": "'表二'!B5",
}


def cell_of(address: FactAddress) -> str:
    return CELLS[address]


def last_year_cell_of(address: FactAddress) -> str:
    return f"last!{CELLS[address]}"


def own(check: str, **more: Any) -> BoundRule:
    return bind_own(check, only=("total",), **more)[0]


@pytest.mark.parametrize(
    ("check", "formula"),
    [
        ("received == brought_forward + granted", '=IF(COUNT(D7:D9)<3,"",D7=D8+D9)'),
        ("received != granted_in_part", '=IF(COUNT(D7,D11)<2,"",D7<>D11)'),
        ("received - (brought_forward - granted) == 0", '=IF(COUNT(D7:D9)<3,"",D7-(D8-D9)=0)'),
        ("received - brought_forward - granted == 0", '=IF(COUNT(D7:D9)<3,"",D7-D8-D9=0)'),
        ("2 * (received + granted) == -granted_in_part", '=IF(COUNT(D7,D9,D11)<3,"",2*(D7+D9)=-D11)'),
        ("-(received + granted) < 0", '=IF(COUNT(D7,D9)<2,"",-(D7+D9)<0)'),
        ("received == sum(brought_forward, granted, granted_in_part)",
         '=IF(COUNT(D7:D9,D11)<4,"",D7=SUM(D8:D9,D11))'),
        ("max(received, 2 * granted) <= abs(granted_in_part)",
         '=IF(COUNT(D7,D9,D11)<3,"",MAX(D7,2*D9)<=ABS(D11))'),
        ("received <= brought_forward <= granted", '=IF(COUNT(D7:D9)<3,"",AND(D7<=D8,D8<=D9))'),
        ("received == 0 and granted == 0", '=IF(COUNT(D7,D9)<2,"",AND(D7=0,D9=0))'),
        ("received == 0 or not granted == 0", '=IF(COUNT(D7,D9)<2,"",OR(D7=0,NOT(D9=0)))'),
        ("(received == 0) == (granted == 0)", '=IF(COUNT(D7,D9)<2,"",(D7=0)=(D9=0))'),
        ("(received == 0) != (granted == 0)", '=IF(COUNT(D7,D9)<2,"",(D7=0)<>(D9=0))'),
        ("received / granted <= 0.2", '=IFERROR(IF(COUNT(D7,D9)<2,"",D7/D9<=0.2),"")'),
        ("charges.administrative_charges.amount == 0.5 * received",
         "=IF(COUNT('表二'!B5,D7)<2,\"\",ROUND('表二'!B5,6)=ROUND(0.5*D7,1))"),
        ("1 == 1", "=1=1"),
    ],
)  # fmt: skip
def test_a_live_check_is_true_false_or_blank(check: str, formula: str) -> None:
    assert truth_formula(own(check), cell_of) == formula


def test_a_condition_comes_first() -> None:
    rule = own("granted == 0", when="received == 0")
    assert truth_formula(rule, cell_of) == '=IF(COUNT(D7)<1,"",IF(D7=0,IF(COUNT(D9)<1,"",D9=0),""))'


def test_a_rule_about_last_year_needs_last_years_cells() -> None:
    rule = own("received == last_year(granted)")
    assert truth_formula(rule, cell_of) is None
    assert truth_formula(rule, cell_of, last_year_cell_of) == '=IF(COUNT(D7,last!D9)<2,"",D7=last!D9)'


@pytest.mark.parametrize(
    ("check", "formula"),
    [
        ("received == sum(brought_forward, granted)", '=IF(COUNT(D8:D9)=0,"",SUM(D8:D9))'),
        ("received == brought_forward + granted + granted_in_part", '=IF(COUNT(D8:D9,D11)=0,"",SUM(D8:D9,D11))'),
        ("received == brought_forward - granted", '=IF(COUNT(D8:D9)=0,"",N(D8)-N(D9))'),
        ("received == granted + 2 * brought_forward", '=IF(COUNT(D9,D8)=0,"",SUM(D9,2*N(D8)))'),
        ("received == granted + charges.administrative_charges.amount",
         "=IF(COUNT(D9,'表二'!B5)=0,\"\",ROUND(SUM(D9,'表二'!B5),6))"),
    ],
)  # fmt: skip
def test_a_computed_total_is_blank_until_a_part_is_entered(check: str, formula: str) -> None:
    assert computed_formula(own(check, computes=True), cell_of) == formula


def test_a_rule_that_computes_nothing_gives_no_total() -> None:
    with pytest.raises(ValueError, match="own"):
        computed_formula(own("received == granted"), cell_of)


@pytest.mark.parametrize(
    ("references", "joined"),
    [
        (["D7"], "D7"),
        (["D7", "D8"], "D7:D8"),
        (["D7", "E7", "F7"], "D7:F7"),
        (["Z7", "AA7"], "Z7:AA7"),
        (["D7", "D9"], "D7,D9"),
        (["D8", "D7"], "D8,D7"),
        (["D7", "D8", "E8"], "D7:D8,E8"),
        (["'表三'!D7", "'表三'!D8"], "'表三'!D7:D8"),
        (["'表三'!D7", "'表四'!D8"], "'表三'!D7,'表四'!D8"),
        (["$D$7", "$D$8"], "$D$7,$D$8"),
        (["first", "second"], "first,second"),
        ([], ""),
    ],
)
def test_neighbouring_cells_become_a_range(references: list[str], joined: str) -> None:
    assert join_cells(references) == joined

"""What may be wrong with a form's rows and columns, in words a clerk understands."""

from __future__ import annotations

from xl_disclosure.errors import Place
from xl_disclosure.forms.model import Fact, FactAddress
from xl_disclosure.returns.cells import Slip
from xl_disclosure.returns.labels import YEAR_FIELD
from xl_disclosure.returns.located import Spot
from xl_disclosure.returns.model import Entry, Problem, ProblemKind

SHOWN_LENGTH = 30
"""Characters of a label that a message repeats, enough to find it by."""

USE_THE_FORM = "用规定的表格样式填报，不要增删、改动表中的行和栏"


def changed_label(spot: Spot, label: str, address: FactAddress | None = None) -> Problem:
    """Report a label that stands where the form prints another."""
    text = _text(spot)
    printed = label.replace(YEAR_FIELD, "")
    message = f"这里写的是“{_short(text)}”，表上应为“{printed}”，没有读取这一项的数"
    return Problem(ProblemKind.CHANGED_LABEL, _place(spot), text, message, f"把它改回“{printed}”", address)


def missing_label(near: Spot, label: str, address: FactAddress | None = None) -> Problem:
    """Report a label of the form that the file does not have."""
    message = f"表上缺少“{label.replace(YEAR_FIELD, '')}”"
    return Problem(ProblemKind.MISSING_ROW, _place(near), label, message, USE_THE_FORM, address)


def unknown_label(spot: Spot) -> Problem:
    """Report a row or column that the form does not have."""
    text = _text(spot)
    message = f"规定的表上没有“{_short(text)}”这一项，没有读取"
    return Problem(ProblemKind.UNKNOWN_ROW, _place(spot), text, message, "删去表外的行和栏，或改回规定的名称")


def repeated_label(spot: Spot, label: str, address: FactAddress | None) -> Problem:
    """Report a row of which the file has several, none of them certain to be the one the form prints."""
    message = f"“{_short(label)}”出现不止一次，分不清哪一行才是表上的，没有读取"
    return Problem(ProblemKind.UNKNOWN_ROW, _place(spot), _text(spot), message, USE_THE_FORM, address)


def unlabelled_figure(spot: Spot) -> Problem:
    """Report a figure in a row that has no label."""
    text = _text(spot)
    message = f"这里有一个数 {_short(text)}，这一行却没有指标名称，没有读取"
    return Problem(ProblemKind.UNKNOWN_ROW, _place(spot), text, message, "补上规定的指标名称，或删去这个数")


def unheaded_figure(spot: Spot) -> Problem:
    """Report a figure in a column that has no header."""
    text = _text(spot)
    message = f"这里有一个数 {_short(text)}，上面却没有栏名，没有读取"
    return Problem(ProblemKind.UNKNOWN_ROW, _place(spot), text, message, "补上规定的栏名，或删去这一栏的数")


def askew_row(spot: Spot, label: str) -> Problem:
    """Report a row that has more or fewer cells than its header."""
    message = f"“{_short(label)}”这一行的格数和表头对不上，数可能错了位，没有读取"
    return Problem(ProblemKind.ASKEW_ROW, _place(spot), _text(spot), message, "补齐这一行少的格，或删去多出的格")


def inserted_row(spot: Spot) -> Problem:
    """Report a blank row within the form."""
    message = "表中多出一个空行，表内公式和后面的行都错了位"
    return Problem(ProblemKind.UNKNOWN_ROW, _place(spot), "", message, "删去这一行，恢复表格原样")


def stray_figure(spot: Spot, label: str) -> Problem:
    """Report a figure in a row that holds none on the form."""
    message = f"“{label}”这一行不填数，这里的数没有读取"
    return Problem(ProblemKind.STRAY_FIGURE, _place(spot), _text(spot), message, "把数填到它下面的各项里")


def changed_unit(spot: Spot, label: str, unit: str, address: FactAddress) -> Problem:
    """Report an amount whose unit of measure is not that of the form."""
    text = _text(spot)
    message = f"“{label}”的单位写的是“{text}”，表上是“{unit}”，没有读取这一项的数"
    return Problem(ProblemKind.CHANGED_LABEL, _place(spot), text, message, f"单位改回“{unit}”，数按{unit}填", address)


def slip_problem(fact: Fact, entry: Entry, slip: Slip) -> Problem:
    """Report what is wrong or worth telling about the cell of a fact."""
    message = f"“{fact.name}”{slip.message}"
    return Problem(slip.kind, entry.place, entry.text, message, slip.remedy, fact.address)


def _place(spot: Spot) -> Place:
    source, position = spot
    return source.place(position)


def _text(spot: Spot) -> str:
    source, position = spot
    return source.shown(position)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"

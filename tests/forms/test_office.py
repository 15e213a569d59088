"""An office's own will: rules switched off, graded otherwise, or added, each with a reason, a name and dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xl_disclosure.errors import RuleError
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.office import SETTINGS_FILE, AppliedSettings, apply_settings, read_settings
from xl_disclosure.forms.rules import Severity

EDITION = load_edition("2014")
DAY = date(2017, 1, 20)

OFF = '[adjust."channels"]\noff = true\nreason = "网站改版，口径未定"\nby = "市政务公开办"\n'
REGRADED = '[adjust."staff"]\nseverity = "warn"\nreason = "机构改革"\nby = "市政务公开办"\n'
OWN = """
[add."own.meetings"]
name = "每年至少开一次会"
tables = ["statistics"]
over = "columns"
check = "meetings >= 1"
reason = "市里要求"
by = "市政务公开办"
"""


def apply(folder: Path, text: str, day: date = DAY) -> AppliedSettings:
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")
    return apply_settings(EDITION, read_settings(folder), day)


def test_without_a_file_the_edition_stays_as_it_is(tmp_path: Path) -> None:
    assert apply_settings(EDITION, read_settings(tmp_path), DAY).edition is EDITION


def test_a_rule_switched_off_says_by_whom_and_why(tmp_path: Path) -> None:
    applied = apply(tmp_path, OFF)
    assert applied.switched_off == {"channels": "由市政务公开办停用：网站改版，口径未定"}
    assert applied.edition.rules["channels"].check == ""


def test_a_rule_graded_otherwise_tells_so_in_its_basis(tmp_path: Path) -> None:
    staff = apply(tmp_path, REGRADED).edition.rules["staff"]
    assert staff.severity is Severity.WARN
    assert "由市政务公开办改定级别：机构改革" in staff.source
    assert EDITION.rules["staff"].severity is Severity.ERROR


def test_a_rule_of_the_office_begins_as_a_hint(tmp_path: Path) -> None:
    assert apply(tmp_path, OWN).edition.rules["own.meetings"].severity is Severity.WARN


def test_settings_hold_only_between_their_days(tmp_path: Path) -> None:
    dated = OFF + "since = 2017-01-01\nuntil = 2017-01-31\n"
    assert apply(tmp_path, dated, date(2017, 1, 31)).switched_off
    assert not apply(tmp_path, dated, date(2017, 2, 1)).switched_off


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (OFF.replace("channels", "chanels"), "改为 channels"),
        (OFF.replace('reason = "网站改版，口径未定"\n', ""), "缺少这个键"),
        (OFF + 'severity = "warn"\n', "只留一个"),
        (OWN.replace("own.meetings", "meetings"), "own."),
        (OFF + "since = 2017\n", "应为日期"),
        ("[adjust", "TOML"),
    ],
)
def test_malformed_settings_are_refused_with_a_remedy(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=what):
        apply(tmp_path, text)

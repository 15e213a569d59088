"""The texts of 使用说明, kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from xl_disclosure.forms.decode import decode
from xl_disclosure.forms.model import Edition

_FILE = Path(__file__).with_name("guide.toml")


@dataclass(frozen=True, slots=True)
class GuideItem:
    """Hold one line: what it is about and what to know. ``style`` names the style shown as a sample of a colour."""

    label: str
    text: str
    style: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class GuideSection:
    """Hold one section of the guide."""

    heading: str
    items: tuple[GuideItem, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """Hold the whole guide; its texts may hold {edition}, {basis}, {form_sheets}, {disclosures} and {requests}."""

    title: str
    subtitle: str
    sections: tuple[GuideSection, ...]


def load_guide() -> Guide:
    """Return the guide as written; RuleError names file and key where it is malformed."""
    return decode(Guide, tomllib.loads(_FILE.read_text(encoding="utf-8")), str(_FILE), "使用说明")


def word_text(text: str, edition: Edition) -> str:
    """Return a text of the guide with what depends on the edition put in."""
    names = {
        "{edition}": edition.name,
        "{basis}": edition.legal_basis,
        "{form_sheets}": "、".join(sheet.name for sheet in edition.sheets),
        **{f"{{{code}}}": register.sheet for code, register in edition.registers.items()},
    }
    for name, wording in names.items():
        text = text.replace(name, wording)
    return text

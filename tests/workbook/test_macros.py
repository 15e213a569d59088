from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.workbook.macro_book import BUTTONS
from xl_disclosure.resources import macros_directory
from xl_disclosure.workbook.macros import load_messages, load_modules
from xl_disclosure.workbook.vba_module import ModuleKind

_RIBBONS = {
    "customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
    "customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
}


def _source(name: str) -> str:
    [source] = [module.source for module in load_modules() if module.name == name]
    return source


def test_the_workbook_has_its_own_module_and_one_for_its_buttons() -> None:
    assert [(module.name, module.kind) for module in load_modules()] == [
        ("ThisWorkbook", ModuleKind.DOCUMENT),
        ("DisclosureButtons", ModuleKind.STANDARD),
    ]


@pytest.mark.parametrize("macro", BUTTONS.values())
def test_every_button_has_a_macro_without_parameters(macro: str) -> None:
    assert f"Public Sub {macro}()\n" in _source("DisclosureButtons")


def test_the_macros_ask_for_the_messages_that_there_are() -> None:
    asked = set(re.findall(r'"(message\.\w+)"', _source("DisclosureButtons")))
    assert asked == set(load_messages())


def test_every_message_is_chinese() -> None:
    for message in load_messages().values():
        assert re.search("[一-鿿]", message)


@pytest.mark.parametrize(("file", "namespace"), _RIBBONS.items())
def test_the_ribbon_has_the_four_buttons_and_their_macros_exist(file: str, namespace: str) -> None:
    root = etree.parse(macros_directory() / file).getroot()
    [tab] = root.iter(f"{{{namespace}}}tab")
    buttons = list(root.iter(f"{{{namespace}}}button"))
    assert tab.get("label") == "政府信息公开"
    assert [button.get("label") for button in buttons] == list(BUTTONS)
    assert [button.get("onAction") for button in buttons] == [f"Ribbon{macro}" for macro in BUTTONS.values()]
    for button in buttons:
        assert f"Public Sub {button.get('onAction')}(control As Object)\n" in _source("DisclosureButtons")
        assert button.get("imageMso")
        assert button.get("screentip") == button.get("label")
        assert button.get("supertip")


def test_both_ribbons_are_the_same_but_for_their_namespace() -> None:
    old, new = ((macros_directory() / file).read_text(encoding="utf-8") for file in _RIBBONS)
    assert old.replace(_RIBBONS["customUI.xml"], _RIBBONS["customUI14.xml"]) == new

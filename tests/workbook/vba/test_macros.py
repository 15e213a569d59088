from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.workbook.macro_book import BUTTONS
from xl_disclosure.resources import macros_directory
from xl_disclosure.workbook.vba.macros import load_add_in_modules, load_messages, load_modules
from xl_disclosure.workbook.vba.module import ModuleKind

_RIBBONS = {
    "customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
    "customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
}


_REPAIRS = {"撤销": "Undo", "复原版式": "RestoreForm"}


def _source(name: str) -> str:
    [source] = [module.source for module in load_modules() if module.name == name]
    return source


def _add_in_source() -> str:
    return "".join(module.source for module in load_add_in_modules())


def test_the_workbook_has_its_own_module_one_for_its_buttons_and_one_for_what_they_say() -> None:
    assert [(module.name, module.kind) for module in load_modules()] == [
        ("ThisWorkbook", ModuleKind.DOCUMENT),
        ("DisclosureButtons", ModuleKind.STANDARD),
        ("DisclosureMessages", ModuleKind.STANDARD),
    ]


def test_the_add_in_has_its_own_module_and_says_what_it_says_as_workbooks_do() -> None:
    assert [(module.name, module.kind) for module in load_add_in_modules()] == [
        ("ThisWorkbook", ModuleKind.DOCUMENT),
        ("DisclosureMessages", ModuleKind.STANDARD),
        ("DisclosureAddIn", ModuleKind.STANDARD),
    ]


def test_the_workbook_asks_the_add_in_for_a_macro_that_it_has() -> None:
    assert 'ADD_IN_MACRO As String = "RunDisclosureAction"' in _source("DisclosureButtons")
    assert "Public Sub RunDisclosureAction(action As String, workbookName As String)\n" in _add_in_source()


@pytest.mark.parametrize("macro", BUTTONS.values())
def test_every_button_has_a_macro_without_parameters(macro: str) -> None:
    assert f"Public Sub {macro}()\n" in _source("DisclosureButtons")


def test_the_macros_ask_for_the_messages_that_there_are() -> None:
    asked = set(re.findall(r'"(message\.\w+)"', _source("DisclosureButtons") + _add_in_source()))
    assert asked == set(load_messages())


def test_every_message_is_chinese() -> None:
    for message in load_messages().values():
        assert re.search("[一-鿿]", message)


@pytest.mark.parametrize(("file", "namespace"), _RIBBONS.items())
def test_the_ribbon_has_the_four_buttons_and_two_repairs_and_the_add_in_their_macros(file: str, namespace: str) -> None:
    root = etree.parse(macros_directory() / file).getroot()
    [tab] = root.iter(f"{{{namespace}}}tab")
    buttons = list(root.iter(f"{{{namespace}}}button"))
    macros = {**BUTTONS, **_REPAIRS}
    assert tab.get("label") == "政府信息公开"
    assert [button.get("label") for button in buttons] == list(macros)
    assert [button.get("onAction") for button in buttons] == [f"Ribbon{macro}" for macro in macros.values()]
    for button in buttons:
        assert f"Public Sub {button.get('onAction')}(control As Object)\n" in _add_in_source()
        assert button.get("imageMso")
        assert button.get("screentip") == button.get("label")
        assert button.get("supertip")


def test_both_ribbons_are_the_same_but_for_their_namespace() -> None:
    old, new = ((macros_directory() / file).read_text(encoding="utf-8") for file in _RIBBONS)
    assert old.replace(_RIBBONS["customUI.xml"], _RIBBONS["customUI14.xml"]) == new

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import re
import zipfile
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import pytest
import xlwings
from lxml import etree
from oletools.olevba import VBA_Parser
from python_calamine import CalamineWorkbook

from tests.programs import Validate
from xl_disclosure import buttons
from xl_disclosure.errors import SetupError
from xl_disclosure.installation.add_in import ADD_IN_NAME, add_in_modules, build_add_in
from xl_disclosure.workbook.vba.macros import load_messages
from xl_disclosure.workbook.vba.module import ModuleKind

XLWINGS = Path(xlwings.__file__).parent
PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\((.*?)\)", re.MULTILINE)
# What may stand open at one time in a module, by the words that open and close it.
BLOCKS = {"Sub": "End Sub", "Function": "End Function", "With": "End With", "Select Case": "End Select"}


@pytest.fixture(scope="module")
def add_in() -> bytes:
    return build_add_in()


@pytest.fixture(scope="module")
def sources(add_in: bytes) -> dict[str, str]:
    """Give the text of every module as oletools reads it out of the file."""
    macros = VBA_Parser(ADD_IN_NAME, data=add_in).extract_macros()
    return {stream.removeprefix("VBA/"): text.replace("\r\n", "\n") for _, stream, _, text in macros}


def _part(add_in: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(add_in)).read(name)


def _statements(source: str) -> Iterator[str]:
    """Give the lines of a module that are neither comments nor blank, continued lines put together."""
    for line in re.sub(r" _\n\s*", " ", source).splitlines():
        if line.strip() and not line.strip().startswith(("'", "Attribute ", "#")):
            yield line.strip()


def test_it_conforms_to_the_standard(add_in: bytes, ooxml_validator: Validate, tmp_path: Path) -> None:
    path = tmp_path / ADD_IN_NAME
    path.write_bytes(add_in)
    assert ooxml_validator(path) == []


def test_excel_is_told_that_it_is_an_add_in(add_in: bytes) -> None:
    types = etree.fromstring(_part(add_in, "[Content_Types].xml"))
    [main] = [entry.get("ContentType") for entry in types if entry.get("PartName") == "/xl/workbook.xml"]
    assert main == "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def test_the_same_xlwings_gives_the_same_bytes(add_in: bytes) -> None:
    assert build_add_in() == add_in
    assert {member.date_time[0] for member in zipfile.ZipFile(io.BytesIO(add_in)).infolist()} == {1980}


def test_every_module_reads_back(sources: dict[str, str]) -> None:
    assert list(sources) == ["ThisWorkbook", "DisclosureMessages", "DisclosureAddIn", "xlwings", "Dictionary", "Sheet1"]
    assert sources == {module.name: module.source for module in add_in_modules()}


def test_the_module_of_xlwings_is_that_of_the_installed_version_but_for_our_name(sources: dict[str, str]) -> None:
    theirs = (XLWINGS / "xlwings_custom_addin.bas").read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(theirs, sources["xlwings"].splitlines(), strict=True) if old != new]
    assert changed == [
        ('Public Const PROJECT_NAME As String = "myaddin"', 'Public Const PROJECT_NAME As String = "xl_disclosure"')
    ]
    assert f'XLWINGS_VERSION As String = "{importlib.metadata.version("xlwings")}"' in sources["xlwings"]


def test_the_class_that_the_module_of_xlwings_uses_on_a_mac_is_a_class_and_keeps_its_code(
    sources: dict[str, str],
) -> None:
    exported = (XLWINGS / "addin" / "Dictionary.cls").read_text(encoding="utf-8")
    assert "Dim d As Dictionary" in sources["xlwings"]
    assert sources["Dictionary"].partition("''\n")[2] == exported.partition("''\n")[2]
    assert "VERSION 1.0 CLASS" not in sources["Dictionary"]
    [kind] = [module.kind for module in add_in_modules() if module.name == "Dictionary"]
    assert kind is ModuleKind.CLASS


@pytest.mark.parametrize("module", ["DisclosureMessages", "DisclosureAddIn"])
def test_every_block_of_our_own_modules_is_closed(sources: dict[str, str], module: str) -> None:
    open_blocks: list[str] = []
    for statement in _statements(sources[module]):
        words = re.sub(r"^(Public|Private) ", "", statement)
        for opening, closing in BLOCKS.items():
            if words.startswith(f"{opening} "):
                open_blocks.append(closing)
        if words.startswith("If ") and words.endswith(" Then"):
            open_blocks.append("End If")
        if words.startswith("Do While "):
            open_blocks.append("Loop")
        if words in {*BLOCKS.values(), "End If", "Loop"}:
            assert open_blocks.pop() == words
    assert open_blocks == []
    assert sources[module].count("#If ") == sources[module].count("#End If")
    assert "Option Explicit\n" in sources[module]


def test_no_two_standard_modules_have_a_procedure_of_one_name(sources: dict[str, str]) -> None:
    names = [
        name.lower()
        for module in add_in_modules()
        if module.kind is ModuleKind.STANDARD
        for name, _ in PROCEDURE.findall(sources[module.name])
    ]
    of_xlwings = {name for name, _ in PROCEDURE.findall(sources["xlwings"])}
    assert len({"RunPython", "GetConfig", "FileExists", "SheetExists"} & of_xlwings) == 4
    twice = {name for name in names if names.count(name) > 1}
    assert twice & {name.lower() for name, _ in PROCEDURE.findall(sources["DisclosureAddIn"])} == set()
    assert twice & {name.lower() for name, _ in PROCEDURE.findall(sources["DisclosureMessages"])} == set()


def test_what_our_module_calls_in_that_of_xlwings_takes_what_it_is_given(sources: dict[str, str]) -> None:
    parameters = dict(PROCEDURE.findall(sources["xlwings"]))
    assert parameters["RunPython"] == "PythonCommand As String"
    assert parameters["GetConfig"].startswith('configKey As String, Optional default As String = ""')
    assert parameters["FileExists"] == "ByVal FileSpec As String"
    assert parameters["SheetExists"] == "wb As Workbook, sheetName As String"


def test_the_buttons_of_the_ribbon_find_their_macros(add_in: bytes, sources: dict[str, str]) -> None:
    for part in ("customUI/customUI.xml", "customUI/customUI14.xml"):
        macros = [button.get("onAction") for button in etree.fromstring(_part(add_in, part)).iter("{*}button")]
        assert len(macros) == 6
        parameters = dict(PROCEDURE.findall(sources["DisclosureAddIn"]))
        assert [parameters.get(str(macro)) for macro in macros] == ["control As Object"] * 6


def test_the_messages_stand_where_the_macros_look_for_them(add_in: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(add_in)).get_sheet_by_name("_xd").to_python()
    assert {str(key): str(text) for key, text in rows} == load_messages()


@pytest.mark.parametrize("action", ["fill", "check", "aggregate", "report", "undo", "restore"])
def test_the_command_runs_as_xlwings_puts_it_on_a_command_line(sources: dict[str, str], action: str) -> None:
    assert f'RunOnActiveWorkbook "{action}"' in sources["DisclosureAddIn"]
    made_as = re.compile(r'^    PythonCommand = "(.*)" & action & "(.*)"$', re.MULTILINE)
    [(before, after)] = made_as.findall(sources["DisclosureAddIn"])
    command = f"{before}{action}{after}"
    # On Windows it stands between double quotes, on a Mac between bars and then double quotes.
    assert not {'"', "|", "%", "&", "^", "\n"} & set(command)
    called: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buttons, "press_caller", called.append)
        exec(compile(command, "RunPython", "exec"), {})
    assert called == [action]


def test_the_command_gives_what_the_program_asks_for(sources: dict[str, str]) -> None:
    assert list(signature(buttons.press_caller).parameters) == ["action"]
    line = next(line for line in sources["xlwings"].splitlines() if "RunCommand = CondaCmd & PythonInterpreter" in line)
    assert line.endswith('prepare_sys_path(\\""" & PYTHONPATH & "\\""); " & PythonCommand & """ "')
    assert '" --wb=" & """" & ActiveWorkbook.Name & """ --from_xl=1"' in sources["xlwings"]


def test_an_xlwings_of_another_make_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "addin").mkdir()
    for name in ("xlwings_custom_addin.bas", "addin/Dictionary.cls"):
        (tmp_path / name).write_text((XLWINGS / name).read_text(encoding="utf-8").replace("myaddin", "other"))
    (tmp_path / "__init__.py").touch()
    specification = importlib.util.spec_from_file_location("xlwings", tmp_path / "__init__.py")
    monkeypatch.setattr("importlib.util.find_spec", {"xlwings": specification}.get)
    with pytest.raises(SetupError, match=r"加载项与预期不同.*重新安装"):
        build_add_in()
    (tmp_path / "xlwings_custom_addin.bas").unlink()
    with pytest.raises(SetupError, match="加载项与预期不同"):
        build_add_in()

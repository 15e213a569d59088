from __future__ import annotations

import io
import struct

import olefile
import pytest
from oletools.olevba import VBA_Parser, decompress_stream

from xl_disclosure.errors import SetupError
from xl_disclosure.workbook.vba.macros import load_modules
from xl_disclosure.workbook.vba.module import ModuleKind, VbaModule, make_worksheet_module
from xl_disclosure.workbook.vba.project import build_vba_project


def _module(name: str, body: str = "") -> VbaModule:
    return VbaModule(name, f'Attribute VB_Name = "{name}"\n{body}', ModuleKind.STANDARD)


def _sources(project: bytes) -> dict[str, str]:
    """Read the project as oletools does: the text of every module by its stream."""
    parser = VBA_Parser("vbaProject.bin", data=project)
    return {stream.removeprefix("VBA/"): text for _, stream, _, text in parser.extract_macros()}


def _stream(project: bytes, path: str) -> bytes:
    content: bytes = olefile.OleFileIO(io.BytesIO(project)).openstream(path).read()
    return content


@pytest.fixture(scope="module")
def modules() -> list[VbaModule]:
    long_body = "".join(
        f"Public Function Number{n}() As Long\n    Number{n} = {n * n}\nEnd Function\n" for n in range(900)
    )
    return [
        *load_modules(),
        make_worksheet_module("Sheet1"),
        make_worksheet_module("Sheet2"),
        _module("Big", long_body),
    ]


@pytest.fixture(scope="module")
def project(modules: list[VbaModule]) -> bytes:
    return build_vba_project("VBAProject", modules)


def test_oletools_reads_every_source_back(project: bytes, modules: list[VbaModule]) -> None:
    assert _sources(project) == {module.name: module.source.replace("\n", "\r\n") for module in modules}


def test_large_modules_are_among_those_read_back(project: bytes) -> None:
    assert len(_stream(project, "VBA/Big")) > 4096


def test_the_same_modules_give_the_same_bytes(project: bytes, modules: list[VbaModule]) -> None:
    assert build_vba_project("VBAProject", modules) == project


def test_no_compiled_code_is_claimed(project: bytes) -> None:
    assert _stream(project, "VBA/_VBA_PROJECT").hex() == "cc61ffff000000"
    directory = bytes(decompress_stream(bytearray(_stream(project, "VBA/dir"))))
    assert directory.count(struct.pack("<HII", 0x0031, 4, 0)) == len(_sources(project))


def test_the_project_says_which_modules_belong_to_the_workbook(project: bytes) -> None:
    lines = _stream(project, "PROJECT").decode("ascii").split("\r\n")
    assert [line for line in lines if line.startswith(("Document=", "Module="))] == [
        "Document=ThisWorkbook/&H00000000",
        "Module=DisclosureButtons",
        "Module=DisclosureMessages",
        "Document=Sheet1/&H00000000",
        "Document=Sheet2/&H00000000",
        "Module=Big",
    ]


def test_the_names_stand_in_both_encodings() -> None:
    project = build_vba_project("VBAProject", [_module("Ab")])
    assert _stream(project, "PROJECTwm") == b"Ab\0" + "Ab\0".encode("utf-16-le") + b"\0\0"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_excel_ends_them(ending: str) -> None:
    text = ending.join(['Attribute VB_Name = "Ab"', "Option Explicit", ""])
    project = build_vba_project("VBAProject", [VbaModule("Ab", text, ModuleKind.STANDARD)])
    stored = bytes(decompress_stream(bytearray(_stream(project, "VBA/Ab"))))
    assert stored == b'Attribute VB_Name = "Ab"\r\nOption Explicit\r\n'


def test_a_text_outside_ascii_is_refused_with_its_line() -> None:
    with pytest.raises(SetupError, match=r"macros/Ab.*第 3 行.*ASCII.*填表.*messages\.toml"):
        build_vba_project("VBAProject", [_module("Ab", 'Option Explicit\nConst Caption = "填表"\n')])


def test_a_text_that_states_another_name_is_refused() -> None:
    with pytest.raises(SetupError, match='写上 Attribute VB_Name = "Ab"'):
        build_vba_project("VBAProject", [VbaModule("Ab", _module("Other").source, ModuleKind.STANDARD)])


@pytest.mark.parametrize("name", ["", "1st", "_xd", "a b", "填表", "dir", "Dir", "m" * 32])
def test_what_is_no_vba_name_is_refused(name: str) -> None:
    with pytest.raises(SetupError, match="不能作 VBA 工程或模块的名称"):
        build_vba_project("VBAProject", [_module(name)])
    with pytest.raises(SetupError, match="不能作 VBA 工程或模块的名称"):
        build_vba_project(name, [_module("Ab")])


def test_two_modules_of_one_name_are_refused() -> None:
    with pytest.raises(SetupError, match="2 个模块同名“AB”"):
        build_vba_project("VBAProject", [_module("Ab"), _module("aB")])

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from tests.programs import Convert
from tests.workbook.furnished_book import OTHER, make_furnished_book, read_members, replace_members
from xl_disclosure.errors import InputError
from xl_disclosure.workbook.file_book import FileBook
from xl_disclosure.workbook.parts.package import CONTENT_TYPES, Package, Relationship, relationships_part

WORKBOOK = "xl/workbook.xml"


@pytest.fixture(scope="module")
def furnished_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_furnished_book(tmp_path_factory.mktemp("furnished") / "报表.xlsx")


@pytest.fixture(scope="module")
def furnished(furnished_path: Path) -> bytes:
    return furnished_path.read_bytes()


def test_a_changed_part_leaves_the_others_as_they_were(furnished: bytes) -> None:
    changed = Package(furnished, "报表.xlsx").with_parts({WORKBOOK: b"<changed/>"})
    assert read_members(changed) == read_members(furnished) | {WORKBOOK: b"<changed/>"}
    assert list(read_members(changed)) == list(read_members(furnished))


def test_dates_compression_and_the_archives_comment_are_kept() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, way in ((CONTENT_TYPES, zipfile.ZIP_STORED), ("部件.xml", zipfile.ZIP_DEFLATED)):
            member = zipfile.ZipInfo(name, (2016, 3, 31, 8, 30, 0))
            member.compress_type = way
            archive.writestr(member, "<part/>" * 50)
        archive.comment = b"a comment"
    again = Package(output.getvalue(), "报表.xlsx").with_parts({"部件.xml": b"<other/>"})
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert archive.comment == b"a comment"
        assert [(member.filename, member.compress_type) for member in archive.infolist()] == [
            (CONTENT_TYPES, zipfile.ZIP_STORED),
            ("部件.xml", zipfile.ZIP_DEFLATED),
        ]
        assert {member.date_time for member in archive.infolist()} == {(2016, 3, 31, 8, 30, 0)}


def test_the_same_package_gives_the_same_bytes(furnished: bytes) -> None:
    changes = {WORKBOOK: b"<changed/>"}
    assert Package(furnished, "").with_parts(changes) == Package(furnished, "").with_parts(changes)


def test_a_part_may_be_taken_away(furnished: bytes) -> None:
    rest = Package(furnished, "报表.xlsx").with_parts({}, removed=["xl/theme/theme1.xml"])
    assert set(read_members(furnished)) - set(read_members(rest)) == {"xl/theme/theme1.xml"}


def test_relationships_lead_to_parts_however_they_are_written(furnished: bytes) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="{kind}/drawing" Target="../drawings/drawing1.xml"/>
        <Relationship Id="rId3" Type="{kind}/theme" Target="/xl/theme/theme1.xml"></Relationship>
        <Relationship Id="rId4" Type="{kind}/hyperlink" Target="https://www.gov.cn/" TargetMode="External"/>
        </Relationships>"""
    package = Package(replace_members(furnished, {relationships_part(WORKBOOK): listed}), "报表.xlsx")
    assert package.relationships(WORKBOOK) == (
        Relationship("rId1", "worksheet", "xl/worksheets/sheet1.xml"),
        Relationship("rId2", "drawing", "drawings/drawing1.xml"),
        Relationship("rId3", "theme", "xl/theme/theme1.xml"),
    )


def test_the_package_itself_relates_to_the_workbook(furnished: bytes) -> None:
    targets = {found.kind: found.target for found in Package(furnished, "").relationships()}
    assert targets["officeDocument"] == WORKBOOK


# What is no workbook that can be written in place


def refusal(content: bytes) -> str:
    with pytest.raises(InputError) as refused:
        FileBook(content, "报表.xlsx").read_used(OTHER)
    assert refused.value.place.file == "报表.xlsx"
    assert refused.value.remedy
    return refused.value.what


@pytest.mark.parametrize("content", [b"", "单位,件数\n某局,12\n".encode("gbk"), b"PK\x03\x04" + bytes(40)])
def test_a_text_file_renamed_is_no_workbook(content: bytes) -> None:
    assert refusal(content) == "不是 Excel 工作簿，或者文件已损坏"


def test_a_workbook_cut_short_is_damaged(furnished: bytes) -> None:
    assert refusal(furnished[: len(furnished) // 2]) == "不是 Excel 工作簿，或者文件已损坏"


def test_another_archive_is_no_workbook() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("说明.txt", "不是工作簿")
    assert refusal(output.getvalue()) == "不是 Excel 工作簿，或者文件已损坏"


def test_an_encrypted_workbook_asks_for_its_password_to_be_taken_off(furnished_path: Path) -> None:
    encrypted = io.BytesIO()
    with furnished_path.open("rb") as plain:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("密码", encrypted)
    assert refusal(encrypted.getvalue()) == "工作簿有打开密码"


def test_an_old_workbook_must_be_saved_anew(furnished_path: Path, soffice: Convert, tmp_path: Path) -> None:
    old = soffice(furnished_path, "xls", tmp_path).read_bytes()
    assert refusal(old) == "是旧格式的工作簿（.xls 或 .et），不能直接写入"


def test_a_document_of_another_kind_is_no_workbook(furnished_path: Path, soffice: Convert, tmp_path: Path) -> None:
    assert refusal(soffice(furnished_path, "ods", tmp_path).read_bytes()) == "不是 Excel 工作簿，或者文件已损坏"


def test_a_workbook_template_or_binary_workbook_is_refused(furnished: bytes) -> None:
    types = read_members(furnished)[CONTENT_TYPES].decode()
    template = types.replace("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
    assert refusal(replace_members(furnished, {CONTENT_TYPES: template})) == "不是 .xlsx 或 .xlsm 工作簿"


@pytest.mark.parametrize(
    "damaged",
    [
        "<worksheet><sheetData>",
        "",
        '<!DOCTYPE worksheet [<!ENTITY figure "1">]><worksheet><sheetData/></worksheet>',
        "<chartsheet/>",
        "<worksheet/>",
        '<worksheet><sheetData><row r="1"/><row r="1"/></sheetData></worksheet>',
    ],
)
def test_a_damaged_sheet_is_named(furnished: bytes, damaged: str) -> None:
    part = "xl/worksheets/sheet3.xml"
    assert refusal(replace_members(furnished, {part: damaged})) == f"文件已损坏（{part} 无法读取）"


@pytest.mark.parametrize(
    "cell", ['<c r="B7" t="s"><v>99999</v></c>', '<c r="B7" t="s"><v>x</v></c>', '<c r="B7"><v>twelve</v></c>']
)
def test_a_damaged_cell_is_named(furnished: bytes, cell: str) -> None:
    part = f'<worksheet><sheetData><row r="7">{cell}</row></sheetData></worksheet>'
    with pytest.raises(InputError, match=r"文件“报表.xlsx” “另一张表” B7：单元格内容已损坏"):
        FileBook(replace_members(furnished, {"xl/worksheets/sheet3.xml": part}), "报表.xlsx").read_used(OTHER)


def test_a_part_that_is_not_there_is_named(furnished: bytes) -> None:
    relationships = relationships_part(WORKBOOK)
    astray = read_members(furnished)[relationships].decode().replace("sheet3.xml", "sheet9.xml")
    book = replace_members(furnished, {relationships: astray})
    assert refusal(book) == "文件已损坏（xl/worksheets/sheet9.xml 无法读取）"


def test_a_workbook_that_unpacks_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (2**32 - 2).to_bytes(4, "little")
    assert refusal(bytes(content)) == "文件展开后超过 1 GB，不像一份报表"

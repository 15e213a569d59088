from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.programs import Convert, Validate
from tests.workbook.macro_book import make_macro_book
from xl_disclosure.errors import SetupError
from xl_disclosure.installation.ribbon import add_ribbon
from xl_disclosure.resources import macros_directory

_PARTS = ["customUI/customUI.xml", "customUI/customUI14.xml"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_macro_book(tmp_path_factory.mktemp("plain") / "plain.xlsm").read_bytes()


@pytest.fixture(scope="module")
def with_ribbon(plain: bytes) -> bytes:
    return add_ribbon(plain)


def _archive(package: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(package))


def test_both_ribbons_are_added_after_the_parts_there_were(plain: bytes, with_ribbon: bytes) -> None:
    assert _archive(with_ribbon).namelist() == [*_archive(plain).namelist(), *_PARTS]
    for part in _PARTS:
        assert _archive(with_ribbon).read(part) == (macros_directory() / Path(part).name).read_bytes()


def test_every_other_part_keeps_its_content(plain: bytes, with_ribbon: bytes) -> None:
    before, after = _archive(plain), _archive(with_ribbon)
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["_rels/.rels"]


def test_the_package_relates_to_each_ribbon_by_its_own_type(with_ribbon: bytes) -> None:
    relationships = etree.fromstring(_archive(with_ribbon).read("_rels/.rels"))
    types = {str(relationship.get("Target")): str(relationship.get("Type")) for relationship in relationships}
    identifiers = [relationship.get("Id") for relationship in relationships]
    assert types["customUI/customUI.xml"] == "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
    assert types["customUI/customUI14.xml"] == "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
    assert types["xl/workbook.xml"].endswith("/officeDocument")
    assert len(set(identifiers)) == len(identifiers)


def test_the_parts_have_a_content_type(with_ribbon: bytes) -> None:
    types = etree.fromstring(_archive(with_ribbon).read("[Content_Types].xml"))
    assert {"Extension": "xml", "ContentType": "application/xml"} in [dict(entry.attrib) for entry in types]


def test_the_same_package_gives_the_same_bytes_without_a_clock(plain: bytes, with_ribbon: bytes) -> None:
    assert add_ribbon(plain) == with_ribbon
    assert {member.date_time for member in _archive(with_ribbon).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_second_ribbon_is_refused(with_ribbon: bytes) -> None:
    with pytest.raises(SetupError, match="已有功能区"):
        add_ribbon(with_ribbon)


def test_openpyxl_opens_the_workbook(with_ribbon: bytes) -> None:
    assert openpyxl.load_workbook(io.BytesIO(with_ribbon)).sheetnames == ["统计表", "_xd"]


def test_libreoffice_opens_the_workbook(with_ribbon: bytes, soffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "ribbon.xlsm"
    path.write_bytes(with_ribbon)
    converted = soffice(path, "xlsx", tmp_path)
    assert openpyxl.load_workbook(converted).sheetnames == ["统计表", "_xd"]


def test_the_workbook_conforms_to_the_standard(with_ribbon: bytes, ooxml_validator: Validate, tmp_path: Path) -> None:
    path = tmp_path / "ribbon.xlsm"
    path.write_bytes(with_ribbon)
    assert ooxml_validator(path) == []

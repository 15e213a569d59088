from __future__ import annotations

from pathlib import Path

import pytest

from xl_disclosure import resources
from xl_disclosure.errors import SetupError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the package stand in a folder that holds nothing else."""
    package = tmp_path / "xl_disclosure"
    package.mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    return package


def test_a_checkout_has_the_macros_beside_the_package() -> None:
    assert (resources.macros_directory() / "DisclosureButtons.bas").is_file()


def test_an_installed_package_carries_its_own(package: Path) -> None:
    for name in ("macros", "workbook_templates"):
        (package.parent / name).mkdir()
        (package / "_bundled" / name).mkdir(parents=True)
    assert resources.macros_directory() == package / "_bundled" / "macros"
    assert resources.templates_directory() == package / "_bundled" / "workbook_templates"


def test_an_incomplete_installation_is_told(package: Path) -> None:
    with pytest.raises(SetupError, match=r"缺少 macros 目录.*重新安装"):
        resources.macros_directory()
    with pytest.raises(SetupError, match="缺少 workbook_templates 目录"):
        resources.templates_directory()

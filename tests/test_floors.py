"""Imports go down one way: a module imports from its own part of the package and from parts on lower floors."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import xl_disclosure

PACKAGE = Path(xl_disclosure.__file__).parent

# The parts of the package, lowest first. Parts on one floor know nothing of each other. A new part gets its floor here.
LOW_FLOORS = [
    {"cell_names", "errors"},
    {"resources", "forms"},
    {"rules"},
    {"returns"},
    {"registers", "checks"},
]
HIGH_FLOORS = [
    {"rollup", "narrative", "workbook"},
    {"libreoffice"},
    {"actions", "installation"},
    {"console"},
    {"cli_chinese", "display", "json_output", "live"},
    {"buttons", "demo"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {part: floor for floor, parts in enumerate(LOW_FLOORS + HIGH_FLOORS) for part in parts}

# A button click starts Python: what every action needs, the low floors, must load in milliseconds.
HEAVY = {"docx", "docxtpl", "openpyxl", "pandas", "rich", "typer", "xlsxwriter", "xlwings"}

ONLY_FOR_ROLLING_UP = {"multiprocessing", "sqlite3"}

LONGEST_MODULE = 300  # lines
# Modules that may be longer, each with its reason.
LONGER_MODULES: dict[str, str] = {}


def module_name(path: Path) -> str:
    """Return the dotted name of the module at `path`."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def part_of(module: str) -> str:
    """Return the part of the package that `module` belongs to; "" for the package itself."""
    return module.removeprefix("xl_disclosure").removeprefix(".").partition(".")[0]


LOW_MODULES = [module for module in MODULES if part_of(module) in set().union({""}, *LOW_FLOORS)]


def imports_anywhere(source: str, package: str) -> Iterator[str]:
    """Give the dotted name of everything that the source text of a module of `package` imports."""
    for node in ast.walk(ast.parse(source)):
        yield from _imported_by(node, package)


def imports_on_loading(source: str, package: str) -> Iterator[str]:
    """Give the dotted name of everything imported by loading a module: what functions import is left out."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_for_type_checking(node):
            continue
        yield from _imported_by(node, package)
        waiting.extend(ast.iter_child_nodes(node))


def _imported_by(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            above = package.split(".")[: len(package.split(".")) - level + 1] if level else []
            origin = ".".join([*above, *([module] if module else [])])
            yield from (f"{origin}.{alias.name}" for alias in names)


def _is_for_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def package_of(module: str) -> str:
    """Return the package that a relative import in `module` starts from."""
    return module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]


def forbidden(importer: str, imported: str) -> bool:
    """Say whether a module of part `importer` must not import from part `imported`."""
    return imported != importer and FLOOR_OF[imported] >= FLOOR_OF[importer]


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name)])
def test_a_module_imports_only_from_lower_floors(module: str) -> None:
    part = part_of(module)
    assert part in FLOOR_OF, f"{part} has no floor yet: give it one in {Path(__file__).name}"
    found = imports_anywhere(MODULES[module].read_text(encoding="utf-8"), package_of(module))
    own = [name for name in found if name.split(".")[0] == "xl_disclosure" and part_of(name) in FLOOR_OF]
    assert [name for name in own if forbidden(part, part_of(name))] == []


def test_the_package_itself_imports_nothing_of_its_parts() -> None:
    assert list(imports_on_loading((PACKAGE / "__init__.py").read_text(encoding="utf-8"), "xl_disclosure")) == []


@pytest.mark.parametrize("module", LOW_MODULES)
def test_loading_a_module_of_the_low_floors_imports_nothing_heavy(module: str) -> None:
    found = imports_on_loading(MODULES[module].read_text(encoding="utf-8"), package_of(module))
    assert HEAVY.isdisjoint(name.split(".")[0] for name in found)


def test_importing_the_low_floors_leaves_everything_heavy_unloaded() -> None:
    assert loaded_by(LOW_MODULES, HEAVY) == []


def test_checking_loads_nothing_that_only_rolling_up_needs() -> None:
    assert loaded_by(["xl_disclosure.actions.check"], ONLY_FOR_ROLLING_UP) == []


def loaded_by(modules: list[str], wanted: set[str]) -> list[str]:
    """Return which of the wanted packages a fresh Python has loaded once it has imported the modules."""
    program = f"""
import importlib, sys
for module in {modules!r}:
    importlib.import_module(module)
print(*sorted({wanted!r} & set(sys.modules)))
"""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_or_has_its_reason(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE or module in LONGER_MODULES


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("errors", "cli"), ("forms", "rules"), ("rollup", "narrative"), ("workbook", "rollup"), ("cli", "__main__")],
)
def test_climbing_and_crossing_are_forbidden(importer: str, imported: str) -> None:
    assert forbidden(importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"), [("cli", "errors"), ("rollup", "checks"), ("forms", "errors"), ("forms", "forms")]
)
def test_going_down_and_staying_at_home_are_allowed(importer: str, imported: str) -> None:
    assert not forbidden(importer, imported)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import xl_disclosure.rules.language", "xl_disclosure.rules.language"),
        ("from xl_disclosure import rules", "xl_disclosure.rules"),
        ("from xl_disclosure.rules import language", "xl_disclosure.rules.language"),
        ("from . import model", "xl_disclosure.forms.model"),
        ("from .model import Edition", "xl_disclosure.forms.model.Edition"),
        ("from ..rules import language", "xl_disclosure.rules.language"),
        ("def read():\n    import pandas", "pandas"),
    ],
)
def test_every_way_to_import_is_seen(source: str, expected: str) -> None:
    assert list(imports_anywhere(source, "xl_disclosure.forms")) == [expected]


def test_an_import_that_waits_is_no_import_on_loading() -> None:
    waiting = "if TYPE_CHECKING:\n    import openpyxl\ndef read():\n    import pandas\n"
    at_once = "try:\n    import docx\nfinally:\n    pass\n"
    assert list(imports_on_loading(waiting + at_once, "xl_disclosure.forms")) == ["docx"]

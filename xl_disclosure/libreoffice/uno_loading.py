"""Load `uno`, LibreOffice's bridge to Python, into whatever Python runs, a virtual environment included."""

from __future__ import annotations

import builtins
import functools
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xl_disclosure.libreoffice.errors import LibreOfficeError

PROGRAM_VARIABLE = "XLWINGS_LIBREOFFICE_PROGRAM"
"""Environment variable: the folder `program` of the LibreOffice to use, where it is not the one on the PATH."""

# Debian and its descendants keep uno.py apart from pyuno.so.
_DISTRIBUTION_MODULES = (Path("/usr/lib/python3/dist-packages"), Path("/usr/lib/python3/site-packages"))
_USUAL_PROGRAMS = (Path("/usr/lib/libreoffice/program"), Path("/usr/lib64/libreoffice/program"))
_OWN_PYTHON = re.compile(rb"libpython3\.(\d+)")


@functools.cache
def load_uno() -> Any:
    """Return the module `uno`.

    Python's import statement is left as it was: `uno` would put its own in its place, which turns a
    ModuleNotFoundError into an ImportError.

    Raises:
        LibreOfficeError: no bridge is installed, or it was built for another Python.
    """
    if "uno" in sys.modules:
        return sys.modules["uno"]
    original_import = builtins.__import__
    try:
        if importlib.util.find_spec("uno") is not None:
            return importlib.import_module("uno")
        return _load_files()
    finally:
        builtins.__import__ = original_import


def find_program() -> Path:
    """Return LibreOffice's folder `program`; LibreOfficeError when there is none."""
    for folder in _program_folders():
        if (folder / "soffice").exists():
            return folder
    message = f"LibreOffice was not found: install it, or set {PROGRAM_VARIABLE} to its folder `program`"
    raise LibreOfficeError(message)


def _program_folders() -> Iterator[Path]:
    chosen = os.environ.get(PROGRAM_VARIABLE)
    if chosen:
        yield Path(chosen)
        return
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from _USUAL_PROGRAMS


def _load_files() -> Any:
    program = find_program()
    bridge = program / "pyuno.so"
    modules = [folder / "uno.py" for folder in (program, *_DISTRIBUTION_MODULES) if (folder / "uno.py").exists()]
    if not bridge.exists() or not modules:
        message = f"LibreOffice in {program} has no bridge to Python: install it (Debian: the package python3-uno)"
        raise LibreOfficeError(message)
    _require_same_python(program / "libpyuno.so")
    os.environ.setdefault("URE_BOOTSTRAP", f"vnd.sun.star.pathname:{program}/fundamentalrc")
    _load_file("pyuno", bridge)
    return _load_file("uno", modules[0])


def _require_same_python(library: Path) -> None:
    """Refuse a bridge built for another Python: loading it would end the process."""
    built_for = _OWN_PYTHON.search(library.read_bytes()) if library.exists() else None
    if built_for and int(built_for.group(1)) != sys.version_info.minor:
        message = (
            f"LibreOffice's bridge {library} was built for Python 3.{int(built_for.group(1))}, but this is Python "
            f"3.{sys.version_info.minor}: run this program with Python 3.{int(built_for.group(1))}"
        )
        raise LibreOfficeError(message)


def _load_file(name: str, path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        message = f"{path} cannot be loaded as a Python module"
        raise LibreOfficeError(message)
    module = importlib.util.module_from_spec(spec)
    # The two look for each other by name while they load.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module

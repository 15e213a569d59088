"""What a click loads: xlwings only where an application listens, and without what xlwings loads for others."""

from __future__ import annotations

import os
import subprocess
import sys

LEAN = """
import sys
from xl_disclosure.live.lean_xlwings import import_xlwings
xlwings = import_xlwings()
print(xlwings.__name__, {"pandas", "numpy"} & set(sys.modules))
import pandas
print(pandas.DataFrame([[1]]).shape)
"""
NOBODY_LISTENS = """
import sys
from pathlib import Path
from xl_disclosure.live.open_book import find_open_book
print(find_open_book(Path("book.xlsm")), "xlwings" in sys.modules)
"""


def said_by(program: str) -> list[str]:
    environment = os.environ | {"XLWINGS_LIBREOFFICE_PIPE": "nobody-listens"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_xlwings_comes_without_pandas_which_is_there_afterwards() -> None:
    assert said_by(LEAN) == ["xlwings set()", "(1, 1)"]


def test_without_an_application_xlwings_is_not_loaded() -> None:
    assert said_by(NOBODY_LISTENS) == ["None False"]

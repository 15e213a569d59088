"""xlwings as a click needs it: without the packages for tables and charts that it loads wherever they are installed."""

from __future__ import annotations

import sys
from types import ModuleType

# xlwings does without each of them (`except ImportError` in its main.py, utils.py and conversion/), and so does a
# click, which moves plain rows: loading pandas alone takes half of all that xlwings takes.
_UNNEEDED = ("numpy", "pandas", "matplotlib", "PIL", "plotly")


def import_xlwings() -> ModuleType:
    """Return xlwings, loaded without what a click does not need; whatever else imports that finds it as ever."""
    hidden = [name for name in _UNNEEDED if name not in sys.modules]
    for name in hidden:
        # None makes an import raise ModuleNotFoundError.
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import xlwings
    finally:
        for name in hidden:
            del sys.modules[name]
    return xlwings

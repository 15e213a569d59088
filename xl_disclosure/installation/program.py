"""The program that the workbooks' macros start on Linux: a few lines of shell before Python."""

from __future__ import annotations

import shlex

UNTOLD = "没有完成，原因见内"
"""What is added to a workbook's name for the file that tells what could not be shown in the spreadsheet."""

_REASON = """\
按钮没有执行：运行 xl-disclosure 的 Python 启动不了，可能已被卸载、移动，或者缺了文件。
请重新安装 xl-disclosure，在命令行运行 xl-disclosure install，再点按钮。"""
# A shell's statuses for a program that cannot be started, and Python's for one that it cannot load.
_NEVER_STARTED = "126|127|1"


def program_script(interpreter: str) -> bytes:
    """Return the program that hands over to a Python; a click that does not even reach Python is told of as well.

    A click has no terminal: the reason is written beside the workbook and shown, as all else that goes wrong. It does
    without the command line, which takes longer to load.
    """
    return f"""\
#!/bin/sh
[ "$1" = button ] || exec {shlex.quote(interpreter)} -m xl_disclosure "$@"
{shlex.quote(interpreter)} -m xl_disclosure.buttons "$2" "$3"
status=$?
case $status in {_NEVER_STARTED})
    note="${{3%.*}}（{UNTOLD}）.txt"
    printf '%s\\n' {shlex.quote(_REASON)} > "$note" && xdg-open "$note"
esac
exit $status
""".encode()

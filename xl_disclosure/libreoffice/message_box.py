"""Ask or tell the user something in LibreOffice's window."""

from __future__ import annotations

import logging

from xl_disclosure.libreoffice.errors import NotSupportedError
from xl_disclosure.libreoffice.uno_types import UnoObject, make_enum

# com.sun.star.awt.MessageBoxButtons
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
# com.sun.star.awt.MessageBoxResults
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_KINDS = {None: "MESSAGEBOX", "info": "INFOBOX", "critical": "ERRORBOX"}
# What closing a question would answer.
_CAUTIOUS = {"ok": "ok", "ok_cancel": "cancel", "yes_no": "no", "yes_no_cancel": "cancel"}

_log = logging.getLogger(__name__)


def show_message(window: UnoObject, text: str, title: str, buttons: str, mode: str | None) -> str:
    """Show a message over a window, wait, and return the button pressed: ok, cancel, yes or no.

    Raises:
        NotSupportedError: there are no such buttons, or no such mode.
    """
    if buttons not in _BUTTONS or mode not in _KINDS:
        message = f"there is no alert with buttons={buttons!r} and mode={mode!r}: buttons are {', '.join(_BUTTONS)}"
        raise NotSupportedError(message)
    # LibreOffice's box for information has the one button only.
    kind = _KINDS[mode] if buttons == "ok" or mode == "critical" else "QUERYBOX"
    box = window.Toolkit.createMessageBox(window, make_enum("awt.MessageBoxType", kind), _BUTTONS[buttons], title, text)
    try:
        answer = _ANSWERS[box.execute()]
    finally:
        box.dispose()
    return _CAUTIOUS[buttons] if answer == "cancel" else answer


def answer_unseen(text: str, buttons: str) -> str:
    """Return the cautious answer to a message that nobody can see, and put the message into the log."""
    answer = _CAUTIOUS.get(buttons, "cancel")
    _log.warning("LibreOffice has no window, so %r was answered with %r", text, answer)
    return answer

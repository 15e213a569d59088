"""What a process does first that another one has started to work for it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys

_END_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux (prctl(2))."""

_PARENT_GONE = 78
"""The exit status of a process whose parent was killed before it began."""


def settle_in() -> None:
    """Leave Ctrl-C to the parent, end when that is killed, and keep the collector of garbage off what is here to stay.

    Holding both ends of its pipe, a process would not hear from that that its parent has gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the first ends the rest.
    gc.freeze()  # To look it over again and again takes a tenth of the time, and doubles memory that a fork shares.
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and os.getppid() != parent.pid:
            os._exit(_PARENT_GONE)

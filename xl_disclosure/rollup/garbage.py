"""The collector of garbage kept from looking over what a roll-up holds, again and again, for circles it hardly has."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

WHILE_READING = 50_000
"""Objects made until the collector looks at them; reading makes thousands a file and hardly a circle."""

WHILE_TOTALLING = 1_000_000
"""Of what stays of files few objects are let go, and what is totalled of them has no circles."""


@contextmanager
def collected_seldom(objects: int) -> Iterator[None]:
    """Let the collector look after so many objects, and as often as before in the end: it takes a tenth of the time.

    What was made meanwhile then counts as old, so that the collector does not look over all of it at once.
    """
    before = gc.get_threshold()
    gc.set_threshold(objects)
    try:
        yield
    finally:
        _take_for_old()
        gc.set_threshold(*before)


def _take_for_old() -> None:
    if not gc.get_freeze_count():  # Unfreezing would bring back what is kept off the collector for good.
        gc.freeze()
        gc.unfreeze()

"""The collector of garbage kept from looking over what a roll-up holds, again and again, for circles it hardly has."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MOST_UNCHECKED = 50_000
"""Objects made until the collector looks at them; reading makes thousands a file and hardly a circle."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Let the collector look seldom, and as often as before in the end; a roll-up takes a tenth less time."""
    before = gc.get_threshold()
    gc.set_threshold(MOST_UNCHECKED)
    try:
        yield
    finally:
        gc.set_threshold(*before)

"""What one name in a text reads."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from xl_disclosure.errors import Place
from xl_disclosure.narrative.figures import plain
from xl_disclosure.returns.model import Number


@dataclass(frozen=True, slots=True)
class Field:
    """Hold what one field reads (blank: nothing to print), its figure where it is one, and where it comes from.

    ``written`` is what stands there instead of a figure, such as 12万. ``before`` is the figure of the year before,
    where one compares. ``absence`` says why there is nothing to print where that is no fault of the form, and
    ``remedy`` what to do then.
    """

    wording: str
    text: str
    figure: Number | None
    place: Place
    written: str = ""
    unit: str = ""
    before: Number | None = None
    absence: str = ""
    remedy: str = ""


class Fields(Mapping[str, Field]):
    """Give every field by each of its names. Few are made: of most names nothing but the figure is asked for."""

    @abstractmethod
    def figure(self, name: str) -> Number | None:
        """Return the figure of a field that reads just that figure; None for any other, one without a figure, or none.

        It is that of the field, which then reads ``plain`` of it and has no ``absence``.
        """

    def text(self, name: str) -> str | None:
        """Return what a field reads that can be told without making it; None for any other, a blank one, or none."""
        figure = self.figure(name)
        return None if figure is None else plain(figure)

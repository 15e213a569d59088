"""What became of one file that a unit sent, as a roll-up keeps it: thousands of them must fit into memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xl_disclosure.checks.findings import Finding
from xl_disclosure.forms.catalog import load_edition
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.rollup.figures import Figures, pack


class SentReturn(NamedTuple):
    """Hold the figures of one file, in the order of its edition's facts, and what is wrong with them.

    ``digest`` is the SHA-256 of the file's content in hexadecimal digits. ``findings`` are those that failed, each with
    the explanation the unit gave beside it. ``preparer``, ``phone`` and ``date`` are as the cover has them.
    """

    unit: str
    unit_code: str
    edition: str
    year: int | None
    digest: str
    figures: Figures
    findings: tuple[Finding, ...] = ()
    preparer: str = ""
    phone: str = ""
    date: str = ""

    @property
    def facts(self) -> Mapping[FactAddress, Number | None]:
        """Return each fact's value by address; None for a blank or unreadable one."""
        return dict(zip(load_edition(self.edition).facts, self.figures, strict=True))


@dataclass(frozen=True, slots=True)
class Refusal:
    """State why what was sent or entered cannot be used, and the remedy."""

    what: str
    remedy: str


Sent = SentReturn | Refusal


def sent_return(returned: Return, digest: str, findings: Sequence[Finding] = ()) -> SentReturn:
    """Return what a roll-up keeps of a return."""
    facts, cover = returned.facts, returned.cover
    return SentReturn(
        returned.unit,
        cover.get("unit_code", ""),
        returned.edition,
        returned.year,
        digest,
        pack([*map(facts.get, load_edition(returned.edition).facts)]),
        tuple(findings),
        *(cover.get(field, "") for field in ("preparer", "phone", "date")),
    )

"""Real files changed at random, by the thousand: each is read to its true facts or set aside, within its limits.

``python -m tests.returns.fuzz 10000`` makes so many and tells what became of them; the tests make a few hundred.
"""

from __future__ import annotations

import io
import json
import random
import re
import struct
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import python_calamine

from tests.programs import Convert
from tests.returns.packages import parts, write_parts
from tests.returns.reports import sample_report
from tests.returns.writers import FORMATS, write_xlsx
from xl_disclosure.errors import InputError
from xl_disclosure.forms.model import FactAddress
from xl_disclosure.returns.model import Number, Return
from xl_disclosure.returns.read import read_file
from xl_disclosure.rollup.chunks import split
from xl_disclosure.rollup.processes import Limits, Processes
from xl_disclosure.rollup.sent import SentReturn, sent_return

REPORT = sample_report("2021", 2024)
"""Every figure of it is its own, so that none can pass for another."""

OTHER_PROGRAMS = ("xls", "ods")
"""Kinds of file that LibreOffice writes."""

LIMITS = Limits(seconds=10, memory=512 * 1024 * 1024)
BATCH = 256

NEAR = 64
"""Bytes before a figure that say where it stands: the longest row of the form has 48 in a binary workbook."""

INSIDE = "inside "
_COMPOUND = b"\xd0\xcf"
_MARKUP = re.compile(rb"<[^>]*>")
_FAULTS = ("没有料到", "还没有读完", "占用内存", "异常中止")
"""What is said of a file on which the reader itself failed."""


class WrongFigureError(Exception):
    """Tell that a figure was read which the file does not say."""


@dataclass(frozen=True)
class Sample:
    """Hold a file as it should be; its kind is one of FORMATS or OTHER_PROGRAMS."""

    kind: str
    suffix: str
    content: bytes

    @property
    def is_package(self) -> bool:
        """Tell whether it says by checksums if it is whole."""
        return self.content.startswith(b"PK")


@dataclass(frozen=True)
class Outcomes:
    """Count what became of the changed files of one kind; ``faults`` names those on which the reader failed."""

    read: int
    set_aside: int
    faults: tuple[str, ...]
    seconds: float


def make_samples(folder: Path, convert: Convert) -> list[Sample]:
    """Write the report in every kind of file."""
    samples: list[Sample] = []
    for kind, (suffix, write) in FORMATS.items():
        path = folder / f"{kind}{suffix}"
        write(REPORT, path)
        samples.append(Sample(kind, suffix, path.read_bytes()))
    plain = folder / "report.xlsx"
    write_xlsx(REPORT, plain)
    for kind in OTHER_PROGRAMS:
        samples.append(Sample(kind, f".{kind}", convert(plain, kind, folder).read_bytes()))
    return samples


def run(samples: Sequence[Sample], count: int, seed: int = 0) -> dict[str, Outcomes]:
    """Change the samples in turn, so many times in all, and return what became of each kind.

    A package is changed as it is and, as often, inside one of its parts, whose checksum is then made right.
    """
    kinds = {sample.kind: sample for sample in samples}
    kinds |= {f"{INSIDE}{sample.kind}": sample for sample in samples if sample.is_package}
    found: dict[str, Outcomes] = {}
    for position, (kind, sample) in enumerate(kinds.items()):
        numbers = range(position, count, len(kinds))
        found[kind] = _run_kind(sample, kind, numbers, seed)
    return found


def _run_kind(sample: Sample, kind: str, numbers: Sequence[int], seed: int) -> Outcomes:
    read = set_aside = 0
    faults: list[str] = []
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        judge = _Judge(sample, kind, seed)
        for first in range(0, len(numbers), BATCH):
            paths = [judge.make(Path(name), number) for number in numbers[first : first + BATCH]]
            chunks = split(paths)
            for chunk, records in zip(chunks, Processes(2, LIMITS).read(judge, chunks), strict=True):
                for path, record in zip(chunk, records, strict=True):
                    path.unlink()
                    if isinstance(record, SentReturn):
                        read += 1
                    elif any(words in record.what for words in _FAULTS):
                        faults.append(f"{path.name} of seed {seed}: {record.what}")
                    else:
                        set_aside += 1
    return Outcomes(read, set_aside, tuple(faults), time.perf_counter() - start)


@dataclass(frozen=True)
class _Judge:
    """Make changed files of one kind, and read them: raises WrongFigureError where a figure is not what a file says."""

    sample: Sample
    kind: str
    seed: int

    def make(self, folder: Path, number: int) -> Path:
        """Write the changed file of that number, the same for the same seed."""
        path = folder / f"{self.kind} {number}{self.sample.suffix}"
        chance = random.Random(f"{self.seed} {path.name}")
        path.write_bytes(self.sample.content)
        if not self.kind.startswith(INSIDE):
            path.write_bytes(change(self.sample.content, chance))
            return path
        content = parts(path)
        part = chance.choice(sorted(name for name in content if name.endswith((".xml", ".rels"))))
        write_parts(path, {**content, part: change(content[part], chance)})
        return path

    def __call__(self, path: Path) -> SentReturn:
        """Read a changed file; raises as reading does, InputError where a figure is doubtful, and WrongFigureError."""
        returned = read_file(path)
        if any(problem.blocks_use for problem in returned.problems):
            raise InputError("读出的数有疑问", "核实后重新报送")
        wrong = [address for address, value in returned.facts.items() if value != REPORT.facts.get(address)]
        if wrong and not self._says(path, returned, wrong):
            raise WrongFigureError(f"{path.name}: {wrong}")
        return sent_return(returned, "")

    def _says(self, path: Path, returned: Return, addresses: Sequence[FactAddress]) -> bool:
        """Tell whether a file was itself changed to say those figures; a package as it is cannot unnoticed."""
        if self.sample.is_package and not self.kind.startswith(INSIDE):
            return False
        if self.sample.suffix == ".json":
            stated = json.loads(path.read_bytes())["facts"]
            return all(stated[address] == returned.facts[address] for address in addresses)
        original, content = _searchable(self.sample.content), _searchable(path.read_bytes())
        for address in addresses:
            value, truth = returned.facts[address], REPORT.facts.get(address)
            if value is None and _is_blank_to_another_reader(truth, self.sample.content, path.read_bytes()):
                continue
            if truth is None or _stands_as_before(truth, original, content):
                return False
            is_anothers = value in REPORT.facts.values() and not _is_doubled(value, original, content)
            if is_anothers and self.sample.kind != "xls":
                return False
        return True


def change(content: bytes, chance: random.Random) -> bytes:
    """Return the content with up to four changes: bytes put in, taken out, altered or doubled, the end cut."""
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)
        length = chance.choice([1, 2, 8, 40, 200])
        piece = content[other : other + length]
        match chance.choice(["put", "take", "flip", "double", "cut"]):
            case "put":
                content = content[:at] + chance.randbytes(min(length, 8)) + content[at:]
            case "take":
                content = content[:at] + content[at + length :]
            case "flip":
                content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case "double":
                content = content[:at] + piece + content[at:]
            case "cut" if chance.random() < 0.2:
                content = content[:at]
    return content


def _stands_as_before(figure: Number, original: bytes, changed: bytes) -> bool:
    """Tell whether a figure stands in a file as often as it did, with what stood right before it."""
    if original.startswith(_COMPOUND):
        return any(piece in changed for piece in _binary_pieces(figure, original))
    found = _standing_alone(figure).search(original)
    piece = original[max(0, found.start() - NEAR) : found.end()] if found else b""
    return piece in changed and _times(figure, changed) >= _times(figure, original)


def _is_blank_to_another_reader(figure: Number | None, original: bytes, changed: bytes) -> bool:
    """Tell whether the cell that held a figure is blank, as where a change gave that cell another address."""
    try:
        place = next((place for place, value in _cells(original).items() if value == figure), None)
        return place is not None and place not in _cells(changed)
    except (python_calamine.CalamineError, OSError):
        return False


@lru_cache(maxsize=4)
def _cells(content: bytes) -> dict[tuple[str, int, int], object]:
    """Return what stands in a workbook by sheet, row and column, as calamine reads it."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        (name, row, column): value
        for name in book.sheet_names
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if value != ""
    }


def _is_doubled(figure: Number | None, original: bytes, changed: bytes) -> bool:
    return figure is not None and _times(figure, changed) > _times(figure, original)


def _times(figure: Number, content: bytes) -> int:
    return len(_standing_alone(figure).findall(content))


def _standing_alone(figure: Number) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![\d.])" + re.escape(str(figure)).encode() + rb"(?![\d.])")


def _searchable(content: bytes) -> bytes:
    """Return what a file shows, markup left out; of a package, that of all its parts."""
    if not content.startswith(b"PK"):
        return content if content.startswith(_COMPOUND) else _MARKUP.sub(b" ", content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(_MARKUP.sub(b" ", package.read(name)) for name in package.namelist())


def _binary_pieces(figure: Number, content: bytes) -> Iterator[bytes]:
    for encoded in (struct.pack("<d", float(figure)), struct.pack("<L", int(figure) << 2 | 2)):
        at = content.find(encoded)
        if at >= 0:
            yield content[at - NEAR : at + len(encoded)]


def main(count: int) -> int:
    """Run so many and print what became of them; 1 when the reader failed on any."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = run(make_samples(folder, Convert(folder / "profile")), count)
    for kind, outcomes in found.items():
        figures = f"read {outcomes.read:5}  set aside {outcomes.set_aside:5}  faults {len(outcomes.faults):3}"
        sys.stdout.write(f"{kind:18} {figures}  {outcomes.seconds:6.1f} s\n")
        for fault in outcomes.faults:
            sys.stdout.write(f"    {fault}\n")
    faults = sum(len(outcomes.faults) for outcomes in found.values())
    total = sum(outcomes.read + outcomes.set_aside for outcomes in found.values()) + faults
    sys.stdout.write(f"{total} files, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))

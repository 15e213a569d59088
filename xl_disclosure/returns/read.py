"""A return read from whatever a unit sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from xl_disclosure.errors import DisclosureError, InputError, Place
from xl_disclosure.forms.model import Edition, FactAddress
from xl_disclosure.returns.facts_json import is_json, read_facts
from xl_disclosure.returns.form_problems import slip_problem
from xl_disclosure.returns.identity import Identity, identify, is_apparatus
from xl_disclosure.returns.labels import key_of
from xl_disclosure.returns.locate import locate_form
from xl_disclosure.returns.located import Located
from xl_disclosure.returns.model import Entry, Problem, ProblemKind, Return, TextParagraph
from xl_disclosure.returns.own_book import cover_sheets, form_sheets, inserted_rows, narrative_rows, own_edition
from xl_disclosure.returns.read_entries import ReadEntries
from xl_disclosure.returns.recognise import (
    collect_labels,
    has_form,
    mixed_edition,
    other_edition,
    recognise_edition,
    telling_keys,
    wrong_edition,
)
from xl_disclosure.returns.sources.document import SourceDocument, SourceTable
from xl_disclosure.returns.sources.opening import open_source, read_content
from xl_disclosure.returns.totals import compute_totals, is_settled


def read_file(path: Path, edition: Edition | None = None) -> Return:
    """Read one unit's return from any file: a workbook, a Word document, a web page, text, or JSON.

    The edition is the one given, else the one recognised. What is doubtful is told under ``problems``. Raises
    InputError, naming the file and a remedy, when it cannot be used at all, and SetupError when the machine lacks
    what it takes to open it.
    """
    with _naming(path.name):
        return read_bytes(read_content(path), path.name, edition).returned


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Hold a return and the document it was read from, whose other sheets can still be read; JSON has none."""

    returned: Return
    document: SourceDocument | None


def read_bytes(content: bytes, file: str, edition: Edition | None = None) -> ReadFile:
    """Read one unit's return from the content of a file of that name. Raises as ``read_file`` does."""
    with _naming(file):
        if is_json(content, file):
            return ReadFile(read_facts(content, file, edition), None)
        document = open_source(content, file)
        return ReadFile(read_document(document, edition), document)


def read_paragraphs(path: Path) -> tuple[TextParagraph, ...]:
    """Read the narrative alone, from a file that may hold no form. Raises as ``read_file`` does."""
    with _naming(path.name):
        return _narrative(open_source(read_content(path), path.name))


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Give the errors of what reads a file, which does not know its name, that name."""
    try:
        yield
    except DisclosureError as error:
        if not error.place.file:
            error.place = replace(error.place, file=file)
        raise


def read_document(document: SourceDocument, wanted: Edition | None = None) -> Return:
    """Read one unit's return from tables and paragraphs, wherever they are from; see ``read_file``."""
    own = own_edition(document)
    if own is None:
        sources = list(document.tables())
        identity = identify(document.file, sources, document.paragraphs)
        return _read_any(document, sources, identity, wanted)
    sources = form_sheets(document, own)
    identity = identify(document.file, cover_sheets(document), ())
    located = locate_form(own, sources)
    if located.is_as_printed and wanted in (None, own):
        return _return(document, own, identity, located, _year_problems(own, sources, identity.year))
    returned = _read_any(document, sources, identity, wanted)
    return replace(returned, problems=(*inserted_rows(located), *returned.problems))


def _read_any(
    document: SourceDocument, sources: Sequence[SourceTable], identity: Identity, wanted: Edition | None
) -> Return:
    """Return what a file says in the edition wanted, else in the one its labels are of."""
    recognised = recognise_edition(sources, identity.year)
    edition = wanted or recognised
    if edition is not recognised and not has_form(edition, collect_labels(sources)):
        raise InputError(f"没有找到“{edition.name}”的表，文件用的是“{recognised.name}”", "核对版式后重试")
    located = locate_form(edition, sources)
    problems = _year_problems(edition, sources, identity.year)
    if recognised is not edition:
        problems.append(other_edition(edition, recognised, collect_labels(sources)))
    labels = collect_labels(sources) if located.problems else {}
    mixed = mixed_edition(edition, labels) if located.problems else None
    if mixed is not None:
        foreign = telling_keys(edition, labels)
        located.problems = [problem for problem in located.problems if key_of(problem.text) not in foreign]
        problems.append(mixed)
    return _return(document, edition, identity, located, problems)


def _year_problems(edition: Edition, sources: Sequence[SourceTable], year: int | None) -> list[Problem]:
    if year is None:
        remedy = "在封面或表的标题上写明年度，如“（2021年度）”"
        return [Problem(ProblemKind.UNKNOWN_YEAR, Place(sources[0].file), "", "文件没有写明是哪一年的报表", remedy)]
    if edition.covers(year):
        return []
    wrong = wrong_edition(edition, collect_labels(sources), year)
    return [] if wrong is None else [wrong]


def _return(
    document: SourceDocument, edition: Edition, identity: Identity, located: Located, problems: Sequence[Problem]
) -> Return:
    read = ReadEntries(edition, located.places)
    slips = [
        slip_problem(edition.facts[address], read[address], reading.slip)
        for address, reading in read.unusual.items()
        if reading.slip is not None
    ]
    entries: Mapping[FactAddress, Entry] = read
    if slips:
        entries = compute_totals(edition, read)
        slips = [slip for slip in slips if not is_settled(slip, entries)]
    return Return(
        edition.id,
        identity.unit,
        identity.year,
        entries,
        (*problems, *located.problems, *slips),
        identity.cover,
        _narrative(document),
        document.file,
    )


def _narrative(document: SourceDocument) -> tuple[TextParagraph, ...]:
    rows = tuple(narrative_rows(document))
    return rows or tuple(paragraph for paragraph in document.paragraphs if not is_apparatus(paragraph.text))

"""The terminal: results on standard output, progress and complaints on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


@cache
def _output() -> Console:
    from rich.console import Console

    return Console(highlight=False)


@cache
def _errors() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def tell(text: str) -> None:
    """Print one line of a result."""
    _output().print(text, markup=False, soft_wrap=True)


def show(renderable: RenderableType) -> None:
    """Print a table of a result."""
    _output().print(renderable)


def tell_graded(level: str, style: str, text: str) -> None:
    """Print one line of a result that opens with a coloured level."""
    from rich.text import Text

    _output().print(Text.assemble((level, style), text), soft_wrap=True)


def step(text: str) -> None:
    """Print the heading of one step of a longer job."""
    _output().print()
    _output().print(text, style="bold", markup=False, soft_wrap=True)


def complain(text: str) -> None:
    """Print what went wrong on standard error."""
    _errors().print(text, style="red", markup=False)


def print_json(value: Mapping[str, object]) -> None:
    """Print one JSON object and nothing else on standard output."""
    _output().file.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def progress(task: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error while the block runs; yields the function that advances it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_errors(), transient=True) as bar:
        number = bar.add_task(task, total=None)
        yield lambda done, total: bar.update(number, completed=done, total=total)

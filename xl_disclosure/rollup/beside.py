"""Work done in a process of its own while this one goes on."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, Self, TypeVar

from xl_disclosure.errors import DisclosureError, Place, SetupError
from xl_disclosure.rollup.child import settle_in

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Success(Generic[Result]):
    result: Result


@dataclass(frozen=True, slots=True)
class _Failure:
    """Hold the parts of a DisclosureError; pickled itself it would lose all but the first."""

    kind: type[DisclosureError]
    what: str
    remedy: str
    place: Place


class Beside(Generic[Result]):
    """Do work beside this process from entering on, and end it on leaving.

    A process is forked, so that nothing need be handed to it; elsewhere than on Linux, where forking is unsafe or
    unknown, the work is done when its result is asked for. ``first`` is done before it in a process of its own only.
    """

    def __init__(self, work: Callable[[], Result], first: Callable[[], None] | None = None) -> None:
        self._work = work
        self._first = first
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._is_done = False

    def __enter__(self) -> Self:
        if sys.platform == "linux":
            context = multiprocessing.get_context("fork")
            self._connection, theirs = context.Pipe(duplex=False)
            self._process = context.Process(target=_carry_out, args=(self._work, self._first, theirs), daemon=True)
            self._process.start()
            theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            if not self._is_done:  # What is killed may still be writing.
                self._process.join()
        if self._connection is not None:
            self._connection.close()

    def result(self) -> Result:
        """Wait for the work's result and return it, once.

        Raises the DisclosureError that the work raised; SetupError when its process came to an end otherwise.
        """
        if self._connection is None:
            return self._work()
        try:
            outcome: _Success[Result] | _Failure = self._connection.recv()
        except EOFError:
            raise SetupError("同时进行的一个进程异常中止", "关闭其他程序后重试") from None
        self._is_done = True
        if isinstance(outcome, _Failure):
            raise outcome.kind(outcome.what, outcome.remedy, outcome.place)
        return outcome.result


def _carry_out(work: Callable[[], Result], first: Callable[[], None] | None, connection: Connection) -> None:
    settle_in()
    if first is not None:
        first()
    try:
        connection.send(_Success(work()))
    except DisclosureError as error:
        connection.send(_Failure(type(error), error.what, error.remedy, error.place))

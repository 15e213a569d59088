"""Answer for every member that xlwings asks engines for and this one has not: by name, and with what to use instead."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from xl_disclosure.libreoffice.errors import NotSupportedError

_Class = TypeVar("_Class", bound=type)


def refuses_the_rest(
    base: type, usual_advice: str, advice: Mapping[str, str] | None = None
) -> Callable[[_Class], _Class]:
    """Give a class all members of one of xlwings' base classes that it lacks; each raises NotSupportedError.

    What instances set on themselves must be annotated in the class. `advice` says for single members what to use
    instead, and names members that xlwings has in no base class.
    """
    known = dict(advice or {})

    def complete(cls: _Class) -> _Class:
        public = {name for name in vars(base) if not name.startswith("_")}
        own = vars(cls).keys() | inspect.get_annotations(cls).keys()
        for name in (public | known.keys()) - own:
            setattr(cls, name, _refusal(cls.__name__, name, vars(base).get(name), known.get(name, usual_advice)))
        return cls

    return complete


def _refusal(cls: str, name: str, member: object, advice: str) -> Any:
    def refuse(*_: object, **__: object) -> NoReturn:
        message = f"{cls}.{name} is not supported on LibreOffice: {advice}"
        raise NotSupportedError(message)

    return refuse if inspect.isfunction(member) else property(refuse, refuse)

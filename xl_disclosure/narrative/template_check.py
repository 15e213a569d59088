"""A document template's own fields, checked before anything is printed: an office may have restyled the template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin

from jinja2 import Environment, TemplateSyntaxError, nodes

from xl_disclosure.errors import InputError, Place
from xl_disclosure.forms.decode import nearest, type_hints
from xl_disclosure.narrative.charts import Chart
from xl_disclosure.narrative.tables import PrintedTable

_MARKUP = re.compile(r"<[^>]+>")
_LONGEST_EXCERPT = 60

FILTERS: Mapping[str, Any] = {
    "join": tuple[str, ...],
    "word_table": PrintedTable,
    "html_table": PrintedTable,
    "word_chart": Chart,
    "html_chart": Chart,
}
"""The filters a template may use, each with the type it takes."""

_ALLOWED = (
    *(nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter),
    *(nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Concat, nodes.CondExpr),
)

Scope = Mapping[str, Any]
"""The names that may be used at some point of a template, each with its type, or with the names behind its dot."""


def check_template(source: str, known: Scope, environment: Environment, file: str) -> None:
    """Refuse a template that names something a report does not have, or does more than print and choose.

    It can neither read files nor run code nor count without end. ``source`` has each paragraph on a line of its own.
    Raises InputError with the template's file and the paragraph's text, the name and the nearest known one.
    """
    try:
        template = environment.parse(source)
    except TemplateSyntaxError as error:
        place = Place(file=file, cell=_paragraph(source, error.lineno))
        raise InputError("模板的标记写法有误", "与 {{ }}、{% %} 的写法对照改正，或换回原来的模板", place) from error
    _Checker(source, file).check(template.body, known)


@dataclass(frozen=True, slots=True)
class _Checker:
    source: str
    file: str

    def check(self, body: list[Any], scope: Scope) -> None:
        for node in body:
            if not isinstance(node, _ALLOWED):
                raise self.refuse(node)
            if isinstance(node, nodes.For):
                element = _element(self.kind_of(node.iter, scope))
                self.check(node.body, {**scope, str(getattr(node.target, "name", "")): element, "loop": Any})
                self.check(node.else_, scope)
            elif isinstance(node, nodes.Name | nodes.Getattr):
                self.kind_of(node, scope)
            elif isinstance(node, nodes.Filter):
                self.check_filter(node, scope)
            else:
                self.check(list(node.iter_child_nodes()), scope)

    def kind_of(self, node: nodes.Node, scope: Scope) -> Any:
        """Return the type of what a name stands for; Any where it is not known."""
        match node:
            case nodes.Name(name=name):
                return self.require(name, scope, node.lineno)
            case nodes.Getattr(attr=attribute) if attribute.startswith("_"):
                raise self.refuse(node)
            case nodes.Getattr(node=inner, attr=attribute):
                attributes = _attributes(self.kind_of(inner, scope))
                return Any if attributes is None else _present(self.require(attribute, attributes, node.lineno))
            case _:
                self.check([node], scope)
                return Any

    def check_filter(self, node: nodes.Filter, scope: Scope) -> None:
        taken = FILTERS.get(node.name)
        if taken is None or node.node is None or self.kind_of(node.node, scope) not in (taken, Any):
            raise self.refuse(node)
        self.check([*node.args, *node.kwargs], scope)

    def refuse(self, node: nodes.Node) -> InputError:
        place = Place(file=self.file, cell=_paragraph(self.source, node.lineno))
        return InputError("模板中用了不允许的写法", "只用 {{ 字段 }}、for 和 if；或换回原来的模板", place)

    def require(self, name: str, known: Scope, line: int) -> Any:
        if name in known:
            return known[name]
        suggestion = nearest(name, known)
        remedy = f"改为 {suggestion}" if suggestion else f"改为下列之一：{'、'.join(known)}"
        place = Place(file=self.file, cell=_paragraph(self.source, line))
        raise InputError(f"模板中没有名为 {name} 的字段", remedy, place)


def _attributes(kind: Any) -> Scope | None:
    """Return the names behind a dot after something of that type; None where they are not known."""
    if isinstance(kind, Mapping):
        return kind
    kind = _present(kind)
    if not is_dataclass(kind):
        return None
    hints = type_hints(kind) if isinstance(kind, type) else {}
    return {field.name: hints[field.name] for field in fields(kind)}


def _present(kind: Any) -> Any:
    """Return the type of something that may be absent, once it is there."""
    return get_args(kind)[0] if isinstance(kind, UnionType) else kind


def _element(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else Any


def _paragraph(source: str, line: int) -> str:
    text = _MARKUP.sub("", source.split("\n")[line - 1]).strip()
    return f"段落“{text[:_LONGEST_EXCERPT]}”"

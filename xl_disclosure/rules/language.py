"""The language rules are written in: a small part of Python's expressions, parsed but never run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from xl_disclosure.errors import Place, RuleError
from xl_disclosure.forms.decode import nearest
from xl_disclosure.rules.expressions import (
    Breakdown,
    Comparison,
    Constant,
    Depth,
    Expression,
    Function,
    LastYear,
    Logic,
    Name,
    Operation,
    Sign,
    is_truth,
)

LONGEST_TEXT = 2000
"""Characters; a rule that needs more is two rules."""

DEEPEST_NESTING = 60
"""Levels of operators and brackets inside each other."""

_ARITHMETIC: Mapping[type[ast.operator], Function] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_SIGNS: Mapping[type[ast.cmpop], Sign] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_AGGREGATES: Mapping[str, Function] = {"sum": "sum", "max": "max", "min": "min"}
_DEPTHS: Mapping[str, Depth] = {name: name for name in get_args(Depth)}
_CALLABLE = (*_AGGREGATES, "abs", *_DEPTHS, "last_year")
_WHAT_MAY_STAND = "只能写数、名称、+ - * /、比较、and、or、not 和函数 " + "、".join(_CALLABLE)


def refuse_rule(rule: str, text: str, what: str, remedy: str) -> RuleError:
    """Return the error for the text of one rule."""
    return RuleError(f"“{text}”中{what}", remedy, Place(cell=f"规则 {rule}"))


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the remedy for a word that is not known: the nearest known one, or all of them."""
    names = list(known)
    near = nearest(word, names)
    return f"改为 {near}" if near else f"改为下列之一：{'、'.join(names)}"


def parse(text: str, rule: str) -> Expression:
    """Turn the text of a condition of a rule into an expression that is a truth value.

    The grammar: numbers, names and ``table.row.column`` addresses; ``+ - * /``; comparisons and chains of them;
    ``and``, ``or``, ``not``; ``==`` between truth values; the functions sum, max, min, abs, ``last_year(x)`` and,
    inside sum, max and min, ``leaves(row)`` and ``parts(row)``. Raises RuleError for anything else.
    """
    parser = _Parser(text, rule)
    return parser.read_truth(parser.syntax_tree())


@dataclass(frozen=True, slots=True)
class _Parser:
    text: str
    rule: str

    def refuse(self, what: str, remedy: str) -> RuleError:
        return refuse_rule(self.rule, self.text, what, remedy)

    def syntax_tree(self) -> ast.expr:
        if len(self.text) > LONGEST_TEXT:
            raise RuleError(f"写了 {len(self.text)} 个字符，太长", "分成几条规则", Place(cell=f"规则 {self.rule}"))
        try:
            tree = ast.parse(self.text.strip(), mode="eval").body
        except SyntaxError as error:
            where = f"第 {error.offset} 个字符处" if error.offset else "末尾"
            raise self.refuse(f"{where}不合语法", "检查括号和运算符是否成对、完整") from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise self.refuse("有不能读的字符或括号套得太深", "改写得简单些") from error
        if _nesting(tree) > DEEPEST_NESTING:
            raise self.refuse("运算套得太深", "用 sum(…) 代替一长串加号，或分成几条规则")
        return tree

    def read(self, node: ast.expr) -> Expression:
        reader = _READERS.get(type(node))
        if reader is None:
            raise self.refuse(f"“{ast.unparse(node)}”不是规则语言的写法", _WHAT_MAY_STAND)
        return reader(self, node)

    def read_number(self, node: ast.expr) -> Expression:
        return self.require_number(self.read(node), node)

    def require_number(self, expression: Expression, node: ast.expr) -> Expression:
        if is_truth(expression):
            raise self.refuse(f"“{ast.unparse(node)}”不是一个数", "比较的结果不能参加运算")
        if _is_breakdown(expression):
            raise self.refuse(f"“{ast.unparse(node)}”不是一个数", "leaves、parts 要写在 sum、max、min 之内")
        return expression

    def read_truth(self, node: ast.expr) -> Expression:
        return self.require_truth(self.read(node), node)

    def require_truth(self, expression: Expression, node: ast.expr) -> Expression:
        if not is_truth(expression):
            raise self.refuse(f"“{ast.unparse(node)}”没有比较，得不出对错", "写成等式或不等式，如 a == b + c")
        return expression

    def read_constant(self, node: ast.Constant) -> Expression:
        value = node.value
        if type(value) is int:
            return Constant(value)
        if type(value) is float and abs(value) != float("inf"):
            return Constant(Decimal(repr(value)))
        raise self.refuse(f"“{ast.unparse(node)}”不是数", "写成整数或小数")

    def read_name(self, node: ast.expr) -> Name:
        match node:
            case ast.Name(id=name):
                return Name(name)
            case ast.Attribute(value=before, attr=name):
                return Name(f"{self.read_name(before).text}.{name}")
            case _:
                raise self.refuse(f"“{ast.unparse(node)}”不是名称", "写成行或列的代码，或 表.行.列")

    def read_arithmetic(self, node: ast.BinOp) -> Expression:
        function = _ARITHMETIC.get(type(node.op))
        if function is None:
            raise self.refuse(f"“{ast.unparse(node)}”的运算符不认识", _WHAT_MAY_STAND)
        return Operation(function, (self.read_number(node.left), self.read_number(node.right)))

    def read_unary(self, node: ast.UnaryOp) -> Expression:
        match node.op:
            case ast.Not():
                return Logic("not", (self.read_truth(node.operand),))
            case ast.USub():
                return Operation("negate", (self.read_number(node.operand),))
            case _:
                raise self.refuse(f"“{ast.unparse(node)}”的运算符不认识", _WHAT_MAY_STAND)

    def read_logic(self, node: ast.BoolOp) -> Expression:
        operands = tuple(self.read_truth(value) for value in node.values)
        return Logic("and" if isinstance(node.op, ast.And) else "or", operands)

    def read_comparison(self, node: ast.Compare) -> Expression:
        for operator in node.ops:
            if type(operator) not in _SIGNS:
                raise self.refuse("有不认识的比较", f"改用 {' '.join(_SIGNS.values())}")
        signs = tuple(_SIGNS[type(operator)] for operator in node.ops)
        written = [(self.read(operand), operand) for operand in (node.left, *node.comparators)]
        if not any(is_truth(operand) for operand, _ in written):
            return Comparison(signs, tuple(self.require_number(*pair) for pair in written))
        if len(signs) > 1 or signs[0] not in ("==", "!="):
            raise self.refuse("条件之间的比较有误", "两个条件之间只写一个 == 或 !=，如 (a == 0) == (b == 0)")
        return Comparison(signs, tuple(self.require_truth(*pair) for pair in written))

    def read_call(self, node: ast.Call) -> Expression:
        name = self.read_name(node.func).text
        if name not in _CALLABLE:
            raise self.refuse(f"没有名为 {name} 的函数", suggest(name, _CALLABLE))
        if node.keywords or not node.args:
            raise self.refuse(f"{name} 的括号里写法不对", f"写成 {name}(…)，各项用逗号隔开")
        if name in _AGGREGATES:
            return Operation(_AGGREGATES[name], tuple(self.read_part(part) for part in node.args))
        if len(node.args) > 1:
            raise self.refuse(f"{name} 的括号里不止一项", "只写一项")
        if name == "abs":
            return Operation("abs", (self.read_number(node.args[0]),))
        if name in _DEPTHS:
            return Breakdown(_DEPTHS[name], self.read_name(node.args[0]))
        return self.read_last_year(node.args[0])

    def read_part(self, node: ast.expr) -> Expression:
        expression = self.read(node)
        return expression if _is_breakdown(expression) else self.require_number(expression, node)

    def read_last_year(self, node: ast.expr) -> Expression:
        inner = self.read(node)
        if isinstance(inner, Name | Breakdown):
            return LastYear(inner)
        raise self.refuse(f"last_year 的括号里是“{ast.unparse(node)}”", "只写一个名称、leaves(…) 或 parts(…)")


_READERS: Mapping[type[ast.expr], Callable[[_Parser, Any], Expression]] = {
    ast.Constant: _Parser.read_constant,
    ast.Name: _Parser.read_name,
    ast.Attribute: _Parser.read_name,
    ast.BinOp: _Parser.read_arithmetic,
    ast.UnaryOp: _Parser.read_unary,
    ast.BoolOp: _Parser.read_logic,
    ast.Compare: _Parser.read_comparison,
    ast.Call: _Parser.read_call,
}


def _is_breakdown(expression: Expression) -> bool:
    inner = expression.of if isinstance(expression, LastYear) else expression
    return isinstance(inner, Breakdown)


def _nesting(tree: ast.expr) -> int:
    levels = 0
    inside: list[ast.AST] = [tree]
    while inside:
        levels += 1
        inside = [child for node in inside for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return levels

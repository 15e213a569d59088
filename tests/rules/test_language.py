"""What may be written in a rule, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.errors import RuleError
from xl_disclosure.rules.expressions import (
    Breakdown,
    Comparison,
    Constant,
    Expression,
    LastYear,
    Logic,
    Name,
    Operation,
    is_truth,
)
from xl_disclosure.rules.language import DEEPEST_NESTING, LONGEST_TEXT, parse

A, B, C = Name("a"), Name("b"), Name("c")
ZERO = Constant(0)


def equal(left: Expression, right: Expression) -> Comparison:
    return Comparison(("==",), (left, right))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a == 0", equal(A, ZERO)),
        ("a == 0.1", equal(A, Constant(Decimal("0.1")))),
        ("table.row.column == 0", equal(Name("table.row.column"), ZERO)),
        ("a == b + c", equal(A, Operation("+", (B, C)))),
        ("a == b - c * 2", equal(A, Operation("-", (B, Operation("*", (C, Constant(2))))))),
        ("a / b < 1", Comparison(("<",), (Operation("/", (A, B)), Constant(1)))),
        ("a == -b", equal(A, Operation("negate", (B,)))),
        ("a <= b <= c", Comparison(("<=", "<="), (A, B, C))),
        ("a > b != c", Comparison((">", "!="), (A, B, C))),
        ("a == 0 and b == 0", Logic("and", (equal(A, ZERO), equal(B, ZERO)))),
        ("a == 0 or not b == 0", Logic("or", (equal(A, ZERO), Logic("not", (equal(B, ZERO),))))),
        ("(a == 0) == (b == 0)", equal(equal(A, ZERO), equal(B, ZERO))),
        ("a == abs(b)", equal(A, Operation("abs", (B,)))),
        ("a == sum(b, c)", equal(A, Operation("sum", (B, C)))),
        ("a == max(leaves(b))", equal(A, Operation("max", (Breakdown("leaves", B),)))),
        ("a == min(parts(b), c)", equal(A, Operation("min", (Breakdown("parts", B), C)))),
        ("a == last_year(b)", equal(A, LastYear(B))),
        ("a == sum(last_year(leaves(b)))", equal(A, Operation("sum", (LastYear(Breakdown("leaves", B)),)))),
        ("  a == b\n", equal(A, B)),
    ],
)
def test_a_rule_is_parsed_into_plain_values(text: str, expected: Expression) -> None:
    assert parse(text, "own") == expected


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("a ==", "末尾不合语法", "检查括号和运算符是否成对、完整"),
        ("(a == b", "不合语法", "检查括号"),
        ("a = b", "第 3 个字符处不合语法", "检查括号和运算符"),
        ("", "不合语法", "检查括号和运算符"),
        ("a + b", "“a + b”没有比较，得不出对错", "写成等式或不等式"),
        ("a == '3'", "“'3'”不是数", "写成整数或小数"),
        ("a == True", "“True”不是数", "写成整数或小数"),
        ("a == 1j", "不是数", "写成整数或小数"),
        ("a == 1e999", "不是数", "写成整数或小数"),
        ("a == b ** 2", "“b ** 2”的运算符不认识", "只能写数、名称"),
        ("a == b // 2", "运算符不认识", "只能写数、名称"),
        ("a == ~b", "运算符不认识", "只能写数、名称"),
        ("a in b", "有不认识的比较", "改用 == != < <= > >="),
        ("a is b", "有不认识的比较", "改用"),
        ("a == b[0]", "“b[0]”不是规则语言的写法", "只能写数、名称"),
        ("a == (lambda: 1)", "不是规则语言的写法", "只能写数、名称"),
        ("a == [b]", "不是规则语言的写法", "只能写数、名称"),
        ("a == (b if c else 0)", "不是规则语言的写法", "只能写数、名称"),
        ("(x := 1) == a", "不是规则语言的写法", "只能写数、名称"),
        ("a == f'{b}'", "不是规则语言的写法", "只能写数、名称"),
        ("a == summ(b)", "没有名为 summ 的函数", "改为 sum"),
        ("a == __import__('os')", "没有名为 __import__ 的函数", "改为下列之一：sum、max"),
        ("a == b.__class__()", "没有名为 b.__class__ 的函数", "改为下列之一"),
        ("a == sum()", "sum 的括号里写法不对", "写成 sum(…)"),
        ("a == sum(b, start=1)", "sum 的括号里写法不对", "写成 sum(…)"),
        ("a == sum(*b)", "不是规则语言的写法", "只能写数、名称"),
        ("a == abs(b, c)", "abs 的括号里不止一项", "只写一项"),
        ("a == leaves(b)", "“leaves(b)”不是一个数", "要写在 sum、max、min 之内"),
        ("a == last_year(leaves(b))", "不是一个数", "要写在 sum、max、min 之内"),
        ("a == sum(leaves(b + c))", "“b + c”不是名称", "写成行或列的代码"),
        ("a == last_year(b + c)", "last_year 的括号里是“b + c”", "只写一个名称"),
        ("a == last_year(last_year(b))", "last_year 的括号里是“last_year(b)”", "只写一个名称"),
        ("a == 1 + (b == 0)", "“b == 0”不是一个数", "比较的结果不能参加运算"),
        ("a == (b == 0)", "“a”没有比较，得不出对错", "写成等式或不等式"),
        ("(a == 0) < (b == 0)", "条件之间的比较有误", "两个条件之间只写一个 == 或 !="),
        ("(a == 0) == (b == 0) == (c == 0)", "条件之间的比较有误", "两个条件之间只写一个 == 或 !="),
        ("a and b == 0", "“a”没有比较，得不出对错", "写成等式或不等式"),
        ("not a", "“a”没有比较，得不出对错", "写成等式或不等式"),
        (f"a == {'-' * (DEEPEST_NESTING + 1)}b", "运算套得太深", "用 sum(…) 代替一长串加号"),
        (f"a == {'(' * 300}b{')' * 300}", "不合语法", "检查括号"),
        ("a == " + "b + " * (LONGEST_TEXT // 4) + "b", "太长", "分成几条规则"),
    ],
)
def test_anything_else_is_refused_with_a_remedy(text: str, what: str, remedy: str) -> None:
    with pytest.raises(RuleError) as refusal:
        parse(text, "own")
    assert "规则 own" in str(refusal.value)
    assert what in refusal.value.what
    assert remedy in refusal.value.remedy


WORDS = st.sampled_from(
    ["a", "b", "t.r.c", "0", "1.5", "+", "-", "*", "/", "==", "<=", "!=", "and", "or", "not", "(", ")", ",", "[", "'",
     "sum", "abs", "leaves", "parts", "last_year", "lambda", "**", ":=", "{", "\n"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_text_is_either_a_condition_or_refused(text: str) -> None:
    with suppress(RuleError):
        assert is_truth(parse(text, "own"))


@pytest.mark.parametrize("text", ["a\0 == b", f"{'-' * 1900}a == b", f"{'not ' * 450}a == b"])
def test_what_python_itself_cannot_parse_is_refused_too(text: str) -> None:
    with pytest.raises(RuleError):
        parse(text, "own")

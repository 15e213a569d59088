"""Labels match with the tolerance that real forms need, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.returns.align import certain_pairs, moved_pairs
from xl_disclosure.returns.labels import EXACT, LOOSE, Wording, key_of, split_number

SAME = [
    ("(一)收到申请数", "（一）收到申请数"),
    ("(一)收到申请数", " ( 一 ) 收到\u3000申请数\n"),
    ("统计指标", "统 计 指 标"),
    ("1.当面申请数", "１．当面申请数"),
    ("危及国家安全、公共安全", "危及国家安全，公共安全"),
    ("其中:涉及国家秘密", "其中：涉及国家秘密"),
    ("3.危及“三安全一稳定”", "3.危及“三安全一稳定”"),
]
ALIKE = [
    ("其中:涉及国家秘密", "涉及国家秘密"),
    ("1.当面申请数", "当面申请数"),
    ("1.当面申请数", "1、当面申请数"),
    ("1.当面申请数", "（1）当面申请数"),
    ("其中：1.当面申请数", "1.当面申请数"),
    ("涉及商业秘密", "2.涉及商业秘密"),
]
OTHER = [
    ("1.当面申请数", "2.当面申请数"),
    ("三、行政复议数量", "四、行政复议数量"),
    ("(一)予以公开", "(二)予以公开"),
    ("涉及国家秘密", "不涉及国家秘密"),
    ("1.属于国家秘密", "1.属于国家机密"),
    ("结果维持", "结果"),
    ("收到申请数", ""),
]


@pytest.mark.parametrize(("label", "found"), SAME)
def test_space_width_commas_and_brackets_make_no_difference(label: str, found: str) -> None:
    assert Wording(label).strength(key_of(found)) == EXACT


@pytest.mark.parametrize(("label", "found"), ALIKE)
def test_a_number_or_qizhong_left_out_makes_it_alike(label: str, found: str) -> None:
    assert Wording(label).strength(key_of(found)) == LOOSE


@pytest.mark.parametrize(("label", "found"), OTHER)
def test_other_words_or_another_number_are_another_label(label: str, found: str) -> None:
    assert Wording(label).strength(key_of(found)) == 0


def test_a_slip_of_the_pen_that_the_edition_lists_counts_as_the_label() -> None:
    wording = Wording("2.兼职人数", ("2.兼职人员数",))
    assert wording.strength(key_of("2.兼职人员数")) == EXACT


@pytest.mark.parametrize(("found", "fits"), [("2016年度", True), ("年度", True), ("历年", False), ("16年度", False)])
def test_a_label_with_a_year_fits_any_year(found: str, fits: bool) -> None:
    assert Wording("{year}年度").fits(key_of(found)) is fits


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("1.属于国家秘密", ("1", "属于国家秘密")),
        ("(一)予以公开", ("一", "予以公开")),
        ("一,主动公开情况", ("一", "主动公开情况")),
        ("其中:1.当面申请数", ("1", "当面申请数")),
        ("三安全一稳定", ("", "三安全一稳定")),
        ("12万", ("", "12万")),
    ],
)
def test_a_number_is_told_from_the_words(key: str, parts: tuple[str, str]) -> None:
    assert split_number(key) == parts


def pairs(expected: str, found: str) -> dict[int, int]:
    return certain_pairs([{n: EXACT for n, there in enumerate(found) if there == one} for one in expected], len(found))


@pytest.mark.parametrize(
    ("expected", "found", "certain"),
    [
        ("XABYAB", "XABYAB", {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
        ("XABYAB", "XBYAB", {0: 0, 2: 1, 3: 2, 4: 3, 5: 4}),
        ("XABYAB", "XABYB", {0: 0, 1: 1, 2: 2, 3: 3, 5: 4}),
        ("XAB", "XqAB", {0: 0, 1: 2, 2: 3}),
        ("XAB", "XAAB", {0: 0, 2: 3}),
        ("XRYR", "YRXR", {0: 2, 2: 0}),
        ("AB", "", {}),
    ],
)
def test_repeated_labels_are_told_apart_by_their_order_or_not_at_all(
    expected: str, found: str, certain: dict[int, int]
) -> None:
    assert pairs(expected, found) == certain


def test_a_label_that_moved_is_found_when_it_fits_nothing_else() -> None:
    assert moved_pairs([[3], [1], [2], [0]], {1: 1, 2: 2}) == {0: 3, 3: 0}
    assert moved_pairs([[3], [3]], {}) == {}
    assert moved_pairs([[2, 3]], {}) == {}


@given(st.text("ABCDEF", max_size=12), st.text("ABCDEF", max_size=12))
def test_certain_pairs_are_of_equal_labels_each_used_once(expected: str, found: str) -> None:
    certain = pairs(expected, found)
    assert all(expected[one] == found[other] for one, other in certain.items())
    assert len(set(certain.values())) == len(certain)


@given(st.text("ABCDEFGHIJ", max_size=10), st.integers(0, 10))
def test_different_labels_are_all_found_whatever_one_is_left_out(labels: str, left_out: int) -> None:
    expected = "".join(dict.fromkeys(labels))
    found = expected[:left_out] + expected[left_out + 1 :]
    certain = pairs(expected, found)
    assert {expected[one] for one in certain} == set(found)

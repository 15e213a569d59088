"""Labels as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.forms.text import fold_width, label_key, label_keys


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("统 计 指 标", "统计指标"),
        ("（一）收到申请数", "(一)收到申请数"),
        ("其中：涉及国家秘密", "其中:涉及国家秘密"),
        ("１．当面申请数", "1.当面申请数"),
        ("信函，传真申请数", "信函、传真申请数"),
        ("\u3000行政许可\u00a0", "行政许可"),
    ],
)
def test_labels_that_differ_only_in_width_space_and_marks_are_the_same(typed: str, printed: str) -> None:
    assert label_key(typed) == label_key(printed)


def test_labels_that_say_different_things_stay_different() -> None:
    assert label_key("网络申请数") != label_key("网上申请数")


def test_full_width_digits_become_half_width() -> None:
    assert fold_width("１２．５") == "12.5"


@given(st.lists(st.text(st.sampled_from("表一：（、\u3000\u200b\ufeff\0１a\u0301\n“")) | st.text()))
def test_many_labels_read_at_once_have_the_keys_they_have_one_by_one(texts: list[str]) -> None:
    assert label_keys(texts) == [label_key(text) for text in texts]

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xl_disclosure.checks.narrative.figures import Figure
from xl_disclosure.checks.narrative.sentences import ReadText, Sentence, read_text


def clause_words(read: ReadText, sentence: Sentence) -> list[str]:
    return [read.words(clause.marked) for clause in sentence.clauses]


def test_a_paragraph_falls_into_sentences_and_clauses() -> None:
    read = read_text("2022年，收到申请3件；办结2件。其中A类1件、B类1件。")
    assert [clause_words(read, sentence) for sentence in read.sentences] == [
        ["2022年", "收到申请3件", "办结2件"],
        ["其中A类1件", "B类1件"],
    ]


def test_an_enumeration_comma_parts_clauses_only_behind_a_figure() -> None:
    read = read_text("政策、规范性文件类信息3条、其他信息2条")
    assert clause_words(read, read.sentences[0]) == ["政策、规范性文件类信息3条", "其他信息2条"]


def test_what_stands_in_brackets_is_taken_out_of_the_sentence() -> None:
    read = read_text("收到申请３６４６件（含上年结转121件），已办结。")
    (sentence,) = read.sentences
    (aside,) = sentence.asides
    assert clause_words(read, sentence) == ["收到申请３６４６件", "已办结"]
    assert [read.words(clause.marked) for clause in aside.clauses] == ["含上年结转121件"]
    assert read.figure(aside.after) == Figure(3646, "件", 4, 9)


def test_a_clause_knows_whether_it_stands_behind_of_which_and_the_year_last_named() -> None:
    read = read_text("2021年收到申请3件，其中网上2件，2022年收到1件")
    assert [(clause.behind, clause.year) for clause in read.sentences[0].clauses] == [
        (False, 2021),
        (True, 2021),
        (True, 2022),
    ]


def test_titles_spaces_and_quotation_marks_do_not_come_between_words() -> None:
    read = read_text("印发《2019年要点12条》， “同意 公开”的件数为1 件")
    assert [
        figure.value for figure in read.figures if chr(0xE000 + read.figures.index(figure)) in read.sentences[0].text
    ]
    assert "同意公开的件数为" in read.sentences[0].text
    assert "2019" not in read.sentences[0].text


def test_a_title_left_empty_is_read_over() -> None:
    assert [sentence.text for sentence in read_text("印发《》。").sentences] == ["印发《》。"]


def test_a_long_clause_is_cut_short_in_an_excerpt_and_a_short_one_shown_with_what_stands_before() -> None:
    read = read_text("全区共办理各类申请" + "若干" * 60 + "；其中有3件")
    long_one, short_one = read.sentences[0].clauses
    assert len(read.excerpt(long_one.marked)) == 65
    assert "…" in read.excerpt(long_one.marked)
    assert read.excerpt(short_one.marked).endswith("；其中有3件")


@given(st.text(alphabet="收到申请办结其中件条0123456789一二十万（）()，。；、《》“” \n\ue000年", max_size=60))
def test_every_marked_character_has_its_place_in_the_paragraph(text: str) -> None:
    read = read_text(text)
    for sentence in read.sentences:
        for clause in sentence.all_clauses:
            places = clause.marked.places
            assert len(places) == len(clause.text)
            assert list(places) == sorted(set(places))
            assert all(0 <= place < len(text) for place in places)

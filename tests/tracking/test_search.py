"""Search: any run of Chinese characters, Latin words from their beginning, and what matched can be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.catalogue import load_catalogue
from tracking.search import Field, build_index, excerpt, find, folded, hits, marked, words_of

CATALOGUE = load_catalogue()
INDEX = build_index(CATALOGUE)


def found(query: str, text: str) -> bool:
    return all(find(word, folded(text)) >= 0 for word in words_of(query))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("中小企", "促进中小企业发展"),  # no whole word
        ("５Ｇ", "5G基站总数"),  # full width
        ("網絡強國", "加快建设网络强国"),  # traditional characters
        ("网络", "網絡強國"),  # and the other way round
        ("GIGA", "gigabit broadband"),  # the beginning of a word, any case
        ("firms'", "firms’ profits"),  # any shape of quotation mark
        ("基站 5g", "每万人拥有5G基站数"),  # every word, in any order
    ],
)
def test_a_text_is_found_by_what_a_reader_may_type(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(("query", "text"), [("ai", "supply chain"), ("25", "by 2025"), ("5G 宽带", "5G基站总数")])
def test_the_middle_of_a_latin_word_and_a_part_of_the_query_are_no_match(query: str, text: str) -> None:
    assert not found(query, text)


def test_what_matched_is_marked_in_the_original_and_nothing_is_lost() -> None:
    text = "加快５Ｇ網絡覆蓋，chain 5G"
    assert [piece for piece, is_match in marked(text, words_of("5g 网络")) if is_match] == ["５Ｇ網絡", "5G"]
    assert [p for p, is_match in marked("chains ai supply", words_of("ai")) if is_match] == ["ai"]


@given(st.text(max_size=40), st.text(max_size=6))
def test_the_pieces_together_are_always_the_text(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in marked(text, words_of(query))) == text


def test_an_excerpt_keeps_the_match_and_shows_that_something_is_left_out() -> None:
    pieces = excerpt(marked("前" * 80 + "5G基站" + "后" * 80, words_of("5G基站")), 40)
    assert ("5G基站", True) in pieces
    assert pieces[0][0].startswith("…") and pieces[-1][0].endswith("…")
    assert sum(len(p) for p, _ in pieces) < 50


def test_goals_quotations_indicators_and_documents_are_all_searched() -> None:
    def matching(query: str, where: object) -> list[Field]:
        return [p.field for p in hits(where, words_of(query), "zh")]  # type: ignore[arg-type]

    assert Field.STATEMENT in matching("中小企", INDEX.goals["smes"])
    assert Field.TITLE in matching("ballast", INDEX.goals["economic-ballast"])
    assert Field.INDICATOR in matching("新能源", INDEX.indicators["nev-sales"])
    key = CATALOGUE.indicators["nev-sales"].targets[0].key
    assert matching("900万辆左右", INDEX.targets["nev-sales", key]) == [Field.QUOTE]
    assert matching("about 9 million", INDEX.targets["nev-sales", key]) == [Field.QUOTE]
    assert Field.DOCUMENT in matching("automotive", INDEX.documents["auto-growth-plan-2023"])


def test_of_a_text_in_both_languages_the_readers_own_is_shown_once() -> None:
    shown = [(p.field, p.language) for p in hits(INDEX.indicators["5g-base-stations"], words_of("5G"), "en")]
    assert (Field.INDICATOR, "en") in shown
    assert (Field.INDICATOR, "zh") not in shown

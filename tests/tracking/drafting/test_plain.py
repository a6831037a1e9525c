"""A text as it is compared, and its way back to the document's own words."""

from hypothesis import given
from hypothesis import strategies as some

from tracking.drafting.finding import find
from tracking.drafting.plain import plainly


def test_notes_of_pronunciation_are_passed_over_and_counted_and_the_quotation_keeps_them() -> None:
    text = "到2025年,工業(yè)互聯(lián)網(wǎng)平臺普及率達45%。"
    assert plainly(text).text == "到2025年,工业互联网平台普及率达45%。" and plainly(text).notes == 3
    (found,) = find(text)
    assert found.quote == "工業(yè)互聯(lián)網(wǎng)平臺普及率達45%" == text[found.first : found.last]
    assert found.number is not None and text[slice(*found.number)] == "45%"


def test_other_brackets_stay() -> None:
    for text in ("吨(t)", "公顷(ha)", "电能利用效率(pue)", "光传送网(otn)"):
        assert plainly(text).text == text


def test_years_in_characters_and_traditional_text_are_read_like_simplified() -> None:
    (found,) = find("政府二○三○年的減排目標是把碳強度降低65%至70%。")
    assert found.horizon is not None and found.horizon.to == 2030
    assert found.quantity is not None and (found.quantity.value, found.quantity.high) == (65, 70)


def test_a_line_that_only_ends_on_paper_does_not_cut_a_sentence() -> None:
    (found,) = find("到2025年，规模以上制造业企业关键工序\n数控化率达到68%。")
    assert found.quote == "规模以上制造业企业关键工序数控化率达到68%"


def test_spaces_around_figures_make_no_difference_in_chinese() -> None:
    (found,) = find("到 2025 年，关键工序数控化率达到 68 % 以上。")
    assert found.horizon is not None and found.horizon.to == 2025
    assert found.quantity is not None and (found.quantity.value, found.quantity.unit) == (68, "%")
    assert found.quote == "关键工序数控化率达到 68 % 以上"


def test_a_headline_is_not_joined_to_the_paragraph_below_it() -> None:
    text = f"国务院印发新型基础设施建设三年行动方案\n{'到2025年，规模以上企业数控化率达到68%，' * 3}"
    assert plainly(text).text.count("\n") == 1
    assert {found.line for found in find(text)} == {2}


@given(some.text(alphabet="到2025年工業(yè)，。 \nabc%68达到“”①㈱ﬁ", max_size=60))
def test_whatever_is_read_a_quotation_is_the_texts_own_words_at_its_place(text: str) -> None:
    for found in find(text):
        assert "".join(found.quote.split()) == "".join(text[found.first : found.last].split())

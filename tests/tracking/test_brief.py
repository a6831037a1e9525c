"""What a brief says: all that was judged of its goals, and a publication for every number."""

from datetime import date

import pytest

from tests.conftest import Folder
from tracking.brief import Brief, brief, file_name, plain
from tracking.catalogue import Catalogue
from tracking.model import LANGUAGES, Standing
from tracking.sentences import sentence
from tracking.status import judge_all

GOALS = ["emerging-industries", "year-2022-requirements", "professional-capacity", "smes"]


@pytest.fixture(scope="module", params=LANGUAGES)
def whole(request: pytest.FixtureRequest, shipped: Catalogue, gathered: date) -> Brief:
    """Every goal of the shipped catalogue."""
    return brief(shipped, [], gathered, request.param)


def test_every_verdict_on_a_goal_is_told_in_full_and_every_other_target_with_its_reason(
    whole: Brief, shipped: Catalogue, gathered: date
) -> None:
    found = judge_all(shipped, gathered)
    assert [s.goal_id for s in whole.sections] == list(shipped.goals)
    for section in whole.sections:
        mine = [j for link in shipped.goals[section.goal_id].indicators for j in found[link.id]]
        judged = [j for j in mine if j.assessment.is_judged]
        said = [v.sentence for shown in section.shown for v in shown.verdicts]
        assert sorted(said) == sorted(
            sentence(shipped, j.indicator_id, j.target, j.assessment, whole.language) for j in judged
        )
        assert len(section.judged) == len(judged) and len(section.lines) == len(mine) - len(judged)
        assert all(line.why for line in section.lines) and not any(line.why for line in section.judged)
        assert sum(n for _, n in section.counts) == len(mine)


def test_every_number_names_a_publication_of_its_section_and_every_publication_is_named(whole: Brief) -> None:
    for section in whole.sections:
        named = {section.document.number}
        for shown in section.shown:
            named |= {*shown.cites, *(n for v in shown.verdicts for n in v.cites)}
            assert shown.cites or not shown.alt
            assert all(v.cites for v in shown.verdicts)
        named |= {n for line in (*section.judged, *section.lines) for n in line.cites}
        assert [s.number for s in section.sources] == list(range(1, len(section.sources) + 1))
        assert named == {s.number for s in section.sources}


def test_what_is_not_yet_checked_says_so_wherever_it_stands(folder: Folder) -> None:
    folder.edit("goals/indicators/things.yaml", "    check: read\nbreaks", "    check: recalled\nbreaks")
    folder.edit("figures/things.csv", "2023-01-31,plan,read", "2023-01-31,plan,recalled")
    for language, mark in (("en", "(not yet checked)"), ("zh", "（尚未核对）")):
        (section,) = brief(folder.load(), [], date(2024, 1, 1), language).sections
        (line,) = section.lines
        assert line.target.endswith(mark) and line.mark.standing is Standing.NOT_JUDGED
        assert mark not in section.shown[0].latest  # 12 of 2021 is the newest that was read
    folder.edit("figures/things.csv", "2022-01-31,plan,read", "2022-01-31,plan,recalled")
    (section,) = brief(folder.load(), [], date(2024, 1, 1), "en").sections
    assert "15.5 (not yet checked)" in section.shown[0].latest


def test_a_goal_without_a_verdict_shows_figures_and_one_without_indicators_its_meaning(
    shipped: Catalogue, gathered: date
) -> None:
    bare, direction = brief(shipped, ["professional-capacity", "real-economy"], gathered, "en").sections
    assert bare.shown == bare.lines == () and bare.meaning and bare.told
    assert len(direction.shown) == 2 and not direction.judged
    assert all(s.alt and not s.verdicts for s in direction.shown)


def test_an_earlier_day_knows_no_later_figure_and_says_which_day_it_is(shipped: Catalogue) -> None:
    before = brief(shipped, ["smes"], date(2023, 6, 30), "en")
    assert before.known == "As known on 30 June 2023"
    assert before.sections[0].shown
    assert not [s.latest for s in before.sections[0].shown if "2024" in s.latest or "2025" in s.latest]


def test_the_statement_stays_in_the_documents_language_with_a_translation_beside_it(
    shipped: Catalogue, gathered: date
) -> None:
    zh, en = (brief(shipped, ["fourteenth-plan"], gathered, lang).sections[0] for lang in ("zh", "en"))
    assert zh.quotation == en.quotation == "「实施“十四五”规划承上启下的关键一年」"
    assert zh.title == "" and en.title == shipped.goals["fourteenth-plan"].title.en


def test_a_link_to_the_dashboard_holds_language_and_day_and_there_is_none_without_an_address(
    shipped: Catalogue, gathered: date
) -> None:
    (there,) = brief(shipped, ["smes"], gathered, "zh", "https://goals.example.org/").sections
    (nowhere,) = brief(shipped, ["smes"], gathered, "zh").sections
    assert there.address == "https://goals.example.org/goal?goal=smes&lang=zh&as-of=2026-11-23"
    assert nowhere.address == ""


def test_files_are_named_by_goals_day_and_language() -> None:
    day = date(2026, 11, 23)
    assert file_name(["smes"], day, "zh", "docx") == "brief-smes-2026-11-23-zh.docx"
    assert file_name(["smes", "safety", "smes"], day, "en", "pdf") == "brief-smes+safety-2026-11-23-en.pdf"
    assert file_name([], day, "en", "html") == "brief-all-2026-11-23-en.html"
    assert len(file_name([f"goal-number-{k}" for k in range(60)], day, "en", "html")) < 200


def test_a_text_keeps_all_but_what_no_xml_can_hold() -> None:
    assert plain("a\x00b\x07c\ud800\ufffe <b>&amp; 汉\n字 العربية 😀\u200d") == "abc <b>&amp; 汉\n字 العربية 😀\u200d"

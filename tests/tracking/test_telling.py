"""What is told of a goal is what its verdicts and figures say, in both languages."""

import re
from datetime import date

import pytest

from tracking.catalogue import load_catalogue
from tracking.model import LANGUAGES, Standing
from tracking.panel import panels
from tracking.sentences import sentence, standing_word
from tracking.status import judge_all
from tracking.telling import WORST_FIRST, goal_told

DAY = date(2026, 11, 23)
CATALOGUE = load_catalogue()
FOUND = judge_all(CATALOGUE, DAY)
PANELS = panels(CATALOGUE, DAY)
EVERY = [(goal, language) for goal in CATALOGUE.goals for language in LANGUAGES]


def told(goal_id: str, language: str, day: date = DAY) -> tuple[str, ...]:
    found = FOUND if day == DAY else judge_all(CATALOGUE, day)
    methods = PANELS if day == DAY else panels(CATALOGUE, day)
    return tuple(said for part in goal_told(CATALOGUE, goal_id, found, methods, day, language) for said in part)


@pytest.mark.parametrize(("goal_id", "language"), EVERY)
def test_every_goal_is_told_in_whole_sentences(goal_id: str, language: str) -> None:
    stop = "。" if language == "zh" else "."
    for said in told(goal_id, language):
        assert said.endswith(stop) and not said.endswith(stop * 2)
        assert not re.search(r"[{}]|None(?! of its)|\bnan\b|  |,,|。。|，，|: \.|\.\.", said)
        if language == "zh":
            assert not re.search(r"[\u4e00-\u9fff][,;:.?!]", said), "Latin punctuation after a Chinese character"


@pytest.mark.parametrize(("goal_id", "language"), EVERY)
def test_a_standing_is_told_only_of_targets_that_have_it(goal_id: str, language: str) -> None:
    mine = [j for link in CATALOGUE.goals[goal_id].indicators for j in FOUND[link.id]]
    for said in told(goal_id, language):
        for standing in WORST_FIRST:
            word = standing_word(standing, language)
            if said.startswith((f"{word}: ", f"{word}：")):
                assert any(
                    j.assessment.standing is standing
                    and said.endswith(sentence(CATALOGUE, j.indicator_id, j.target, j.assessment, language))
                    and CATALOGUE.indicators[j.indicator_id].name[language] in said
                    for j in mine
                )


@pytest.mark.parametrize(("goal_id", "language"), EVERY)
def test_the_targets_that_are_not_judged_add_up_with_their_reasons(goal_id: str, language: str) -> None:
    mine = [j for link in CATALOGUE.goals[goal_id].indicators for j in FOUND[link.id]]
    refused = sum(j.assessment.standing is Standing.NOT_JUDGED for j in mine)
    pattern = r"（(\d+)个）[；。]" if language == "zh" else r"\((\d+)\)[;.]"
    marks = ("不作判断：",) if language == "zh" else ("not judged: ", "is judged: ")
    (said,) = [s for s in told(goal_id, language) if any(m in s for m in marks)] or [""]
    assert sum(int(k) for k in re.findall(pattern, said)) == refused


def test_a_change_is_told_between_the_two_figures_that_were_published() -> None:
    said = " ".join(told("cyber-power", "en"))
    assert "5G base stations: 4.838 m at the end of 2025, up 4.12 m from 718,000 at the end of 2020." in said
    assert "比2020年末的71.8万个高412万个。" in "".join(told("cyber-power", "zh"))


def test_a_rate_is_set_beside_the_year_before() -> None:
    assert "Growth of total industrial value added: 5.7% in 2024; it was" in " ".join(told("real-economy", "en"))


def test_what_came_later_is_not_told_of_an_earlier_day() -> None:
    said = " ".join(told("cyber-power", "en", date(2023, 6, 30)))
    assert not re.search(r"at the end of 202[345]", said) and "34.4" not in said

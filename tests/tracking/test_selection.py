"""What a choice leaves of the catalogue: filters combine, counts add up, the address says it all."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.catalogue import load_catalogue
from tracking.model import Reason, Role, Standing
from tracking.search import build_index
from tracking.selection import (
    Choice,
    Facet,
    Kept,
    Order,
    Shown,
    View,
    badness,
    by_name,
    cells,
    choice_of,
    code,
    looser,
    matching,
    offered,
    params_of,
    shown,
    standing_offers,
)
from tracking.status import judge_all

CATALOGUE = load_catalogue()
INDEX = build_index(CATALOGUE)
VERDICTS = judge_all(CATALOGUE, date(2026, 11, 23))
CELLS = cells(CATALOGUE, VERDICTS)
OFFERED = offered(CATALOGUE)
TARGETS = Shown(CELLS).targets


def some_of(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


CHOICES = st.builds(
    Choice,
    query=st.sampled_from(["", "5G", "中小企", "growth", "规划"]),
    chosen=st.fixed_dictionaries({}, optional={f: some_of(OFFERED[f.value]) for f in Facet}),
    order=st.sampled_from(Order),
    view=st.sampled_from(View),
    since=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    only=st.sampled_from(Kept),
    opened=some_of(tuple(CATALOGUE.goals)),
    all=st.booleans(),
)


def what_is_left(choice: Choice) -> Shown:
    return shown(matching(CELLS, choice.query, INDEX), choice)


def left(**chosen: tuple[str, ...]) -> Shown:
    return what_is_left(Choice(chosen={Facet(name): codes for name, codes in chosen.items()}))


def places(found: Shown) -> set[tuple[str, str, str]]:
    return {(c.goal_id, c.link.id if c.link else "", c.judged.target.key if c.judged else "") for c in found.cells}


def test_without_a_filter_everything_is_shown_and_a_shared_target_counts_once() -> None:
    everything = left()
    assert set(everything.goals) == set(CATALOGUE.goals)
    used = {link.id for goal in CATALOGUE.goals.values() for link in goal.indicators}
    assert len(everything.targets) == sum(len(VERDICTS[i]) for i in used)
    assert len(everything.targets) < sum(cell.judged is not None for cell in CELLS)  # some are shared


@settings(deadline=None, max_examples=60)
@given(CHOICES)
def test_the_counts_of_the_key_and_of_the_reasons_add_up_to_what_is_shown(choice: Choice) -> None:
    found = what_is_left(choice)
    standings, reasons = standing_offers(matching(CELLS, choice.query, INDEX), choice)
    assert sum(o.count for o in standings if not o.adds) == len(found.targets) == sum(found.standings.values())
    assert sum(o.count for o in reasons if not o.adds) == found.standings[Standing.NOT_JUDGED]
    assert {c.goal_id for c in found.cells} == set(found.goals)


@settings(deadline=None, max_examples=30)
@given(CHOICES)
def test_what_an_offer_would_add_is_what_choosing_it_adds(choice: Choice) -> None:
    before = len(what_is_left(choice).targets)
    for offer in standing_offers(matching(CELLS, choice.query, INDEX), choice)[0]:
        if offer.adds and not choice.of(Facet.REASON):
            after = what_is_left(choice.toggled(Facet.STANDING, offer.code))
            assert len(after.targets) == before + offer.count


@settings(deadline=None, max_examples=30)
@given(CHOICES, CHOICES)
def test_two_filters_together_show_what_passes_both(first: Choice, second: Choice) -> None:
    theme, role = Facet.THEME, Facet.ROLE
    both = Choice(query=first.query, chosen={theme: first.of(theme), role: second.of(role)})
    one = places(what_is_left(Choice(query=first.query, chosen={theme: first.of(theme)})))
    other = places(what_is_left(Choice(chosen={role: second.of(role)})))
    assert places(what_is_left(both)) == one & other


def test_each_facet_leaves_what_it_names() -> None:
    assert {j.assessment.standing for j in left(standing=("missed", "on-track")).targets} == {
        Standing.MISSED, Standing.ON_TRACK,
    }  # fmt: skip
    assert {j.assessment.reason for j in left(reason=("no-number",)).targets} == {Reason.NO_NUMBER}
    assert {g.horizon for g in map(CATALOGUE.goals.get, left(horizon=("2035",)).goals) if g} == {2035}
    assert {g.theme for g in map(CATALOGUE.goals.get, left(theme=("growth",)).goals) if g} == {"growth"}
    assert {c.link.role for c in left(role=("proxy",)).cells if c.link} == {Role.PROXY}
    document = TARGETS[0].target.document
    of_it = left(**{"from": (document,)}).targets
    assert {j.key for j in of_it} == {
        j.key for j in TARGETS if document in (j.target.document, *(a.document for a in j.target.also_in))
    }


def test_a_reason_says_which_of_the_unjudged_are_meant_and_leaves_the_other_standings_alone() -> None:
    found = left(standing=("met", "not-judged"), reason=("no-number",)).targets
    assert {(j.assessment.standing, j.assessment.reason) for j in found} == {
        (Standing.MET, None), (Standing.NOT_JUDGED, Reason.NO_NUMBER),
    }  # fmt: skip


def test_a_search_for_a_goal_shows_it_whole_and_for_an_indicator_only_that() -> None:
    whole = what_is_left(Choice(query="中小企业发展"))
    assert len(whole.goals["smes"]) == sum(c.goal_id == "smes" for c in CELLS)
    some = what_is_left(Choice(query="万辆左右"))  # in quotations of targets
    assert set(some.indicators) <= {j.indicator_id for j in TARGETS if "万辆左右" in (j.target.quote or "")}
    assert some.targets


@settings(deadline=None, max_examples=60)
@given(CHOICES)
def test_the_address_says_the_whole_choice(choice: Choice) -> None:
    again, refused = choice_of(OFFERED, params_of(choice))
    assert not refused
    assert params_of(again) == params_of(choice)
    assert what_is_left(again).cells == what_is_left(choice).cells


@pytest.mark.parametrize(
    "given_",
    [
        {"standing": "superb,met"}, {"theme": "nowhere"}, {"sort": "best"}, {"view": "map"}, {"since": "2026-13-01"},
        {"open": "nowhere"}, {"only": "gossip"}, {"from": "<script>"}, {"reason": "laziness"},
    ],
)  # fmt: skip
def test_what_the_address_asks_for_and_is_not_known_is_named_and_left_aside(given_: dict[str, str]) -> None:
    choice, refused = choice_of(OFFERED, given_)
    ((name, value),) = given_.items()
    assert refused == ((name, value.split(",")[0]),)
    assert params_of(choice) == ({"standing": "met"} if name == "standing" else {})


def test_from_an_empty_page_each_way_out_leads_to_goals() -> None:
    choice = Choice(query="5G", chosen={Facet.THEME: ("livelihoods",)})
    assert not what_is_left(choice).cells
    ways = looser(CELLS, choice, INDEX)
    assert [name for name, _, _ in ways] == ["search", "theme"]
    assert all(goals == len(what_is_left(way).goals) > 0 for _, way, goals in ways)


def test_the_worst_comes_first_and_what_is_not_judged_last() -> None:
    by_standing = {s: [j for j in TARGETS if j.assessment.standing is s][:1] for s in Standing}
    missed, met, rest = (by_standing[s] for s in (Standing.MISSED, Standing.MET, Standing.NOT_JUDGED))
    assert sorted([rest, met, missed + met, missed], key=badness) == [missed + met, missed, met, rest]


def test_chinese_names_stand_by_their_sound_and_english_ones_by_letter() -> None:
    assert sorted(["中小企业", "安全生产", "工业增长", "数字经济"], key=lambda x: by_name(x, "zh")) == [
        "安全生产", "工业增长", "数字经济", "中小企业",
    ]  # fmt: skip
    assert sorted(["Zinc", "alloy", "Iron"], key=lambda x: by_name(x, "en")) == ["alloy", "Iron", "Zinc"]


def test_codes_in_addresses_are_never_translated_and_never_twice_the_same() -> None:
    for codes in OFFERED.values():
        assert max(Counter(codes).values(), default=1) == 1
    assert code(Standing.ON_TRACK) == "on-track"

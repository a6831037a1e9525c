"""What was drawn from each document, which are chosen, and when each target was adopted and replaced."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest

from tracking.catalogue import load_catalogue
from tracking.documents import (
    Aspect,
    Drawn,
    Layout,
    Wish,
    counted,
    matching,
    params_of,
    passing,
    position_in,
    searchable,
    sources,
    stated_in,
    wish_of,
)
from tracking.model import Target
from tracking.period import parse_period
from tracking.status import Judged, judge_all
from tracking.timeline import Axis, axis_of, timeline

CATALOGUE = load_catalogue()
DAY = date(2026, 11, 23)
SOURCES = sources(CATALOGUE, DAY)
VERDICTS = judge_all(CATALOGUE, DAY)
EXAMPLE = VERDICTS["5g-penetration"][0]


def judged(adopted: str, due: str, name: str, supersedes: str | None = None) -> Judged:
    """A target of its own, adopted and due when the test says."""
    period = parse_period(due)
    changed = {"id": name, "adopted": parse_period(adopted), "for_": period, "span": None, "supersedes": supersedes}
    target: Target = EXAMPLE.target.model_copy(update=changed)
    return replace(EXAMPLE, target=target)


def test_every_goal_target_and_figure_is_drawn_from_the_document_that_it_cites() -> None:
    goals = {g for s in SOURCES.values() for g in s.goals}
    assert goals == set(CATALOGUE.goals)
    drawn = {(i, t.key) for s in SOURCES.values() for i, t in s.targets}
    assert drawn == {(i, t.key) for i, _, t in CATALOGUE.targets()}
    cited: dict[str, int] = {}
    for areas in CATALOGUE.figures.values():
        for o in (o for series in areas.values() for o in series.observations):
            cited[o.document] = cited.get(o.document, 0) + 1
    assert {i: sum(s.figures.values()) for i, s in SOURCES.items() if s.figures} == cited


def test_goals_stand_in_the_documents_order() -> None:
    orders = [CATALOGUE.goals[g].order for g in SOURCES[CATALOGUE.card.document].goals]
    assert orders == sorted(orders)
    assert len(orders) == 35


def test_targets_stand_in_the_documents_order_and_those_without_a_place_after_them_by_due_period() -> None:
    placed = 0
    for document_id, source in SOURCES.items():
        at = [position_in(document_id, t) for _, t in source.targets]
        known = [k for k in at if k is not None]
        assert at == sorted(known) + [None] * (len(at) - len(known))
        dues = [t.due for _, t in source.targets[len(known) :]]
        assert dues == sorted(dues)
        placed += len(known)
    assert placed


def test_what_has_a_place_in_a_document_is_quoted_from_it() -> None:
    """The place of a target is read off the document's own words, and never guessed."""
    for document_id, source in SOURCES.items():
        said = [stated_in(document_id, t) for _, t in source.targets]
        assert all(s.quote for s in said if s.position is not None), document_id


def test_a_target_that_is_stated_again_stands_in_both_documents() -> None:
    indicator_id, target = next((i, t) for i, _, t in CATALOGUE.targets() if t.also_in)
    for document_id in (target.document, target.also_in[0].document):
        assert (indicator_id, target) in SOURCES[document_id].targets


def test_nothing_of_a_later_day_is_known_on_an_earlier_one() -> None:
    day = date(2022, 6, 30)
    earlier = sources(CATALOGUE, day)
    assert 0 < len(earlier) < len(SOURCES)
    assert all(s.document.date.start <= day for s in earlier.values())
    assert all(t.adopted.end <= day for s in earlier.values() for _, t in s.targets)
    assert sum(sum(s.figures.values()) for s in earlier.values()) < sum(
        sum(s.figures.values()) for s in SOURCES.values()
    )
    assert sources(CATALOGUE, date(1990, 1, 1)) == {}


def test_figures_that_a_running_collection_got_later_are_not_counted_earlier() -> None:
    day = date(2026, 9, 5)
    cited = [o for areas in CATALOGUE.figures.values() for s in areas.values() for o in s.observations]
    out = sources(CATALOGUE, day)
    later = {o.document for o in cited if o.known > day and o.document in out}
    assert later
    for document_id in later:
        known = sum(o.document == document_id and o.known <= day for o in cited)
        assert sum(out[document_id].figures.values()) == known


@pytest.mark.parametrize("wish", [Wish(), Wish(chosen={Aspect.ISSUER: ("miit", "nbs"), Aspect.KIND: ("figures",)})])
def test_counts_add_up_and_each_is_what_its_code_alone_would_show(wish: Wish) -> None:
    for aspect in Aspect:
        offers = counted(SOURCES, wish, aspect)
        for code, number in offers.items():
            assert number == len(passing(SOURCES, wish.having(aspect, [code])))
        if aspect is not Aspect.KIND:
            assert sum(offers.values()) == len(passing(SOURCES, wish.having(aspect, [])))


def test_the_address_brings_the_same_wish_again_and_what_it_does_not_know_is_named() -> None:
    wish = Wish("中小企 plan", {Aspect.ISSUER: ("miit",), Aspect.YEAR: ("2026", "2021"), Aspect.KIND: ("targets",)},
                Layout.TIMELINE)  # fmt: skip
    back, refused = wish_of(SOURCES, dict(parse_qsl(urlencode(params_of(wish)))))
    assert (back, refused) == (wish, ())
    assert params_of(Wish()) == {}
    lost, refused = wish_of(SOURCES, {"year": "1066,2021", "view": "cloud", "issuer": "nobody"})
    assert lost.of(Aspect.YEAR) == ("2021",)
    assert set(refused) == {("year", "1066"), ("view", "cloud"), ("issuer", "nobody")}
    assert not wish.cleared().filters and wish.cleared().layout is Layout.TIMELINE


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("信息通信行业", "ict-plan-14"),  # a part of the title
        ("26個5G", None),
        ("每万人拥有", "ict-plan-14"),  # a quotation that only stands in a target
        ("communications informa", "ict-plan-14"),  # beginnings of words, in any order
        ("网络强国", "miit-2022-12-29"),  # a goal
        ("china media", "cctv-news-2026-06-07"),  # an issuer
    ],
)
def test_documents_are_found_by_titles_issuers_goals_and_quotations(query: str, found: str | None) -> None:
    left = matching(SOURCES, query, searchable(CATALOGUE))
    assert found is None or found in left
    assert len(left) < len(SOURCES)


def test_a_replaced_target_ends_where_its_replacement_begins_and_each_names_the_other() -> None:
    first = judged("2021-03-01", "2025", "first")
    second = judged("2023-06-15", "2025", "second", supersedes="first")
    third = judged("2026-03-12", "2030", "third")
    lines = timeline({"x": (third, first, second), "y": ()})
    assert list(lines) == ["x"]
    one, two, three = lines["x"]
    assert (one.replaced_by, two.replaces) == (second.target, first.target)
    assert one.ends == two.begins == date(2023, 6, 15)
    assert two.replaced_by is None and two.ends == date(2025, 12, 31)
    # what merely follows is not a replacement: the earlier target still counts
    assert (two.followed_by, three.follows, three.replaces) == (third.target, second.target, None)
    assert not one.runs_on(date(2024, 1, 1)) and two.runs_on(date(2024, 1, 1)) and not two.runs_on(date(2026, 1, 1))


def test_a_replacement_for_a_later_period_is_not_also_said_to_follow() -> None:
    first, second = judged("2021-03-01", "2025", "first"), judged("2023-06-15", "2027", "second", "first")
    one, two = timeline({"x": (first, second)})["x"]
    assert (one.replaced_by, one.followed_by) == (second.target, None)
    assert (two.replaces, two.follows) == (first.target, None)


def test_every_target_has_one_line_that_lies_on_the_axis() -> None:
    lines = [line for some in timeline(VERDICTS).values() for line in some]
    assert len(lines) == sum(len(some) for some in VERDICTS.values()) == 198
    axis = axis_of(lines, DAY)
    assert all(0 <= axis.at(line.begins) <= axis.at(line.target.due.end) <= 100 for line in lines)


def test_places_on_the_axis_are_shares_of_its_years() -> None:
    axis = Axis(2021, 2030)
    assert axis.at(date(2030, 12, 31)) == axis.at(date(2040, 1, 1)) == 100
    assert axis.at(date(2000, 1, 1)) == 0
    assert axis.at(date(2025, 12, 31)) == pytest.approx(50, abs=0.1)
    assert axis.marks() == (2025, 2030)


def test_a_document_from_which_nothing_was_taken_is_still_there() -> None:
    assert any(s.kinds == (Drawn.NOTHING,) for s in SOURCES.values())

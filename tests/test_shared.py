"""What readers share is made once, never mixed up between them, and bounded."""

from collections import Counter
from datetime import date, timedelta
from threading import Barrier, Thread
from time import sleep

import pytest

from tests.test_pages import markup, page, shown
from tracking.catalogue import Catalogue
from views import shared

MADE: Counter[date] = Counter()
TOLD: Counter[str] = Counter()


def made(_catalogue: Catalogue, day: date) -> object:
    MADE[day] += 1
    return object()


def test_a_day_is_judged_once_and_many_days_do_not_fill_the_memory() -> None:
    days = [date(2020, 1, 1) + timedelta(days=k) for k in range(shared.MOST_ON_DAYS + 5)]
    for day in days:
        assert shared.on_day(made, day) is shared.on_day(made, day)
    assert set(MADE.values()) == {1}
    shared.on_day(made, days[0])
    assert MADE[days[0]] == 2  # it had made room


def told(_catalogue: Catalogue, words: str) -> object:
    TOLD[words] += 1
    return object()


def test_what_readers_ask_in_their_own_words_is_kept_in_small_number_and_pushes_nothing_else_out() -> None:
    chart = shared.drawn(told, "a chart")
    for k in range(shared.MOST_ASKED + 5):
        assert shared.found(told, str(k)) is shared.found(told, str(k))
    shared.found(told, "0")
    assert TOLD["0"] == 2  # it had made room
    assert shared.drawn(told, "a chart") is chart


def slowly_made(_catalogue: Catalogue, day: date) -> object:
    MADE[day] += 1
    sleep(0.2)
    return object()


def test_readers_who_ask_at_once_wait_for_the_first_instead_of_making_it_as_often() -> None:
    day, together, got = date(2019, 1, 1), Barrier(8), []

    def ask() -> None:
        together.wait()
        got.append(shared.on_day(slowly_made, day))

    readers = [Thread(target=ask) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert MADE[day] == 1
    assert len(got) == 8
    assert len(set(map(id, got))) == 1


@pytest.mark.parametrize("name", ["overview", "goal", "documents", "methods"])
def test_the_second_reader_of_a_language_sees_the_same_and_nothing_of_another(name: str) -> None:
    first = {lang: markup(page(name, lang=lang)) for lang in ("en", "zh")}
    assert first["en"] != first["zh"]
    assert {lang: markup(page(name, lang=lang)) for lang in ("zh", "en")} == first


def test_what_was_known_on_another_day_is_not_shown_for_today() -> None:
    today, earlier = page("goal", lang="en"), page("goal", lang="en", as_of="2023-06-30")
    assert shown(page("goal", lang="en")) == shown(today) != shown(earlier)
    charts = [app.get("plotly_chart")[0].proto.spec for app in (today, earlier, page("goal", lang="en"))]
    assert charts[0] == charts[2] != charts[1]


def test_another_goal_is_another_page() -> None:
    one, other = (shown(page("goal", lang="en", goal=g)) for g in ("manufacturing-power", "cyber-power"))
    assert one != other

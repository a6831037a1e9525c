"""Fetched figures join the run that verdicts rest on, only where they measure the same, and never overwrite."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.conftest import Folder
from tracking.assessment import assess
from tracking.catalogue import Catalogue, load_catalogue
from tracking.model import Check, Observation, Status
from tracking.period import parse_period
from tracking.store import Folder as Place
from tracking.store import Store

THINGS = "goals/indicators/things.yaml"
FETCHED = "{provider: worldbank, key: A.B, document: plan"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def figure(period: str, value: float, published: str, decimals: int = 1) -> Observation:
    return Observation(
        parse_period(period), value, decimals, None, Status.NORMAL, parse_period(published), "worldbank", Check.READ,
        "", None,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Place(tmp_path / "store"))


def load(folder: Folder, store: Store | None, entry: str, *observations: Observation) -> Catalogue:
    """The small catalogue, in which `things` is also fetched: 2021: 12 and 2022: 15.5 are the shipped figures."""
    folder.edit(THINGS, "key: things}", "key: things}\n  - " + entry)
    if store is not None:
        with store.writing():
            store.append("worldbank", "A.B", observations, NOW)
    return load_catalogue(folder.goals, store=store)


def values(catalogue: Catalogue, day: str = "2026-11-24") -> dict[str, float]:
    known = catalogue.main_series("things").as_known_on(date.fromisoformat(day))
    return {o.period.text: o.value for o in known}


def test_a_fetched_figure_is_a_later_vintage_of_the_same_run(folder: Folder, store: Store) -> None:
    found = [figure("2022", 16.0, "2024-03-01"), figure("2023", 18.0, "2024-03-01")]
    catalogue = load(folder, store, FETCHED + "}", *found)
    assert values(catalogue) == {"2021": 12, "2022": 16, "2023": 18}
    assert values(catalogue, "2024-02-01") == {"2021": 12, "2022": 15.5}
    assert catalogue.main_series("things").observations[-1].document == "plan"


def test_without_a_store_nothing_changes(folder: Folder) -> None:
    assert values(load(folder, None, FETCHED + "}")) == values(folder.load()) == {"2021": 12, "2022": 15.5}


def test_an_empty_store_changes_nothing(folder: Folder, store: Store) -> None:
    folder.edit(THINGS, "key: things}", "key: things}\n  - " + FETCHED + "}")
    assert values(load_catalogue(folder.goals, store=store)) == {"2021": 12, "2022": 15.5}


def test_a_figure_fetched_but_published_before_the_shipped_one_does_not_replace_it(
    folder: Folder, store: Store
) -> None:
    catalogue = load(folder, store, FETCHED + "}", figure("2022", 99.0, "2023-01-01"))
    assert values(catalogue)["2022"] == 15.5


def test_a_figure_that_was_fetched_first_is_known_from_its_own_day(folder: Folder, store: Store) -> None:
    catalogue = load(folder, store, FETCHED + "}", figure("2022", 15.5, "2023-01-10"))
    assert values(catalogue, "2023-01-09") == {"2021": 12}
    assert values(catalogue, "2023-01-10") == {"2021": 12, "2022": 15.5}


def test_a_figure_that_only_says_again_with_more_decimals_is_no_revision(folder: Folder, store: Store) -> None:
    catalogue = load(folder, store, FETCHED + "}", figure("2022", 15.4968, "2024-03-01", 4))
    (only,) = [o for o in catalogue.main_series("things").observations if o.period.text == "2022"]
    assert only.value == 15.5


@pytest.mark.parametrize(
    "entry",
    [
        FETCHED + ", concept: differs, difference: {zh: 异, en: Other}}",
        FETCHED + ", area: XXB}",
        FETCHED + ", measure: average growth}",
    ],
)
def test_what_measures_otherwise_stays_beside_and_decides_nothing(folder: Folder, store: Store, entry: str) -> None:
    catalogue = load(folder, store, entry, figure("2022", 99.0, "2024-03-01"))
    assert values(catalogue)["2022"] == 15.5
    beside = catalogue.series(catalogue.indicators["things"].series[1])
    assert [o.value for o in beside.observations] == [99.0]


def test_figures_of_another_unit_are_converted_and_keep_their_digits(folder: Folder, store: Store) -> None:
    catalogue = load(folder, store, FETCHED + ', unit: "10,000 things"}', figure("2023", 0.0017, "2024-03-01", 4))
    newest = catalogue.main_series("things").observations[-1]
    assert (newest.value, newest.decimals) == (17, 0)


def test_a_verdict_may_rest_on_a_fetched_figure(folder: Folder, store: Store) -> None:
    catalogue = load(folder, store, FETCHED + "}", figure("2025", 31.0, "2026-03-01"))
    target = catalogue.indicators["things"].targets[0]
    assert assess(catalogue, "things", target, date(2026, 2, 1)).standing.value == "not judged"
    assert assess(catalogue, "things", target, date(2026, 4, 1)).standing.value == "met"


def test_the_newest_publication_counts_fetched_figures(folder: Folder, store: Store) -> None:
    catalogue = load(folder, store, FETCHED + "}", figure("2025", 31.0, "2026-03-01"))
    assert catalogue.newest_publication() == date(2026, 3, 1)


@pytest.mark.parametrize("period", ["2022-12", "2022-Q4", "2022-S2"])
def test_a_stock_at_the_end_of_december_is_the_years_figure(folder: Folder, store: Store, period: str) -> None:
    assert values(load(folder, store, FETCHED + "}", figure(period, 16.0, "2024-03-01"))) == {"2021": 12, "2022": 16}


def test_a_month_of_its_own_is_never_the_years_figure(folder: Folder, store: Store) -> None:
    folder.edit(THINGS, "accumulation: end of period", "accumulation: period")
    catalogue = load(folder, store, FETCHED + "}", figure("2022-12", 16.0, "2024-03-01"))
    assert values(catalogue) == {"2021": 12, "2022": 15.5, "2022-12": 16}


def test_a_span_of_years_is_never_a_years_figure(folder: Folder, store: Store) -> None:
    catalogue = load(folder, store, FETCHED + "}", figure("2020/2022", 16.0, "2024-03-01"))
    assert values(catalogue)["2022"] == 15.5

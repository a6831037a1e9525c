"""A series is overdue by its own rhythm, and values that were only carried forward are no progress."""

import re
from datetime import date, timedelta

import pytest

from tests.conftest import Folder
from tracking.assessment import assess
from tracking.catalogue import Catalogue
from tracking.freshness import Timeliness, constant_tail, freshness, measured
from tracking.model import LANGUAGES, Check, Frequency, Indicator, Observation, Series, Standing, Status
from tracking.period import parse_period
from tracking.sentences import duration, freshness_sentence


def figure(period: str, value: float = 1.0, lag: int = 30, decimals: int = 1) -> Observation:
    """Published so many days after its period's end."""
    found = parse_period(period)
    published = parse_period((found.end + timedelta(days=lag)).isoformat())
    return Observation(found, value, decimals, None, Status.NORMAL, published, "plan", Check.READ, "", None)


def series(*observations: Observation) -> Series:
    return Series("XXA", tuple(sorted(observations, key=lambda o: (o.period, o.published))))


def indicator(folder: Folder, frequency: Frequency) -> Indicator:
    return folder.load().indicators["things"].model_copy(update={"frequency": frequency})


@pytest.mark.parametrize(
    ("frequency", "periods", "expected"),
    [
        (Frequency.ANNUAL, ["2023", "2024"], "2025"),
        (Frequency.HALF_YEARLY, ["2024-S2", "2025-S1"], "2025-S2"),
        (Frequency.QUARTERLY, ["2025-Q3", "2025-Q4"], "2026-Q1"),
        (Frequency.MONTHLY, ["2025-08", "2025-09"], "2025-10"),
        (Frequency.MONTHLY, ["2025-11", "2025-12"], "2026-02"),  # January is not given apart
        (Frequency.MONTHLY, ["2025-01", "2025-11", "2025-12"], "2026-01"),
        (Frequency.ANNUAL, ["2023", "2024", "2025-06"], "2025"),  # a half-time count is not the year's
    ],
)
def test_the_next_figure_is_expected_after_the_last(
    folder: Folder, frequency: Frequency, periods: list[str], expected: str
) -> None:
    found = freshness(indicator(folder, frequency), series(*map(figure, periods)), date(2026, 11, 24))
    assert found.expected is not None and found.expected.text == expected


def test_a_figure_is_overdue_only_after_the_longest_lag_seen_and_the_grace(folder: Folder) -> None:
    monthly = indicator(folder, Frequency.MONTHLY)
    run = series(figure("2025-07", lag=15), figure("2025-08", lag=40), figure("2025-09", lag=15))
    end = parse_period("2025-10").end
    for days, timeliness in ((50, Timeliness.IN_TIME), (51, Timeliness.OVERDUE)):
        found = freshness(monthly, run, end + timedelta(days=days))
        assert (found.timeliness, found.lag, found.days_over) == (timeliness, 40, days - 50)


def test_a_vintage_of_many_years_tells_the_lag_of_its_newest_only(folder: Folder) -> None:
    day = parse_period("2025-07-01")
    run = [Observation(parse_period(str(y)), y, 0, None, Status.NORMAL, day, "plan", Check.READ, "", None)
           for y in range(2000, 2025)]  # fmt: skip
    assert freshness(indicator(folder, Frequency.ANNUAL), series(*run), date(2025, 8, 1)).lag == 182


def test_what_was_not_yet_published_is_not_known(folder: Folder) -> None:
    run = series(figure("2023"), figure("2024"), figure("2025"))
    found = freshness(indicator(folder, Frequency.ANNUAL), run, date(2025, 12, 31))
    assert found.last is not None and found.last.period.text == "2024"


def test_without_rhythm_or_figures_nothing_is_overdue(folder: Folder) -> None:
    late = date(2099, 1, 1)
    irregular = freshness(indicator(folder, Frequency.IRREGULAR), series(figure("2023"), figure("2024")), late)
    assert irregular.timeliness is Timeliness.NO_RHYTHM
    assert freshness(indicator(folder, Frequency.ANNUAL), series(), late).timeliness is Timeliness.NO_FIGURE


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_said_in_a_sentence(folder: Folder, language: str) -> None:
    annual, irregular = (indicator(folder, f) for f in (Frequency.ANNUAL, Frequency.IRREGULAR))
    run = series(figure("2023"), figure("2024"))
    said = [
        freshness_sentence(freshness(i, s, day), language)
        for i, s, day in (
            (annual, run, date(2025, 3, 1)), (annual, run, date(2027, 3, 1)),
            (irregular, run, date(2025, 3, 1)), (annual, series(), date(2025, 3, 1)),
        )
    ]  # fmt: skip
    assert len(set(said)) == 4 and "2025" in said[0] and "11" in said[1]


def test_every_shipped_series_has_its_sentence(shipped: Catalogue, gathered: date) -> None:
    for indicator_id, one in shipped.indicators.items():
        for language in LANGUAGES:
            assert freshness_sentence(freshness(one, shipped.main_series(indicator_id), gathered), language)


# ---- values carried forward

FROZEN = [figure(str(2018 + n), v, decimals=5) for n, v in enumerate([41.1, 41.45127, 41.45127, 41.45127])]


def test_equal_last_values_of_many_decimals_were_carried_forward() -> None:
    assert [o.period.text for o in constant_tail(FROZEN)] == ["2019", "2020", "2021"]
    assert [o.period.text for o in measured(FROZEN)] == ["2018", "2019"]


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ([41.1, 41.45127, 41.45127], 5),  # two may be chance
        ([41.45, 41.45, 41.45], 2),  # a publisher's rounding
        ([41.5, 41.5, 41.5], 5),  # no more decimals than that, though the computer could print them
        ([0, 0, 0], 5),
        ([41.45127, 41.45127, 41.45127, 42.0], 5),  # not at the end
        ([], 5),
    ],
)
def test_other_runs_have_no_such_tail(values: list[float], decimals: int) -> None:
    run = [figure(str(2018 + n), v, decimals=decimals) for n, v in enumerate(values)]
    assert constant_tail(run) == () and measured(run) == tuple(run)


def frozen(folder: Folder, values: list[str], wanted: str) -> Catalogue:
    head = (folder.root / "figures/things.csv").read_text(encoding="utf-8").split("\n")[0]
    lines = [f",{2020 + n},{v},,,{2021 + n}-01-31,plan,read,,,\n" for n, v in enumerate(values)]
    (folder.root / "figures/things.csv").write_text(head + "\n" + "".join(lines), encoding="utf-8")
    folder.edit("goals/indicators/things.yaml", "value: 30", f"value: {wanted}")
    return folder.load()


def test_no_verdict_rests_on_values_carried_forward(folder: Folder) -> None:
    catalogue = frozen(folder, ["10", "41.45127", "41.45127", "41.45127", "41.45127", "41.45127"], "40")
    found = assess(catalogue, "things", catalogue.indicators["things"].targets[0], date(2026, 11, 24))
    assert [o.period.text for o in found.used] == ["2021"]  # the one that may have been measured
    assert "constant-tail" in found.cautions


def test_a_target_is_not_met_in_its_year_by_a_value_carried_forward(folder: Folder) -> None:
    catalogue = frozen(folder, ["10", "41.45127", "41.45127", "41.45127", "41.45127", "41.45127"], "50")
    found = assess(catalogue, "things", catalogue.indicators["things"].targets[0], date(2026, 11, 24))
    assert found.standing is Standing.NOT_JUDGED


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        (1, "1 day", "1天"),
        (60, "60 days", "60天"),
        (61, "2 months", "2个月"),
        (364, "11 months", "11个月"),
        (365, "1 year", "1年"),
        (400, "1 year and 1 month", "1年1个月"),
        (730, "2 years", "2年"),
        (1457, "3 years and 11 months", "3年11个月"),
        (1461, "4 years", "4年"),
    ],
)
def test_a_long_time_is_said_in_months_and_years(days: int, en: str, zh: str) -> None:
    assert (duration(days, "en"), duration(days, "zh")) == (en, zh)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_late_by_years_is_not_said_in_days(folder: Folder, language: str) -> None:
    run = series(figure("2018", lag=400), figure("2019", lag=400))
    said = freshness_sentence(freshness(indicator(folder, Frequency.ANNUAL), run, date(2026, 11, 24)), language)
    assert not re.search(r"[0-9] ?(days|天)", said)
    assert duration((date(2026, 11, 24) - date(2022, 4, 5)).days, language) in said

"""A refresh of the whole shipped catalogue, against offices on loopback; and a second one after they have revised."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.demonstration import FAILING, run
from loaders.contract import Unreachable
from loaders.refresh import Outcome, Report, State
from loaders.report import text
from tests.loaders.offices import Offices, serving
from tracking.catalogue import Catalogue, load_catalogue
from tracking.model import LANGUAGES
from tracking.status import judge_all

CATALOGUE = load_catalogue()
UNSD = {"NV_IND_MANF:156", "NV_IND_TECH:156", "GB_XPD_RSDV:156", "GB_POP_SCIERD:156"}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Offices, list[tuple[Report, Catalogue]]]]:
    """The offices, and two refreshes; between them the offices revise, and the United Nations' goes down."""
    place, offices = tmp_path_factory.mktemp("demonstration"), Offices(CATALOGUE)
    with serving(offices) as mirror:
        first = run(CATALOGUE, Path(place), mirror)
        offices.revise(FAILING)
        yield offices, [first, run(CATALOGUE, Path(place), mirror)]


Both = tuple[Offices, list[tuple[Report, Catalogue]]]


def of(report: Report, state: State) -> set[tuple[str, str]]:
    return {(o.task.provider, o.task.key) for o in report.outcomes if o.state is state}


def test_every_series_of_every_provider_is_fetched(both: Both) -> None:
    offices, ((first, _), _) = both
    assert of(first, State.CHANGED) == set(offices.tasks)
    assert all(o.new and not o.revised and not o.withdrawn for o in first.outcomes)
    assert set(offices.asked) == {
        "api.worldbank.org", "unstats.un.org", "api.db.nomics.world", "comtradeapi.un.org", "data.stats.gov.cn",
        "www.miit.gov.cn",
    }  # fmt: skip


def test_offices_that_say_what_is_shipped_change_no_verdict(both: Both) -> None:
    (first, after), _ = both[1]
    day = first.started.date()
    assert first.changes == ()
    assert {
        k: [(j.assessment.standing, j.assessment.numbers) for j in v] for k, v in judge_all(after, day).items()
    } == {k: [(j.assessment.standing, j.assessment.numbers) for j in v] for k, v in judge_all(CATALOGUE, day).items()}


def test_the_second_refresh_finds_exactly_what_was_revised_and_what_is_new(both: Both) -> None:
    offices, (_, (second, _)) = both
    for outcome in second.outcomes:
        task = outcome.task
        if task.provider == "unsd":
            continue
        if task.provider == "miit" or (task.provider == "nbs" and not is_yearly(outcome)):
            assert len(outcome.new) == 1, task
        if task.provider in ("worldbank", "comtrade"):
            assert not outcome.new
            assert (len(outcome.revised) == 1) is offices.is_revised(task), task
    assert second.count(State.UNCHANGED) > 0


def is_yearly(outcome: Outcome) -> bool:
    """Of the bureau's lines one has only year figures among the shipped ones."""
    return any(use.indicator_id == "pharma-profit-growth" for use in outcome.task.uses)


def test_a_revision_says_what_was_before_and_by_how_much(both: Both) -> None:
    _, (_, (second, after)) = both
    (outcome,) = [o for o in second.outcomes if o.task.key == "TM.VAL.ICTG.ZS.UN:CHN"]
    (revision,) = outcome.revised
    assert revision.new.value == pytest.approx(revision.old.value * 1.01)
    assert revision.size == pytest.approx(revision.old.value * 0.01)
    known = after.main_series("wdi-ict-goods-imports").as_known_on(second.ended.date())
    assert known[-1].value == revision.new.value
    assert known[-1].document == "worldbank-wdi"


def test_an_office_that_fails_costs_nothing_that_was_there(both: Both) -> None:
    _, ((first, before), (second, after)) = both
    assert of(second, State.FAILED) == {("unsd", key) for key in UNSD}
    assert all(isinstance(o.error, Unreachable) for o in second.outcomes if o.state is State.FAILED)
    for key in UNSD:
        assert after.stored["unsd", key] == before.stored["unsd", key]
        assert after.stored["unsd", key].observations
    assert not first.has_failed
    assert second.has_failed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reports_say_it_in_words(both: Both, language: str) -> None:
    told = [text(report, after, language) for report, after in both[1]]
    assert "2021: 23.71 → 23.95 (+0.24)".replace(": ", "：" if language == "zh" else ": ") in told[1].replace(
        "（", " ("
    ).replace("）", ")")
    assert told[1].count("unstats.un.org") == len(UNSD)
    assert {"zh": "4 个失败", "en": "4 failed"}[language] in told[1]
    assert "unstats.un.org" not in told[0]


def test_what_differs_stays_beside_and_in_the_indicators_unit(both: Both) -> None:
    _, (_, (_, after)) = both
    indicator = after.indicators["fixed-broadband-subscribers"]
    (ref,) = [r for r in indicator.series if r.key == "IT.NET.BBND:CHN"]
    beside = {o.period.text: o.value for o in after.series(ref, indicator.unit).observations}
    assert beside["2025"] == pytest.approx(6.91, rel=0.02)
    assert "worldbank-wdi" not in {o.document for o in after.main_series("fixed-broadband-subscribers").observations}

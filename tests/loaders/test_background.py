"""A refresh in the background: one at a time, and asked about without waiting."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from benchmarks.demonstration import FAILING, run
from loaders.background import Background, Hear
from loaders.providers import overdue, provider_states
from loaders.refresh import Outcome, Report, State, Task
from loaders.remote import open_store
from tests.loaders.offices import Offices, serving
from tracking.catalogue import load_catalogue
from tracking.store import StoreError
from tracking.words import words

NOW = datetime(2026, 11, 24, tzinfo=UTC)
REPORT = Report(NOW, NOW, "here", (), ())


def test_only_one_runs_at_a_time_and_its_progress_is_seen() -> None:
    one, go = Background(), Event()

    def job(hear: Hear) -> Report:
        hear(Outcome(Task("worldbank", "A"), State.FAILED), 1, 2)
        go.wait(10)
        return REPORT

    assert one.start(job)
    assert not one.start(job)
    assert one.is_running
    go.set()
    one.wait(10)
    assert not one.is_running
    assert (one.progress.n, one.progress.of, one.progress.failed, one.progress.report) == (1, 2, 1, REPORT)
    assert one.start(lambda hear: REPORT)


def test_a_store_that_is_busy_is_told_and_not_raised_in_the_thread() -> None:
    one = Background()

    def job(hear: Hear) -> Report:
        raise StoreError("busy", place="there")

    one.start(job)
    one.wait(10)
    assert one.progress.report is None
    assert one.progress.error is not None
    assert one.progress.error.key == "busy"


def test_the_state_of_a_provider_counts_what_is_kept_and_keeps_its_last_failure(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    offices, store = Offices(catalogue), open_store(str(tmp_path / "store"))
    offices.revise(FAILING)
    with serving(offices) as mirror:
        report, after = run(catalogue, tmp_path, mirror)
    states = {s.id: s for s in provider_states(after, store, report.ended.date())}
    bank, nations = states["worldbank"], states["unsd"]
    assert (bank.named, bank.kept, bank.failures) == (24, 24, ())
    assert (nations.named, nations.kept, nations.last_success) == (4, 0, None)
    assert len(nations.failures) == 4
    for language in ("en", "zh"):
        said = words(language).say(nations.failures[0].sentence, **nations.failures[0].details)
        assert "unstats.un.org" in said and "{" not in said
    assert states["sdmx"].named == 0
    assert any(s.fresh.last is not None for s in bank.series)


def test_what_is_overdue_comes_with_the_latest_first() -> None:
    late = overdue(load_catalogue(), NOW.date())
    assert late
    days = [f.days_over for _, f in late]
    assert days == sorted(days, reverse=True)
    assert days[-1] > 0

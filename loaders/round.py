"""One round: refresh, judge again, report, and keep the report in the store, where the dashboard finds it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from loaders.http import Wires
from loaders.refresh import WORKERS, Outcome, Report, Task, changes, refresh
from loaders.report import as_json
from tracking.catalogue import Catalogue, with_stored
from tracking.store import Store

Told = Callable[[Outcome, int, int], None]


def one_round(
    bare: Catalogue, tasks: Sequence[Task], store: Store, open_wires: Callable[[], Wires], told: Told, *,
    force: bool = False, workers: int = WORKERS,
) -> tuple[Report, Catalogue]:  # fmt: skip
    """The report, and the catalogue (given without a store) with what is kept now. Raises StoreError."""
    before, started = with_stored(bare, store), datetime.now(UTC)
    outcomes = refresh(tasks, store, open_wires, force=force, workers=workers, told=told)
    after = with_stored(bare, store)
    changed = changes(before, after, datetime.now(UTC).date())
    report = Report(started, datetime.now(UTC), store.place, outcomes, changed)
    with store.writing():
        store.keep_report(as_json(report, after, "en").encode(), report.ended)
    return report, after

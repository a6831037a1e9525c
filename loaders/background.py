"""A refresh in a thread of its own, for the dashboard: one at a time, and anybody may ask how far it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock, Thread

from loaders.contract import LoaderError
from loaders.refresh import Outcome, Report, State
from tracking.store import StoreError

Hear = Callable[[Outcome, int, int], None]
Job = Callable[[Hear], Report]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is. `report` is there once it has ended; `error` where it could not begin or go on."""

    n: int = 0
    of: int = 0
    failed: int = 0
    last: Outcome | None = None
    report: Report | None = None
    error: LoaderError | StoreError | None = None


class Background:
    """At most one refresh at a time. What is asked of it never waits for the network."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._progress = Progress()

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def progress(self) -> Progress:
        return self._progress

    def start(self, job: Job) -> bool:
        """Begin, unless one is under way; says whether it has begun."""
        with self._lock:
            if self.is_running:
                return False
            self._progress = Progress()
            self._thread = Thread(target=self._run, args=(job,), name="refresh", daemon=True)
            self._thread.start()
            return True

    def wait(self, seconds: float) -> None:
        """Until it has ended, but no longer than this."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, job: Job) -> None:
        try:
            report = job(self._hear)
            self._progress = replace(self._progress, report=report)
        except (LoaderError, StoreError) as error:
            self._progress = replace(self._progress, error=error)

    def _hear(self, outcome: Outcome, n: int, of: int) -> None:
        failed = self._progress.failed + (outcome.state is State.FAILED)
        self._progress = replace(self._progress, n=n, of=of, failed=failed, last=outcome)


BACKGROUND = Background()  # the process's own: every reader sees the same refresh

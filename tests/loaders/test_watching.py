"""What changes on disk is seen without a restart, and no reader waits for it."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from loaders.watching import State, Watch, fingerprint
from tests.conftest import Folder


def soon(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so within a time that is long even on a busy machine."""
    until = time.monotonic() + 30
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


def statement(state: State) -> str:
    assert state.catalogue is not None
    return state.catalogue.goals["more-things"].statement


def test_readers_keep_the_old_state_until_the_new_one_is_ready(folder: Folder, tmp_path: Path) -> None:
    begun, let = Event(), Event()

    def ready(_found: State) -> None:
        begun.set()
        assert let.wait(30)

    watch = Watch(folder.goals, str(tmp_path / "store"), ready)
    first = watch.now()
    folder.edit("goals/more-things.yaml", "statement: 更多", "statement: 更好")
    assert begun.wait(30)
    assert watch.now() is first
    let.set()
    assert soon(lambda: statement(watch.now()) == "更好")
    assert watch.now().key != first.key


def test_a_mistake_is_told_and_its_mending_seen(folder: Folder, tmp_path: Path) -> None:
    watch = Watch(folder.goals, str(tmp_path / "store"), lambda _: None)
    folder.edit("goals/more-things.yaml", "order: 1", "order: one")
    mistakes = watch.now().mistakes
    assert mistakes is not None and "more-things.yaml:4" in mistakes.problems[0].text()
    folder.edit("goals/more-things.yaml", "order: one", "order: 1")
    assert watch.look().mistakes is None


def test_what_is_replaced_while_it_is_read_is_never_seen_by_half(folder: Folder, tmp_path: Path) -> None:
    watch = Watch(folder.goals, str(tmp_path / "store"), lambda _: None)
    last = folder.goals / "indicators" / "zz.yaml"  # read after the goals; a pipe waits for who writes into it
    text = (folder.goals / "indicators" / "growth.yaml").read_text("utf-8")
    os.mkfifo(last)

    def write() -> None:
        with last.open("w", encoding="utf-8") as pipe:  # opens when the reader has come to it
            folder.edit("goals/more-things.yaml", "statement: 更多", "statement: 更好")
            last.unlink()
            last.write_text(text, "utf-8")
            pipe.write(text)

    writer = Thread(target=write, daemon=True)
    writer.start()
    assert statement(watch.look()) == "更好"
    writer.join(30)


def test_nothing_changed_is_nothing_read(folder: Folder, tmp_path: Path) -> None:
    watch = Watch(folder.goals, str(tmp_path / "store"), lambda _: None)
    assert watch.look() is watch.look()


def test_figures_indicators_and_goals_are_all_looked_at(folder: Folder) -> None:
    for file in ("goals/more-things.yaml", "goals/indicators/things.yaml", "figures/things.csv"):
        before = fingerprint(folder.goals)
        (folder.root / file).write_text((folder.root / file).read_text("utf-8") + "\n", "utf-8")
        assert fingerprint(folder.goals) != before

"""Which catalogues are served, and by which names addresses know them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from views.command import GOALS, catalogues, told


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    catalogues.cache_clear()
    yield
    catalogues.cache_clear()


def called(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["dashboard.py", *arguments])


def test_the_shipped_catalogue_is_served_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    called(monkeypatch)
    assert list(catalogues().values()) == [GOALS]


def test_a_catalogue_has_the_name_of_the_folder_that_holds_its_goals_or_the_one_that_it_was_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called(monkeypatch, "--goals", str(tmp_path / "Some Plan/goals"), "--goals", f"mine={tmp_path}/a=b")
    assert catalogues() == {"some-plan": tmp_path / "Some Plan/goals", "mine": tmp_path / "a=b"}


def test_two_catalogues_of_one_name_are_refused_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called(monkeypatch, "--goals", str(tmp_path / "a/plan/goals"), "--goals", str(tmp_path / "b/plan"))
    with pytest.raises(SystemExit):
        told()
    assert "'plan'" in capsys.readouterr().err
    catalogues.cache_clear()
    called(monkeypatch, "--goals", str(tmp_path / "a/plan/goals"), "--goals", f"other={tmp_path}/b/plan")
    assert told() and list(catalogues()) == ["plan", "other"]

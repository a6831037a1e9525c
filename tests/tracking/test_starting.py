"""A catalogue that is started is right at once, and nothing is ever half there."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tracking.__main__ import main
from tracking.catalogue import load_catalogue
from tracking.model import LANGUAGES
from tracking.schema import SCHEMAS

ROOT = Path(__file__).resolve().parents[2]


def start(place: Path, language: str = "en") -> int:
    return main(["init", str(place), "--lang", language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_catalogue_validates_and_its_goal_stands_in_a_document_of_the_chosen_language(
    tmp_path: Path, language: str
) -> None:
    place = tmp_path / "mine"
    assert start(place, language) == 0
    catalogue = load_catalogue(place / "goals")
    assert {catalogue.documents[goal.document].language for goal in catalogue.goals.values()} == {language}
    assert [link.id for _, _, link, _ in catalogue.links()] == ["first-indicator"]
    assert [path.name for path in (place / "figures").iterdir()] == ["first-indicator.csv"]
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_names_a_schema_that_lies_in_the_folder(tmp_path: Path, language: str) -> None:
    start(tmp_path / "mine", language)
    files = list((tmp_path / "mine/goals").rglob("*.yaml"))
    for file in files:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve().is_file(), file
    assert len(files) == len(SCHEMAS)


def test_the_example_of_a_target_is_right_once_it_is_taken_in(tmp_path: Path) -> None:
    for language in LANGUAGES:
        place = tmp_path / language
        start(place, language)
        file = place / "goals/indicators/first-indicator.yaml"
        text = file.read_text(encoding="utf-8").replace("targets: []", "targets:").replace("\n#   ", "\n  ")
        file.write_text(text, encoding="utf-8")
        assert len(list(load_catalogue(place / "goals").targets())) == 1


def test_its_hook_is_one_that_checks_its_own_folders(tmp_path: Path) -> None:
    start(tmp_path / "mine")
    [repo] = yaml.safe_load((tmp_path / "mine/.pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repo["hooks"][0]["entry"].startswith("python -m tracking validate --goals goals")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_that_holds_something_is_left_as_it_is(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    assert start(tmp_path, language) == 2
    assert "kept.txt" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_an_empty_folder_is_taken_and_a_file_or_a_link_is_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert [start(tmp_path / name) for name in ("empty", "file", "link")] == [0, 2, 2]
    assert not (tmp_path / "elsewhere").exists()


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / ("x" * 250)  # the draft beside it has a longer name than disks allow
    assert start(place) == 2
    assert "nothing is left behind" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_where_the_room_ends_half_way_nothing_is_left(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tracking", "init", str(tmp_path / "mine"), "--lang", "zh"]
    least = 4_000  # bytes: room for what a curator writes, not for a schema
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True,
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (least, least)))  # fmt: skip
    assert (ended.returncode, "没有留下任何文件" in ended.stderr) == (2, True), ended.stderr
    assert os.listdir(tmp_path) == []

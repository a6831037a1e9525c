"""What the README shows works as it stands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tracking.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[1]


def test_the_example_goal_is_right(tmp_path: Path) -> None:
    for folder in ("goals", "figures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    example = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert example is not None
    (tmp_path / "goals" / "more-robots.yaml").write_text(example[1], encoding="utf-8")
    assert "more-robots" in load_catalogue(tmp_path / "goals").goals


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_folder_of_the_house_is_named(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    folders = {file.split("/")[0] for file in kept if "/" in file and not file.startswith(".")}
    assert len(folders) > 5
    assert sorted(folder for folder in folders if f"`{folder}/`" not in text) == []


def test_the_pictures_and_pages_it_links_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []

"""What checks a catalogue before a commit, and on a pull request, for this one and for those that others keep."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import FILES
from tracking.__main__ import main

ROOT = Path(__file__).resolve().parents[1]
WORKFLOW = (ROOT / ".github/workflows/catalogue.yml").read_text(encoding="utf-8")
THINGS = "goals/indicators/things.yaml"


def run(place: Path, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command in a folder, with this Python first and our house where it looks for modules."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "PYTHONPATH": str(ROOT), "PRE_COMMIT_HOME": str(place.parent / "cache"), **environment}
    return subprocess.run(command, cwd=place, env=os.environ | own, capture_output=True, text=True)


def work_tree(place: Path) -> None:
    """Make a git work tree of a folder, with all that is there committed."""
    for command in ("init --quiet", "add --all", "commit --quiet --message all"):
        person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        assert run(place, "git", *person, *command.split()).returncode == 0


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A work tree with two small catalogues, as this project has them."""
    for folder in ("", "examples/other/"):
        for name, text in FILES.items():
            file = tmp_path / "house" / (folder + name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / ".github", tmp_path / "house/.github")
    work_tree(tmp_path / "house")
    return tmp_path / "house"


def test_the_hooks_are_ones_that_pre_commit_takes(tmp_path: Path) -> None:
    for kind, file in (("manifest", ".pre-commit-hooks.yaml"), ("config", ".pre-commit-config.yaml")):
        done = run(tmp_path, "pre-commit", f"validate-{kind}", str(ROOT / file))
        assert done.returncode == 0, done.stdout


def test_a_new_catalogue_is_checked_before_each_commit(tmp_path: Path) -> None:
    place = tmp_path / "mine"
    assert main(["init", str(place)]) == 0
    work_tree(place)
    whole = run(place, "pre-commit", "run", "--all-files")
    assert (whole.returncode, "Passed" in whole.stdout) == (0, True), whole.stdout + whole.stderr
    goal = place / "goals/first-goal.yaml"
    goal.write_text(goal.read_text(encoding="utf-8").replace("kind: direction", "kind: dirction"), encoding="utf-8")
    broken = run(place, "pre-commit", "run", "--all-files")
    assert broken.returncode == 1
    assert 'goals/first-goal.yaml:7:7: "kind" cannot be "dirction".' in broken.stdout


def test_a_pull_request_is_given_nothing_but_the_right_to_read() -> None:
    workflow = yaml.safe_load(WORKFLOW)
    assert list(workflow[True]) == ["pull_request"]  # YAML takes `on` for a yes
    assert workflow["permissions"] == {"contents": "read"}
    assert [job.get("permissions") for job in workflow["jobs"].values()] == [None]
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["with"]["persist-credentials"] for step in steps if "checkout" in step.get("uses", "")] == [False]
    assert "secrets" not in WORKFLOW and not any("${{" in step.get("run", "") for step in steps)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps if "uses" in step)


def stepped(place: Path, name: str) -> tuple[int, str, str]:
    """One step of the workflow as it would run: its status, what it prints, and the summary."""
    [step] = [s for s in yaml.safe_load(WORKFLOW)["jobs"]["difference"]["steps"] if s.get("name") == name]
    summary = place.parent / "summary.md"
    summary.write_text("")
    done = run(place, "bash", "-e", "-c", step["run"], GITHUB_STEP_SUMMARY=str(summary),
               RUNNER_TEMP=str(place.parent), BASE="HEAD")  # fmt: skip
    return done.returncode, done.stdout + done.stderr, summary.read_text(encoding="utf-8")


def test_a_pull_request_that_is_right_says_what_it_changes_in_the_verdicts(place: Path) -> None:
    file = place / THINGS
    file.write_text(FILES[THINGS].replace("name: {zh: 个数, en: Things}", "name: {zh: 个数, en: '@all <b>'}").replace(
        "check: read\nbreaks", "check: recalled\nbreaks"), encoding="utf-8")  # fmt: skip
    assert stepped(place, "validate")[::2] == (0, "")
    status, said, summary = stepped(place, "difference")
    assert status == 0, said
    assert summary.count("### What changes in the verdicts") == 2
    assert "This edit gives 1 verdict another reason." in summary and "This edit changes no verdict." in summary
    assert "@all" not in summary and "<b>" not in summary


def test_a_pull_request_with_a_mistake_fails_at_its_line(place: Path) -> None:
    file = place / "examples/other" / THINGS
    file.write_text(FILES[THINGS].replace("direction: higher", "direction: highest"), encoding="utf-8")
    status, said, summary = stepped(place, "validate")
    assert status == 1
    matcher = yaml.safe_load((ROOT / ".github/problems.json").read_text())["problemMatcher"][0]["pattern"][0]
    found = [m for line in said.splitlines() if (m := re.fullmatch(matcher["regexp"], line))]
    assert [(m[1], m[2], m[3]) for m in found] == [(f"examples/other/{THINGS}", "4", "12")]
    assert found[0][0] in summary

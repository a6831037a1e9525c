"""docs/refreshing.md and the workflow: their commands exist, their units are units, their counts are right."""

import configparser
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
import yaml

from loaders.__main__ import _parser
from loaders.refresh import tasks_of
from tracking.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/refreshing.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github/workflows/refresh.yml").read_text(encoding="utf-8")
CALL = re.compile(r"python -m loaders (\w[^`\n|>)]*)")


def unit(kind: str) -> configparser.ConfigParser:
    """The systemd unit of that kind, read strictly but for keys that may come twice."""
    found = re.search(rf"/tracker-refresh\.{kind}`:\n\n```ini\n(.*?)```", TEXT, re.S)
    assert found is not None
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(found[1])
    return parsed


def command(line: str) -> list[str]:
    return shlex.split(line.partition("#")[0].partition("||")[0])


def test_the_service_runs_a_refresh_once_and_takes_a_partly_failed_one_for_done() -> None:
    service = unit("service")["Service"]
    python, *arguments = shlex.split(service["ExecStart"])
    assert python.startswith(service["WorkingDirectory"] + "/")
    assert arguments[:2] == ["-m", "loaders"]
    assert _parser().parse_args(arguments[2:]).run.__name__ == "_refresh"
    assert (service["Type"], service["SuccessExitStatus"]) == ("oneshot", "3")


def test_the_service_may_write_where_it_keeps_things_and_nowhere_else() -> None:
    service = unit("service")["Service"]
    text = TEXT[TEXT.index("[Service]") :]
    places = set(re.findall(r"^Environment=TRACKER_\w+=(\S+)", text, re.M))
    assert service["ProtectSystem"] == "strict"
    assert set(service["ReadWritePaths"].split()) == places


def test_the_timer_starts_the_service_every_day() -> None:
    timer = unit("timer")
    assert timer["Timer"]["Unit"] == "tracker-refresh.service"
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d", timer["Timer"]["OnCalendar"])
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_cron_line_has_five_times_and_a_refresh() -> None:
    found = re.search(r"```cron\n(.*?)\n```", TEXT, re.S)
    assert found is not None
    times = found[1].split()[:5]
    assert all(re.fullmatch(r"\*|\d+", t) for t in times)
    assert CALL.search(found[1]) is not None


@pytest.mark.parametrize("line", sorted({*CALL.findall(TEXT), *CALL.findall(WORKFLOW)}))
def test_every_command_that_is_shown_is_one(line: str) -> None:
    arguments = [a if a != "…" else "worldbank" for a in command(line)]
    assert _parser().parse_args(arguments).run is not None


def test_the_counts_are_those_of_the_catalogue() -> None:
    counted = Counter(t.provider for t in tasks_of(load_catalogue()))
    assert dict(counted) == {p: int(n) for p, n in re.findall(r"^\| `(\w+)` \| (\d+) \|", TEXT, re.M)}


def test_what_runs_our_code_on_github_may_write_nothing_and_what_may_write_runs_none_of_it() -> None:
    workflow = yaml.safe_load(WORKFLOW)
    refresh, propose = workflow["jobs"]["refresh"], workflow["jobs"]["propose"]
    assert workflow["permissions"] == {}
    assert refresh["permissions"] == {"contents": "read"}
    steps = " ".join(step.get("run", "") for step in propose["steps"])
    assert re.search(r"\bpython\b|\bpip\b|\bmake\b", steps) is None
    assert "gh pr create" in steps


def test_every_action_of_the_workflow_is_pinned_to_a_version() -> None:
    uses = re.findall(r"uses: (\S+)", WORKFLOW)
    assert len(uses) == 6
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in uses)

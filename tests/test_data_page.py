"""The Data page says where every provider stands, refreshes for those who may, and asks nobody when it is drawn."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.demonstration import FAILING, run
from loaders.background import BACKGROUND
from loaders.remote import open_store
from tests.loaders.offices import Offices, serving
from tests.test_pages import markup, page, shown
from tracking.catalogue import load_catalogue
from tracking.model import LANGUAGES

CATALOGUE = load_catalogue()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("TRACKER_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_store_the_page_says_that_the_shipped_figures_are_shown(place: Path, language: str) -> None:
    text = shown(page("data", lang=language))
    assert {"en": "Nothing has been fetched yet", "zh": "尚未获取过数据"}[language] in text
    assert {"en": "0 of 24 series kept", "zh": "24 个序列，已保存 0 个"}[language] in text
    assert {"en": "Late by", "zh": "下一期应发布"}[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_failed_last_is_told_in_the_readers_language(place: Path, language: str) -> None:
    offices = Offices(CATALOGUE)
    offices.revise(FAILING)
    with serving(offices) as mirror:
        run(CATALOGUE, place, mirror)
        asked = len(offices.asked)
        text = shown(page("data", lang=language))
        assert len(offices.asked) == asked
    assert {"en": "24 of 24 series kept", "zh": "24 个序列，已保存 24 个"}[language] in text
    assert {"en": "4 failed. ", "zh": "有 4 个失败。"}[language] in text
    assert {"en": "unstats.un.org failed with 503", "zh": "unstats.un.org"}[language] in text


def test_every_text_is_escaped() -> None:
    assert "<code>NV.IND.MANF.ZS:CHN</code>" in markup(page("data", lang="en"))
    assert "bureau's" not in markup(page("data", lang="en"))


def test_who_may_not_refresh_is_told_how_it_is_done(place: Path) -> None:
    app = page("data", lang="en")
    assert "refresh" not in [button.key for button in app.button]
    assert "python -m loaders refresh" in shown(app)


def test_a_click_refreshes_and_the_pages_then_show_what_was_fetched(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_ALLOW_REFRESH", "1")
    monkeypatch.setenv("TRACKER_ALLOW_LOOPBACK", "1")
    offices = Offices(CATALOGUE)
    with serving(offices) as mirror:
        monkeypatch.setenv("TRACKER_MIRROR", mirror)
        app = page("data", lang="en")
        assert offices.asked == []
        app.button(key="refresh").click().run()
        assert not app.exception
        BACKGROUND.wait(60)
        asked = len(offices.asked)
        again = page("data", lang="en")
        assert len(offices.asked) == asked > 52
    assert "52 series: 52 changed" in shown(again)
    assert "24 of 24 series kept" in shown(again)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_store_that_cannot_be_read_is_told_and_the_shipped_figures_stay(place: Path, language: str) -> None:
    (vintage,) = [f for f in [write_one(place)] if f.exists()]
    vintage.write_bytes(b"no parquet")
    app = AppTest.from_file("../dashboard.py", default_timeout=30)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    assert {"en": "only the shipped figures are shown", "zh": "只显示附带的数据"}[language] in shown(app)
    assert {"zh": "文件提出35项目标", "en": "The document states 35 goals"}[language] in shown(app)


def write_one(place: Path) -> Path:
    """A store with one series that the catalogue names; the file of its vintage."""
    store, ref = open_store(str(place / "store")), CATALOGUE.indicators["wdi-rd-intensity"].series[1]
    shipped = CATALOGUE.main_series("wdi-rd-intensity").observations[:3]
    with store.writing():
        store.append(ref.provider.value, ref.key, shipped, datetime(2026, 11, 24, tzinfo=UTC))
    return next((place / "store").rglob("*.parquet"))

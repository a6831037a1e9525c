"""Every page without a browser: it runs, in both languages, and answers a wrong address with a sentence."""

import re
from collections.abc import Mapping

import pytest
from streamlit.testing.v1 import AppTest

from tracking.catalogue import load_catalogue
from tracking.model import LANGUAGES

CATALOGUE = load_catalogue()
PAGE = """
import streamlit as st
from views import documents, frame, goal, indicator, overview
st.session_state["pages"] = {{name: st.Page(show, url_path=name) for name, show in frame.pages().items()}}
frame.page_head()
{name}.show()
"""


def page(name: str, **address: str) -> AppTest:
    """One page on its own, opened under an address."""
    app = AppTest.from_string(PAGE.format(name=name), default_timeout=30)
    for key, value in address.items():
        app.query_params[key.replace("_", "-")] = value
    app.run()
    assert not app.exception, app.exception
    return app


def markup(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def shown(app: AppTest) -> str:
    """What a reader reads: the markup without its tags."""
    return re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", markup(app), flags=re.S)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_opens_on_the_overview(language: str) -> None:
    app = AppTest.from_file("../dashboard.py", default_timeout=30)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    title = {"zh": "文件提出35项目标", "en": "The document states 35 goals"}[language]
    assert title in shown(app)


WRONG: Mapping[str, Mapping[str, str]] = {
    "goal": {"zh": "目录中没有目标“nowhere”", "en": "There is no goal “nowhere”"},
    "indicator": {"zh": "目录中没有指标“nowhere”", "en": "There is no indicator “nowhere”"},
    "document": {"zh": "目录中没有文件“nowhere”", "en": "There is no document “nowhere”"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WRONG)
def test_an_unknown_name_gets_a_sentence_and_a_way_on(kind: str, language: str) -> None:
    app = page("documents" if kind == "document" else kind, lang=language, **{kind: "nowhere"})
    assert WRONG[kind][language] in shown(app)
    assert "<a href=" in markup(app)


def test_text_from_the_address_is_escaped() -> None:
    assert "<script>alert" not in markup(page("goal", lang="en", goal="<script>alert(1)</script>"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator_id", CATALOGUE.indicators)
def test_every_indicator_page_runs(indicator_id: str, language: str) -> None:
    app = page("indicator", lang=language, indicator=indicator_id)
    assert CATALOGUE.indicators[indicator_id].name[language].split("“")[0] in shown(app).replace("&quot;", '"').replace(
        "&#x27;", "'"
    ).replace("&gt;", ">").replace("&amp;", "&")


def test_the_day_in_the_address_is_what_is_known() -> None:
    then = shown(page("indicator", lang="en", indicator="5g-stations-per-10k", as_of="2025-12-31"))
    now = shown(page("indicator", lang="en", indicator="5g-stations-per-10k", as_of="2026-11-23"))
    assert "34.4 per 10,000" in now
    assert "34.4 per 10,000" not in then


NO_DAY = {"zh": "网址中的“{}”不是日期", "en": "“{}” in the address is no day"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["overview", "goal", "indicator", "documents"])
def test_a_day_in_the_address_that_is_none_is_said_and_not_carried_on(name: str, language: str) -> None:
    app = page(name, lang=language, as_of="2025-13-01")
    assert NO_DAY[language].format("2025-13-01") in shown(app)
    assert "as-of=2025-13-01" not in markup(app)


@pytest.mark.parametrize("address", [{"as_of": "2025-12-31"}, {"as_of": ""}, {}])
def test_a_day_or_none_in_the_address_is_no_mistake(address: dict[str, str]) -> None:
    assert "is no day" not in shown(page("overview", lang="en", **address))


def test_a_false_day_from_the_address_is_escaped_and_cut() -> None:
    app = page("overview", lang="en", as_of="<script>alert(1)</script>" + "9" * 5000)
    assert "<script>alert" not in markup(app)
    assert "9" * 100 not in markup(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["overview", "goal", "indicator", "documents"])
def test_every_page_stands_before_anything_was_known(name: str, language: str) -> None:
    text = shown(page(name, lang=language, as_of="1990-01-01"))
    if name == "overview":
        assert {"zh": "官方目标均未通过", "en": "had been adopted"}[language] in text
        assert {"zh": "不作判断的原因", "en": "Why not judged"}[language] not in text


def test_targets_none_of_which_can_be_judged_are_said_so() -> None:
    assert "none can be judged" in shown(page("overview", lang="en", as_of="2012-12-31"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_is_listed(language: str) -> None:
    app = page("documents", lang=language)
    assert all(f"document={document_id}" in markup(app) for document_id in CATALOGUE.documents)


def test_search_finds_by_chinese_characters_and_by_english_words() -> None:
    for query, goal_id in (("中小企", "smes"), ("ballast", "economic-ballast"), ("5G基站", "ict-services")):
        app = page("overview", lang="en")
        app.text_input(key="search").set_value(query).run()
        rows = [c for c in app.main if goal_id in str(c)]
        assert not app.exception
        assert rows or app.main


def test_a_filter_that_nothing_passes_says_so_and_can_be_cleared() -> None:
    app = page("overview", lang="en")
    app.text_input(key="search").set_value("zzzz").run()
    assert "No goal matches." in shown(app)
    app.button[0].click().run()
    assert "No goal matches." not in shown(app)

"""The foot of every page: state, terms, the reference and the markup to copy; and what an embedded page keeps."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_pages import CATALOGUE, markup, shown
from tracking.export.formats import Format
from tracking.model import LANGUAGES
from tracking.snapshot import snapshot
from tracking.words import words

HERE = "https://goals.example.org/tracker/"
ASKED = {"overview": {}, "goal": {"goal": "cyber-power"}, "indicator": {"indicator": "5g-stations-per-10k"},
         "documents": {"document": "ict-plan-14"}, "data": {}, "methods": {},
         "missing-page": {"page": "nowhere"}}  # fmt: skip
PAGE = """
from views import door, foot, frame
frame.page_head()
frame.say_what_day()
door.SHOWN_BY["{name}"]()
foot.foot(frame.catalogue(), "{name}")
"""


def opened(name: str, language: str, *, embedded: bool = False, **asked: str) -> AppTest:
    """A page with its foot, as a browser opened it that stands at its address."""
    app = AppTest.from_string(PAGE.format(name=name), default_timeout=30)
    app.context = {"url": HERE + (name if name != "overview" else ""), "is_embedded": embedded}
    for key, value in {"lang": language, "as-of": "2025-12-31", **ASKED[name], **asked}.items():
        app.query_params[key] = value
    return unfolded(app, name)


def unfolded(app: AppTest, name: str) -> AppTest:
    """The page with its boxes open: what stands in them is not made before."""
    for box in ("cite", "embed"):
        app.session_state[f"{box}-{name}"] = True
    app.run()
    assert not app.exception, app.exception
    return app


def copied(app: AppTest) -> list[str]:
    return [code.value for code in app.code]


@pytest.mark.parametrize(("name", "language"), [*((name, "en") for name in ASKED), ("goal", "zh"), ("data", "zh")])
def test_every_page_says_in_its_foot_what_is_known_in_which_state_on_what_terms(name: str, language: str) -> None:
    (foot,) = re.findall('<section class="foot".*?</section>', markup(opened(name, language)))
    licence = CATALOGUE.card.licence
    assert licence
    day = {"zh": "截至2025年12月31日所知", "en": "as known on 31 December 2025"}[language]
    for said in (day, snapshot(CATALOGUE), licence[language], words(language).say("site.code-licence")):
        assert said in unescape(foot)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["overview", "goal", "indicator", "documents"])
def test_both_references_can_be_copied_whatever_the_pages_own_language(name: str, language: str) -> None:
    zh, en = copied(opened(name, language))[:2]
    page = f"{HERE}{name if name != 'overview' else ''}"
    assert "[DB/OL]" in zh and f"{page}?lang=zh&as-of=2025-12-31" in zh
    assert "Accessed " in en and f"{page}?lang=en&as-of=2025-12-31" in en
    assert snapshot(CATALOGUE) in zh and snapshot(CATALOGUE) in en
    assert "(2025-12-31)" in zh and "updated 31 December 2025" in en


def test_what_a_button_opens_is_not_made_before_it_is_opened() -> None:
    app = AppTest.from_string(PAGE.format(name="goal"), default_timeout=30)
    app.context = {"url": HERE + "goal"}
    app.query_params["goal"] = "smes"
    app.run()
    assert copied(app) == [] and app.get("download_button") == []
    app.session_state["download-smes"] = True
    assert len(unfolded(app, "goal").get("download_button")) == len(Format)


def test_what_takes_longer_than_a_moment_is_not_made_before_it_is_asked_for() -> None:
    app = AppTest.from_string(PAGE.format(name="overview"), default_timeout=30)
    app.context = {"url": HERE}
    app.session_state["download-all"] = True
    unfolded(app, "overview")
    assert app.get("download_button") == []
    app.selectbox(key="download-format").select("json")
    app.button(key="make-download").click().run()
    assert [button.proto.label for button in app.get("download_button")] == [words("en").say("work.save")]
    app.selectbox(key="download-format").select("csv").run()
    assert app.get("download_button") == []  # what was made is another file


@pytest.mark.parametrize("name", ["goal", "indicator", "documents"])
def test_what_the_address_names_but_the_catalogue_does_not_cannot_be_cited(name: str) -> None:
    assert copied(opened(name, "en", **{name.removesuffix("s"): "nowhere"})) == []


def test_the_reference_to_a_list_of_documents_keeps_what_was_asked_of_it() -> None:
    app = AppTest.from_string(PAGE.format(name="documents"), default_timeout=30)
    app.context = {"url": HERE + "documents"}
    app.query_params["lang"], app.query_params["q"] = "en", "5G"
    unfolded(app, "documents")
    assert "q=5G" in copied(app)[1]
    assert copied(app)[1].startswith("“Documents” (as known on ")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", None])
def test_an_address_that_is_none_of_the_web_is_never_offered(address: str | None) -> None:
    app = AppTest.from_string(PAGE.format(name="overview"), default_timeout=30)
    app.context = {"url": address}
    unfolded(app, "overview")
    assert copied(app) == []


@pytest.mark.parametrize(("name", "language"), [("overview", "zh"), ("goal", "en"), ("indicator", "zh")])
def test_an_embedded_page_keeps_title_source_licence_and_a_way_out_but_no_control(name: str, language: str) -> None:
    app = opened(name, language, embedded=True)
    assert "<h1" in markup(app)
    assert CATALOGUE.card.licence
    assert CATALOGUE.card.licence[language] in unescape(shown(app))
    assert "document=miit-2022-12-29" in markup(app)
    asked = "&amp;".join(f"{k}={v}" for k, v in {"lang": language, "as-of": "2025-12-31", **ASKED[name]}.items())
    place = f"{HERE}{name if name != 'overview' else ''}?{asked}"
    assert f'<a href="{place}" target="_blank" rel="noopener">' in markup(app)
    assert [w for kind in ("selectbox", "text_input", "slider", "select_slider", "toggle", "multiselect", "button",
                           "date_input", "code") for w in app.get(kind)] == []  # fmt: skip


def test_an_embedded_indicator_has_its_chart_the_verdict_in_words_and_every_figure() -> None:
    app = opened("indicator", "en", embedded=True, **{"as-of": "2026-11-23"})
    assert len(app.get("plotly_chart")) == 1
    assert "34.4 per 10,000 people at the end of 2025, 8.4 above the target of 26." in shown(app)
    (figures,) = re.findall(r"<details><summary>Figures and publications</summary>.*?</details>", markup(app), re.S)
    assert figures.count("<tr>") == 1 + 4


OWN = """
from dataclasses import replace
from views import foot, frame
c = frame.catalogue()
card = c.card.model_copy(update={card})
foot.foot(replace(c, card=card), "data")
"""


def test_terms_that_a_catalogue_does_not_name_are_not_made_up() -> None:
    named = AppTest.from_string(OWN.format(card={"corrections": "https://example.org/tell?a=1&b=2"})).run(timeout=30)
    assert '<a href="https://example.org/tell?a=1&amp;b=2" target="_blank" rel="noopener">' in markup(named)
    bare = AppTest.from_string(OWN.format(card={"licence": None})).run(timeout=30)
    assert words("en").say("site.no-licence") in shown(bare)
    assert words("en").say("site.corrections") not in shown(bare)

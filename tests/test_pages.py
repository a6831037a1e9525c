"""Every page without a browser: it runs, in both languages, and answers a wrong address with a sentence."""

import json
import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from tracking import selection
from tracking.canonical import canonical_panel
from tracking.catalogue import load_catalogue
from tracking.days import year_ends
from tracking.explain import agreement, method_name, number, why_not
from tracking.model import LANGUAGES, Kind
from tracking.panel import panels
from tracking.selection import Shown, cells, choice_of
from tracking.status import judge_all
from tracking.words import words

CATALOGUE = load_catalogue()
PAGE = """
from views import data, documents, frame, goal, indicator, methods, overview
frame.page_head()
frame.say_what_day()
frame.day_control()
{name}.show()
"""
PAGES = ["overview", "goal", "indicator", "methods", "documents"]


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
@pytest.mark.parametrize("name", PAGES)
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
@pytest.mark.parametrize("name", PAGES)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_a_document_stands_once_with_every_target_that_it_sets(language: str) -> None:
    found = markup(page("documents", lang=language, document="traditional-upgrade-2023", as_of="2026-11-23"))
    (sentence,) = re.findall(r'<ol class="dc-targets"><li>(.*?)</ul></li></ol>', found)
    assert sentence.count("<blockquote") == 1
    assert sentence.count('class="dc-target"') == 6


@pytest.mark.parametrize(
    ("indicator_id", "said"),
    [("10g-pon-ports", "not yet checked, nor is the baseline"), ("pue-new-data-centres", "baseline not yet checked"),
     ("pharma-revenue", "not yet checked")],
)  # fmt: skip
def test_a_target_says_once_whether_it_or_its_baseline_was_checked(indicator_id: str, said: str) -> None:
    text = markup(page("indicator", lang="en", indicator=indicator_id, as_of="2026-11-23"))
    table = text.split("Official targets</h2>")[1].split("</table>")[0]
    assert f"<small>{said}</small>" in table
    assert table.count("checked") == 1


def goals_shown(app: AppTest) -> list[str]:
    return re.findall(r'data-goal="([^"]*)"', markup(app))


def selected(**address: str) -> Shown:
    every = cells(CATALOGUE, judge_all(CATALOGUE, date(2026, 11, 23)))
    return selection.shown(every, choice_of(selection.offered(CATALOGUE), address)[0])


def in_order(left: Shown) -> list[str]:
    """The order of a group: directions without a number last."""
    return sorted(left.goals, key=lambda g: CATALOGUE.goals[g].kind is not Kind.OUTCOME)


def is_for(goal_id: str, year: int) -> bool:
    return CATALOGUE.goals[goal_id].horizon == year


def overview(**address: str) -> AppTest:
    return page("overview", **{"lang": "en", "as_of": "2026-11-23", **address})


def test_search_finds_by_chinese_characters_and_by_english_words_and_marks_what_matched() -> None:
    for query, goal_id, match in (("中小企", "smes", "中小企"), ("ballast", "economic-ballast", "ballast"),
                                  ("5g基站", "ict-services", "5G基站")):  # fmt: skip
        app = overview(lang="zh")
        app.text_input(key="search").set_value(query).run()
        assert app.query_params["search"] == query
        assert goal_id in goals_shown(app)
        assert len(goals_shown(app)) < len(CATALOGUE.goals)
        assert f"<mark>{match}</mark>" in markup(app)


def test_a_filter_that_nothing_passes_says_so_and_what_to_give_up_and_can_be_cleared() -> None:
    app = overview(search="5G", theme="livelihoods")
    assert "No goal matches." in shown(app) and goals_shown(app) == []
    assert "without “Theme”" in read(app)
    app.button(key="ov-clear").click().run()
    assert "No goal matches." not in shown(app)
    assert len(goals_shown(app)) == len(CATALOGUE.goals)
    assert {"search", "theme"}.isdisjoint(app.query_params)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address",
    [{"standing": "missed"}, {"reason": "no-number"}, {"horizon": "2035"}, {"theme": "growth,digital"},
     {"role": "proxy"}, {"nature": "forecast"}, {"from": "auto-growth-plan-2023"}],
)  # fmt: skip
def test_the_headline_counts_the_goals_and_targets_that_are_shown(address: dict[str, str], language: str) -> None:
    app = page("overview", lang=language, as_of="2026-11-23", **address)
    left = selected(**address)
    headline = re.sub(r"<[^>]+>", "", markup(app).split("<h1")[1].split("</h1>")[0])
    numbers = [int(x) for x in re.findall(r"\d+", headline)]
    assert goals_shown(app) == [g for year in CATALOGUE.card.horizons for g in in_order(left) if is_for(g, year)]
    assert {len(left.goals), len(CATALOGUE.goals)} <= set(numbers)
    assert len(left.targets) in numbers or not left.targets
    assert 0 < len(left.goals) < len(CATALOGUE.goals)


def test_what_the_address_asks_for_and_is_not_known_is_said_and_the_rest_is_kept() -> None:
    app = overview(standing="superb", theme="growth", sort="<script>alert(1)</script>")
    assert "asks for “superb” under “standing”" in shown(app)
    assert "<script>alert" not in markup(app)
    assert {CATALOGUE.goals[g].theme for g in goals_shown(app)} == {"growth"}


def test_every_control_is_written_in_the_address_and_read_from_it_again() -> None:
    app = overview()
    app.selectbox(key="sort").set_value("worst").run()
    app.segmented_control(key="view").set_value("indicators").run()
    app.multiselect(key="facet-from").set_value(["auto-growth-plan-2023"]).run()
    app.pills(key="facet-role").set_value(["official-target"]).run()
    wanted = {"sort": "worst", "view": "indicators", "from": "auto-growth-plan-2023", "role": "official-target"}
    assert {k: app.query_params[k] for k in wanted} == wanted
    again = page("overview", lang="en", as_of="2026-11-23", **wanted)
    assert [again.selectbox(key="sort").value, again.segmented_control(key="view").value] == ["worst", "indicators"]
    assert again.pills(key="facet-role").value == ["official-target"]
    assert re.findall(r"<h1.*?</h1>|<table.*?</table>", markup(app)) == re.findall(
        r"<h1.*?</h1>|<table.*?</table>", markup(again)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_line_says_figure_trend_standing_certainty_and_freshness(language: str) -> None:
    w = words(language)
    line = page("overview", lang=language, as_of="2026-11-23", view="indicators", search="每万人拥有5G基站数")
    text = read(line)
    for key in ("trend.up", "standing.met", "certainty.final", "timely.in time", "role.official target"):
        assert w.say(key) in text
    assert "34.4" in text


def test_a_goal_opens_in_its_row_and_the_address_keeps_it() -> None:
    app = overview(open="smes,ict-services")
    assert markup(app).count('class="ov-lines"') == 2
    assert 'aria-expanded="true"' in markup(app)
    assert "open=smes" in markup(app)  # the way to close the other


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_since_a_day_is_one_link_away_with_its_causes(language: str) -> None:
    assert "since=2025-11-23" in markup(page("overview", lang=language, as_of="2026-11-23"))
    app = page("overview", lang=language, as_of="2026-11-23", since="2025-11-23", only="verdicts")
    text = read(app)
    assert {"zh": "2025年11月23日以来的变化", "en": "What changed since 23 November 2025"}[language] in text
    assert {"zh": "新数据：", "en": "New figure:"}[language] in text
    assert app.segmented_control(key="view").value == "changes"


def test_nothing_changed_and_days_that_run_backwards_are_said_in_a_sentence() -> None:
    assert "Nothing changed from" in read(overview(since="2026-11-22"))
    assert "does not lie before" in read(overview(since="2026-12-24"))
    assert "nothing that is shown changed" in read(overview(since="2025-11-23", theme="livelihoods", role="proxy"))


def test_the_way_back_from_changes_to_goals_drops_the_day() -> None:
    app = overview(since="2025-11-23")
    app.segmented_control(key="view").set_value("goals").run()
    assert "since" not in app.query_params
    assert goals_shown(app)


ROBOTS = {"indicator": "robot-density", "as_of": "2024-12-31"}  # borderline, and with a projection, on that day
STATIONS = ("5g-stations-per-10k", "2025-ict-plan-14")


def read(app: AppTest) -> str:
    """What a reader reads, on one line, without the spaces that tags leave behind."""
    return re.sub(r"\s+", " ", unescape(shown(app)))


def traces(app: AppTest) -> set[str]:
    """The names of what the first chart draws."""
    return {trace.get("name", "") for trace in json.loads(app.get("plotly_chart")[0].proto.spec)["data"]}


def first_key(indicator_id: str) -> list[str]:
    return [t.key for t in CATALOGUE.indicators[indicator_id].targets]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_stands_beside_the_verdict_with_its_numbers_or_its_reason(language: str) -> None:
    indicator_id, key = STATIONS[0], first_key(STATIONS[0])[0]
    text = read(page("indicator", lang=language, indicator=indicator_id, target=key, as_of="2026-11-23"))
    found = panels(CATALOGUE, date(2026, 11, 23), [(indicator_id, key)])[indicator_id, key]
    assert agreement(found, language) in text
    for line in found.lines:
        assert method_name(line.method.name, language) in text
        assert (number(line.ratio or 0) if line.applies else why_not(line, language)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_picks_the_target_that_is_laid_open(language: str) -> None:
    for key, figure in zip(first_key(STATIONS[0]), ("26", "38"), strict=True):
        text = read(page("indicator", lang=language, indicator=STATIONS[0], target=key, as_of="2026-11-23"))
        asked = re.search(r"(?:Target: |目标：)([^<]*?)(?:Met|On track|已达成|进展正常)", text)
        assert asked and figure in asked[1]


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "本指标没有目标“nowhere”"), ("en", "This indicator has no target “nowhere”")]
)
def test_an_unknown_target_gets_a_sentence_and_the_leading_one_is_shown(language: str, sentence: str) -> None:
    text = read(page("indicator", lang=language, indicator=STATIONS[0], target="nowhere"))
    assert sentence in text
    assert words(language).say("panel.title") in text


def test_a_target_not_yet_adopted_on_the_day_is_said_to_be_so() -> None:
    later = first_key(STATIONS[0])[1]
    text = read(page("indicator", lang="en", indicator=STATIONS[0], target=later, as_of="2022-06-30"))
    assert f"“{later}” was adopted on" in text
    assert "was not known on 30 June 2022" in text


def test_a_target_from_the_address_is_escaped_and_cut() -> None:
    app = page("indicator", lang="en", indicator=STATIONS[0], target="<script>alert(1)</script>" + "9" * 5000)
    assert "<script>alert" not in markup(app)
    assert "9" * 100 not in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_address_asks_of_a_chart_without_figures_is_said_to_have_no_effect(language: str) -> None:
    without = next(i for i in CATALOGUE.indicators if not CATALOGUE.main_series(i).observations)
    asked, bare = (page("indicator", lang=language, indicator=without, **more) for more in ({"scale": "log"}, {}))
    said = words(language).say("chart.no-figures", asked="scale=log")
    assert said in read(asked) and '<p role="alert"' not in markup(bare)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_borderline_verdict_is_called_so_and_a_firm_one_is_not(language: str) -> None:
    w = words(language)
    fragile, firm = page("indicator", lang=language, **ROBOTS), page("indicator", lang=language, indicator=STATIONS[0])
    assert f'class="borderline">{w.say("fragility.borderline")}<' in markup(fragile)
    assert 'class="borderline"' not in markup(firm)
    assert w.say("fragility.firm") in read(firm)


def test_the_projection_is_drawn_until_the_reader_puts_it_away() -> None:
    app = page("indicator", lang="en", **ROBOTS)
    assert {"band 50", "band 80", "band 95", "median"} <= traces(app)
    app.toggle(key="chart-projection").set_value(False).run()
    assert app.query_params["projection"] == "off"
    assert not {"band 50", "median"} & traces(app)
    assert "Median " in read(app)


def test_where_nothing_is_projected_the_reason_stands_and_no_band_is_drawn() -> None:
    app = page("indicator", lang="en", indicator=STATIONS[0])
    assert not any(name.startswith("band") for name in traces(app))
    assert words("en").say("projection.refused.published") in read(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_names_the_cause_of_each_change_and_folds_the_quiet_years(language: str) -> None:
    app = page("indicator", lang=language, indicator="nev-sales", target=first_key("nev-sales")[0], as_of="2026-11-23")
    table, folded = markup(app).split('class="stack history"')[1].split("</table>")[:2]
    assert {"zh": "新数据", "en": "New figure"}[language] in table
    assert words(language).say("history.unchanged") not in table
    assert words(language).say("judging.steady-years", n=3) in unescape(folded)


def test_a_goal_says_how_many_methods_agree_and_leads_to_that_target() -> None:
    app = page("goal", lang="en", goal="cyber-power", as_of="2026-11-23")
    key = first_key(STATIONS[0])[0]
    assert "7 of 7 methods agree" in read(app)
    assert f"indicator={STATIONS[0]}&amp;target={key}" in markup(app)


def test_a_goal_calls_a_borderline_verdict_so() -> None:
    goal_id = next(iter(CATALOGUE.goals_with("robot-density")))
    assert 'class="borderline"' in markup(page("goal", lang="en", goal=goal_id, as_of="2024-12-31"))


def test_no_agreement_is_claimed_for_what_is_not_judged() -> None:
    unjudged = next(
        (i, j.target.key)
        for i, found in judge_all(CATALOGUE, date(2026, 11, 23)).items()
        for j in found
        if not j.assessment.is_judged
        and (p := panels(CATALOGUE, date(2026, 11, 23), [(i, j.target.key)]).get((i, j.target.key)))
        and p.applying
    )
    app = page("indicator", lang="en", indicator=unjudged[0], target=unjudged[1], as_of="2026-11-23")
    assert "no verdict rests on it" in read(app)
    assert 'class="agree"' not in markup(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_methods_page_judges_the_canonical_case_and_shows_the_disagreement(language: str) -> None:
    text = read(page("methods", lang=language))
    assert agreement(canonical_panel(), language) in text
    assert "0.90109" in text and "1.06034" in text
    assert "80.8%" in text  # the back-test's own overall figure


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_methods_page_names_each_method_and_how_it_was_read(language: str) -> None:
    text = read(page("methods", lang=language))
    for line in canonical_panel().lines:
        assert method_name(line.method.name, language) in text
        assert words(language).say(f"read.{line.method.read}") in text
        assert line.method.formula.split(";  ")[0] in text


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "现按2024年12月31日所知展示"), ("en", "Shown as known on 31 December 2024")]
)
def test_every_page_says_that_an_older_day_is_shown(name: str, language: str, sentence: str) -> None:
    assert sentence in read(page(name, lang=language, as_of="2024-12-31"))
    assert sentence not in read(page(name, lang=language))


@pytest.mark.parametrize("name", PAGES)
def test_the_day_is_one_click_away_and_kept_in_the_address_and_in_links(name: str) -> None:
    app = page(name, lang="en")
    end = year_ends(CATALOGUE, date.today())[1]
    assert f'href="?lang=en&amp;as-of={end}"' in markup(app)
    app = page(name, lang="en", as_of=end.isoformat())
    assert f"Shown as known on 31 December {end.year}" in read(app)
    links = re.findall(r'href="((?:goal|indicator|methods|documents|overview)\?[^"]*)"', markup(app))
    assert all(f"as-of={end}" in link for link in links)
    assert re.search(r'id="as-of-today" href="\?lang=en"', markup(app))


def test_a_day_that_lies_ahead_is_said_to_be_so() -> None:
    assert "lies ahead" in read(page("methods", lang="en", as_of="2999-01-01"))


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order_and_every_table_head_says_what_it_heads(name: str) -> None:
    found = markup(page(name, lang="en", **(ROBOTS if name == "indicator" else {})))
    levels = [int(level) for level in re.findall(r"<h(\d)", found)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    heads = re.findall(r"<th\b[^>]*>", found)
    assert [head for head in heads if "scope=" not in head] == []

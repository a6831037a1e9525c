"""A whole site of a small catalogue: valid pages, links that lead somewhere, feed, map, API, tables."""

import csv
import gzip
import io
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from justhtml import JustHTML
from lxml import etree, html
from PIL import Image

from tests.conftest import FILES, Folder
from tracking.catalogue import Catalogue, load_catalogue
from tracking.export.formats import Format
from tracking.publish.asked import base_of, languages_of
from tracking.publish.downloads import goal_table, whole_file
from tracking.publish.folder import Refused
from tracking.publish.site import MOST_ROWS, Site
from tracking.publish.whole import files, publish
from tracking.search import build_index
from tracking.selection import cells, matching
from tracking.status import judge_all

DAY = date(2024, 6, 1)
BASE = "https://example.org/tracker/"
NASTY = "<script>alert(1)</script> & ‮שלום 🎯 " + "很长" * 150


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The small catalogue with a title of markup, of letters from right to left, an emoji, and 300 characters."""
    root = tmp_path_factory.mktemp("nasty")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    folder = Folder(root)
    folder.edit("goals/more-things.yaml", "title: {zh: 更多, en: More}", f"title: {{zh: 更多, en: '{NASTY}'}}")
    folder.edit(
        "goals/indicators/things.yaml", "name: {zh: 个数, en: Things}", f"name: {{zh: '=cmd()', en: '{NASTY}'}}"
    )
    return load_catalogue(folder.goals)


@pytest.fixture(scope="module")
def made(nasty: Catalogue) -> dict[str, bytes]:
    return dict(files(Site(nasty, DAY, ("zh", "en"), BASE)))


def pages(made: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode() for name, content in made.items() if name.endswith(".html")}


def tables(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_page_is_valid_markup(made: dict[str, bytes]) -> None:
    assert len(pages(made)) > 20
    for text in pages(made).values():
        JustHTML(text, strict=True)  # raises at the first mistake
        ids = re.findall(r'\sid="([^"]*)"', text)
        assert len(ids) == len(set(ids))


def test_no_title_becomes_markup(made: dict[str, bytes]) -> None:
    assert not any("<script>" in text for text in pages(made).values())
    [title] = html.fromstring(made["en/goals/more-things.html"]).xpath("//title/text()")
    assert NASTY.split("\u202e")[0].strip() in title


def test_no_page_holds_a_script_a_style_or_a_foreign_source(made: dict[str, bytes]) -> None:
    for text in pages(made).values():
        tree = html.fromstring(text)
        assert not tree.xpath("//style | //@style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
        sources = tree.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
        assert sources and not [s for s in sources if urlsplit(s).netloc not in ("", "example.org")]
        [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy and "unsafe" not in policy


def astray(made: Mapping[str, bytes]) -> list[str]:
    """The links that lead to no file of the site, or to no place on it."""
    trees = {name: html.fromstring(text) for name, text in pages(made).items()}
    places = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    found = []
    for name, tree in trees.items():
        for link in tree.xpath("//a/@href | //link/@href | //script/@src"):
            path, _, at = link.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            is_right = there in made and (not at or at in places[there])
            found += [] if is_right or link.startswith(("http://", "https://")) else [f"{name}: {link}"]
    return found


def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_on_it(made: dict[str, bytes]) -> None:
    assert astray(made) == []


def test_the_shipped_catalogue_is_published_whole_and_its_first_page_is_light(
    shipped: Catalogue, gathered: date
) -> None:
    whole = dict(files(Site(shipped, gathered, ("zh",))))
    assert astray(whole) == []
    for kind, ids in (("goals", shipped.goals), ("indicators", shipped.indicators)):
        assert {f"zh/{kind}/{i}.html" for i in ids} <= set(whole)
    for name in ("zh/index.html", "zh/indicators.html", "zh/goals/smes.html", "zh/timeline.html", "zh/changes.html"):
        JustHTML(whole[name].decode(), strict=True)
    first = ("zh/index.html", "assets/site.css", "assets/site.js", "assets/day.js", "assets/icon.svg")
    assert sum(len(gzip.compress(whole[name])) for name in first) < 150_000


def test_every_page_of_a_language_stands_in_the_other_and_in_the_map(made: dict[str, bytes]) -> None:
    names = {lang: {n[3:] for n in made if n.startswith(f"{lang}/")} for lang in ("zh", "en")}
    assert names["zh"] == names["en"]
    places = etree.fromstring(made["sitemap.xml"]).xpath("//*[local-name()='loc']/text()")
    assert sorted(places) == sorted(f"{BASE}{n}" for n in made if re.match(r"(zh|en)/.*[.]html$", n))


def test_a_page_says_what_it_is_where_somebody_links_to_it(made: dict[str, bytes]) -> None:
    tree = html.fromstring(made["en/indicators/things.html"])
    told = {m.get("property"): m.get("content") for m in tree.xpath("//meta[@property]")}
    assert told["og:url"] == f"{BASE}en/indicators/things.html" and told["og:image"] == f"{BASE}assets/card.png"
    assert "15.5" in told["og:description"] and told["og:locale"] == "en_GB"
    with Image.open(io.BytesIO(made["assets/card.png"])) as picture:
        assert picture.size == (1200, 630)


def test_without_an_address_there_is_no_map_and_no_link_that_would_need_one(nasty: Catalogue) -> None:
    made = dict(files(Site(nasty, DAY, ("en",))))
    assert not {"sitemap.xml", "404.html"} & set(made) and not any(n.startswith("zh/") for n in made)
    assert not any("og:url" in text or 'hreflang="zh' in text for text in pages(made).values())


def test_the_feed_tells_each_verdict_that_changed_and_why(nasty: Catalogue, made: dict[str, bytes]) -> None:
    spaces = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.fromstring(made["en/feed.xml"])
    for whole in (feed, *feed.xpath("a:entry", namespaces=spaces)):
        for part in ("id", "title", "updated"):
            assert whole.xpath(f"string(a:{part})", namespaces=spaces)
    entries = feed.xpath("a:entry", namespaces=spaces)
    assert entries and len(set(feed.xpath("//a:id/text()", namespaces=spaces))) == len(entries) + 1
    for entry in entries:
        [link] = entry.xpath("a:link/@href", namespaces=spaces)
        path, _, at = link.removeprefix(BASE).partition("#")
        assert f'id="{at}"' in made[path].decode() and "→" in entry.xpath("string(a:title)", namespaces=spaces)
    early = etree.fromstring(dict(files(Site(nasty, date(2020, 7, 1), ("en",), BASE)))["en/feed.xml"])
    assert not early.xpath("a:entry", namespaces=spaces) and early.xpath("string(a:updated)", namespaces=spaces)


def test_every_answer_of_the_api_fits_its_schema(made: dict[str, bytes]) -> None:
    schema = json.loads(made["api/v1/schema.json"])
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    answers = {n: json.loads(c) for n, c in made.items() if re.match(r"api/v1/(?!schema)", n)}
    assert len(answers) == 3 + 1 + 2  # index, documents, changes; a goal; two indicators
    for answer in answers.values():
        check.validate(answer)
    things = answers["api/v1/indicators/things.json"]
    assert [(f["period"], f["value"]) for f in things["figures"]] == [("2021", 12), ("2022", 15.5)]
    assert (
        things["targets"][0]["verdict"]["standing"] == "behind"
        and answers["api/v1/index.json"]["as_of"] == "2024-06-01"
    )
    assert not check.is_valid({**things, "figures": [{"period": 2021}]})


def test_a_table_reads_back_and_no_cell_is_a_formula(made: dict[str, bytes]) -> None:
    rows = tables(made["downloads/zh/indicators/things.csv"])
    assert [(r["period"], r["value"], r["document"]) for r in rows] == [
        ("2021", "12", "plan"),
        ("2022", "15.5", "plan"),
    ]
    assert {r["indicator_name"] for r in rows} == {"'=cmd()"}
    assert {"things"} <= {r["indicator"] for r in tables(made["downloads/zh/goals/more-things.csv"])}


def test_everything_leaves_in_every_format_that_the_exports_know(made: dict[str, bytes]) -> None:
    for kind in Format:
        assert made[whole_file(kind, "en")] and made[whole_file(kind, "zh")]
    book = openpyxl.load_workbook(io.BytesIO(made[whole_file(Format.XLSX, "en")]))
    assert len(book.sheetnames) == 6
    told = json.loads(made[whole_file(Format.JSON, "en")])
    assert [v["standing"] for v in told["verdicts"] if v["indicator"] == "things"] == ["behind"]


def test_goals_stand_on_the_pages_of_their_horizon_and_their_theme(made: dict[str, bytes]) -> None:
    for name in ("horizons/2025.html", "themes/one.html"):
        tree = html.fromstring(made[f"en/{name}"])
        assert tree.xpath("//article/@id") == ["more-things"]
        [here] = tree.xpath("//nav[@class='filters']//a[@aria-current]/@href")
        assert here == posixpath.basename(name)
        assert html.fromstring(made["en/index.html"]).xpath("boolean(//nav[@class='filters']//a[@href=$it])", it=name)


def test_the_timeline_draws_each_target_between_its_two_days(made: dict[str, bytes]) -> None:
    tree = html.fromstring(made["en/timeline.html"])
    [row] = tree.xpath("//tbody/tr[th//a[contains(@href, 'things.html')]]")
    [line] = row.xpath(".//line[contains(@class, 'tl-line')]")
    begins, ends = (float(line.get(end).rstrip("%")) for end in ("x1", "x2"))
    assert 0 <= begins < ends <= 100
    assert "1 June 2020" in row.xpath("string(.//svg/@aria-label)")


def test_a_chart_is_told_as_data_that_a_page_from_a_disk_can_load(made: dict[str, bytes]) -> None:
    call = made["en/data/things.js"].decode()
    name, drawn = json.loads(f"[{call.removeprefix('tracker.chart(').removesuffix(');' + chr(10))}]")
    observed = next(trace for trace in drawn["large"]["data"] if trace.get("name") == "observed")
    assert name == "things" and drawn["small"]["layout"]["height"] == 216 and len(observed["x"]) == 2
    assert "template" not in drawn["large"]["layout"]


def test_the_same_day_gives_the_same_bytes_and_a_new_figure_changes_its_own_pages_only(
    folder: Folder, tmp_path: Path
) -> None:
    place = tmp_path / "site"
    publish(folder.load(), place, DAY, ("zh", "en"), BASE)
    done = publish(folder.load(), place, DAY, ("zh", "en"), BASE)
    assert not done.new and not done.changed and not done.removed
    folder.edit("figures/things.csv", ",2022,15.5", ",2022,15.6")
    done = publish(folder.load(), place, DAY, ("zh", "en"), BASE)
    assert {"en/indicators/things.html", "en/data/things.js", "en/goals/more-things.html"} <= set(done.changed)
    assert not [n for n in done.changed if "growth" in n or "methods" in n or n.startswith("assets/")]


def test_a_day_on_which_nothing_happens_changes_only_what_names_the_day(folder: Folder, tmp_path: Path) -> None:
    place = tmp_path / "site"
    publish(folder.load(), place, DAY, ("en",), BASE)
    done = publish(folder.load(), place, date(2024, 6, 2), ("en",), BASE)
    assert set(done.changed) == {
        "assets/day.js", "en/index.html", "en/timeline.html", "api/v1/index.json",
        *(whole_file(kind, "en") for kind in Format)
    }  # fmt: skip


def test_a_goal_that_is_gone_takes_its_page_with_it(folder: Folder, tmp_path: Path) -> None:
    place = tmp_path / "site"
    publish(folder.load(), place, DAY, ("en",))
    (folder.root / "goals/more-things.yaml").rename(folder.root / "goals/other-things.yaml")
    done = publish(folder.load(), place, DAY, ("en",))
    assert set(done.removed) == {
        "en/goals/more-things.html", "api/v1/goals/more-things.json", goal_table("more-things", "en")
    }  # fmt: skip


def test_a_long_list_goes_on_on_further_pages(folder: Folder) -> None:
    goal = (folder.root / "goals/more-things.yaml").read_text(encoding="utf-8")
    for k in range(MOST_ROWS):
        (folder.root / f"goals/more-{k}.yaml").write_text(goal.replace("order: 1\n", f"order: {k + 2}\n"), "utf-8")
    made = dict(files(Site(folder.load(), DAY, ("en",))))
    assert made["en/index.html"].count(b"<article") == MOST_ROWS and made["en/index-2.html"].count(b"<article") == 1


@pytest.mark.parametrize("given", ["", "fr", "zh,,en", "zh;en"])
def test_an_unknown_language_is_refused(given: str) -> None:
    with pytest.raises(Refused, match="language"):
        languages_of(given)


@pytest.mark.parametrize(
    "given", ["example.org", "ftp://example.org", "https://", "https://e.org/?q=1", "https://e.org/#a", "https://e.org/ü",
              'https://e.org/"x', "https://e.org:99999/", "//e.org/", "https://me:secret@e.org/"],
)  # fmt: skip
def test_an_address_that_no_site_can_have_is_refused(given: str) -> None:
    with pytest.raises(Refused, match="base"):
        base_of(given)


def test_languages_and_address_are_read_as_they_are_meant() -> None:
    assert languages_of("en, zh,en") == ("en", "zh")
    assert base_of("https://example.org/tracker") == BASE and base_of("") == ""


def test_the_search_is_told_every_text_that_the_dashboard_searches(nasty: Catalogue, made: dict[str, bytes]) -> None:
    told = json.loads(made["en/data/search.js"].decode().removeprefix("tracker.search(").removesuffix(");\n"))
    texts = {
        t[1]
        for part in ("goals", "indicators", "documents")
        for entry in told[part]
        for some in entry
        if isinstance(some, list)
        for t in some
        if isinstance(t, list) and isinstance(t[1], str)
    }
    index = build_index(nasty)
    for part in (index.goals, index.indicators, index.documents):
        assert {p.text for some in part.values() for p in some} <= texts
    found = matching(cells(nasty, judge_all(nasty, DAY)), "达到三十", index)
    assert {cell.goal_id for cell in found} == {"more-things"}  # tests/browser holds the page's own search against this


def test_a_statement_that_is_found_is_said_to_be_in_its_documents_language(nasty: Catalogue) -> None:
    """The site's script takes it from the index, and knows of no language itself."""
    document = nasty.goals["more-things"].document
    foreign = nasty.documents | {document: nasty.documents[document].model_copy(update={"language": "en"})}
    made = dict(files(Site(replace(nasty, documents=foreign), DAY, ("zh",), BASE)))
    told = json.loads(made["zh/data/search.js"].decode().removeprefix("tracker.search(").removesuffix(");\n"))
    assert {goal[0]: goal[6] for goal in told["goals"]}["more-things"] == "en"
    assert '"zh"' not in made["assets/site.js"].decode()

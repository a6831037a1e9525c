"""What is cited is what was looked at: its title, day, snapshot and address, in the form that each language uses."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.conftest import Folder
from tracking.catalogue import Catalogue
from tracking.citation import Cited, citation, embed_code, pinned, updated
from tracking.model import LANGUAGES

HERE = "https://goals.example.org/tracker/indicator?indicator=things&compare=XXB&lang=zh"
CITED = Cited(HERE, {"zh": "个数", "en": "Things"}, known=date(2024, 12, 31), seen=date(2026, 11, 25))
SNAPSHOT = "0123456789ab"
# as GB/T 7714-2015 orders it: part[kind/carrier]//whole. edition. (updated)[looked at]. way to it.
GBT_7714 = re.compile(
    r"[^\[\]]+\[DB/OL\](//[^.]+)?(\. [^.]+)*\. \(\d{4}-\d\d-\d\d\)\[\d{4}-\d\d-\d\d\]\. https?://\S+\."
)


@pytest.fixture
def small(folder: Folder) -> Catalogue:
    return folder.load()


def test_the_chinese_form_is_that_of_the_standard(small: Catalogue) -> None:
    assert citation(small, CITED, SNAPSHOT, "zh") == (
        "个数:截至2024年12月31日所知[DB/OL]//试. 快照0123456789ab. (2024-12-31)[2026-11-25]. "
        "https://goals.example.org/tracker/indicator?lang=zh&as-of=2024-12-31&indicator=things&compare=XXB."
    )


def test_the_english_form_says_the_same(small: Catalogue) -> None:
    assert citation(small, CITED, SNAPSHOT, "en") == (
        "“Things” (as known on 31 December 2024). In: Trial. Snapshot 0123456789ab, updated 31 December 2024. "
        "Accessed 25 November 2026. "
        "https://goals.example.org/tracker/indicator?lang=en&as-of=2024-12-31&indicator=things&compare=XXB"
    )


@pytest.mark.parametrize("publisher", ["", "publisher: office\n"])
@pytest.mark.parametrize("title", [None, CITED.title])
def test_a_publisher_and_a_part_are_named_only_where_there_are_any(
    folder: Folder, publisher: str, title: dict[str, str] | None
) -> None:
    folder.edit("goals/catalogue.yaml", "gathered", publisher + "gathered")
    catalogue, cited = folder.load(), replace(CITED, title=title)
    zh, en = (citation(catalogue, cited, SNAPSHOT, language) for language in ("zh", "en"))
    assert GBT_7714.fullmatch(zh)
    assert (("局. 试" in zh), ("Office. Trial" in en)) == (bool(publisher), bool(publisher))
    assert (("//" in zh.split("http")[0]), ("In: " in en)) == (title is not None, title is not None)


def test_every_title_of_the_shipped_catalogue_makes_a_whole_reference(shipped: Catalogue) -> None:
    titles = [g.title for g in shipped.goals.values()] + [i.name for i in shipped.indicators.values()]
    for title in titles:
        cited = replace(CITED, title={language: title[language] for language in LANGUAGES})
        assert citation(shipped, cited, SNAPSHOT, "zh").startswith(f"{title.zh}:截至")
        assert "  " not in citation(shipped, cited, SNAPSHOT, "en")


def test_a_catalogue_is_as_new_as_its_newest_publication_but_never_newer_than_the_day(folder: Folder) -> None:
    assert updated(folder.load(), date(2026, 11, 25)) == date(2026, 1, 1)  # looked through later than published
    folder.edit("figures/things.csv", "2023-01-31", "2026-03-04")
    assert updated(folder.load(), date(2026, 11, 25)) == date(2026, 3, 4)
    folder.edit("figures/things.csv", "2026-03-04", "2026")  # some day of that year
    assert updated(folder.load(), date(2026, 11, 25)) == date(2026, 11, 25)


def test_a_pinned_address_names_language_and_day_once_and_loses_nothing() -> None:
    asked = urlsplit(pinned(f"{HERE}&as-of=2020-01-01&horizon=2025&horizon=2035&q=", date(2024, 12, 31), "en"))
    assert (asked.scheme, asked.netloc, asked.path) == ("https", "goals.example.org", "/tracker/indicator")
    assert sorted(parse_qsl(asked.query, keep_blank_values=True)) == sorted([
        ("lang", "en"), ("as-of", "2024-12-31"), ("indicator", "things"), ("compare", "XXB"), ("horizon", "2025"),
        ("horizon", "2035"), ("q", ""),
    ])  # fmt: skip


def test_the_markup_to_embed_is_one_frame_whatever_address_and_title_say() -> None:
    found: list[tuple[str, dict[str, str | None]]] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))  # type: ignore[method-assign]
    reader.feed(embed_code(f'{HERE}&q="><script>alert(1)</script>', 'Of "things" & <others>', 640, "70vw"))
    ((tag, given),) = found
    assert (tag, given["title"], given["height"]) == ("iframe", 'Of "things" & <others>', "640")
    assert given["style"] == "border:0;height:70vw"
    assert (given["loading"], given["width"]) == ("lazy", "100%")
    asked = dict(parse_qsl(urlsplit(given["src"] or "").query))
    assert asked == {"embed": "true", "indicator": "things", "compare": "XXB", "lang": "zh",
                     "q": '"><script>alert(1)</script>'}  # fmt: skip

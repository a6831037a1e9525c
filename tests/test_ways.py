"""Where a browser is sent that asks for an address."""

import pytest

from tracking.model import LANGUAGES
from views import ways
from views.frame import pages
from views.ways import elsewhere


def test_the_addresses_are_those_of_the_pages_and_the_languages_those_of_the_words() -> None:
    assert set(pages()) == {*ways.PAGES, ways.MISSING}
    assert set(ways.LANGUAGES) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("path", "query", "wanted", "where"),
    [
        ("", "lang=zh", "en", None),
        ("goal", "goal=smes&lang=en&as-of=2025-12-31", "zh-CN", None),
        ("", "", "zh-CN,zh;q=0.9,en;q=0.8", "./?lang=zh"),
        ("goal", "goal=smes", "de,en;q=0.5", "goal?goal=smes&lang=en"),
        ("goal", "goal=smes&lang=fr", "fr", "goal?goal=smes&lang=en"),
        ("", "embed=true&a=1&a=2", "zh", "./?embed=true&a=1&a=2&lang=zh"),
        ("a/b", "", "en", "../missing-page?page=a%2Fb&lang=en"),
        ("_stcore/health", "", "en", None),
        ("favicon.png", "", "en", None),
    ],
)  # fmt: skip
def test_an_address_names_its_language_and_one_that_is_none_leads_to_a_page_that_says_so(
    path: str, query: str, wanted: str, where: str | None
) -> None:
    assert elsewhere(path, query, wanted) == where

"""Every series that the shipped catalogue wants fetched can be asked for, is cited, and says what sets it apart."""

import re
from pathlib import Path

import pytest

from loaders import loader
from loaders.refresh import tasks_of
from tracking.catalogue import load_catalogue
from tracking.model import Concept, Provider, SeriesRef

CATALOGUE = load_catalogue()
SERIES = [(i, ref) for i, one in CATALOGUE.indicators.items() for ref in one.series]
NAMED = [(i, ref) for i, ref in SERIES if ref.provider is not Provider.FIGURES]
CHINESE = re.findall(
    r"^\| `([a-z0-9-]+)` \| (nbs|miit) \| `([^`]+)` \|",
    (Path(__file__).resolve().parents[2] / "docs/chinese-sources.md").read_text(encoding="utf-8"), re.M,
)  # fmt: skip


@pytest.mark.parametrize(("indicator_id", "ref"), NAMED, ids=lambda x: x if isinstance(x, str) else x.key)
def test_a_series_has_a_key_that_its_loader_takes_a_document_and_its_difference(
    indicator_id: str, ref: SeriesRef
) -> None:
    module = loader(ref.provider.value)
    request = module.request(ref.key)
    assert request.url.split("/")[2] in module.PROVIDER.hosts
    assert ref.document in CATALOGUE.documents
    assert (ref.concept is Concept.DIFFERS) == (ref.difference is not None)


def test_shipped_figures_stay_first() -> None:
    assert {CATALOGUE.indicators[i].series[0].provider for i, _ in NAMED} == {Provider.FIGURES}


@pytest.mark.parametrize(("indicator_id", "provider", "key"), CHINESE)
def test_every_line_of_the_chinese_sources_is_wired(indicator_id: str, provider: str, key: str) -> None:
    assert (provider, key) in {(r.provider.value, r.key) for r in CATALOGUE.indicators[indicator_id].series}


def test_every_world_bank_indicator_is_fetched_by_the_code_in_its_definition() -> None:
    for indicator_id, one in CATALOGUE.indicators.items():
        if indicator_id.startswith("wdi-"):
            code = one.definition.en.rpartition("code ")[2]
            assert (Provider.WORLDBANK, f"{code}:CHN") in {(r.provider, r.key) for r in one.series}, indicator_id


def test_a_series_is_fetched_once_however_many_indicators_name_it() -> None:
    tasks = tasks_of(CATALOGUE)
    assert len({(t.provider, t.key) for t in tasks}) == len(tasks) < len(NAMED)
    assert sum(len(t.uses) for t in tasks) == len(NAMED)

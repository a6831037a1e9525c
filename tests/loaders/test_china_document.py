"""docs/chinese-sources.md names indicators that exist, and keys that their loaders take."""

import re
from pathlib import Path

import pytest

from loaders import miit, nbs

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(
    r"^\| `([a-z0-9-]+)` \| (nbs|miit) \| `([^`]+)` \|", (ROOT / "docs/chinese-sources.md").read_text(), re.M
)


@pytest.mark.parametrize(("indicator", "provider", "key"), ROWS)
def test_each_row_names_an_indicator_and_a_key_of_its_provider(indicator: str, provider: str, key: str) -> None:
    assert (ROOT / f"goals/indicators/{indicator}.yaml").is_file()
    loader = {"nbs": nbs, "miit": miit}[provider]
    assert loader.request(key).url.startswith("https://" + loader.PROVIDER.hosts[0])


def test_the_table_is_read_whole() -> None:
    assert len(ROWS) == len({indicator for indicator, *_ in ROWS}) == 21

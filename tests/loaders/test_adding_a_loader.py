"""The page that says how to write a loader is true: its example runs, its keys are keys, its table is read."""

import re
import types
from pathlib import Path

import pytest

from loaders import comtrade, dbnomics, jsonstat, owid, sdmx, table, unsd, worldbank
from loaders.contract import Loader, NotFound, Unreadable
from tests.loaders.reply import decimals, reply, statuses, values

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "adding-a-loader.md").read_text(encoding="utf-8")
MODULES = {m.PROVIDER.id: m for m in (comtrade, dbnomics, jsonstat, owid, sdmx, unsd, worldbank)}


def fenced(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def example() -> Loader:
    module = types.ModuleType("example")
    exec(fenced("python"), module.__dict__)  # noqa: S102
    return module  # type: ignore[return-value]


def test_the_example_is_at_most_sixty_lines_long() -> None:
    assert len(fenced("python").splitlines()) <= 60


def test_the_example_reads_the_answer_that_the_page_shows(example: Loader) -> None:
    shown = re.search(r"An office answers `(\{.*?\})`,", PAGE)
    assert shown is not None
    found = example.parse(reply(shown[1]), "IND1:CHN")
    assert (values(found), decimals(found)) == ({"2025": 27.0}, {"2025": 1})
    assert statuses(found) == {"2025": "provisional"}
    assert found.more is not None and found.more.params["page"] == "2"
    with pytest.raises(Unreadable):
        example.parse(reply(shown[1].replace('"p"', '"?"')), "IND1:CHN")
    with pytest.raises(NotFound):
        example.request("IND1")


def test_every_key_of_the_page_is_a_key_of_its_provider() -> None:
    keys = dict(re.findall(r"^\| `(\w+)` \| .* \| `([^`]+)` \|$", PAGE, re.MULTILINE))
    assert set(keys) == {*MODULES, "table"}
    for name, key in keys.items():
        if name != "table":
            assert MODULES[name].request(key).url.startswith("https://")


def test_the_table_of_the_page_is_a_description(tmp_path: Path) -> None:
    (tmp_path / "growth.yaml").write_text(fenced("yaml"), encoding="utf-8")
    assert table.request("growth:CHN", folder=tmp_path).url == "tables:growth.xlsx"

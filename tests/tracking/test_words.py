"""Every language says everything, with the same details, and nothing of another language."""

import re
from pathlib import Path
from string import Formatter

import pytest

from tracking.model import LANGUAGES
from tracking.strict_yaml import read_yaml
from tracking.words import words

CHINESE = re.compile(r"[\u3400-\u9fff]")
ROOT = Path(__file__).resolve().parents[2]


def test_every_language_has_the_same_keys() -> None:
    keys = [set(words(language).texts) for language in LANGUAGES]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_changed_or_dropped_by_yaml(language: str) -> None:
    # two equal keys, or a text such as: No
    assert read_yaml(ROOT / f"tracking/words/{language}.yaml", language).problems == []
    assert not set(words(language).texts.values()) & {"None", "True", "False"}


def details(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


# Chinese says "exactly reached" and needs no number
SAYS_LESS = {"verdict.due.met.equal"}


@pytest.mark.parametrize("key", sorted(words("en").texts))
def test_a_sentence_names_the_same_details_in_every_language(key: str) -> None:
    en, zh = details(words("en").texts[key]), details(words("zh").texts[key])
    assert zh < en if key in SAYS_LESS else zh == en


def test_the_english_words_are_english() -> None:
    assert [k for k, t in words("en").texts.items() if CHINESE.search(t)] == []


def test_no_words_are_empty_but_the_normal_status() -> None:
    for language in LANGUAGES:
        assert [k for k, t in words(language).texts.items() if not t.strip()] == ["status.normal"]


# as many as these there always are, or the plural is another word's
NEVER_ONE = {"chart.summary", "chart.beyond.few", "chart.beyond.many", "panel.split", "panel.all", "judging.agree",
             "projection.from", "projection.backtest.result", "export.refused.rows", "export.refused.text"}  # fmt: skip


def test_english_has_other_words_for_one_wherever_a_number_is_followed_by_a_plural() -> None:
    texts = words("en").texts
    counted = {key for key, text in texts.items() if re.search(r"\{n\} (more |official |further )?[a-z]+s\b", text)}
    assert len(counted) > 20
    assert sorted(key for key in counted - NEVER_ONE if f"{key}.one" not in texts) == []


def test_one_thing_is_counted_in_words_of_its_own() -> None:
    assert [words("en").count("overview.goals", n) for n in (0, 1, 2)] == ["0 goals", "1 goal", "2 goals"]
    assert [words("zh").count("overview.goals", n) for n in (1, 2)] == ["1项", "2项"]


def test_every_key_that_the_code_says_is_there() -> None:
    said: set[str] = set()
    for file in [
        *ROOT.glob("tracking/*.py"),
        *ROOT.glob("tracking/commands/*.py"),
        *ROOT.glob("tracking/export/*.py"),
        *ROOT.glob("editing/*.py"),
        *ROOT.glob("exporting/**/*.py"),
        *ROOT.glob("views/*.py"),
        ROOT / "dashboard.py",
    ]:
        text = file.read_text(encoding="utf-8")
        said |= set(re.findall(r"""\.(?:say|count)\(\s*["']([a-z.\- ]+)["']""", text))
        said |= {f"{key}.one" for key in re.findall(r"""\.count\(\s*["']([a-z.\- ]+)["']""", text)}
    assert said
    assert said <= set(words("en").texts)

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


def test_every_key_that_the_code_says_is_there() -> None:
    said: set[str] = set()
    for file in [
        *ROOT.glob("tracking/*.py"),
        *ROOT.glob("tracking/commands/*.py"),
        *ROOT.glob("tracking/export/*.py"),
        *ROOT.glob("exporting/**/*.py"),
        *ROOT.glob("views/*.py"),
        ROOT / "dashboard.py",
    ]:
        said |= set(re.findall(r"""\.say\(\s*["']([a-z.\- ]+)["']""", file.read_text(encoding="utf-8")))
    assert said
    assert said <= set(words("en").texts)

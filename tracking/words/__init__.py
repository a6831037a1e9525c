"""The interface's words, one YAML file a language, with equal keys.

Code asks by key and compares enums; it never compares translated text. A goal's own texts are not here:
they live in its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

TAGS = {"zh": "zh-CN", "en": "en"}  # by language: what a page says that it is written in
LOCALES = {"zh": "zh-CN", "en": "en-GB"}  # the same where a region must be named


@dataclass(frozen=True)
class Words:
    language: str
    texts: Mapping[str, str]

    def say(self, key: str, /, **details: object) -> str:
        """The words under this key with the details filled in; KeyError if there are none."""
        text = self.texts[key]
        return text.format(**details) if details else text

    def count(self, key: str, n: int, /, **details: object) -> str:
        """The words for a number of things; for one of them those under `key.one`. KeyError if there are none."""
        return self.say(f"{key}.one" if n == 1 else key, n=n, **details)

    def has(self, key: str) -> bool:
        return key in self.texts


@cache
def words(language: str) -> Words:
    """The words of `zh` or `en`."""
    raw = resources.files(__package__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return Words(language, dict(_flatten(yaml.load(raw, Loader=yaml.CSafeLoader))))


def _flatten(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        path = f"{above}{key}"
        found += _flatten(value, f"{path}.") if isinstance(value, dict) else [(path, str(value))]
    return found

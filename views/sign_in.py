"""Whether sign-in is set up, and whom its settings name: Streamlit's secrets.toml. Light to import: the server's start
asks whether they can be followed.
"""

import os
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st

from editing.rights import Rights
from editing.sign_in import Mistake, SettingsError, rights_of


def checked_settings() -> None:
    """At the server's start: ends the process with sentences where the settings of signing in cannot be followed."""
    try:
        if was_set_up() and find_spec("authlib") is None:
            raise SettingsError([Mistake("no-library", {})])
    except SettingsError as error:
        sys.exit(_sentences(error))


def _sentences(error: SettingsError) -> str:
    from tracking.words import words

    language = "zh" if os.environ.get("LANG", "").startswith("zh") else "en"
    say = words(language).say
    return "\n".join([say("sign-in.title"), *(say(f"sign-in.{m.key}", **m.details) for m in error.mistakes)])


@cache
def was_set_up() -> bool:
    """Whether sign-in was set up when the server started: nobody is let in because its settings went away."""
    return rights_of(_settings()) is not None


def rights() -> Rights | None:
    """Whom the settings name now; None where sign-in was not set up when the server started. Raises SettingsError."""
    if not was_set_up():
        return None  # and no file is read at each click
    found = rights_of(_settings())
    if found is None:
        raise SettingsError([Mistake("gone", {})])
    return found


def _settings() -> Mapping[str, Any]:
    """Streamlit's secrets, later files over earlier ones as it has them; read anew, so that a right ends at once."""
    found: dict[str, Any] = {}
    for file in map(Path, st.get_option("secrets.files")):
        try:
            found |= tomllib.loads(file.read_text(encoding="utf-8")) if file.suffix == ".toml" else {}
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise SettingsError([Mistake("unreadable", {"file": str(file), "why": str(error)})]) from None
    return found

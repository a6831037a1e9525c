"""Settings of signing in that cannot be followed are told, all of them; those that can name who may edit."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from editing.sign_in import SettingsError, rights_of
from tracking.model import LANGUAGES
from tracking.words import words
from views import sign_in

ROOT = Path(__file__).resolve().parents[2]
AUTH: dict[str, object] = {
    "redirect_uri": "https://goals.example.org/oauth2callback", "cookie_secret": "x" * 32, "client_id": "tracker",
    "client_secret": "s", "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}  # fmt: skip
EDITING: dict[str, object] = {"issuer": "https://id.example", "editors": ["Lin@Example.org", "sub:A1"]}


def test_the_settings_name_people_by_address_or_by_what_the_provider_calls_them() -> None:
    rights = rights_of({"auth": AUTH, "editing": EDITING | {"admins": ["ada@example.org"]}})
    assert rights is not None
    assert (rights.issuer, rights.client) == ("https://id.example", "tracker")
    assert (rights.editors, rights.admins) == ({"lin@example.org", "sub:A1"}, {"ada@example.org"})


def test_without_settings_there_is_no_sign_in() -> None:
    assert rights_of({"database": {"password": "x"}}) is None


@pytest.mark.parametrize(
    ("auth", "editing", "keys"),
    [
        (None, EDITING, ["one-alone"]),
        (AUTH, None, ["one-alone"]),
        ({}, {}, ["missing"] * 6),
        (AUTH | {"client_id": 7}, EDITING, ["missing"]),
        (AUTH | {"cookie_secret": "guessed"}, EDITING, ["short-secret"]),
        (AUTH | {"redirect_uri": "https://goals.example.org/"}, EDITING, ["callback"]),
        (AUTH | {"redirect_uri": "http://goals.example.org/oauth2callback"}, EDITING, ["plain"]),
        (AUTH | {"server_metadata_url": "http://id.example/openid"}, EDITING, ["plain"]),
        (AUTH, EDITING | {"issuer": "http://id.example"}, ["plain"]),
        (AUTH, EDITING | {"editor": ["lin@example.org"]}, ["unknown"]),
        (AUTH, EDITING | {"contact": 1}, ["contact"]),
        (AUTH, EDITING | {"admins": "ada@example.org"}, ["no-list"]),
        (AUTH, EDITING | {"admins": [1]}, ["no-list"]),
        (AUTH, EDITING | {"editors": ["lin", "*@example.org", "l\u0456n@example.org", "sub:", ""]}, ["nobody"] * 5),
    ],
)
def test_every_mistake_is_told_in_both_languages(auth: object, editing: object, keys: list[str]) -> None:
    given = {name: part for name, part in {"auth": auth, "editing": editing}.items() if part is not None}
    with pytest.raises(SettingsError) as raised:
        rights_of(given)
    assert [mistake.key for mistake in raised.value.mistakes] == keys
    for language in LANGUAGES:
        assert all(words(language).say(f"sign-in.{m.key}", **m.details) for m in raised.value.mistakes)


def test_the_example_is_followed_once_its_blanks_are_filled_in() -> None:
    example = tomllib.loads((ROOT / ".streamlit/secrets.toml.example").read_text(encoding="utf-8"))
    with pytest.raises(SettingsError) as raised:
        rights_of(example)
    assert [m.details["key"] for m in raised.value.mistakes] == ["cookie_secret", "client_id", "client_secret"]
    example["auth"] |= {"cookie_secret": "x" * 64, "client_id": "tracker", "client_secret": "s"}
    assert rights_of(example) is not None


def test_a_server_whose_settings_cannot_be_followed_does_not_start_and_says_why(tmp_path: Path) -> None:
    settings = tmp_path / "secrets.toml"
    settings.write_text("[auth]\nclient_id =\n", encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true",
               "--server.port", "0", "--secrets.files", str(settings)]  # fmt: skip
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "secrets.toml cannot be read as TOML: Invalid value (at line 2, column 12)" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_settings_count_from_the_next_start_and_nobody_is_let_in_because_they_went_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "secrets.toml"
    monkeypatch.setattr(sign_in.st, "get_option", {"secrets.files": [str(settings)]}.__getitem__)
    for was_there in (False, True):
        sign_in.was_set_up.cache_clear()  # a start
        assert sign_in.was_set_up() is was_there
        settings.write_text("".join(f"[{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in said.items())
                                    for name, said in (("auth", AUTH), ("editing", EDITING))))  # fmt: skip
        assert (sign_in.rights() is not None) is was_there
    settings.unlink()
    with pytest.raises(SettingsError):
        sign_in.rights()
    sign_in.was_set_up.cache_clear()

"""What the settings say of signing in: who may, and everything that is wrong with them. Pure; light to import."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from editing.rights import LOOPBACK, Rights, small

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")  # in [auth]
KNOWN = ("issuer", "editors", "admins", "contact")  # in [editing]
CALLBACK = "/oauth2callback"  # Streamlit's own
SHORTEST = 32  # signs of the secret that signs who somebody is: whoever guesses it is an admin
EMAIL = re.compile(r"[^\s@*:,;<>]+@[^\s@*:,;<>]+\.[^\s@*:,;<>]+")


class Mistake(NamedTuple):
    """`key` of the sentence under `sign-in.` in tracking/words, with its details."""

    key: str
    details: dict[str, str]


class SettingsError(Exception):
    """The settings of signing in cannot be followed; all that is wrong."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(", ".join(mistake.key for mistake in mistakes))
        self.mistakes = mistakes


def rights_of(settings: Mapping[str, object]) -> Rights | None:
    """Whom the settings name; None where they say nothing of signing in. Raises SettingsError."""
    auth, editing = settings.get("auth"), settings.get("editing")
    if auth is None and editing is None:
        return None
    if not isinstance(auth, Mapping) or not isinstance(editing, Mapping):
        here, missing = ("editing", "auth") if auth is None else ("auth", "editing")
        raise SettingsError([Mistake("one-alone", {"here": here, "missing": missing})])
    mistakes = [*_of_auth(auth), *_of_editing(editing)]
    if mistakes:
        raise SettingsError(mistakes)
    editors, admins = (frozenset(map(_small, editing.get(role, []))) for role in ("editors", "admins"))
    return Rights(editing["issuer"], auth["client_id"], editors, admins, editing.get("contact", ""))


def _of_auth(auth: Mapping[str, object]) -> Iterator[Mistake]:
    texts = {key: value if isinstance(value := auth.get(key), str) else "" for key in NEEDED}
    yield from (Mistake("missing", {"section": "auth", "key": key}) for key, text in texts.items() if not text)
    if 0 < len(texts["cookie_secret"]) < SHORTEST:
        yield Mistake("short-secret", {"n": str(SHORTEST)})
    if texts["redirect_uri"] and not texts["redirect_uri"].endswith(CALLBACK):
        yield Mistake("callback", {"value": texts["redirect_uri"], "end": CALLBACK})
    yield from _plain("auth", {key: texts[key] for key in ("redirect_uri", "server_metadata_url")})


def _of_editing(editing: Mapping[str, object]) -> Iterator[Mistake]:
    known = ", ".join(KNOWN)
    yield from (Mistake("unknown", {"key": key, "known": known}) for key in editing if key not in KNOWN)
    issuer = editing.get("issuer")
    if not isinstance(issuer, str) or not issuer:
        yield Mistake("missing", {"section": "editing", "key": "issuer"})
    else:
        yield from _plain("editing", {"issuer": issuer})
    if not isinstance(editing.get("contact", ""), str):
        yield Mistake("contact", {})
    for role in ("editors", "admins"):
        yield from _of_people(role, editing.get(role, []))


def _of_people(role: str, people: object) -> Iterator[Mistake]:
    if not isinstance(people, list) or not all(isinstance(one, str) for one in people):
        yield Mistake("no-list", {"key": role})
        return
    yield from (Mistake("nobody", {"key": role, "value": one}) for one in people if not _is_somebody(one))


def _is_somebody(named: str) -> bool:
    if named.startswith("sub:"):
        return len(named) > len("sub:")
    return named.isascii() and EMAIL.fullmatch(named) is not None


def _small(named: str) -> str:
    """As people are compared: an e-mail address whatever its letters, a `sub` to the letter."""
    return named if named.startswith("sub:") else small(named)


def _plain(section: str, addresses: Mapping[str, str]) -> Iterator[Mistake]:
    """Addresses over which passwords and names would pass for all to read."""
    for key, address in addresses.items():
        if address and not is_safe(address):
            yield Mistake("plain", {"section": section, "key": key, "value": address})


def is_safe(address: str) -> bool:
    """Whether it is one of https, or leads to this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))

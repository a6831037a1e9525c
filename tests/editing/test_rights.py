"""Who may edit: whoever sits at the serving machine, or, once people sign in, whom the settings name; nobody else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from editing.rights import Refusal, Rights, Role, is_at_the_machine, of_claims

HERE = {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_a_page_that_was_opened_on_the_serving_machine_may_edit(name: str) -> None:
    headers = {"host": f"{name}:8501", "ORIGIN": f"http://{name}:8501", "Sec-Fetch-Site": "same-origin"}
    assert is_at_the_machine("127.0.0.1", headers)


@pytest.mark.parametrize("listens", ["", "0.0.0.0", "::", "192.0.2.7", "goals.example.org"])
def test_a_server_that_others_can_reach_lets_nobody_edit_without_sign_in(listens: str) -> None:
    assert not is_at_the_machine(listens, HERE)


@pytest.mark.parametrize(
    "changed",
    [
        {"Host": "goals.example.org", "Origin": "https://goals.example.org"},  # behind a proxy that keeps the name
        {"Origin": "https://goals.example.org"},  # behind one that writes its own name for the server
        {"Host": "rebound.example:8501", "Origin": "http://rebound.example:8501"},  # a name made to lead here
        {"Origin": "https://elsewhere.example"},  # a stranger's page, in a browser on this machine
        {"Origin": "http://127.0.0.1:3000"},  # another server's page on this machine
        {"Origin": "null"},  # a page without an origin, as in a sandbox
        {"Host": "127.0.0.1.example.org:8501", "Origin": "http://127.0.0.1.example.org:8501"},
        {"Host": "127.0.0.1@example.org", "Origin": "http://127.0.0.1@example.org"},
        {"Host": "[::1", "Origin": "http://[::1"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "goals.example.org"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"X-Real-IP": "127.0.0.1"},
        {"CF-Connecting-IP": "192.0.2.7"},
    ],
)
def test_who_comes_through_a_proxy_or_from_another_page_is_not_at_the_machine(changed: dict[str, str]) -> None:
    assert not is_at_the_machine("127.0.0.1", HERE | changed)


@pytest.mark.parametrize("missing", ["Host", "Origin"])
def test_what_is_not_said_is_not_taken_as_a_yes(missing: str) -> None:
    assert not is_at_the_machine("127.0.0.1", {name: value for name, value in HERE.items() if name != missing})


# ---- of somebody who has signed in

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
RIGHTS = Rights(
    "https://id.example", "tracker", frozenset({"lin@example.org", "sub:77"}), frozenset({"ada@example.org"})
)
LIN: dict[str, object] = {
    "is_logged_in": True, "iss": "https://id.example", "aud": "tracker", "sub": "1", "exp": NOW.timestamp() + 60,
    "name": "Lin", "email": "lin@example.org", "email_verified": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "role"),
    [
        ({}, Role.EDITOR),
        ({"email": "LIN@Example.org"}, Role.EDITOR),  # an address is the same in capitals
        ({"aud": ["tracker", "another"]}, Role.EDITOR),
        ({"email": None, "email_verified": None, "sub": "77"}, Role.EDITOR),
        ({"email": "ada@example.org"}, Role.ADMIN),
    ],
)
def test_whom_the_settings_name_may_do_what_they_say(changed: dict[str, object], role: Role) -> None:
    found = of_claims(LIN | changed, RIGHTS, NOW)
    assert (found.role, found.refusal) == (role, None)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"is_logged_in": False}, Refusal.SIGNED_OUT),
        ({"is_logged_in": "True"}, Refusal.SIGNED_OUT),  # a header of a proxy is text
        ({"iss": "https://id.example.org"}, Refusal.OTHER_ISSUER),
        ({"iss": None}, Refusal.OTHER_ISSUER),
        ({"aud": "another", "azp": "tracker"}, Refusal.OTHER_AUDIENCE),
        ({"aud": ["another"]}, Refusal.OTHER_AUDIENCE),
        ({"aud": "trackers"}, Refusal.OTHER_AUDIENCE),
        ({"exp": NOW.timestamp()}, Refusal.EXPIRED),
        ({"exp": None}, Refusal.EXPIRED),
        ({"exp": True}, Refusal.EXPIRED),
        ({"email_verified": False}, Refusal.UNVERIFIED),
        ({"email_verified": None}, Refusal.UNVERIFIED),
        ({"email_verified": "true"}, Refusal.UNVERIFIED),
        ({"email": "lin@other.example"}, Refusal.UNNAMED),
        ({"email": "lin@example.org.evil.example"}, Refusal.UNNAMED),
        ({"email": "lin@e\u212aample.org"}, Refusal.UNNAMED),
        ({"email": "", "email_verified": True, "sub": ""}, Refusal.UNNAMED),
        ({"email": None, "sub": "lin@example.org"}, Refusal.UNNAMED),  # a name that somebody gave themselves
        ({"email": "sub:77"}, Refusal.UNNAMED),
    ],
)
def test_what_is_not_vouched_for_opens_nothing(changed: dict[str, object], why: Refusal) -> None:
    found = of_claims(LIN | changed, RIGHTS, NOW)
    assert (found.role, found.refusal) == (Role.READER, why)


def test_letters_that_only_look_alike_are_not_the_same_address() -> None:
    kelvin = replace(RIGHTS, editors=frozenset({"kim@example.org"}))
    assert of_claims(LIN | {"email": "\u212aim@example.org"}, kelvin, NOW).refusal is Refusal.UNNAMED


def test_a_name_that_somebody_gave_themselves_is_kept_in_one_plain_line() -> None:
    found = of_claims(LIN | {"name": "Lin\n<root@example.org>\u202e" + "x" * 500}, RIGHTS, NOW)
    assert found.person is not None
    assert found.person.name == ("Linroot@example.org" + "x" * 500)[:100]

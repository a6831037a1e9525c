"""Without sign-in whoever sits at the serving machine may edit, and nobody whom a proxy or a stranger's page brings."""

import pytest

from editing.rights import is_at_the_machine

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

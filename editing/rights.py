"""Who may change a catalogue. Pure: what is known of a reader goes in, a role comes out, or why there is none.

Without sign-in, whoever sits at the serving machine may; with it, those whom the settings name, and nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# What a proxy adds to a request that it hands on, in any of its names.
OF_PROXIES = (
    "forwarded", "via", "x-forwarded", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-original", "x-envoy",
    "x-proxy", "true-client-ip", "cf-", "cdn-loop", "fly-", "fastly-", "x-amz", "x-azure", "x-ms-proxy", "x-vercel",
)  # fmt: skip


class Role(IntEnum):
    """What one may do; each may also do what those before it may."""

    READER = 0  # read
    EDITOR = 1  # change goals and figures
    ADMIN = 2  # and see who changed what


class Refusal(StrEnum):
    """Why a reader may not edit; the words are under `who.` in tracking/words."""

    ELSEWHERE = "elsewhere"  # no sign-in is set up, and the page was opened from elsewhere than the serving machine


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something. Empty where it is not known; `issuer` says who vouches for the rest."""

    name: str
    email: str
    subject: str
    issuer: str


AT_THE_MACHINE = Person("", "", "", "local")  # whoever sits there: nobody vouches for a name


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever sees the page. `person` where it is known who that is; `refusal` where editing is not allowed."""

    role: Role
    person: Person | None = None
    refusal: Refusal | None = None

    @property
    def may_edit(self) -> bool:
        return self.role >= Role.EDITOR

    @property
    def is_admin(self) -> bool:
        return self.role >= Role.ADMIN


def is_at_the_machine(listens: str, headers: Mapping[str, str]) -> bool:
    """Whether a page was opened on the serving machine itself: by its server's address and the headers with which the
    browser opened the connection. What cannot be told is no.

    A peer on loopback proves nothing, as a proxy may be that peer. So the server listens on loopback only, the page's
    own host is loopback (not a name that was made to lead here), the browser says that the page which asks is that
    very page, and no proxy has left its mark. A browser always names its Origin here, and no page can forge it.
    """
    given = {name.lower(): value for name, value in headers.items()}
    host, origin = given.get("host", "").lower(), given.get("origin", "").lower()
    return (
        listens in LOOPBACK and _name(f"//{host}") in LOOPBACK and origin in (f"http://{host}", f"https://{host}")
        and not any(name.startswith(OF_PROXIES) for name in given)
    )  # fmt: skip


def _name(address: str) -> str:
    """The host's name in an address; nothing where that is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""

"""Who may change a catalogue. Pure: what is known of a reader goes in, a role comes out, or why there is none.

Without sign-in, whoever sits at the serving machine may; with it, those whom the settings name, and nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
    SETTINGS = "settings"  # sign-in was set up, but its settings can no longer be read
    EMBEDDED = "embedded"  # the page stands inside another site's, which could lead a hand where it does not mean to go
    SIGNED_OUT = "signed-out"
    EXPIRED = "expired"  # signed in, but too long ago
    OTHER_ISSUER = "other-issuer"  # signed in with another provider than the settings name
    OTHER_AUDIENCE = "other-audience"  # signed in, but to another program
    UNVERIFIED = (
        "unverified"  # the provider does not vouch for the e-mail address, and the settings do not name the sub
    )
    UNNAMED = "unnamed"  # signed in, but the settings name neither the e-mail address nor the sub


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something. Empty where it is not known; `issuer` says who vouches for the rest.

    `email` is here only if the issuer says that it was verified, `subject` is its name for the person (`sub`).
    """

    name: str
    email: str = ""
    subject: str = ""
    issuer: str = ""

    @property
    def known_as(self) -> str:
        """As the settings would name this person."""
        return self.email or f"sub:{self.subject}"


LONGEST = 100  # of a name that somebody gave themselves
AT_THE_MACHINE = Person("", "", "", "local")  # whoever sits there: nobody vouches for a name


@dataclass(frozen=True, slots=True)
class Rights:
    """What the settings say. `editors` and `admins` hold e-mail addresses in small letters, and `sub:…`.

    `issuer` is the provider's own name for itself, `client` its name for this dashboard, `contact` whom to ask.
    """

    issuer: str
    client: str
    editors: frozenset[str]
    admins: frozenset[str]
    contact: str = ""


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


def of_claims(claims: Mapping[str, object], rights: Rights, now: datetime) -> Reader:
    """What somebody may do of whom the provider says this. `claims` are those of an ID token whose signature was found
    good; `now` with its time zone.

    Who it is for and how long it holds are looked at here: the library that checks the rest lets a token for another
    client pass if it names this one as its bearer, and Streamlit keeps its cookie for a month.
    """
    if claims.get("is_logged_in") is not True:
        return Reader(Role.READER, refusal=Refusal.SIGNED_OUT)
    person = _person(claims)
    refusal = _refusal(claims, rights, now)
    role = Role.READER if refusal else _role(person, rights)
    if role is Role.READER and refusal is None:
        refusal = Refusal.UNVERIFIED if claims.get("email") and not person.email else Refusal.UNNAMED
    return Reader(role, person, refusal)


def _refusal(claims: Mapping[str, object], rights: Rights, now: datetime) -> Refusal | None:
    """Why nothing is to be built on the claims."""
    audience, ends = claims.get("aud"), claims.get("exp")
    if claims.get("iss") != rights.issuer:
        return Refusal.OTHER_ISSUER
    if rights.client not in (audience if isinstance(audience, list) else [audience]):
        return Refusal.OTHER_AUDIENCE
    if isinstance(ends, bool) or not isinstance(ends, int | float) or now.timestamp() >= ends:
        return Refusal.EXPIRED
    return None


def _role(person: Person, rights: Rights) -> Role:
    email = small(person.email)
    names = set() if email.startswith("sub:") else {email} - {""}
    names |= {f"sub:{person.subject}"} if person.subject else set()
    if names & rights.admins:
        return Role.ADMIN
    return Role.EDITOR if names & rights.editors else Role.READER


def _person(claims: Mapping[str, object]) -> Person:
    email = _text(claims, "email") if claims.get("email_verified") is True else ""
    name = "".join(sign for sign in _text(claims, "name") if sign.isprintable() and sign not in "<>")[:LONGEST].strip()
    return Person(name or email or _text(claims, "sub"), email, _text(claims, "sub"), _text(claims, "iss"))


def _text(claims: Mapping[str, object], name: str) -> str:
    found = claims.get(name)
    return found if isinstance(found, str) else ""


def small(email: str) -> str:
    """An e-mail address in small letters; nothing if it has other signs than ASCII, of which some look alike."""
    return email.lower() if email.isascii() else ""


def _name(address: str) -> str:
    """The host's name in an address; nothing where that is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""

"""What every loader promises: a pure `request(key)` and a pure `parse(response, key)`, and how they may fail.

LoaderError
├── Unreachable   no answer: name, connection, certificate, time, size
├── Refused       the provider or our own manners said no: 401, 403, 413, 429, an address that is not allowed
├── NotFound      the provider knows no such series, or has nothing for it
└── Unreadable    an answer whose shape or codes are not those of the contract
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from tracking.model import Observation, Text
from tracking.period import Period


class LoaderError(Exception):
    """A fetch that failed. `key` names the sentence in tracking/words under `loader`; `details` fill it."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(f"{key}: {details}" if details else key)
        self.key = key
        self.details = details


class Unreachable(LoaderError):
    """No answer came, or not all of it."""


class Refused(LoaderError):
    """An answer is not to be had."""


class NotFound(LoaderError):
    """The provider has no such series."""


class Unreadable(LoaderError):
    """The answer is not what the contract says; nothing of it is used."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `accept` are the media types that the answer may have; a body is sent as JSON."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    accept: tuple[str, ...] = ("application/json",)


@dataclass(frozen=True, slots=True)
class Response:
    """One whole answer with status 2xx. `url` is where it finally came from, `retrieved` when (UTC).

    `stale` is set on an earlier answer that stands in for one that could not be had: the reason.
    """

    url: str
    status: int
    media_type: str
    body: bytes
    retrieved: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    stale: LoaderError | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer (or all pages of it) says of one series.

    `published` is the vintage: the provider's own day of update, else the day of retrieval. `more` is the
    request for the next page, None on the last. `observations` carry `published` and the loader's document id.
    """

    observations: tuple[Observation, ...]
    published: Period
    name: str = ""
    unit: str = ""
    licence: str = ""
    more: Request | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """Who publishes, on what terms, and how often they may be asked."""

    id: str
    name: Text
    homepage: str
    licence: Text
    attribution: Text
    hosts: tuple[str, ...]
    pause: float = 1.0  # seconds between two requests to one host
    per_hour: int | None = None
    limits: Text | None = None


class Loader(Protocol):
    """A module of loaders/ is one: PROVIDER, request and parse, and no socket."""

    PROVIDER: Provider

    def request(self, key: str, since: date | None = None) -> Request:
        """The first request for a series. Raises NotFound for a key that cannot be one of the provider's."""

    def parse(self, response: Response, key: str) -> Reading:
        """Read the answer. Raises NotFound, Refused or Unreadable."""

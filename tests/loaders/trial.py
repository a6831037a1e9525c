"""A provider for tests: a series is a number of observations in JSON, on a server of the test's own on loopback."""

import json
import os
from datetime import date

from loaders.contract import NotFound, Provider, Reading, Request, Response, Unreadable
from tracking.model import Check, Observation, Status, Text
from tracking.period import parse_period

PROVIDER = Provider(
    id="trial",
    name=Text(zh="试", en="Trial"),
    homepage="https://example.org",
    licence=Text(zh="试", en="Trial"),
    attribution=Text(zh="来源：试", en="Source: Trial"),
    hosts=("localhost", "127.0.0.1"),
    pause=0,
)


def request(key: str, since: date | None = None) -> Request:
    if not key.strip():
        raise NotFound("key.shape", series=key)
    place = os.environ["TRIAL"]
    if key.startswith("elsewhere-"):  # the same server under another name
        place = place.replace("localhost", "127.0.0.1")
    return Request(f"{place}/{key}")


def parse(response: Response, key: str) -> Reading:
    """`{"published": "2026-01-02", "values": [["2021", "12.5"]], "more": "/next"}`; `{"error": …}` is a refusal."""
    try:
        answer = json.loads(response.body.decode("utf-8-sig"))
    except ValueError:
        raise Unreadable("http.page", host="trial") from None
    if "error" in answer:
        raise NotFound("http.not-found", host="trial", status=response.status, said=answer["error"])
    published = parse_period(answer["published"])
    found = tuple(
        Observation(
            parse_period(period), float(value), len(value.partition(".")[2]), None, Status.NORMAL, published,
            PROVIDER.id, Check.READ, "", None,
        )
        for period, value in answer["values"]
    )  # fmt: skip
    more = Request(os.environ["TRIAL"] + answer["more"]) if "more" in answer else None
    return Reading(found, published, name=key, unit="things", more=more)


def answer(values: dict[str, str], published: str = "2026-01-02", **more: str) -> bytes:
    """The provider's answer with these values."""
    return json.dumps({"published": published, "values": list(values.items()), **more}).encode()

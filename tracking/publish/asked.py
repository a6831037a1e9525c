"""What a call asks for: the languages of a site and the address at which it will stand."""

from urllib.parse import urlsplit

from tracking.model import LANGUAGES
from tracking.publish.folder import Refused


def languages_of(text: str) -> tuple[str, ...]:
    """`zh,en` as languages, each once, the first being the site's own. Raises Refused."""
    asked = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for language in asked:
        if language not in LANGUAGES:
            raise Refused("language", given=language[:40], known=", ".join(LANGUAGES))
    return asked


def base_of(text: str) -> str:
    """The address at which the site will stand, with a `/` at its end; empty where none is given. Raises Refused."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        is_right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right or parts.query or parts.fragment or parts.username or not text.isascii() or not text.isprintable():
        raise Refused("base", given=text[:120])
    if any(sign in text for sign in " \"'<>\\"):
        raise Refused("base", given=text[:120])
    return text if text.endswith("/") else f"{text}/"

"""The catalogue as the shell knows it: the shipped figures, and what a refresh has stored on this machine."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tracking.words import words

if TYPE_CHECKING:
    from tracking.catalogue import Catalogue
    from tracking.store import Store


def known_catalogue(options: Namespace) -> "Catalogue":
    """What the dashboard shows; where the store cannot be read, the shipped figures, and a sentence says so.

    Raises CatalogueError.
    """
    from tracking.catalogue import load_catalogue, with_stored
    from tracking.store import StoreError

    shipped = load_catalogue(options.goals)
    try:
        return with_stored(shipped, _store())
    except StoreError as error:
        w = words(options.lang)
        print(w.say("data.no-store", why=w.say(f"store.{error.key}", **error.details)).rstrip(), file=sys.stderr)
        return shipped


def _store() -> "Store":
    """The folder of TRACKER_STORE, else the user's own. What lies at an address would need a network."""
    from tracking.store import Folder, Store, StoreError, own_place

    named = os.environ.get("TRACKER_STORE", "")
    if "://" in named:
        raise StoreError("elsewhere", place=named)
    return Store(Folder(Path(named).expanduser() if named else own_place()))

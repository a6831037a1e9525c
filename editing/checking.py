"""The catalogue as it would be with texts that nobody has saved yet: whole, or everything that is wrong with it.

The catalogue's own reader reads it; files that did not change are not read again, so it can be asked at each pause.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from editing.folder import path_of
from editing.opening import bytes_of
from tracking.catalogue import Catalogue, load_catalogue
from tracking.files import Files

if TYPE_CHECKING:
    from tracking.store import Store


def checked(goals: Path, texts: Mapping[str, str | None], store: "Store | None" = None) -> Catalogue:
    """The catalogue with these texts laid over its files, by name; None takes a file away.

    Raises CatalogueError with every problem of every file, and Refused for a name that is none. With a store, its
    fetched series come in, as in tracking.catalogue.load_catalogue.
    """
    laid = {path_of(goals, name): None if text is None else bytes_of(text, None) for name, text in texts.items()}
    return load_catalogue(goals, store=store, files=Files(laid))

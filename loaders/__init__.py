"""The wires: one module for each provider, with two pure functions; `http` opens the only socket.

LOADERS names the module of every provider; `loader` imports it when it is first asked for.
"""

import importlib
from typing import cast

from loaders.contract import Loader, NotFound, Refused

LOADERS: dict[str, str] = {
    "figures": "loaders.figures",
    "worldbank": "loaders.worldbank",
    "nbs": "loaders.nbs",
    "nbs-file": "loaders.nbs_file",
    "miit": "loaders.miit",
    "dbnomics": "loaders.dbnomics",
    "sdmx": "loaders.sdmx",
    "jsonstat": "loaders.jsonstat",
    "owid": "loaders.owid",
    "unsd": "loaders.unsd",
    "comtrade": "loaders.comtrade",
    "table": "loaders.table",
}


def loader(provider: str) -> Loader:
    """The module of a provider. NotFound if there is none of that id, Refused if a package that it needs is missing."""
    if provider not in LOADERS:
        raise NotFound("provider", name=provider, known=", ".join(LOADERS))
    try:
        return cast(Loader, importlib.import_module(LOADERS[provider]))
    except ModuleNotFoundError as error:
        raise Refused("not-installed", name=provider, what=error.name or "") from error

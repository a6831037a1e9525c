"""Files that are there whole or not at all, and that know how large they are on paper."""

import os
import struct
import zlib
from errno import EACCES
from pathlib import Path

from exporting.errors import NotWritten
from tracking.charts.sheet import PER_INCH
from tracking.export.refused import Refused
from tracking.export.whole_file import write_whole

INCH = 0.0254  # metres
HEAD = 33  # bytes of a PNG before its second chunk


def written(path: Path, data: bytes) -> Path:
    """Write the file, making its folder where there is none. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise NotWritten("not-written", file=str(path), why=error.strerror or str(error)) from error
    except Refused as refused:
        raise NotWritten("not-written", file=str(path), why=refused.details.get("what", refused.key)) from refused
    return path


def demand_folder(folder: Path) -> None:
    """Make the folder where there is none, before much work is done for it. Raises NotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        raise NotWritten("not-written", file=str(folder), why=error.strerror or str(error)) from error


def density(scale: float) -> bytes:
    """The part of a PNG that says how many of its pixels are an inch, so that it prints at the size asked for."""
    body = b"pHYs" + struct.pack(">IIB", *[round(PER_INCH * scale / INCH)] * 2, 1)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def with_density(png: bytes, scale: float) -> bytes:
    """A PNG that says its density; `scale` is the 1, 2 or 3 of what it was asked for."""
    return png[:HEAD] + density(scale) + png[HEAD:]

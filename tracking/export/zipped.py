"""Zip files whose bytes depend on their content alone: no time of making, the members in the order given."""

import io
from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


def zip_file(members: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with archive(buffer) as zipped:
        for name, data in members:
            zipped.writestr(_dated(name), data)
    return buffer.getvalue()


def same_each_time(made: bytes) -> bytes:
    """A zip file that another program has made, without its times."""
    with ZipFile(io.BytesIO(made)) as zipped:
        return zip_file([(name, zipped.read(name)) for name in zipped.namelist()])


def archive(buffer: IO[bytes]) -> ZipFile:
    return ZipFile(buffer, "w", ZIP_DEFLATED)


def _dated(name: str) -> ZipInfo:
    info = ZipInfo(name, FIRST_DAY)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # the same on every system
    return info

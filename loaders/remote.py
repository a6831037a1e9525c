"""Where the store lies: TRACKER_STORE names a folder or an address that fsspec knows, as s3://bucket/folder.

Nothing named: the user's own data folder, outside any repository.
"""

import importlib
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tracking.store import Folder, Store, StoreError, own_place

LOCK = ".lock"
LOCK_LASTS = timedelta(hours=6)  # no refresh takes longer: an older lock was left by one that died
CLOSED = ("AccessDenied", "Forbidden", "InvalidAccessKeyId", "SignatureDoesNotMatch")


def open_store(address: str | None = None) -> Store:
    """The store at this address or folder, else the one of TRACKER_STORE, else the user's own."""
    named = address or os.environ.get("TRACKER_STORE", "")
    if not named:
        return Store(Folder(own_place()))
    return Store(Remote(named)) if "://" in named else Store(Folder(Path(named).expanduser()))


class Remote:
    """Files at an fsspec address. An object store puts an object whole or not at all."""

    def __init__(self, address: str) -> None:
        self.place = address.rstrip("/")
        try:
            self.fs, self.root = _opened(self.place)
        except (ImportError, ValueError) as error:
            raise StoreError("no-client", place=self.place, what=str(error)) from error
        self.errors: tuple[type[Exception], ...] = (OSError, *_client_errors())

    def names(self, folder: str) -> list[str]:
        with self._told():
            try:
                found = self.fs.ls(f"{self.root}/{folder}", detail=False, refresh=True)
            except FileNotFoundError:
                return []
        names = {str(path).rstrip("/").rpartition("/")[2] for path in found}
        return sorted(name for name in names if name and not name.startswith("."))

    def read(self, name: str) -> bytes:
        with self._told():
            return bytes(self.fs.cat_file(f"{self.root}/{name}"))

    def write(self, name: str, body: bytes) -> None:
        with self._told():
            self.fs.pipe_file(f"{self.root}/{name}", body)

    def delete(self, name: str) -> None:
        with self._told():
            self.fs.rm_file(f"{self.root}/{name}")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """An object that only one process can create; it names its holder."""
        path = f"{self.root}/{LOCK}"
        self._drop_left(path)
        card = {"host": platform.node(), "pid": os.getpid(), "at": datetime.now(UTC).isoformat()}
        with self._told():
            try:
                self.fs.pipe_file(path, json.dumps(card).encode(), mode="create")
            except FileExistsError:
                raise StoreError("busy", place=self.place) from None
        try:
            yield
        finally:
            with self._told():
                self.fs.rm_file(path)

    def _drop_left(self, path: str) -> None:
        """Take away a lock whose holder is known to have died."""
        with self._told():
            try:
                card = json.loads(self.fs.cat_file(path))
            except FileNotFoundError:
                return
            if _is_left(card):
                self.fs.rm_file(path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self.errors as error:
            is_closed = isinstance(error, PermissionError) or any(word in str(error) for word in CLOSED)
            gone = isinstance(error, FileNotFoundError)
            key = "read-only" if is_closed else "gone" if gone else "unusable"
            raise StoreError(key, place=self.place, what=str(error)[:200]) from error


def _opened(address: str) -> tuple[Any, str]:
    """The file system and the path on it. Listings are never kept: another process may write."""
    fsspec = importlib.import_module("fsspec.core")
    fs, path = fsspec.url_to_fs(address, use_listings_cache=False, skip_instance_cache=True)
    return fs, str(path).rstrip("/")


def _client_errors() -> tuple[type[Exception], ...]:
    """What the S3 client raises beside OSError, if it is installed."""
    try:
        return (importlib.import_module("botocore.exceptions").BotoCoreError,)
    except ImportError:
        return ()


def _is_left(card: dict[str, Any]) -> bool:
    if datetime.now(UTC) - datetime.fromisoformat(card["at"]) > LOCK_LASTS:
        return True
    return bool(card["host"] == platform.node() and not _is_running(int(card["pid"])))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""A cache of answers on disk, so that none is paid for twice."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from igtkit.errors import InputError

__all__ = ["Cache"]


class Cache:
    """Answers by what was asked, in an SQLite file; several threads may use it.

    Args:
        path: The file; made, with its folder, where it does not exist. Nobody but you can read it,
            for the answers hold your texts.

    Raises:
        InputError: If the file is none of this kind.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # SQLite would ask the umask
        os.close(descriptor)
        Path(path).chmod(0o600)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        try:
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)"
            )
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise InputError(f"{os.fspath(path)} is no cache of answers: {error}") from error

    def get(self, settings: Mapping[str, Any], messages: Sequence[Any]) -> str | None:
        """The answer that was given before, or None."""
        with self._lock:
            row = self._connection.execute(
                "SELECT answer FROM answers WHERE key = ?", (_key(settings, messages),)
            ).fetchone()
        return None if row is None else str(row[0])

    def put(self, settings: Mapping[str, Any], messages: Sequence[Any], answer: str) -> None:
        """Keep an answer; it is on disk when this returns."""
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?)", (_key(settings, messages), answer)
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __del__(self) -> None:
        if hasattr(self, "_connection"):
            self.close()


def _key(settings: Mapping[str, Any], messages: Sequence[Any]) -> str:
    asked = json.dumps([settings, messages], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()

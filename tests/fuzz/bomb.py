"""What a bomb is: small files that ask for much time or memory."""

from __future__ import annotations

__all__ = ["SIZE", "Files"]

SIZE = 160_000
"""Bytes of a file, about."""

Files = dict[str, bytes]
"""The files of a folder by name; the first is what is read."""

"""Remembering a text in eight bytes."""

from __future__ import annotations

import hashlib

__all__ = ["hash_text"]


def hash_text(text: str) -> int:
    """64 bits that stand for a text, the same in every process and on every machine.

    Example:
        >>> hash_text("gel") == hash_text("gel"), hash_text("gel") < 2**64
        (True, True)
    """
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")

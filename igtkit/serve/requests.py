"""What clients send, read within limits and checked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from igtkit._json import each_key_once
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.text import LINES
from igtkit.serve.limits import Limits, weigh

__all__ = [
    "read_object",
    "read_texts",
]

_LINES = {*LINES, "translation"}


async def read_object(
    request: Request, limits: Limits, keys: Collection[str] | None = None
) -> dict[str, Any]:
    """Return the JSON object that a request holds.

    Args:
        request: The request.
        limits: How long it may be, and be silent.
        keys: The keys that it may have; any if None.

    Raises:
        HTTPException: If it is something else, has another key, is too long, or too slow to come.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "expected Content-Type: application/json")
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(limits.silence):
            async for piece in request.stream():  # to its end, or the client loses the answer
                size += len(piece)
                if size <= limits.bytes:
                    body += piece
    except TimeoutError as error:
        if size <= limits.bytes:
            said = f"no whole request in {limits.silence:g} seconds"
            raise HTTPException(408, said) from error
    if size > limits.bytes:
        raise HTTPException(413, f"at most {limits.bytes:,} bytes")
    try:
        asked = json.loads(body, object_pairs_hook=each_key_once)
        json.dumps(asked, ensure_ascii=False, allow_nan=False).encode()  # no lone surrogate
    except InputError as error:
        raise HTTPException(400, str(error)) from error
    except (RecursionError, ValueError) as error:
        raise HTTPException(400, "expected JSON in UTF-8") from error
    if not isinstance(asked, dict):
        raise HTTPException(400, "expected a JSON object")
    known = asked.keys() if keys is None else keys
    for key in asked.keys() - set(known):
        raise HTTPException(400, f"no key is called {key!r:.40}; there are {', '.join(known)}")
    return asked


def read_texts(given: object, limits: Limits, *, key: str = "texts") -> list[IGT]:
    """Return the texts of a request.

    Args:
        given: What stands under the key: a list of objects with the lines of a text.
        limits: How many and how long they may be.
        key: The key, for messages.

    Raises:
        HTTPException: If they are something else, or too much; it says which.
    """
    if not isinstance(given, list):
        example = f'{{"{key}": [{{"transcription": "…", "translation": "…"}}]}}'
        raise HTTPException(400, f"expected a list of {key}, like {example}")
    if len(given) > limits.texts:
        raise HTTPException(413, f"at most {limits.texts} {key}, not {len(given)}")
    texts = [_text(each, f"{key}[{index}]", limits) for index, each in enumerate(given)]
    work = 0
    for index, text in enumerate(texts):
        work += weigh(text)
        if work > limits.work:
            raise HTTPException(
                413,
                f"{key}[{index}]: too much work in one request; words times words of the "
                f"translation may be {limits.work:,} in all: ask for fewer or shorter texts",
            )
    return texts


def _text(given: object, where: str, limits: Limits) -> IGT:
    lines = f"its lines are {', '.join(sorted(_LINES))}"
    if not isinstance(given, Mapping):
        raise HTTPException(400, f"{where}: expected an object; {lines}")
    for name in given.keys() - _LINES:
        raise HTTPException(400, f"{where}: no line is called {name!r:.40}; {lines}")
    for name, line in given.items():
        if not (line is None or isinstance(line, str)):
            raise HTTPException(400, f"{where}: {name} is no string")
        if line is not None and len(line) > limits.characters:
            raise HTTPException(
                413, f"{where}: {name} has {len(line)} characters, at most {limits.characters}"
            )
    try:
        return IGT(**{"transcription": None, **given})
    except InputError as error:
        raise HTTPException(400, f"{where}: {error}") from error

"""Suggestions for annotation tools, as JSON over HTTP.

    python service.py my-glosser --port 8765

It needs the extra ``service`` of igtkit.

POST /suggest takes ``{"texts": [{"transcription": "…", "translation": "…"}], "given": null}`` and
answers with one prediction for each text. Nothing is kept: no text and no suggestion gets to the
disk, and no request sees another's. It listens to this computer alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from functools import partial
from typing import Any

import attrs
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from igtkit import IGT, load_sample
from igtkit.errors import IGTError
from igtkit.models import CrfGlosser, Glosser, load_glosser

LINES = {"transcription", "segmentation", "glosses", "translation"}
MOST_BYTES, MOST_TEXTS, MOST_CHARACTERS = 1 << 20, 100, 2000


def create_app(glosser: Glosser, **options: Any) -> Starlette:
    """The service; `options` are for ``glosser.predict``."""
    turn = asyncio.Lock()  # a glosser remembers what it has computed: one request at a time

    async def suggest(request: Request) -> JSONResponse:
        texts, given = read_texts(await read_body(request))
        async with turn:
            predict = partial(glosser.predict, texts, given=given, **options)
            predictions = await run_in_threadpool(predict)
        return JSONResponse({"predictions": [attrs.asdict(one) for one in predictions]})

    return Starlette(
        routes=[Route("/suggest", suggest, methods=["POST"])],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        exception_handlers={IGTError: refuse, HTTPException: refuse, Exception: refuse},
    )


async def read_body(request: Request) -> bytes:
    """The body, and no more of it than is allowed."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "expected Content-Type: application/json")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"at most {MOST_BYTES} bytes")
    return body


def read_texts(body: bytes) -> tuple[list[IGT], Any]:
    """The texts that are asked about, and what is given in them."""
    try:
        asked = json.loads(body)
        texts = [dict(text) for text in asked["texts"]]
        "".join(line or "" for text in texts for line in text.values()).encode()
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        example = '{"texts": [{"transcription": "…", "translation": "…"}], "given": null}'
        raise HTTPException(400, f"expected JSON in UTF-8 like {example}") from error
    if any(set(text) - LINES for text in texts):
        raise HTTPException(400, f"the lines of a text are {', '.join(sorted(LINES))}")
    longest = max((len(line or "") for text in texts for line in text.values()), default=0)
    if len(texts) > MOST_TEXTS or longest > MOST_CHARACTERS:
        most = f"at most {MOST_TEXTS} texts, and {MOST_CHARACTERS} characters a line"
        raise HTTPException(413, most)
    return [IGT(**{"transcription": None, **text}) for text in texts], asked.get("given")


async def refuse(_: Request, error: Exception) -> JSONResponse:
    """What went wrong: by the one who asked, or else here, where the log says more."""
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code, error.headers)
    if isinstance(error, IGTError):
        return JSONResponse({"error": str(error)}, 400)
    return JSONResponse({"error": "the service failed; its log says how"}, 500)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("glosser", nargs="?", help="folder of a glosser; else one of the sample")
    parser.add_argument("--port", type=int, default=8765, help="0 for any that is free")
    asked = parser.parse_args()
    glosser = load_glosser(asked.glosser) if asked.glosser else CrfGlosser().fit(load_sample())
    options = {"n_best": 3, "evidence": True} if isinstance(glosser, CrfGlosser) else {}
    uvicorn.run(create_app(glosser, **options), host="127.0.0.1", port=asked.port)


if __name__ == "__main__":
    main()

"""The application: which address does what."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import metadata
from typing import Any

import attrs
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from igtkit.models import Glosser
from igtkit.serve import glossassist
from igtkit.serve.guard import LOCAL_HOSTS, guard
from igtkit.serve.limits import Limits
from igtkit.serve.requests import read_object, read_texts
from igtkit.serve.shared import SharedGlosser

__all__ = ["create_app"]


def create_app(
    glosser: Glosser,
    *,
    name: str = "igtkit",
    limits: Limits | None = None,
    read_only: bool = False,
    journal: str | os.PathLike[str] | None = None,
    hosts: Sequence[str] = LOCAL_HOSTS,
    origins: Sequence[str] = (),
    **options: Any,
) -> Starlette:
    """The server's application, for any ASGI server.

    Args:
        glosser: The glosser; it is updated by what clients correct.
        name: The name of the model, for clients that ask which there are.
        limits: How much one request may ask for; None for the defaults.
        read_only: Whether to take no corrections.
        journal: A JSON Lines file that keeps the corrections; what it holds is taken in first.
        hosts: The names under which the server may be asked for.
        origins: The web pages that may ask, such as ``"https://example.org"``.
        **options: What ``glosser.predict`` takes besides, such as ``n_best=3``.

    Raises:
        InputError: If the journal holds what the glosser cannot learn from.

    Example:
        >>> from igtkit import load_sample
        >>> from igtkit.models import LookupGlosser
        >>> app = create_app(LookupGlosser().fit(load_sample()))
        >>> [route.path for route in app.routes]
        ['/suggest', '/update', '/health', '/models', '/codebook/update', '/{model}/predict']
    """
    bounds = Limits() if limits is None else limits
    shared = SharedGlosser(glosser, bounds, journal=journal, **options)
    can_learn = shared.learns and not read_only

    async def suggest(request: Request) -> JSONResponse:
        asked = await read_object(request, bounds, ("texts", "given"))
        texts = read_texts(asked.get("texts"), bounds)
        version, found = await shared.suggest(texts, asked.get("given"), request.is_disconnected)
        predictions = [attrs.asdict(each) for each in found]
        return JSONResponse({"version": version, "predictions": predictions})

    async def update(request: Request) -> JSONResponse:
        asked = await read_object(request, bounds, ("texts", "version"))
        version = asked.get("version")
        if isinstance(version, bool) or not isinstance(version, int):
            raise HTTPException(400, "say which version was corrected: suggestions come with it")
        texts = read_texts(asked.get("texts"), bounds)
        done = await shared.update(texts, version)
        left_out = [{"text": at, "words": words} for at, words in done.left_out.items()]
        said = {"version": done.version, "learned": done.learned, "left_out": left_out}
        return JSONResponse(said)

    async def health(_: Request) -> JSONResponse:
        return JSONResponse(
            {
                "status": "ok",
                "igtkit": metadata.version("igtkit"),
                "glosser": type(glosser).__name__,
                "version": shared.version,
                "learns": can_learn,
            }
        )

    learning = [Route("/update", update, methods=["POST"])]
    routes = [
        Route("/suggest", suggest, methods=["POST"]),
        *(learning if can_learn else [Route("/update", _no_learning, methods=["POST"])]),
        Route("/health", health),
        *glossassist.routes(shared, name, None if can_learn else _no_learning),
    ]
    return guard(routes, limits=bounds, hosts=hosts, origins=origins)


async def _no_learning(_: Request) -> JSONResponse:
    """The answer to corrections where none are taken."""
    raise HTTPException(403, "this server takes no corrections")

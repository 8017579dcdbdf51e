"""The application: which address does what, and how it says what went wrong."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import metadata
from typing import Any

import attrs
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from igtkit.errors import IGTError
from igtkit.models import Glosser
from igtkit.serve import glossassist
from igtkit.serve.limits import Limits
from igtkit.serve.requests import read_object, read_texts
from igtkit.serve.shared import ClientLeftError, OutdatedError, RefusedTextError, SharedGlosser

__all__ = ["create_app"]

_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_LEFT = 499  # as nginx calls it: nobody reads it


def create_app(
    glosser: Glosser,
    *,
    name: str = "igtkit",
    limits: Limits | None = None,
    read_only: bool = False,
    journal: str | os.PathLike[str] | None = None,
    hosts: Sequence[str] = _LOCAL,
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
        asked = await read_object(request, bounds)
        texts = read_texts(asked.get("texts"), bounds)
        version, found = await shared.suggest(texts, asked.get("given"), request.is_disconnected)
        predictions = [attrs.asdict(each) for each in found]
        return JSONResponse({"version": version, "predictions": predictions})

    async def update(request: Request) -> JSONResponse:
        asked = await read_object(request, bounds)
        version = asked.get("version")
        if isinstance(version, bool) or not isinstance(version, int):
            raise HTTPException(400, "say which version was corrected: suggestions come with it")
        texts = read_texts(asked.get("texts"), bounds)
        version, learned = await shared.update(texts, version)
        return JSONResponse({"version": version, "learned": learned})

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

    async def refuse(_: Request, error: Exception) -> Response:
        status, content = _explain(error)
        if isinstance(error, OutdatedError):
            content["version"] = shared.version
        headers = error.headers if isinstance(error, HTTPException) else None
        return JSONResponse(content, status, headers)

    learning = [Route("/update", update, methods=["POST"])]
    routes = [
        Route("/suggest", suggest, methods=["POST"]),
        *(learning if can_learn else [Route("/update", _no_learning, methods=["POST"])]),
        Route("/health", health),
        *glossassist.routes(shared, name, None if can_learn else _no_learning),
    ]
    middleware = [
        Middleware(_OnlyHosts, hosts=hosts),
        Middleware(_AtMost, requests=bounds.requests),
    ]
    if origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(origins),
                allow_methods=["GET", "POST"],
                allow_headers=["content-type"],
            )
        )
    errors = (IGTError, HTTPException, ClientDisconnect, TimeoutError, Exception)
    return Starlette(
        routes=routes, middleware=middleware, exception_handlers=dict.fromkeys(errors, refuse)
    )


async def _no_learning(_: Request) -> JSONResponse:
    """The answer to corrections where none are taken."""
    raise HTTPException(403, "this server takes no corrections")


def _explain(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status of an answer, and what went wrong: by the one who asked, or else here."""
    if isinstance(error, HTTPException):
        return error.status_code, {"error": error.detail}
    if isinstance(error, RefusedTextError):
        return 400, {"error": str(error), "text": error.index}
    if isinstance(error, OutdatedError):
        return 409, {"error": str(error)}
    if isinstance(error, ClientLeftError | ClientDisconnect):
        return _LEFT, {"error": "the client has gone"}
    if isinstance(error, IGTError):
        return 400, {"error": str(error)}
    if isinstance(error, TimeoutError):
        return 503, {"error": "it took too long; ask for fewer texts, or later"}
    return 500, {"error": "the server failed; its log says how"}


class _OnlyHosts:
    """Refuses requests under another name: a web page elsewhere may be behind it."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            name = host[: host.rfind("]") + 1] if host.startswith("[") else host.partition(":")[0]
            if name not in self._hosts:
                app = JSONResponse({"error": f"no host {host!r:.80} here"}, 400)
        await app(scope, receive, send)


class _AtMost:
    """Refuses requests while many others wait."""

    def __init__(self, app: ASGIApp, requests: int) -> None:
        self._app, self._left = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not self._left:
            busy = {"error": "too many requests wait; ask later"}
            await JSONResponse(busy, 503, {"Retry-After": "1"})(scope, receive, send)
        else:
            self._left -= 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._left += 1

"""What stands before every application: who may ask, how many at a time, errors as JSON."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from igtkit.errors import IGTError
from igtkit.serve.limits import Limits
from igtkit.serve.shared import ClientLeftError, OutdatedError, RefusedTextError

__all__ = ["LOCAL_HOSTS", "guard"]

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""The names of this computer, for programs on it."""

_LEFT = 499  # as nginx calls it: nobody reads it


def guard(
    routes: Sequence[BaseRoute],
    *,
    limits: Limits | None = None,
    hosts: Sequence[str] = LOCAL_HOSTS,
    origins: Sequence[str] = (),
    token: str | None = None,
) -> Starlette:
    """Return an application that answers those who may ask, and says in JSON what went wrong.

    Args:
        routes: Which address does what. What they raise is told the client: an `igtkit.IGTError`
            with its message (400), a `starlette.exceptions.HTTPException` with its own.
        limits: How many requests may wait at a time; None for the defaults.
        hosts: The names under which the server may be asked for.
        origins: The web pages that may ask, such as ``"https://example.org"``.
        token: A secret without which nothing is answered: as ``?token=`` of the first page that a
            browser opens, which then keeps it, or as ``Authorization: Bearer``. None for none.

    Example:
        >>> from starlette.routing import Route
        >>> async def hello(request):
        ...     return JSONResponse({"hello": "you"})
        >>> [route.path for route in guard([Route("/hello", hello)]).routes]
        ['/hello']
    """
    bounds = Limits() if limits is None else limits
    middleware = [Middleware(_OnlyHosts, hosts=hosts)]
    if token is not None:
        middleware.append(Middleware(_OnlyWithToken, token=token))
    middleware.append(Middleware(_AtMost, requests=bounds.requests))
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
        routes=routes, middleware=middleware, exception_handlers=dict.fromkeys(errors, _refuse)
    )


async def _refuse(_: Request, error: Exception) -> Response:
    status, content = _explain(error)
    headers = error.headers if isinstance(error, HTTPException) else None
    return JSONResponse(content, status, headers)


def _explain(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status of an answer, and what went wrong: by the one who asked, or else here."""
    if isinstance(error, HTTPException):
        return error.status_code, {"error": error.detail}
    if isinstance(error, RefusedTextError):
        return 400, {"error": str(error), "text": error.index}
    if isinstance(error, OutdatedError):
        return 409, {"error": str(error), "version": error.version}
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


class _OnlyWithToken:
    """Refuses requests without the secret that the program has told its user alone."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, query = Headers(scope=scope), QueryParams(scope["query_string"])
        cookie = f"igtkit-{(scope.get('server') or ('', 0))[1]}"  # cookies are of all ports alike
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        answer: ASGIApp = self._app
        if self._is_right(query.get("token", "")) and scope["method"] == "GET":
            redirect = RedirectResponse(scope["path"], 303)  # so that it stays in no history
            redirect.set_cookie(cookie, query["token"], httponly=True, samesite="strict")
            answer = redirect
        elif not self._is_right(bearer) and not self._is_right(_cookie(headers, cookie)):
            answer = JSONResponse(
                {"error": "open the address that the program has printed, token and all"}, 403
            )
        await answer(scope, receive, send)

    def _is_right(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token)


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""

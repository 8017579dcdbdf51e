"""The server: connections, and clients that are slow, huge or gone."""

from __future__ import annotations

import asyncio
import json
import math
import socket
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from igtkit.serve.limits import Limits

__all__ = [
    "Server",
    "make_server",
    "serve",
]

_HEADERS = 1 << 14  # bytes; what browsers and their cookies send is shorter


def serve(
    app: Starlette,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    limits: Limits | None = None,
    when_ready: Callable[[str], None] | None = None,
) -> None:
    """Answer requests until the process is told to stop, then finish those that have begun.

    Args:
        app: What `create_app` gave.
        host: The address to listen to; others than this computer can ask at ``"0.0.0.0"``.
        port: The port; 0 for any that is free.
        limits: How long to wait for clients; None for the defaults.
        when_ready: Called once with the address, such as ``"http://127.0.0.1:8765"``, when it is
            answered; the log then tells warnings only.
    """
    level = "info" if when_ready is None else "warning"
    server = make_server(app, host=host, port=port, limits=limits, log_level=level)
    server.when_ready = when_ready
    server.run()


def make_server(
    app: Starlette,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    limits: Limits | None = None,
    log_level: str = "info",
) -> Server:
    """The server that `serve` runs; `log_level` as uvicorn has it."""
    bounds = Limits() if limits is None else limits

    class Protocol(_Patient):
        silence = bounds.silence

    settings = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_level=log_level,
        h11_max_incomplete_event_size=_HEADERS,
        timeout_graceful_shutdown=math.ceil(bounds.seconds),
    )
    return Server(settings)


class Server(uvicorn.Server):
    """A server that says when it is ready."""

    when_ready: Callable[[str], None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started and self.when_ready is not None:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self.when_ready(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


class _Patient(H11Protocol):
    """HTTP that waits so long for a request and no longer, and refuses in JSON."""

    silence = 10.0
    _waiting: asyncio.TimerHandle | None = None
    _refused = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        if self._refused:  # with bytes that nobody read, the client would lose the answer
            return
        super().data_received(data)
        # The head of a request is not whole yet, or what a refused client still sends.
        if self._refused or self.conn.their_state is h11.IDLE:
            self._wait()
        elif self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(self.silence, self.transport.close)

    def send_400_response(self, msg: str) -> None:
        body = json.dumps({"error": msg}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self._refused = True
        self.transport.write_eof()

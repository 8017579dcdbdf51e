"""Servers that run while a test asks them, over real sockets."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest


@contextlib.contextmanager
def process(folder, *arguments):
    """``igtkit serve`` in a folder; gives its port and the process."""
    running = subprocess.Popen(
        [sys.executable, "-m", "igtkit", "serve", *map(str, arguments), "--port", "0"],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        for line in running.stderr:
            found = re.search(r"running on http://127\.0\.0\.1:(\d+)", line)
            if found:
                break
        else:
            pytest.fail("the server did not start")
        yield int(found[1]), running
    finally:
        running.terminate()
        running.communicate(timeout=60)


@contextlib.contextmanager
def thread(app, *, limits=None):
    """A server in a thread of this process; gives its port."""
    with server(app, limits=limits) as running:
        yield running.servers[0].sockets[0].getsockname()[1]


@contextlib.contextmanager
def server(app, *, limits=None):
    """A server that runs in a thread."""
    from igtkit.serve.server import make_server

    made = make_server(app, port=0, limits=limits, log_level="critical")
    running = threading.Thread(target=made.run)
    try:
        running.start()
        while not made.started:
            assert running.is_alive()
            time.sleep(0.01)
        yield made
    finally:
        made.should_exit = True
        running.join(60)


def ask(port, path, body=None, kind="application/json", **headers):
    """The status and the content of an answer, which is JSON whatever happens."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data, {"Content-Type": kind, **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            assert error.headers["Content-Type"] == "application/json"  # noqa: PT017
            return error.code, json.load(error)


def suggest(port, texts, **more):
    return ask(port, "/suggest", {"texts": texts, **more})


def lines(answer):
    status, content = answer
    assert status == 200, content
    return [(one["segmentation"], one["glosses"]) for one in content["predictions"]]

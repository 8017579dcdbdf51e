"""What the tests of the pages need: the scripts behind the site, and the site over HTTP."""

from __future__ import annotations

import contextlib
import functools
import http.server
import importlib.util
import sys
import threading
from pathlib import Path

__all__ = ["DOCS", "ROOT", "load", "served"]

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def load(path):
    """A script as a module; it finds what stands beside it, as where MkDocs runs it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


@contextlib.contextmanager
def served(folder):
    """A folder over HTTP on this machine: search and scripts do not run from files."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()

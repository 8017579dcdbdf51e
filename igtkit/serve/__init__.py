"""A server that suggests glosses to annotation software, as JSON over HTTP.

It needs the extra ``serve``. ``igtkit serve MODEL`` starts one; `create_app` gives the application
to whoever has a server of their own.
"""

from __future__ import annotations

from igtkit._optional import require

for _package in ("starlette", "uvicorn"):
    require(_package, "serve")

from igtkit.serve.app import create_app  # noqa: E402 -- what it needs is there
from igtkit.serve.limits import Limits  # noqa: E402
from igtkit.serve.server import serve  # noqa: E402

__all__ = [
    "Limits",
    "create_app",
    "serve",
]

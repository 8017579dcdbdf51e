"""A server that suggests glosses to annotation software, as JSON over HTTP.

It needs the extra ``serve``. ``igtkit serve MODEL`` starts one; `create_app` gives the application
to whoever has a server of their own. `guard`, `SharedGlosser` and `Journal` are what it is made of,
for applications with other addresses.
"""

from __future__ import annotations

from igtkit._optional import require

for _package in ("starlette", "uvicorn"):
    require(_package, "serve")

from igtkit.serve.app import create_app  # noqa: E402 -- what it needs is there
from igtkit.serve.guard import guard  # noqa: E402
from igtkit.serve.journal import Journal  # noqa: E402
from igtkit.serve.limits import Limits  # noqa: E402
from igtkit.serve.requests import read_object  # noqa: E402
from igtkit.serve.server import serve  # noqa: E402
from igtkit.serve.shared import Learned, SharedGlosser  # noqa: E402

__all__ = [
    "Journal",
    "Learned",
    "Limits",
    "SharedGlosser",
    "create_app",
    "guard",
    "read_object",
    "serve",
]

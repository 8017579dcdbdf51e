"""igtkit as a service of Plaid, an application for linguistic annotation; extra ``plaid``."""

from __future__ import annotations

from igtkit._optional import require

require("plaid_client", "plaid")

from igtkit.serve.plaid.service import PlaidService  # noqa: E402 -- what it needs is there

__all__ = ["PlaidService"]

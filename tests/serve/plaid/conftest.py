"""These tests need the client of Plaid; it drives the service itself, without a server."""

from __future__ import annotations

import pytest

pytest.importorskip("plaid_client", reason="larc-plaid-client is not installed (the extra `plaid`)")

"""How an object shows itself in a notebook.

Notebooks ask an object for ``_repr_html_``, so the method stands with its class. What it shows is
the business of `igtkit.display`, which stands above every class it shows and knows them all. Hence
the one look upward in the library: by name, when a notebook asks, and not before. Nothing below
depends on the answer.
"""

from __future__ import annotations

import importlib

__all__ = ["show_html"]


def show_html(value: object) -> str:
    """The value as HTML, as `igtkit.display.to_html` renders it."""
    return str(importlib.import_module("igtkit.display.html").to_html(value))

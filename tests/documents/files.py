"""What several tests of files share."""

from __future__ import annotations

ENTRY = "\\t кӀвал-ар\n\\g house-PL\n\n"

"""Hard attention over morphemes: a segmentation learned from glosses alone.

Source: Girrbach (2023), Tü-CL at SIGMORPHON 2023: Straight-through gradient estimation for hard
attention; the strongest baseline of PolyGloss.
"""

from __future__ import annotations

from igtkit._optional import require

require("torch", "models")  # an error that names the extra

from igtkit.models.hard_attention.glosser import HardAttentionGlosser  # noqa: E402

__all__ = ["HardAttentionGlosser"]

"""Small named rules, each of which mends one known fault of one source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Literal

import attrs

from igtkit._lookalikes import mend_lookalikes, remove_invisible
from igtkit.errors import InputError

__all__ = ["FIXES", "Fix", "LineName", "find_fixes"]

LineName = Literal["transcription", "segmentation", "glosses"]


@attrs.frozen
class Fix:
    """A rule that mends one known fault of one source.

    Attributes:
        name: The name to ask for it by.
        description: What it mends, for people.
        lines: The lines it applies to.
        apply: Takes a line, returns the line mended.

    Example:
        >>> FIXES["arapaho-comma-period"].apply("IC,.be.there-3S")
        'IC.be.there-3S'
    """

    name: str
    description: str
    lines: tuple[LineName, ...]
    apply: Callable[[str], str]


_COMMA_PERIOD = re.compile(r"(?<=[^\W_]),\.(?=[^\W_])|(?<=[\u0300-\u036f]),\.(?=[^\W_])")

FIXES: Mapping[str, Fix] = MappingProxyType(
    {
        fix.name: fix
        for fix in (
            Fix(
                "arapaho-comma-period",
                "in Arapaho glosses ',.' between word characters stands for '.'",
                ("glosses",),
                lambda line: _COMMA_PERIOD.sub(".", line),
            ),
            Fix(
                "look-alike-boundaries",
                "other hyphens (U+00AD among them), '꞊', '∼', '⟨⟩' and '‹›' "
                "inside words stand for '-', '=', '~' and '<>'",
                ("segmentation", "glosses"),
                mend_lookalikes,
            ),
            Fix(
                "invisible-characters",
                "characters without width (U+200B, U+00AD, direction marks, ...) go",
                ("transcription", "segmentation", "glosses"),
                remove_invisible,
            ),
        )
    }
)
"""The fixes that come with igtkit, by name."""


def find_fixes(fixes: Iterable[str | Fix]) -> tuple[Fix, ...]:
    """Return fixes by their names; a `Fix` stands for itself.

    Raises:
        InputError: If there is none of that name.

    Example:
        >>> [fix.lines for fix in find_fixes(["arapaho-comma-period"])]
        [('glosses',)]
    """
    found = []
    for fix in (fixes,) if isinstance(fixes, str) else fixes:
        if not isinstance(fix, Fix) and fix not in FIXES:
            raise InputError(f"no fix is named {fix!r}; there are: {', '.join(FIXES)}")
        found.append(fix if isinstance(fix, Fix) else FIXES[fix])
    return tuple(found)

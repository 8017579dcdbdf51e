"""Small ELAN files for tests, and what reads and writes them."""

from __future__ import annotations

import io
import re

import igtkit

CONSTRAINTS = """\
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="part" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Subdivision"/>
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="of" TIME_ALIGNABLE="false" CONSTRAINTS="Symbolic_Association"/>
    <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="inside" TIME_ALIGNABLE="true" CONSTRAINTS="Included_In"/>
"""


def ref(name, parent, text, previous=None):
    before = f' PREVIOUS_ANNOTATION="{previous}"' if previous else ""
    return (
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}" ANNOTATION_REF="{parent}"{before}>'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
    )


def timed(name, begin, end, text):
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{name}" TIME_SLOT_REF1="{begin}" '
        f'TIME_SLOT_REF2="{end}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
    )


def tier(name, kind, *annotations, parent=None, **attributes):
    told = "".join(f' {key.upper()}="{value}"' for key, value in attributes.items())
    told += f' PARENT_REF="{parent}"' if parent else ""
    rows = "".join(f"\n        {one}" for one in annotations)
    return f'    <TIER LINGUISTIC_TYPE_REF="{kind}" TIER_ID="{name}"{told}>{rows}\n    </TIER>\n'


def document(*tiers, slots=(0, 1000, 2000, None, 4000), types=CONSTRAINTS, extra=""):
    times = "".join(
        f'        <TIME_SLOT TIME_SLOT_ID="ts{at}"'
        + (f' TIME_VALUE="{time}"' if time is not None else "")
        + "/>\n"
        for at, time in enumerate(slots, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2020-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0">\n'
        '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n'
        '        <PROPERTY NAME="lastUsedAnnotationId">30</PROPERTY>\n    </HEADER>\n'
        f"    <TIME_ORDER>\n{times}    </TIME_ORDER>\n{''.join(tiers)}{types}{extra}"
        "</ANNOTATION_DOCUMENT>\n"
    )


SPEECH = tier("tx@A", "default-lt", timed("a1", "ts1", "ts2", "Evlerde kim?"), participant="Ayşe")
SPEECH_2 = tier("tx@B", "default-lt", timed("b1", "ts2", "ts3", "Ben."), participant="Berk")
ANALYSIS = (
    tier("mot@A", "part", ref("a2", "a1", "evlerde"), ref("a3", "a1", "kim", "a2"), parent="tx@A"),
    tier(
        "mb@A",
        "part",
        ref("a6", "a2", "-de", "a5"),  # the file's order is not that of the morphemes
        ref("a4", "a2", "ev"),
        ref("a5", "a2", "-ler", "a4"),
        ref("a7", "a3", "kim"),
        parent="mot@A",
    ),
    tier(
        "ge@A",
        "of",
        ref("a8", "a4", "my house"),
        ref("a9", "a5", "PL"),
        ref("a10", "a7", "who"),
        parent="mb@A",
    ),
    tier("ft@A", "of", ref("a11", "a1", "Who is in the houses?"), parent="tx@A"),
)


def read_text(text, **options):
    return igtkit.read(io.StringIO(text), "eaf", **options)


def without_insertions(data):
    """The bytes of a file without the elements that were added to it."""
    data = re.sub(rb'\r?\n[ \t]*<TIER TIER_ID="igtkit-[^>]*>.*?</TIER>', b"", data, flags=re.DOTALL)
    return re.sub(
        rb'\r?\n[ \t]*<(LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="igtkit-|CONSTRAINT STEREOTYPE="\w+" D)'
        rb"[^>]*/>", b"", data
    )  # fmt: skip

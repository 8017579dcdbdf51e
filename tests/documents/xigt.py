"""Small Xigt corpora for tests, and what reads and writes them."""

from __future__ import annotations

import io

from igtkit.io import read, write


def folder(shared):
    return shared / "data" / "interchange" / "xigt"


def parse(text, **options):
    return read(io.StringIO(text), "xigt", **options)


def example(tiers, *, metadata="", attributes='id="i1"'):
    return (
        f"<xigt-corpus><igt {attributes}><metadata>{metadata}</metadata>{tiers}</igt></xigt-corpus>"
    )


def written(items):
    out = io.StringIO()
    report = write(items, out, "xigt")
    return out.getvalue(), dict(report.lost)


INTENT = """
<tier id="n" type="odin" state="normalized">
  <item id="n1" tag="L">ev-ler-de  kim var ?</item>
  <item id="n2" tag="G">house-PL-LOC who exist</item>
  <item id="n3" tag="T">Who is in the houses?</item>
</tier>
<tier id="p" type="phrases" content="n"><item id="p1" content="n1"/></tier>
<tier id="w" type="words" segmentation="p">
  <item id="w1" segmentation="p1[0:9]"/><item id="w2" segmentation="p1[11:14]"/>
  <item id="w3" segmentation="p1[15:18]"/><item id="w4" segmentation="p1[19:20]"/>
</tier>
<tier id="t" type="translations" alignment="p" content="n">
  <item id="t1" alignment="p1" content="n3"/>
</tier>
<tier id="tw" type="words" segmentation="t"><item id="tw1" segmentation="t1[0:3]"/></tier>
<tier id="gw" type="glosses" alignment="w" content="n">
  <item id="gw1" alignment="w1" content="n2[0:12]"/><item id="gw2" alignment="w2" content="n2[13:16]"/>
  <item id="gw3" alignment="w3" content="n2[17:22]"/>
</tier>
"""
MORPHEMES = """
<tier id="m" type="morphemes" segmentation="w">
  <item id="m1" segmentation="w1[0:2]"/><item id="m2" segmentation="w1[3:6]"/>
  <item id="m3" segmentation="w1[7:9]"/><item id="m4" segmentation="w2"/><item id="m5" segmentation="w3"/>
</tier>
<tier id="g" type="glosses" alignment="m" content="gw">
  <item id="g1" alignment="m1" content="gw1[0:5]"/><item id="g2" alignment="m2" content="gw1[6:8]"/>
  <item id="g3" alignment="m3" content="gw1[9:12]"/><item id="g4" alignment="m4" content="gw2"/>
  <item id="g5" alignment="m5" content="gw3"/>
</tier>
<tier id="pos" type="pos" alignment="w">
  <item id="pos1" alignment="w1">N</item><item id="pos2" alignment="w2">PRON</item>
  <item id="pos3" alignment="w3">V</item>
</tier>
"""

"""Small FLExText files for tests, and what reads and writes them."""

from __future__ import annotations

import io

from hypothesis import strategies as st

import igtkit
from igtkit import IGT

SAMPLE = """<?xml version="1.0" encoding="utf-8"?>
<document version="2">
  <interlinear-text guid="11111111-2222-3333-4444-555555555555">
    <item type="title" lang="en">The cat</item>
    <item type="title" lang="tr">Kedi</item>
    <item type="source" lang="en">told by A. B.</item>
    <paragraphs>
      <paragraph guid="p1">
        <phrases>
          <phrase guid="11111111-2222-3333-4444-000000000001" begin-time-offset="250"
                  end-time-offset="1900" speaker="A. B." media-file="m1">
            <item type="segnum" lang="en">1</item>
            <words>
              <word guid="w1">
                <item type="txt" lang="tr">Kediler</item>
                <item type="txt" lang="tr-x-ipa">cediler</item>
                <morphemes>
                  <morph type="stem" guid="d7f713e8-e8cf-11d3-9764-00c04f186933">
                    <item type="txt" lang="tr">kedi</item>
                    <item type="txt" lang="tr-x-ipa">cedi</item>
                    <item type="cf" lang="tr">kedi</item>
                    <item type="gls" lang="en">house cat</item>
                    <item type="gls" lang="es">gato</item>
                    <item type="msa" lang="en">n</item>
                  </morph>
                  <morph type="suffix" guid="d7f713dd-e8cf-11d3-9764-00c04f186933">
                    <item type="txt" lang="tr">-ler</item>
                    <item type="txt" lang="tr-x-ipa">-ler</item>
                    <item type="gls" lang="en">-PL</item>
                    <item type="gls" lang="es">PL</item>
                  </morph>
                </morphemes>
                <item type="gls" lang="en">cats</item>
              </word>
              <word><item type="punct" lang="tr">,</item></word>
              <word><item type="txt" lang="tr">evde</item></word>
              <word><item type="punct" lang="tr">.</item></word>
            </words>
            <item type="gls" lang="en">Cats, at home.</item>
            <item type="gls" lang="es">Gatos, en casa.</item>
            <item type="lit" lang="en">cats house-at</item>
            <item type="note" lang="en">Heard twice.</item>
            <item type="note" lang="en">Check the vowel.</item>
          </phrase>
        </phrases>
      </paragraph>
    </paragraphs>
    <languages>
      <language lang="tr" font="Charis SIL" vernacular="true"/>
      <language lang="tr-x-ipa" font="Charis SIL" vernacular="true"/>
      <language lang="en" font="Times New Roman"/>
      <language lang="es" font="Times New Roman"/>
    </languages>
    <media-files offset-type="milliseconds"><media guid="m1" location="cat.wav"/></media-files>
  </interlinear-text>
</document>
"""


def read(text, **options):
    return igtkit.read(io.StringIO(text), "flextext", **options)


def write(items, **options):
    stream = io.StringIO()
    report = igtkit.write(items, stream, "flextext", **options)
    return stream.getvalue(), report


def again(items, **options):
    return read(write(items, **options)[0])


def item(kind, text, lang="xx"):
    return f'<item type="{kind}" lang="{lang}">{text}</item>'


def morph(form=None, gloss=None, kind=None, guid=None):
    attributes = "".join(
        f' {name}="{value}"' for name, value in (("type", kind), ("guid", guid)) if value
    )
    texts = (item("txt", form) if form else "") + (item("gls", gloss, "en") if gloss else "")
    return f"<morph{attributes}>{texts}</morph>"


def word(surface, *morphs, gloss=None):
    inner = f"<morphemes>{''.join(morphs)}</morphemes>" if morphs else ""
    return (
        "<word>"
        + item("txt", surface)
        + inner
        + (item("gls", gloss, "en") if gloss else "")
        + "</word>"
    )


def document(*words, phrase="phrase", more=""):
    return (
        "<document><interlinear-text><paragraphs><paragraph><phrases>"
        f"<{phrase}><words>{''.join(words)}</words>{more}</{phrase}>"
        "</phrases></paragraph></paragraphs></interlinear-text></document>"
    )


def lines(igt):
    return igt.transcription, igt.segmentation, igt.glosses


def texts(element, kind):
    return [i for i in element.findall("item") if i.get("type") == kind and (i.text or "").strip()]


LETTERS = st.text("abçğıİ'ŋ1", min_size=1, max_size=4)
LABELS = st.sampled_from(["PL", "1SG", "PST.PFV", "3", "cat", "to.go", "NEG"])


@st.composite
def aligned(draw):
    """An entry whose lines pair up, with affixes, clitics and punctuation."""
    forms, glosses, surfaces = [], [], []
    for _ in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 3))
        marks = ["", *[draw(st.sampled_from("-=~")) for _ in range(count - 1)]]
        parts = [draw(LETTERS.filter(lambda text: text.strip("'"))) for _ in range(count)]
        forms.append("".join(map(str.__add__, marks, parts)))
        glosses.append("".join(mark + draw(LABELS) for mark in marks))
        surfaces.append("".join(parts))
        if draw(st.booleans()):
            surfaces.append(draw(st.sampled_from([",", "?", "..."])))
            if draw(st.booleans()):
                forms.append(surfaces[-1])
                glosses.append(surfaces[-1])
    return IGT(
        " ".join(surfaces),
        " ".join(forms),
        " ".join(glosses) if draw(st.booleans()) else None,
        draw(st.none() | st.text("abc .,<&\"'é", min_size=1).filter(str.strip)),
        source=draw(st.none() | st.sampled_from(["one", "two"])),
        metadata={"notes": ["a & b"]} if draw(st.booleans()) else {},
    )

"""LIFT lexicons: what becomes of an entry, and what is refused."""

from __future__ import annotations

import io
import logging
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import FileFormatError, InputError
from igtkit.io import read_lift

# Written after the standard, version 0.13, and the way FLEx fills it in.
SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<lift producer="SIL.FLEx 9.1" version="0.13">
  <header>
    <ranges><range id="morph-type" href="file://C:/lexicon.lift-ranges"/></ranges>
    <fields><field tag="cv-pattern"><form lang="en"><text>A pattern</text></form></field></fields>
  </header>
  <entry id="kedi_1a" guid="1a" dateCreated="2020-01-01T10:00:00Z" order="1">
    <lexical-unit>
      <form lang="tr"><text>kedi</text></form>
      <form lang="tr-x-ipa"><text>cedi</text></form>
    </lexical-unit>
    <trait name="morph-type" value="stem"/>
    <etymology type="proto" source="?"><gloss lang="en"><text>not a gloss</text></gloss></etymology>
    <pronunciation><form lang="tr"><text>not a form</text></form></pronunciation>
    <sense id="s1" order="0">
      <grammatical-info value="Noun"><trait name="type" value="inflAffix"/></grammatical-info>
      <gloss lang="en"><text>house cat</text></gloss>
      <gloss lang="es"><text>gato</text></gloss>
      <example><form lang="tr"><text>Kedi geldi.</text></form></example>
      <subsense id="s2"><gloss lang="en"><text>kitten</text></gloss></subsense>
    </sense>
  </entry>
  <entry id="-ler_2b" guid="2b">
    <lexical-unit><form lang="tr"><text>-ler</text></form></lexical-unit>
    <trait name="morph-type" value="suffix"/>
    <variant>
      <form lang="tr"><text>-lar</text></form>
      <trait name="environment" value="/[A]_"/>
      <trait name="morph-type" value="suffix"/>
    </variant>
    <variant><form lang="tr"><text>-n</text></form></variant>
    <sense id="s3">
      <grammatical-info value="Noun"/>
      <gloss lang="en"><text>PL</text></gloss>
      <gloss lang="es"><text>PL</text></gloss>
    </sense>
  </entry>
  <entry id="=de_3c">
    <lexical-unit><form lang="tr"><text>=<span lang="tr" class="Strong">de</span></text></form></lexical-unit>
    <trait name="morph-type" value="enclitic"/>
    <sense id="s4"><definition><form lang="en"><text>also, too</text></form></definition></sense>
  </entry>
  <entry id="pisi_4d">
    <lexical-unit><form lang="tr"><text>pisi</text></form></lexical-unit>
    <trait name="morph-type" value="stem"/>
    <relation type="_component-lexeme" ref="kedi_1a" order="0">
      <trait name="variant-type" value="Dialectal Variant"/>
    </relation>
  </entry>
  <entry id="gone_5e" dateDeleted="2021-01-01T10:00:00Z"/>
  <entry id="kedi evi_6f">
    <citation><form lang="tr"><text>kedi evi</text></form></citation>
    <relation type="_component-lexeme" ref="kedi_1a">
      <trait name="complex-form-type" value="Compound"/>
    </relation>
  </entry>
</lift>
"""


def read(text, **options):
    return read_lift(io.StringIO(text), **options)


def entry(*parts, name="e1", attributes=""):
    return f'<entry id="{name}"{attributes}>{"".join(parts)}</entry>'


def unit(form, lang="xx", tag="lexical-unit"):
    return f'<{tag}><form lang="{lang}"><text>{form}</text></form></{tag}>'


def sense(gloss, lang="en", name="s1"):
    return f'<sense id="{name}"><gloss lang="{lang}"><text>{gloss}</text></gloss></sense>'


def lift(*entries):
    return f'<lift version="0.13">{"".join(entries)}</lift>'


def test_an_entry_gives_each_form_with_each_gloss():
    assert read(SAMPLE) == (
        LexiconEntry("kedi", "house.cat", "stem", "Noun", "s1"),
        LexiconEntry("kedi", "kitten", "stem", None, "s2"),
        LexiconEntry("ler", "PL", "suffix", "Noun", "s3"),
        LexiconEntry("lar", "PL", "suffix", "Noun", "s3"),
        LexiconEntry("n", "PL", "suffix", "Noun", "s3"),
        LexiconEntry("de", "also,.too", "enclitic", None, "s4"),
        LexiconEntry("pisi", "house.cat", "stem", "Noun", "s1"),
        LexiconEntry("pisi", "kitten", "stem", None, "s2"),
        LexiconEntry("kedi_evi", None, None, None, "kedi evi_6f"),
    )


def test_counts_are_those_of_the_elements():
    root = ET.fromstring(SAMPLE)
    forms = root.findall("entry/lexical-unit") + root.findall("entry/citation")
    variants = root.findall("entry/variant")
    assert len({(e.form, e.morph_type) for e in read(SAMPLE)}) == len(forms) + len(variants)


def test_writing_systems_are_chosen():
    found = read(SAMPLE, vernacular="tr-x-ipa", analysis="es")
    assert [(e.form, e.gloss) for e in found[:4]] == [
        ("cedi", "gato"),
        ("cedi", None),
        ("ler", "PL"),  # has no form in that one
        ("lar", "PL"),
    ]


@pytest.mark.parametrize("option", ["vernacular", "analysis"])
def test_a_writing_system_that_nothing_is_in_is_an_error_that_lists_them(option):
    with pytest.raises(InputError, match=f"nothing is in {option}='fr'; there are: (en|tr)"):
        read(SAMPLE, **{option: "fr"})


@pytest.mark.parametrize(
    ("kind", "written", "form"),
    [
        ("prefix", "un-", "un"),
        ("infix", "-um-", "um"),
        ("proclitic", "l=", "l"),
        ("bound root", "*mi", "mi"),
        ("stem", "*mi", "*mi"),
        ("root", "ad hoc", "ad_hoc"),
        ("phrase", "well-known", "well\u2010known"),
        ("", "ev", "ev"),
    ],
)
def test_forms_are_without_the_marks_of_their_type(kind, written, form):
    trait = f'<trait name="morph-type" value="{kind}"/>'
    (found,) = read(lift(entry(unit(written), trait, sense("x"))))
    assert (found.form, found.morph_type) == (form, kind or None)


def test_a_variant_of_one_sense_has_that_sense():
    other = '<relation type="_component-lexeme" ref="s2"><trait name="variant-type" value="V"/></relation>'
    both = entry(unit("a"), sense("one"), sense("two", name="s2"))
    found = read(lift(entry(unit("b"), other, name="e2"), both))
    assert found[0] == LexiconEntry("b", "two", id="s2")


def test_a_variant_of_what_is_not_there_has_no_gloss():
    other = '<relation type="_component-lexeme" ref=""><trait name="variant-type" value="V"/></relation>'
    assert read(lift(entry(unit("b"), other))) == (LexiconEntry("b", id="e1"),)


def test_definitions_tell_the_language_where_there_are_no_glosses():
    meaning = (
        '<sense id="s"><definition><form lang="fr"><text>chat</text></form></definition></sense>'
    )
    assert read(lift(entry(unit("a"), meaning)))[0].gloss == "chat"


def test_an_entry_without_form_is_reported(caplog):
    with caplog.at_level(logging.WARNING, "igtkit.io"):
        found = read(
            lift(entry(sense("x")), entry(unit("-"), name="e2"), entry(unit("a"), name="e3"))
        )
    assert [e.form for e in found] == ["a"]
    assert "2 of 3 entries have no form" in caplog.text


def test_a_namespace_and_older_versions_do_no_harm():
    text = lift(entry(unit("a"), sense("x")))
    named = text.replace("<lift ", '<lift xmlns="http://fieldworks.sil.org/schemas/lift/0.13" ')
    assert read(named) == read(text.replace("0.13", "0.10")) == read(text)


def test_an_empty_lexicon_is_one():
    assert read(lift()) == ()


BOMB = '<!DOCTYPE lift [<!ENTITY a "aaaa">]>' + lift(entry(unit("&a;")))
OUTSIDE = '<!DOCTYPE lift [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + lift(entry(unit("&a;")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "defines an entity"),
        (OUTSIDE, "defines an entity"),
        (SAMPLE[:900], "no well-formed XML"),
        ("", "the file is empty"),
        ("<document/>", "the root is <document> .expected <lift>"),
    ],
)
def test_what_is_no_lift_gives_one_error_with_its_line(text, message):
    with pytest.raises(FileFormatError, match=message) as raised:
        read(text)
    assert raised.value.line is not None


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "a.lift"
    path.write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(FileFormatError, match="binary"):
        read_lift(path)


def test_the_elements_of_a_file_are_not_held(tmp_path):
    path = tmp_path / "long.lift"
    note = f"<note><form lang='en'><text>{'word ' * 2000}</text></form></note>"
    path.write_text(lift(*[entry(unit("a"), note, sense("x"), name=f"e{n}") for n in range(500)]))
    tracemalloc.start()
    try:
        assert len(read_lift(path)) == 500
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size / 2
    finally:
        tracemalloc.stop()


WORDS = st.text("abç İ", min_size=1, max_size=5).filter(str.strip)


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=3)), max_size=4))
def test_every_form_and_gloss_of_any_lexicon_is_there(words):
    entries = [
        entry(unit(form), *[sense(g, name=f"s{n}{m}") for m, g in enumerate(glosses)], name=f"e{n}")
        for n, (form, glosses) in enumerate(words)
    ]
    expected = [
        ("_".join(form.split()), gloss and ".".join(gloss.split()))
        for form, glosses in words
        for gloss in glosses or [None]
    ]
    assert [(e.form, e.gloss) for e in read(lift(*entries))] == expected


def test_the_name_of_a_recording_is_no_form(caplog):
    recorded = """<lift version="0.13">
      <entry id="a"><lexical-unit>
        <form lang="tr-Zxxx-x-audio"><text>ev.wav</text></form><form lang="tr"><text>ev</text></form>
      </lexical-unit><sense id="s1"><gloss lang="en"><text>house</text></gloss></sense></entry>
      <entry id="b"><lexical-unit><form lang="tr-Zxxx-x-audio"><text>su.wav</text></form>
      </lexical-unit><sense id="s2"><gloss lang="en"><text>water</text></gloss></sense></entry>
    </lift>"""
    with caplog.at_level(logging.WARNING):
        entries = read_lift(io.StringIO(recorded))
    assert [(entry.form, entry.gloss) for entry in entries] == [("ev", "house")]
    assert "1 of 2 entries have no form" in caplog.text


@pytest.mark.parametrize("form", ["ge-...-t", "ge…t", "ge- ... -t", "ge-_-t"])
def test_a_circumfix_is_a_prefix_and_a_suffix(form):
    text = (
        f'<lift version="0.13"><entry id="x"><lexical-unit><form lang="de"><text>{form}</text>'
        '</form></lexical-unit><trait name="morph-type" value="circumfix"/>'
        '<sense><gloss lang="en"><text>PTCP</text></gloss></sense></entry></lift>'
    )
    found = [(one.form, one.gloss, one.morph_type) for one in read_lift(io.StringIO(text))]
    assert found == [("ge", "PTCP", "prefix"), ("t", "PTCP", "suffix")]


def lift_of(*entries):
    parts = []
    for i, (form, kind, lang, gloss) in enumerate(entries):
        trait = f'<trait name="morph-type" value="{kind}"/>' if kind else ""
        parts.append(
            f'<entry id="{i}"><lexical-unit><form lang="x"><text>{form}</text></form></lexical-unit>'
            f'{trait}<sense id="s{i}"><gloss lang="{lang}"><text>{gloss}</text></gloss></sense></entry>'
        )
    return io.StringIO(f'<lift version="0.13">{"".join(parts)}</lift>')


@pytest.mark.parametrize(
    ("form", "trait"),
    [
        ("ge- -t", "circumfix"),
        ("ge -t", "circumfix"),
        ("ge.t", "circumfix"),
        ("ge- . -t", "circumfix"),
        ("ge-...-t", "circumfix"),
        ("ge- -t", ""),
    ],
)
def test_a_circumfix_is_parted_at_a_space_or_a_period(form, trait):
    entries = read_lift(lift_of((form, trait, "en", "PTCP")))
    assert [(e.form, e.gloss, e.morph_type) for e in entries] == [
        ("ge", "PTCP", "prefix"),
        ("t", "PTCP", "suffix"),
    ]


def test_the_marks_of_a_form_tell_its_type_where_nothing_else_does():
    rows = [("-ler", "", "en", "PL"), ("un-", "", "en", "NEG"), ("=pa", "", "en", "TOP")]
    rows += [("-um-", "", "en", "ACT"), ("ev", "", "en", "house"), ("-ki", "particle", "en", "Q")]
    assert [(e.form, e.morph_type) for e in read_lift(lift_of(*rows))] == [
        ("ler", "suffix"),
        ("un", "prefix"),
        ("pa", "enclitic"),
        ("um", "infix"),
        ("ev", None),
        ("ki", "particle"),
    ]


def test_senses_without_a_gloss_in_the_language_are_told(caplog):
    rows = [("a", "", "en", "pig"), ("b", "", "en", "tooth"), ("c", "", "tpi", "nil_pis")]
    assert [e.gloss for e in read_lift(lift_of(*rows))] == ["pig", "tooth", None]
    assert "1 of 3 senses have no gloss in 'en' (tpi: 1)" in caplog.text
    caplog.clear()
    assert [e.gloss for e in read_lift(lift_of(*rows), analysis="tpi")] == [None, None, "nil_pis"]
    assert "2 of 3 senses have no gloss in 'tpi' (en: 2)" in caplog.text


def test_an_entry_of_many_forms_and_glosses_is_refused():
    forms = '<variant><form lang="x"><text>ev</text></form></variant>' * 2_000
    senses = '<sense><gloss lang="en"><text>x</text></gloss></sense>' * 2_000
    lift = io.StringIO(f'<lift><entry id="e">{forms}{senses}</entry></lift>')
    with pytest.raises(FileFormatError, match="the forms and senses of 'e' make far more"):
        read_lift(lift)

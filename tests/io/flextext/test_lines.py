"""Words, their morphs and their glosses: from a phrase to lines."""

from __future__ import annotations

import io

import pytest
from documents.flextext import document, item, lines, morph, read, word, write
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit.io._morphs import GUIDS


@pytest.mark.parametrize(
    ("morphs", "segmentation", "glosses"),
    [
        ([("un", "NEG", "prefix"), ("do", "do", "stem")], "un-do", "NEG-do"),
        ([("un-", "NEG-", "prefix"), ("do", "do", "stem")], "un-do", "NEG-do"),
        ([("do", "do", "root"), ("s", "3", "suffix")], "do-s", "do-3"),
        ([("do", "do", "root"), ("=s", "=3", "enclitic")], "do=s", "do=3"),
        ([("l=", "DEF=", "proclitic"), ("o", "eye", "root")], "l=o", "DEF=eye"),
        (
            [("l", "DEF", "proclitic"), ("a", "X", "prefix"), ("o", "eye", "root")],
            "l=a-o",
            "DEF=X-eye",
        ),
        ([("tsu", "3", "clitic"), ("o", "eye", "root")], "tsu=o", "3=eye"),
        ([("*mi", "how", "bound stem"), ("=pa", "SS", "enclitic")], "mi=pa", "how=SS"),
        ([("house", "house", "stem"), ("cat", "cat", "stem")], "house-cat", "house-cat"),
        (
            [("a", "x", "stem"), ("o", "LNK", "suffixing interfix"), ("b", "y", "stem")],
            "a-o-b",
            "x-LNK-y",
        ),
        ([("do", "do", None), ("=s", "3", None)], "do=s", "do=3"),
        ([("a-", "x", None), ("do", "do", None)], "a-do", "x-do"),
        ([("do", "do", None), ("s", "3", None)], "do-s", "do-3"),
        ([("bi~", "IPFV", "prefix"), ("bili", "buy", "stem")], "bi~bili", "IPFV~buy"),
    ],
)
def test_the_boundary_is_that_of_the_type_and_else_of_the_marks(morphs, segmentation, glosses):
    (igt,) = read(document(word("x", *[morph(f, g, k) for f, g, k in morphs])))
    assert lines(igt)[1:] == (segmentation, glosses)


def test_a_type_in_another_language_is_known_by_its_identifier():
    guid = "d7f713e1-e8cf-11d3-9764-00c04f186933"
    (igt,) = read(document(word("x", morph("a", "b", "tema"), morph("s", "3", "enclítico", guid))))
    assert igt.segmentation == "a=s"


@pytest.mark.parametrize(
    ("surface", "morphs", "segmentation", "glosses"),
    [
        ("bumili", ["bili", "-um-"], "b<um>ili", "buy<ACT>"),
        ("Bumili", ["-um-", "bili"], "b<um>ili", "buy<ACT>"),
        ("nagbumili", ["nag-", "bili", "-um-"], "nag-b<um>ili", "X-buy<ACT>"),
        ("bumíli", ["bili", "-um-"], "b<um>ili", "buy<ACT>"),
        ("???", ["bili", "-um-"], "b<um>ili", "buy<ACT>"),
        ("um", ["-um-"], "um", "ACT"),
    ],
)
def test_an_infix_stands_where_the_word_has_it(surface, morphs, segmentation, glosses):
    known = {"bili": ("buy", "stem"), "-um-": ("ACT", "infix"), "nag-": ("X", "prefix")}
    (igt,) = read(document(word(surface, *[morph(form, *known[form]) for form in morphs])))
    assert lines(igt)[1:] == (segmentation, glosses)
    assert igtkit.check(igt) == ()


def test_two_infixes_of_one_stem_stand_each_in_its_place():
    parts = [
        morph("sulat", "write", "stem"),
        morph("um", "ACT", "infix"),
        morph("in", "X", "infix"),
    ]
    (igt,) = read(document(word("suminulat", *parts)))
    assert igt.segmentation in ("s<um><in>ulat", "s<um>in<in>ulat")
    assert "".join(c for c in igt.segmentation if c not in "<>") == "suminulat"


def test_what_is_not_analyzed_comes_out_aligned():
    words = [
        word("ab", morph("a", "x"), morph("-b")),
        word("cd"),
        word("ef", gloss="two words"),
        word("gh", morph(None, "z")),
        word("ij", morph("i"), morph("-j"), gloss="whole"),
        word("kl", morph("k"), morph("-l"), gloss="p-q"),
        word("mn", morph("mn"), gloss="a-b"),
        word("op", morph("***", "***")),
    ]
    (igt,) = read(document(*words))
    assert igt.segmentation == "a-b cd ef ??? i-j k-l mn ???"
    assert igt.glosses == "x-??? ??? two.words z ???-??? p-q a.b ???"
    assert len(igt.words) == len(words)
    assert igtkit.check(igt) == ()


def test_word_glosses_alone_make_no_segmentation():
    (igt,) = read(document(word("ab", gloss="x-y z"), word("cd")))
    assert lines(igt) == ("ab cd", None, "x-y.z ???")


def test_what_would_read_as_a_boundary_or_a_space_is_written_otherwise_in_the_lines():
    (igt,) = read(document(word("ad hoc-a", morph("ad hoc-a=b", "for this-one"))))
    assert lines(igt) == ("ad hoc-a", "ad_hoc\u2010a\ua78ab", "for.this.one")
    assert len(igt.words[0].morphemes) == 1


def test_punctuation_is_no_word_however_it_is_typed():
    punctuation = '<word><item type="punct" lang="xx">...</item></word>'
    words = [word("("), word("a", morph("a", "?")), word(")"), punctuation]
    (igt,) = read(document(*words))
    assert lines(igt) == ("( a ) ...", "a", "???")
    igt.align()


def test_a_morph_without_its_form_has_that_of_its_entry():
    part = f"<morph>{item('cf', '-im')}{item('gls', '1SG', 'en')}</morph>"
    (igt,) = read(document(word("gelim", morph("gel", "come"), part)))
    assert lines(igt) == ("gelim", "gel-im", "come-1SG")


def test_what_flex_adds_to_the_gloss_of_an_irregular_form_belongs_to_it():
    added = morph("came", "come", "stem").replace(
        "</morph>", item("glsAppend", ".PST", "en") + "</morph>"
    )
    (igt,) = read(document(word("came", added)))
    assert igt.glosses == "come.PST"
    assert write([igt])[0].count("glsAppend") == 1
    changed, report = write([igt.replace(glosses="arrive")])
    assert not report.lost
    assert read(changed)[0].glosses == "arrive"


ODD = st.sampled_from(
    [
        "a",
        "-a",
        "a-",
        "=b",
        "-um-",
        "*mi",
        "***",
        "",
        " ",
        "x y",
        "x-y",
        "x=y",
        ".",
        "-",
        "~a",
        "3>1",
    ]
)


def odd_items(*kinds):
    """Some items, with texts that make trouble."""
    pairs = st.tuples(st.sampled_from(kinds), ODD)
    return st.lists(pairs, max_size=3).map(lambda found: "".join(map(odd_item, found)))


def odd_item(pair):
    kind, text = pair
    lang = "xx" if kind in ("txt", "cf", "punct") else "en"
    return item(kind, text.replace(">", "&gt;"), lang)


ODD_MORPHS = st.builds(
    "<morph{}>{}</morph>".format,
    st.sampled_from(["", ' type="?"', *[f' type="{kind}"' for kind in GUIDS]]),
    odd_items("txt", "gls", "gls", "msa", "cf", "glsAppend"),
)
ODD_WORDS = st.builds(
    "<word>{}{}{}</word>".format,
    odd_items("txt", "punct"),
    st.just("")
    | st.lists(ODD_MORPHS, max_size=4).map(lambda m: f"<morphemes>{''.join(m)}</morphemes>"),
    odd_items("gls", "pos"),
)


@given(st.lists(ODD_WORDS, max_size=4), odd_items("segnum", "txt", "gls", "lit", "note", "foo"))
def test_whatever_a_phrase_holds_it_is_aligned_and_comes_back(words, more):
    (igt,) = read(document(*words, more=more))
    assert igt.words is not None  # raises where the lines do not pair up
    text, report = write([igt])
    assert not report.lost
    (back,) = read(text)
    assert back == igt
    assert back.metadata["flextext"]["phrase"] == igt.metadata["flextext"]["phrase"]
    mark = {"prediction": {"system": "crf", "score": 0.5, "confirmed": False}}
    changed = igt.replace(glosses="x", segmentation="y", metadata={**igt.metadata, **mark})
    text, report = write([changed])
    (back,) = read(text)
    for name in ("transcription", "segmentation", "glosses", "translation"):
        expected = getattr(changed, name)
        assert expected in (None, getattr(back, name)) or name in report.lost


@pytest.mark.parametrize(
    ("statuses", "segmentation"),
    [(("guess", "humanApproved"), "evde"), (("guess", "guess"), "ev-de"), ((None, None), "ev-de")],
)
def test_of_several_analyses_of_a_word_one_is_read(statuses, segmentation):
    first, second = (f' analysisStatus="{one}"' if one else "" for one in statuses)
    text = (
        '<document version="2"><interlinear-text><paragraphs><paragraph><phrases><phrase><words>'
        '<word><item type="txt" lang="tr">evde</item>'
        f'<morphemes{first}><morph type="stem"><item type="txt" lang="tr">ev</item></morph>'
        '<morph type="suffix"><item type="txt" lang="tr">-de</item></morph></morphemes>'
        f'<morphemes{second}><morph type="stem"><item type="txt" lang="tr">evde</item></morph>'
        "</morphemes></word></words></phrase></phrases></paragraph></paragraphs>"
        "</interlinear-text></document>"
    )
    assert igtkit.read(io.StringIO(text), "flextext")[0].segmentation == segmentation

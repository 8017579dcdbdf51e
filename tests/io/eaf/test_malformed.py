"""ELAN files that are not well."""

from __future__ import annotations

import re

import pytest
from documents.eaf import SPEECH, document, read_text, ref, tier, timed

import igtkit
from igtkit.errors import FileFormatError


class TestMalformed:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("<html/>", "the root element is <html>"),
            ("<ANNOTATION_DOCUMENT><TIER>", "no well-formed XML"),
            ('<!DOCTYPE a [<!ENTITY b "c">]><ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>',
             "defines an entity"),
            (document(tier("tx", "of", parent="gone")), "'tx' hangs on 'gone', which is not there"),
            (document(tier("a", "of", parent="b"), tier("b", "of", parent="a")),
             "tier 'b' hangs on itself, by way of 'a'"),
            (document(tier("a", "of"), tier("a", "of")), "a second tier 'a'"),
            (document(SPEECH, tier("mb", "of", ref("a1", "a1", "x"), parent="tx@A")),
             "a second annotation 'a1'"),
            (document(SPEECH, tier("mb", "of", ref("m", "gone", "x"), parent="tx@A")),
             "annotation 'm' refers to 'gone', which is not there"),
            (document(SPEECH, tier("mb", "of", ref("m", "n", "x"), ref("n", "m", "x"),
                                   parent="tx@A")),
             "refers to itself, by way of"),
            (document(tier("tx", "default-lt", timed("a1", "ts1", "ts99", "x"))),
             "the time slot 'ts99', which is not there"),
            (document(SPEECH).replace('TIME_VALUE="0"', 'TIME_VALUE="soon"'), "a time 'soon'"),
            (document(SPEECH).replace('TIME_VALUE="0"', f'TIME_VALUE="{"9" * 400}"'), "a time '999"),
            (document(SPEECH).replace(
                "</ANNOTATION_DOCUMENT>",
                f'<CV_ENTRY_ML CVE_ID="c"><CVE_VALUE>{"a" * 10_001}</CVE_VALUE></CV_ENTRY_ML>'
                "</ANNOTATION_DOCUMENT>"),
             "an entry of a controlled vocabulary of more than 10,000 characters"),
            (document(SPEECH).replace("milliseconds", "fathoms"), "times in 'fathoms'"),
            (document(SPEECH).replace("</TIME_ORDER>",
                                      '<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="7"/></TIME_ORDER>'),
             "a second time slot 'ts1'"),
            (document(SPEECH, tier("ft@A", "default-lt", timed("t", "ts3", "ts5", "x"),
                                   participant="Ayşe")),
             "annotation 't' at 2.000 s of tier 'ft@A' belongs to no annotation of 'tx@A'"),
        ],
    )  # fmt: skip
    def test_each_gives_one_clear_error(self, text, message):
        with pytest.raises(FileFormatError, match=re.escape(message)):
            read_text(text)

    def test_the_rest_is_read_on_request(self):
        broken = document(SPEECH, tier("ft@A", "of", ref("m", "gone", "x"), parent="tx@A"))
        corpus = read_text(broken, errors="skip")
        assert [igt.transcription for igt in corpus] == ["Evlerde kim?"]
        assert [one.line for one in corpus.skipped] == [17]

    @pytest.mark.parametrize(
        ("before", "after", "message", "text"),
        [
            ("ALIGNABLE_", "SUNG_", "text in the tier 'tx@A' that is no annotation's",
             "Evlerde kim?"),
            ("</ANNOTATION>", "</ANNOTATION>ve", "text in the tier 'tx@A' that is", "ve"),
            ("<TIME_ORDER>", f"{timed('a0', 'ts1', 'ts2', 'ev')}<TIME_ORDER>",
             "annotation 'a0' is in no tier", "ev"),
            ("<TIME_ORDER>", "ev<TIME_ORDER>", "text in the document that is in no tier", "ev"),
            ("<TIME_ORDER>", "<SONG><A>ev</A> <B>de</B></SONG><TIME_ORDER>",
             "text in the document that is in no tier", "ev de"),
            ("<TIME_ORDER>", f"{SPEECH.replace('a1', 'a0')}<TIME_ORDER>", "a second tier 'tx@A'",
             "Evlerde kim?"),
        ],
    )  # fmt: skip
    def test_text_that_no_annotation_has_is_reported(self, before, after, message, text):
        broken = document(SPEECH).replace(before, after)
        with pytest.raises(FileFormatError, match=message):
            read_text(broken)
        assert [one.text for one in read_text(broken, errors="skip").skipped] == [text]

    @pytest.mark.parametrize(
        "value", ["one <b>two</b>", "one</ANNOTATION_VALUE>two<ANNOTATION_VALUE>"]
    )
    def test_text_beside_the_value_is_kept(self, value):
        corpus = read_text(document(SPEECH).replace("Evlerde kim?", value))
        assert [igt.transcription for igt in corpus] == ["one two"]

    def test_a_binary_file(self, tmp_path):
        (tmp_path / "a.eaf").write_bytes(b"\0\1\2")
        with pytest.raises(FileFormatError, match="binary"):
            igtkit.read(tmp_path / "a.eaf")

    def test_no_tiers_is_an_empty_corpus(self):
        assert len(read_text(document())) == 0

    def test_sentences_whose_type_says_that_they_are_parts(self):
        whole = tier("tx@A", "part", timed("a1", "ts1", "ts3", "cats run"))
        forms = tier("mb@A", "part", ref("m1", "a1", "cat"), ref("m2", "a1", "-s", "m1"),
                     parent="tx@A")  # fmt: skip
        glosses = tier("ge@A", "part", parent="tx@A")
        [igt] = read_text(document(whole, forms, glosses))
        assert (igt.transcription, igt.segmentation, igt.glosses) == ("cats run", "cat-s", None)

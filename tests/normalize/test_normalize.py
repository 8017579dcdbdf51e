"""Normalizing whole texts: options, any line, real corpora."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from igtkit import IGT, alignment_score, check, normalize
from igtkit.boundaries import is_punctuation, is_word
from igtkit.errors import InputError
from igtkit.io import read
from igtkit.normalize import normalize_with_issues

LINES = ("transcription", "segmentation", "glosses")

LANGUAGES = ("ddo", "git", "lez", "ntu", "nyb", "usp")


@pytest.fixture(scope="module")
def corpora(shared):
    folder = shared / "data" / "sigmorphon2023"
    return {
        name: read(folder / name / f"{name}-dev-track2-uncovered", "sigmorphon")
        for name in LANGUAGES
    }


class TestOptions:
    def test_unicode_form_is_kept_unless_asked(self):
        composed, decomposed = "kɛ\u0301 é;", "kɛ\u0301 e\u0301\u037e"
        assert normalize(decomposed) == "kɛ\u0301 e\u0301 \u037e"
        assert normalize(decomposed, unicode_form="NFC") == "kɛ\u0301 é ;"
        assert normalize(composed, unicode_form="NFD") == "kɛ\u0301 e\u0301 ;"
        igt = normalize(IGT(composed, composed, composed, "é"), "polygloss", unicode_form="NFD")
        assert set(
            map(
                unicodedata.is_normalized,
                ["NFD"] * 4,
                [igt.transcription, igt.segmentation, igt.glosses, igt.translation],
            )
        ) == {True}

    def test_the_translation_and_what_else_there_is_stay(self):
        igt = IGT("a.", translation="A, b.", language="x", id="1", metadata={"k": 1})
        done = normalize(igt)
        assert done == igt.replace(transcription="a .")
        assert done.metadata == {"k": 1}

    def test_nothing_to_do_gives_the_same_object(self):
        igt = IGT("a .", "a .", "A .")
        assert normalize(igt) is igt
        assert normalize(igt, "polygloss") is igt
        assert normalize(igt, unicode_form="NFC") is igt

    def test_missing_lines_stay_missing(self):
        assert normalize(IGT(None)) == IGT(None)
        assert normalize(IGT("", None, "")) == IGT("", None, "")

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            ((None,), {}, "can normalize an IGT or a string, not None"),
            ((3.5,), {}, r"not 3\.5 \(float\)"),
            (("a", "paper"), {}, "rules must be one of 'igtkit', 'polygloss', not 'paper'"),
            (("a",), {"line": "gloss"}, "line must be one of .*not 'gloss'"),
            ((IGT("a"),), {"line": "glosses"}, "an IGT knows its lines"),
            (("a",), {"unicode_form": "NFKC"}, "unicode_form must be one of 'NFC', 'NFD'"),
        ],
    )
    def test_what_cannot_be_worked_with_is_an_error(self, arguments, options, message):
        with pytest.raises(InputError, match=message):
            normalize(*arguments, **options)


CHARACTERS = "aaab1éA‑–꞊‹›⟨⟩\u00ad   ..,?!:;-=()[]\"«»“”„‘’'…¿¡—。\u0301/~<>\t"

TEXT = st.one_of(st.text(CHARACTERS, max_size=24), st.text(max_size=12))


def count(line, is_counted):
    return sum(map(is_counted, line.split()))


class TestEveryLine:
    @settings(max_examples=600)
    @given(TEXT, st.sampled_from(LINES), st.booleans())
    @example('a." b"', "transcription", True)
    @example("[(a -b))]", "segmentation", True)
    @example("»a» b«", "transcription", True)
    @example("ÿ: ’:¡’", "segmentation", True)
    @example("-b[] -? =A", "segmentation", True)
    @example("‘¿=!? -a’", "segmentation", True)
    def test_properties(self, line, name, close_spaces):
        done, issues = normalize_with_issues(line, line=name, close_spaces=close_spaces)
        assert normalize(done, line=name, close_spaces=close_spaces) == done
        assert done.replace(" ", "") == line.replace(" ", "")
        closed = sum(issue.code == "boundary-space-closed" for issue in issues)
        for is_counted in (is_word, lambda token: not is_punctuation(token)):
            assert count(done, is_counted) + closed == count(line, is_counted)
        assert len(bare_marks(done)) <= len(bare_marks(line))

    @settings(max_examples=300)
    @given(TEXT, TEXT, TEXT)
    def test_a_text_normalizes_to_itself(self, transcription, segmentation, glosses):
        igt = normalize(IGT(transcription, segmentation, glosses))
        assert normalize(igt) == igt

    @given(TEXT, st.sampled_from(LINES), st.sampled_from(["NFC", "NFD"]))
    def test_in_a_unicode_form_too(self, line, name, form):
        done = normalize(line, line=name, unicode_form=form)
        assert normalize(done, line=name, unicode_form=form) == done
        expected = unicodedata.normalize(form, line).replace(" ", "")
        assert done.replace(" ", "") == expected


def bare_marks(line):
    """Combining marks with nothing but a space to stand on."""
    return re.findall(r"(?:^| )[\u0300-\u036f]", line)


class TestRealLines:
    def test_normal_forms_and_spaces_only(self, corpora):
        for name, corpus in corpora.items():
            for igt in corpus:
                done = normalize(igt)
                assert normalize(done) is done, (name, igt.id)
                for line in LINES:
                    before, after = getattr(igt, line), getattr(done, line)
                    assert (before or "").replace(" ", "") == (after or "").replace(" ", "")

    def test_alignment_stays(self, corpora):
        for igt in (igt for corpus in corpora.values() for igt in corpus):
            done = normalize(igt)
            assert [(i.code, i.word) for i in check(done)] == [(i.code, i.word) for i in check(igt)]
            assert alignment_score(done.segmentation, done.glosses) == pytest.approx(
                alignment_score(igt.segmentation, igt.glosses)
            )

    def test_tsez_dashes_stay(self, corpora):
        dashes = [igt for igt in corpora["ddo"] if " - " in (igt.segmentation or "")]
        assert dashes
        for igt in dashes:
            assert normalize(igt).segmentation == igt.segmentation

    def test_no_sentence_mark_is_left_on_a_word(self, corpora):
        left = {
            (name, token)
            for name, corpus in corpora.items()
            for igt in corpus
            for token in normalize(igt).transcription.split()
            if re.search(r"[^\W\d_][.,!;:»”]$|^[«„]\w", token)
        }
        assert left == set()

    def test_odin(self, shared):
        """Thousands of the messiest entries there are."""
        for path in sorted((shared / "data" / "odin").glob("*.txt"))[::8]:
            for igt in read(path, "sigmorphon", errors="skip"):
                done, issues = normalize_with_issues(igt)
                assert normalize(done) == done
                closed = {"segmentation": 0, "glosses": 0, "transcription": 0}
                for issue in issues:
                    closed[issue.line] += issue.code == "boundary-space-closed"
                for line in LINES:
                    before, after = getattr(igt, line) or "", getattr(done, line) or ""
                    if "look-alike-mended" not in {issue.code for issue in issues}:
                        assert before.replace(" ", "") == after.replace(" ", "")
                    assert count(after, is_word) + closed[line] == count(before, is_word)

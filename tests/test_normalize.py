"""The normalizer: golden lines, cases one by one, and what holds for every line."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from igtkit import IGT, alignment_score, check, normalize
from igtkit.boundaries import is_punctuation, is_word
from igtkit.errors import InputError
from igtkit.io import read
from igtkit.normalize import FIXES, Fix, normalize_with_issues
from igtkit.normalize.punctuation import EDGE_MARKS, balanced_brackets

LINES = ("transcription", "segmentation", "glosses")
LANGUAGES = ("ddo", "git", "lez", "ntu", "nyb", "usp")


@pytest.fixture(scope="module")
def corpora(shared):
    folder = shared / "data" / "sigmorphon2023"
    return {
        name: read(folder / name / f"{name}-dev-track2-uncovered", "sigmorphon")
        for name in LANGUAGES
    }


class TestPublishedRules:
    def test_golden_lines(self, shared):
        path = shared / "golden" / "polygloss_standardize.jsonl"
        rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
        assert len(rows) == 900
        for row in rows:
            igt = normalize(IGT(*(row[line] for line in LINES)), "polygloss")
            for line in LINES:
                assert getattr(igt, line) == row["expected"][line]
                assert normalize(row[line], "polygloss", line=line) == row["expected"][line]

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("я.", "я ."),
            ("a? b. c! d,", "a ? b . c ! d ,"),
            ("klɛ́,", "klɛ́ ,"),  # a combining mark
            ("का.", "का ."),  # a vowel sign
            ("क्‍.", "क्‍ ."),  # a joiner
            ("1. _, ʰ. Ⅷ.", "1 . _ , ʰ . Ⅷ ."),
            ("Ⓐ. 🅰.", "Ⓐ . 🅰 ."),
            ("m². ½,", "m². ½,"),
            ("a.b a,b ?a", "a.b a,b ?a"),
            ("a... a?! a.”", "a... a?! a.”"),
            ("a'. (a). ».", "a'. (a). »."),
            ("a.\nb.\u00a0c.\u2028", "a .\nb .\u00a0c .\u2028"),
            ("a.\u001cb", "a.\u001cb"),
            ("  a  .  b.  ", "  a  .  b .  "),
            ("a;", "a;"),
            ("", ""),
        ],
    )
    def test_a_space_goes_before_a_mark_after_a_word_character(self, line, expected):
        for name in LINES:
            assert normalize(line, "polygloss", line=name) == expected

    def test_tabs_become_spaces_in_glosses_only(self):
        igt = normalize(IGT("a\tb.", "a\tb.", "A\tB."), "polygloss")
        assert igt == IGT("a\tb .", "a\tb .", "A B .")

    @given(st.text("aé\u0301\u200d9_ʰ²\t\n ?.!,'-", max_size=12))
    def test_one_mark_after_the_other_is_the_same(self, line):
        # The rule as it is stated, on characters of which `re` has the same idea.
        word = r"((?:[^\W²]|[\u0301\u200d]))"
        expected = line.replace("\t", " ")
        for mark in "?.!,":
            expected = re.sub(rf"{word}{re.escape(mark)}(?=\s|\Z)", rf"\1 {mark}", expected)
        assert normalize(line, "polygloss", line="glosses") == expected


class TestSentencePunctuation:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("Hello, world!", "Hello , world !"),
            ("was. INTJ. 1SG.", "was . INTJ . 1SG ."),
            ("kɛ́, bax'. bax’.", "kɛ́ , bax' . bax’ ."),
            ("what?! go... go… eh?,", "what ?! go ... go … eh ?,"),
            ("...went …went", "... went … went"),
            ("¿Qué tal? ¡Ay!", "¿ Qué tal ? ¡ Ay !"),
            ("¿Qué tal", "¿ Qué tal"),
            ("Si llueve, ¿crees? ", "Si llueve , ¿ crees ? "),
            ("你好。 مرحبا؟ नमस्ते। ሰላም። ինչ։", "你好 。 مرحبا ؟ नमस्ते । ሰላም ። ինչ ։"),
            ("「好」 《書》，", "「 好 」 《 書 》 ，"),
            ("«Да», говорит.", "« Да » , говорит ."),
            ("„Ja“, sagte", "„ Ja “ , sagte"),
            ("»Ja«, ”ja”.", "» Ja « , ” ja ” ."),
            ('"Come," he said, "now."', '" Come , " he said , " now . "'),
            ("‘Come here.’", "‘ Come here . ’"),
            ("yołƛin”.", "yołƛin ” ."),  # a quotation that began sentences ago
            ("(he came). [a b],", "( he came ) . [ a b ] ,"),
            ("[a [b c]]", "[ a [ b c ] ]"),
            ("(3 pl.)", "( 3 pl . )"),
            ("—Come— he", "— Come — he"),
            ("», ).", "» , ) ."),
            ("tree(G4). house[NOM], (G4).", "tree(G4) . house[NOM] , (G4) ."),
            ("dog???.", "dog??? ."),
            ("said: 'no';", "said : 'no' ;"),
        ],
    )
    def test_stands_alone(self, line, expected):
        assert normalize(line, line="transcription") == expected
        assert normalize(line) == expected

    @pytest.mark.parametrize(
        "line",
        [
            "DEM1.IIPL.OBL-ERG 1PL PST\\break 2DU>3SG house[NOM] tree(G4) (G4) 3:1 1.000",
            "l' 'nit ba’ ʔaʔ ʼa kaʼ ‘ain den′ 'wihl's",
            "??? ? ?- -??? what?? dog-??? (?) house(?) [?] 3SG-? go-... ...-PL",
            "(he) ma(ra) (taa)k [ni-rekuknisa a) kaa]ta (*da) (...) […]",
            "a:b na: nà:",  # length marks: the line has one inside a word
            "na: go",
            "?al-ka wa?a ka? da?",  # glottal stops: the line has them inside words
            ";yab' watx'; x-;-y",
            'fa"nau tina" sa"',
            "«g\\ø i÷m«li÷ køl«",
            "¿ånwu ¿osu !Xóõ n!u",
            "x - y -- z = . ? , « »",
            "*a a* a/b /a/ {a b} a% #a & _ a_ ,a .a :a",
            "don’t rock ’n roll’s",
            "'hello.' ''a''",
            "",
            "   ",
        ],
    )
    def test_leaves_words_alone(self, line):
        assert normalize(line, line="transcription") == line
        assert normalize(line) == line

    @pytest.mark.parametrize("line", ["ACAUS: PF 3SG", "that:DAT;SG SG:NOM", "X: y"])
    def test_a_colon_in_glosses_joins_elements(self, line):
        assert normalize(line, line="glosses") == line

    def test_a_colon_that_ends_a_gloss_line_is_punctuation(self):
        assert normalize("boy say:", line="glosses") == "boy say :"

    def test_the_segmentation_tells_whether_a_colon_is_a_length_mark(self):
        plain = IGT("na: da:", "na da", "A B")
        assert normalize(plain).transcription == "na : da :"
        assert normalize(plain.replace(segmentation="na : da")).transcription == "na : da :"
        assert normalize(plain.replace(segmentation="na: da:")).transcription == "na: da:"

    def test_every_mark_is_punctuation_by_the_one_definition(self):
        assert {mark for mark in EDGE_MARKS if not is_punctuation(mark)} == set()
        assert set(".,;:!?…。؟،।።¿¡«»“”„()[]") <= EDGE_MARKS
        assert EDGE_MARKS.isdisjoint("-='ʼʔ~<>/\\*_·′")

    def test_brackets_inside_a_token(self):
        assert balanced_brackets("a(b)c[d(e)]") == {1: 3, 5: 10}
        assert balanced_brackets("a)b(c") == {}
        assert balanced_brackets("[(]") == {0: 2}


class TestStraySpaces:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("x  -tok", "x-tok"),
            ("a= ne", "a=ne"),
            ("a-nii -láay", "a-nii-láay"),
            ("x -a -b= c", "x-a-b=c"),
            ("ba' -’a ka´- ʔa pá- b", "ba'-’a ka´-ʔa pá-b"),
            ("boy[NOM] -PL dog- ???", "boy[NOM]-PL dog-???"),
            ("puer -∅", "puer-∅"),
            ("x -tok.", "x-tok ."),
        ],
    )
    def test_on_one_side_are_closed_and_reported(self, line, expected):
        for name in ("segmentation", "glosses"):
            text, issues = normalize_with_issues(line, line=name, close_spaces=True)
            assert text == expected
            assert {(issue.code, issue.severity) for issue in issues} == {
                ("boundary-space-closed", "note")
            }
            assert len(line.split()) - len(issues) == len(text.replace(" .", "").split())
            assert {issue.line for issue in issues} == {name}

    def test_in_a_bare_line_none_is_closed_unless_asked_for(self):
        text, (issue,) = normalize_with_issues("a-nii -láay .")
        assert text == "a-nii -láay ."
        assert issue.code == "boundary-space-ambiguous"

    def test_an_issue_points_into_the_normalized_line(self):
        text, issues = normalize_with_issues("« a b-c -d, e= f", close_spaces=True)
        assert text == "« a b-c-d , e=f"
        assert [(issue.word, issue.morpheme) for issue in issues] == [(1, 2), (2, 1)]
        assert "'b-c -d'" in issues[0].message

    @pytest.mark.parametrize(
        "line", ["a - b", "- a", "a -", "a- ", " -a", "a -- b", "a- , b", ". -a", "a~ b", "a- / b"]
    )
    def test_dashes_and_loose_ends_stay(self, line):
        assert normalize_with_issues(line, close_spaces=True) == (line, ())

    @pytest.mark.parametrize(
        "line", ["a- -b", "a- =b", "a --b", "a\t-b", "a\u00a0-b", "a- [b", "a) -b", "a -\u0301b"]
    )
    def test_what_a_person_must_decide_is_reported(self, line):
        text, (issue,) = normalize_with_issues(line, close_spaces=True)
        assert text == line
        assert issue.code == "boundary-space-ambiguous"
        assert issue.word == 0
        assert issue.morpheme is None

    def test_a_transcription_has_no_boundaries(self):
        assert normalize("pre- and post", line="transcription") == "pre- and post"
        assert normalize(IGT("pre- and post")).transcription == "pre- and post"

    @pytest.mark.parametrize(
        ("transcription", "segmentation", "glosses", "expected"),
        [
            # Segmentation and glosses differ, and do not when one is closed.
            ("anii láay", "a-nii -láay", "3SG-laugh-FUT", ("a-nii-láay", "3SG-laugh-FUT")),
            (None, "a b- c", "A -B C", None),  # they pair up as they are
            (None, "a b -c d", "A -B C", ("a b-c d", "A -B C")),
            (None, "a -b c", "A -B C- D", ("a-b c", "A-B C-D")),
            (None, "a -b", "A- B C", ("a -b", "A-B C")),
            (None, "a -b", "A- B C D", None),  # they never pair up
            # They pair up, but not with the transcription.
            ("ab", "a -b", "A -B", ("a-b", "A-B")),
            ("the man", "the -man", "DEF man", None),
            # Clitics written apart in all lines.
            ("bamun koba tha", "b-amun =koba tha", "2-have =PST RPRT", None),
            ("bamun =koba tha", "b-amun =koba tha", "2-have =PST RPRT", None),
            (None, "a -b", "A -B", None),
            ("a b c", "a -b", "A -B", None),
            # The transcription decides which line is at fault.
            ("a b", "a b- c", "A B-C", ("a b-c", "A B-C")),
            ("a b c", "a b- c", "A B -C", None),
        ],
    )
    def test_they_are_closed_where_the_lines_show_it(
        self, transcription, segmentation, glosses, expected
    ):
        igt, issues = normalize_with_issues(IGT(transcription, segmentation, glosses))
        assert (igt.segmentation, igt.glosses) == (expected or (segmentation, glosses))
        assert igt.transcription == transcription
        closed = [issue for issue in issues if issue.code == "boundary-space-closed"]
        before = len(f"{segmentation} {glosses}".split())
        assert before - len(closed) == len(f"{igt.segmentation} {igt.glosses}".split())
        assert issues

    def test_what_stays_is_reported_as_kept_or_as_unclear(self):
        apart = IGT("bamun koba", "b-amun =koba", "2-have =PST")
        codes = [(issue.code, issue.line) for issue in normalize_with_issues(apart)[1]]
        assert codes == [
            ("boundary-space-kept", "segmentation"),
            ("boundary-space-kept", "glosses"),
        ]
        unclear = apart.replace(glosses="2 -have then a b c")
        codes = {issue.code for issue in normalize_with_issues(unclear)[1]}
        assert codes == {"boundary-space-ambiguous"}

    def test_one_line_alone_is_closed_where_the_transcription_shows_it(self):
        assert normalize(IGT("ab", "a -b")).segmentation == "a-b"
        igt, issues = normalize_with_issues(IGT("ab", None, "A -B"))
        assert igt.glosses == "A-B"
        assert issues[0].line == "glosses"
        for igt in (IGT("a b", "a -b"), IGT(None, "a -b"), IGT("a b c", "a -b")):
            assert normalize(igt) is igt

    def test_all_are_closed_on_demand(self):
        igt = normalize(IGT("a b", "a -b .", "A =B ."), close_spaces=True)
        assert igt == IGT("a b", "a-b .", "A=B .")


class TestLookAlikes:
    @pytest.mark.parametrize(
        ("segmentation", "glosses", "expected"),
        [
            ("ev‑ler‑de kim", "house‑PL‑LOC who", ("ev-ler-de kim", "house-PL-LOC who")),
            ("cat‑s", "cat-PL", ("cat-s", "cat-PL")),
            ("ev\u00adler", "house-PL", ("ev-ler", "house-PL")),
            ("je꞊te꞊aime", "I꞊you꞊love", ("je=te=aime", "I=you=love")),
            ("s⟨um⟩u∼sulat", "⟨AV⟩CONT∼write", ("s<um>u~sulat", "<AV>CONT~write")),
            ("s‹um›ulat.", "‹AV›write.", ("s<um>ulat .", "<AV>write .")),
            ("ab -c d‑e", "x-y z-w", ("ab-c d-e", "x-y z-w")),
            # not plainly: other boundaries, names, years, dashes, other numbers of words
            ("ev‑ler", "house", None),
            ("Šimon–Peres", "Šimon–Peres", None),
            ("1914–1918", "14–18", None),
            ("a – b", "A – B", None),
            ("a‑b c", "A-B", None),
            ("a‑ b", "A- B", None),
            ("anemi\u00ad=meko", "away\u00ad=EMPH", None),
        ],
    )
    def test_they_are_mended_where_the_text_is_plainly_segmented_with_them(
        self, segmentation, glosses, expected
    ):
        igt, issues = normalize_with_issues(IGT(None, segmentation, glosses))
        assert (igt.segmentation, igt.glosses) == (expected or (segmentation, glosses))
        assert any(issue.code == "look-alike-mended" for issue in issues) == bool(expected)

    def test_the_note_names_the_characters(self):
        (issue,) = normalize_with_issues(IGT(None, "ev kedi\u00adler", "house cat‑PL"))[1]
        assert (issue.line, issue.word) == ("segmentation", 1)
        assert "‑ (U+2011 NON-BREAKING HYPHEN)" in issue.message
        assert "U+00AD SOFT HYPHEN" in issue.message

    def test_one_line_alone_and_the_published_rules_are_left(self):
        assert normalize("ev‑ler") == "ev‑ler"
        igt = IGT("ev‑ler", "ev‑ler", None)
        assert normalize(igt) is igt
        both = igt.replace(glosses="house-PL")
        assert normalize(both, "polygloss") is both

    def test_fixes_mend_them_everywhere(self):
        igt = IGT("ev‑ler\u200b", "ev‑ler kedi\u00ad–de\u200b", "house\ufeff")
        done = normalize(igt, fixes=["look-alike-boundaries"])
        assert done.segmentation == "ev-ler kedi--de\u200b"
        assert done.transcription == igt.transcription
        done = normalize(igt, fixes=["invisible-characters"])
        assert done == IGT("ev‑ler", "ev‑ler kedi–de", "house")


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

    def test_the_arapaho_fix(self):
        igt = IGT("a,.b", "a,.b", "IC,.be,.there-3S ,. x,. é,.b e\u0301,.b")
        done = normalize(igt, fixes=["arapaho-comma-period"])
        assert done.glosses == "IC.be.there-3S ,. x ,. é.b e\u0301.b"
        assert done.transcription == "a,.b"
        assert normalize("a,.b", line="glosses", fixes="arapaho-comma-period") == "a.b"
        assert normalize("a,.b", "polygloss", line="glosses") == "a,.b"

    def test_fixes_are_listed_and_combine_in_order(self):
        assert all(fix.name == name and fix.description for name, fix in FIXES.items())
        upper = Fix("upper", "shouts", ("glosses",), str.upper)
        tail = Fix("tail", "adds a lower-case letter", ("glosses", "segmentation"), "{}z".format)
        igt = IGT("a,.b", "a,.b", "a,.b")
        done = normalize(igt, fixes=[upper, "arapaho-comma-period", tail])
        assert done == IGT("a,.b", "a,.bz", "A.Bz")

    @pytest.mark.parametrize(
        ("arguments", "options", "message"),
        [
            ((None,), {}, "can normalize an IGT or a string, not None"),
            ((3.5,), {}, r"not 3\.5 \(float\)"),
            (("a", "paper"), {}, "rules must be one of 'igtkit', 'polygloss', not 'paper'"),
            (("a",), {"line": "gloss"}, "line must be one of .*not 'gloss'"),
            ((IGT("a"),), {"line": "glosses"}, "an IGT knows its lines"),
            (("a",), {"unicode_form": "NFKC"}, "unicode_form must be one of 'NFC', 'NFD'"),
            (("a",), {"fixes": ["nope"]}, "no fix is named 'nope'; there are: arapaho"),
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

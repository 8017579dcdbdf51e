"""Stray spaces at morpheme boundaries."""

from __future__ import annotations

import pytest

from igtkit import IGT, normalize
from igtkit.normalize import normalize_with_issues


class TestStraySpaces:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("x  -tok", "x-tok"),
            ("a= ne", "a=ne"),
            ("a-nii -láay", "a-nii-láay"),
            ("x -a -b= c", "x-a-b=c"),
            ("ba' -’a ka´- ʔa pá- b", "ba'-’a ka´-ʔa pá-b"),
            ("x[a -b] -c", "x[a-b]-c"),
            ("boy[NOM] -PL dog- ???", "boy[NOM]-PL dog-???"),
            ("puer -∅", "puer-∅"),
            ("e\u0301 -b", "e\u0301-b"),
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
        _, issues = normalize_with_issues("a -b -c", close_spaces=True)
        assert [(issue.word, issue.morpheme) for issue in issues] == [(0, 1), (0, 2)]

    @pytest.mark.parametrize(
        "line",
        ["a - b", "- a", "a -", "a- ", " -a", "a -- b", "a- , b", ". -a", "a~ b", "a- / b", "a -*"],
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
        issues = normalize_with_issues(apart)[1]
        assert [(issue.code, issue.severity, issue.line) for issue in issues] == [
            ("boundary-space-kept", "note", "segmentation"),
            ("boundary-space-kept", "note", "glosses"),
        ]
        assert issues[1].message == (
            "kept the space in '2-have =PST': the lines have equal numbers of words as they are"
        )
        unclear = apart.replace(glosses="2 -have then a b c")
        issues = normalize_with_issues(unclear)[1]
        assert {(issue.code, issue.severity) for issue in issues} == {
            ("boundary-space-ambiguous", "note")
        }
        assert issues[0].message == (
            "'b-amun =koba' has a space next to a boundary mark that may or may not belong there; "
            "remove it, or put one on both sides of the mark if that is a dash"
        )

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

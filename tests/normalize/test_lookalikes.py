"""Characters that only look like a boundary."""

from __future__ import annotations

import pytest

from igtkit import IGT, normalize
from igtkit.normalize import normalize_with_issues


class TestLookAlikes:
    @pytest.mark.parametrize(
        ("segmentation", "glosses", "expected"),
        [
            ("ev‑ler‑de kim", "house‑PL‑LOC who", ("ev-ler-de kim", "house-PL-LOC who")),
            ("cat‑s", "cat-PL", ("cat-s", "cat-PL")),
            ("ev-ler", "house‑PL", ("ev-ler", "house-PL")),
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
        (issue,) = normalize_with_issues(IGT(None, "ev-ler", "house‑PL"))[1]
        assert (issue.line, issue.word, issue.severity) == ("glosses", 0, "note")

    def test_one_line_alone_and_the_published_rules_are_left(self):
        assert normalize("ev‑ler") == "ev‑ler"
        igt = IGT("ev‑ler", "ev‑ler", None)
        assert normalize(igt) is igt
        both = igt.replace(glosses="house-PL")
        assert normalize(both, "polygloss") is both

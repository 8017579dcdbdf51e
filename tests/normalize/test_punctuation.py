"""Sentence punctuation apart from words, and nothing else."""

from __future__ import annotations

import pytest

from igtkit import IGT, normalize


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
            ('"Come', '" Come'),  # a quotation that goes on in the next line
            ('he said. "Come', 'he said . " Come'),
            ("()! ().", "() ! () ."),
            ("‘Come here.’", "‘ Come here . ’"),
            ("yołƛin”.", "yołƛin ” ."),  # a quotation that began sentences ago
            ("(he came). [a b],", "( he came ) . [ a b ] ,"),
            ("[a [b c]]", "[ a [ b c ] ]"),
            ("(3 pl.)", "( 3 pl . )"),
            ("—Come— he", "— Come — he"),
            ("», ).", "» , ) ."),
            ("tree(G4). house[NOM], (G4).", "tree(G4) . house[NOM] , (G4) ."),
            ("dog???.", "dog??? ."),
            ("?a b?", "?a b ?"),  # a judgment is no glottal stop
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
            'fa "nau',
            'nau"',
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
        assert normalize(IGT("x", "x", line)).glosses == line

    def test_a_colon_that_ends_a_gloss_line_is_punctuation(self):
        assert normalize("boy say:", line="glosses") == "boy say :"

    def test_the_segmentation_tells_whether_a_colon_is_a_length_mark(self):
        plain = IGT("na: da:", "na da", "A B")
        assert normalize(plain).transcription == "na : da :"
        assert normalize(plain.replace(segmentation="na : da")).transcription == "na : da :"
        assert normalize(plain.replace(segmentation="na: da:")).transcription == "na: da:"
        inside = IGT("na:m da:", "nam da", "A B")
        assert normalize(inside).transcription == "na:m da :"
        split_off = IGT("ja:-da:.", "ja:.", "A")  # whose segmentation keeps no colon in a word
        assert normalize(split_off).transcription == "ja:-da :."

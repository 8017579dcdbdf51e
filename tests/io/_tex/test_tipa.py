r"""TIPA's letters and diacritics, against the names of Unicode and the files of the package."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from igtkit.io._tex.markup import Markup
from igtkit.io._tex.tipa import ACCENTS, LETTERS, SELECTED, SHORT, STACKED, STARRED, ipa_text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\textipa{k\"oSede}", "köʃede"),
        (r"\textipa{\:ta\~a}", "ʈaã"),
        (r"\textipa{\t{ts}\v{a}}", "t͡sǎ"),
        (r"\textipa{t\super h}i", "tʰi"),
        (r"\textipa{k\super{w}a n\super jE}", "kʷa_nʲɛ"),
        (r"\textipa{\;B\;N\;R \!b\!d\!G \*r\*w\*j}", "ʙɴʀ_ɓɗʛ_ɹʍɟ"),
        (r"\textipa{\|[t\|]s\|+u \|xe}", "t̪s̺u̟_e̽"),
        (r"\textipa{\r*n \s{n} \~*a \=*t \t*{gb}}", "n̥_n̩_a̰_t̠_g͜b"),
        (r"\textipa{\'=a \^.e \r=a}", "ā́_ė̂_ā̊".replace("ā́", "ā́")),
        (r"\textipa{" "" + '""ma"pa' + r"}", "ˌmaˈpa"),
        (r"\textipa{a||b|c}", "aǁbǀc"),
        (r"\textipa{S\*{ACK} E}", "ʃACK_ɛ"),
        (r"\textipa{@\tone{51}}", "ə˥˩"),
        (r"\textipa{\ae \o \dh \ng}", "æøðŋ"),
        (r"{\tipaencoding SE}SE", "ʃɛSE"),
        (r"\begin{IPA}SE\end{IPA}", "ʃɛ"),
        (r"\textsubumlaut{a}b\textsubplus{u}k", "a̤bu̟k"),
        (r"n\textcrlambda a s\textbarl{}a \textrhookschwa", "nƛa_sƚa_ɚ"),
        (r"\textesh E \textipa{E}", "ʃE_ɛ"),  # outside, a letter is a letter
    ],
)
def test_tipa_becomes_unicode(tex, text):
    markup = Markup()
    written = markup.cell("{" + tex + "}")
    assert unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", text)
    assert not markup.unknown


def test_a_backslash_at_the_end_of_a_file_does_no_harm():
    assert Markup().cell("\\textipa{S\\") == "ʃ"


def test_a_macro_that_nobody_knows_is_named_inside_too():
    markup = Markup()
    assert markup.cell(r"\textipa{S\myclick{}E}") == "ʃɛ"
    assert markup.unknown == {"\\myclick"}


def test_letters_are_letters_and_diacritics_combine():
    for name, text in LETTERS.items():
        assert text, name
        assert text == unicodedata.normalize("NFC", text), name
    for table in (ACCENTS, STACKED, STARRED, SELECTED["|"]):
        assert all(unicodedata.combining(mark) for marks in table.values() for mark in marks)
    assert len(SHORT) == 42
    assert ipa_text("xyz") == "xyz"


# Names of Unicode that say what those of TIPA say; TIPA's word first.
WORDS = {
    "bar": "BAR|STROKE|BARRED", "turn": "TURNED", "rtail": "RETROFLEX|TAIL", "ht": "HOOK",
    "rev": "REVERSED", "inv": "INVERTED", "glotstop": "GLOTTAL STOP", "yogh": "EZH", "esh": "ESH",
    "schwa": "SCHWA", "open": "OPEN", "close": "CLOSED",
}  # fmt: skip
OTHER = {
    "textbardotlessj", "textrevglotstop", "textbarglotstop", "textbarrevglotstop", "textreve",
    "textctyogh", "textbabygamma", "textopencorner", "textheng", "texthth", "texththeng",
    "textrtailhth", "textbarl", "textturnw", "texthtbardotlessj", "texthtbardotlessjvar",
    "textObardotlessj", "textrevapostrophe", "textraiseglotstop", "textcloseomega", "textbarc",
    "texthtd", "textturncelig", "textturnthree", "textturntwo", "textbarb", "textbard", "textbarg",
    "textdoublebarpipe", "textdoublebarpipevar", "textdoublebaresh", "textdoublebarslash",
    "textcrinvglotstop", "textdyoghlig", "textteshlig", "textlyoghlig", "textOlyoghlig",
    "textlooptoprevesh", "textrtails", "textctesh", "textbenttailyogh", "textturnlonglegr", "textrevyogh",
}  # fmt: skip
"""Letters that Unicode names in another way."""


def test_names_of_letters_and_of_unicode_say_the_same():
    wrong = {}
    for name, text in LETTERS.items():
        if name in OTHER or len(text) > 1:
            continue
        says = unicodedata.name(text)
        for word, meaning in WORDS.items():
            if name.startswith(f"text{word}") and not re.search(meaning, says):
                wrong[name] = says
    assert wrong == {}


def test_every_name_of_the_package_is_known():
    kpsewhich = shutil.which("kpsewhich")
    if kpsewhich is None:
        pytest.skip("no TeX here to compare with")
    names = set()
    for file in ("tipa.sty", "t3enc.def"):
        done = subprocess.run([kpsewhich, file], capture_output=True, text=True, check=False)
        if not done.stdout.strip():
            pytest.skip("TIPA is not installed")
        source = Path(done.stdout.strip()).read_text(encoding="latin-1")
        names |= set(
            re.findall(r"\\DeclareText(?:Symbol|Accent|Command)(?:Default)?\{?\\(text\w+)", source)
        )
    assert len(names) > 200
    assert names - set(LETTERS) - set(ACCENTS) == set()

"""The sample corpus keeps the promises of its README."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

import igtkit
from igtkit.boundaries import is_word, split_morphemes, split_words
from igtkit.corpus.collection import Corpus
from igtkit.data import load_sample

# Stems as they are, suffixes with "-", whole words after "word ".
HOMOGRAPHS = {
    "yüz": "face hundred swim", "at": "horse throw", "gül": "rose laugh", "kaz": "goose dig",
    "yaz": "summer write", "dolu": "hail full", "çay": "tea stream", "kır": "countryside break",
    "dal": "branch dive", "ek": "addition sow", "iç": "drink inside", "bin": "thousand mount",
    "var": "exist arrive", "kız": "girl get.angry", "kurt": "wolf worm", "yan": "side burn",
    "çal": "play steal", "-ın": "GEN 2SG.POSS IMP.2PL", "-ı": "ACC 3SG.POSS", "-lar": "PL 3PL",
    "-ma": "NEG NMLZ", "-m": "1SG 1SG.POSS", "-ar": "AOR CAUS", "word yüzme": "swim-NEG swim-NMLZ",
    "word mektubun": "letter-GEN letter-2SG.POSS", "word benim": "1SG-GEN 1SG-1SG",
    "word ekmek": "bread sow-INF", "word gelin": "bride come-IMP.2PL",
    "word için": "for drink-IMP.2PL",
}  # fmt: skip
LOWER = str.maketrans("İI", "iı")  # what str.lower gets wrong in Turkish
README = (files("igtkit.data") / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample() -> Corpus:
    return load_sample()


def pairs(corpus: Corpus) -> list[tuple[str, str]]:
    """Each word's segmentation and gloss; asserts that tokens and boundaries agree."""
    found = []
    for igt in corpus:
        forms, glosses = split_words(igt.segmentation), split_words(igt.glosses)
        assert len(forms) == len(glosses), igt
        for form, gloss in zip(forms, glosses, strict=True):
            assert re.findall("[-=]", form) == re.findall("[-=]", gloss), (form, gloss)
            assert is_word(form) or form == gloss
            if is_word(form):
                found.append((form, gloss))
    return found


def morphemes(corpus: Corpus) -> list[tuple[str, str, str]]:
    """Boundary, form and gloss of each morpheme."""
    return [
        (boundary, form, gloss)
        for word, glosses in pairs(corpus)
        for (boundary, form), (_, gloss) in zip(
            split_morphemes(word), split_morphemes(glosses), strict=True
        )
    ]


def stems(corpus: Corpus) -> set[tuple[str, str]]:
    return {(form, gloss) for _, form, gloss in morphemes(corpus) if re.search("[a-z]", gloss)}


def test_is_as_large_as_said(sample: Corpus) -> None:
    assert Counter(igt.split for igt in sample) == {"train": 323, "dev": 48, "test": 49}
    assert len(pairs(sample)) == 2960
    assert len(stems(sample)) == 826
    assert len({gloss for _, gloss in stems(sample)}) >= 450  # allomorphs counted once


def test_is_aligned(sample: Corpus) -> None:
    assert [issue for igt in sample for issue in igtkit.check(igt)] == []


def test_segments_spell_the_transcription(sample: Corpus) -> None:
    for igt in sample:
        surface = [token.strip("“”.,?!:;") for token in split_words(igt.transcription)]
        forms = [re.sub("[-=]", "", form) for form, _ in pairs(Corpus([igt]))]
        spelled, segments = " ".join(surface), " ".join(forms)
        assert spelled.translate(LOWER).lower() == segments.translate(LOWER).lower()


def test_sentences_are_complete_and_differ(sample: Corpus) -> None:
    assert len({igt.transcription for igt in sample}) == len(sample)
    for igt in sample:
        for line in (igt.transcription, igt.segmentation, igt.glosses, igt.translation):
            assert (line or " ")[-1] in ".?!”"


def test_readme_lists_just_the_labels_there_are(sample: Corpus) -> None:
    elements = {part for _, _, gloss in morphemes(sample) for part in gloss.split(".")}
    used = {e for e in elements if e == e.upper() and any(c.isalpha() for c in e)}
    assert used == set(re.findall(r"^\| ([A-Z0-9]+) \| ", README, re.MULTILINE))


def test_dev_and_test_have_words_and_stems_that_train_lacks(sample: Corpus) -> None:
    parts = sample.splits
    known = {form for form, _ in pairs(parts["train"])}
    for name, words, new_stems in (("dev", 173, 54), ("test", 176, 56)):
        held_out = parts[name]
        assert sum(form not in known for form, _ in pairs(held_out)) == words
        assert len(stems(held_out) - stems(parts["train"])) == new_stems


def test_homographs_have_each_of_their_analyses(sample: Corpus) -> None:
    met: dict[str, set[str]] = defaultdict(set)
    for boundary, form, gloss in morphemes(sample):
        met[boundary + form].add(gloss)
    for word, gloss in pairs(sample):
        met["word " + re.sub("[-=]", "", word)].add(gloss)
    for form, glosses in HOMOGRAPHS.items():
        assert set(glosses.split()) <= met[form], form


def test_clitics_are_just_those_the_readme_lists(sample: Corpus) -> None:
    clitics = {gloss for boundary, _, gloss in morphemes(sample) if boundary == "="}
    assert clitics == {*("COP", "COP.PST", "COP.EVID", "COP.COND"), *("CVB", "INS", "COM", "REL")}

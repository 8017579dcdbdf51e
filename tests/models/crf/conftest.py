"""An invented language, small enough to train on in a moment."""

from __future__ import annotations

import random

import pytest
from models.quick import QUICK

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf import CrfSettings

STEMS = {
    "kalo": "house", "mite": "dog", "suna": "river", "pere": "woman", "tolu": "stone",
    "nami": "bird", "riko": "child", "vase": "fire", "gomi": "tree", "luta": "bread",
}  # fmt: skip
VERBS = {"hane": "see", "doki": "take", "sibu": "hear", "zemo": "make", "fari": "burn"}
CASES = {"": "", "n": "ACC", "s": "DAT"}
TENSES = {"ta": "PST", "ru": "FUT"}


def _noun(rng: random.Random) -> tuple[str, str, str, str]:
    stem = rng.choice(sorted(STEMS))
    plural, case = rng.random() < 0.3, rng.choice(sorted(CASES))
    parts = [stem, *(["ke"] if plural else []), *([case] if case else [])]
    glosses = [STEMS[stem], *(["PL"] if plural else []), *([CASES[case]] if case else [])]
    english = STEMS[stem] + ("s" if plural else "")
    surface = "".join(parts).replace("ek", "ik")  # e is raised before k
    return surface, "-".join(parts), "-".join(glosses), english


def _verb(rng: random.Random) -> tuple[str, str, str, str]:
    stem, tense = rng.choice(sorted(VERBS)), rng.choice(sorted(TENSES))
    english = f"will {VERBS[stem]}" if tense == "ru" else f"did {VERBS[stem]}"
    return stem + tense, f"{stem}-{tense}", f"{VERBS[stem]}-{TENSES[tense]}", english


def make_texts(count: int, seed: int = 0, *, translation: bool = True) -> list[IGT]:
    """Sentences of two nouns and a verb, with a comma that the segmentation leaves out."""
    rng = random.Random(seed)
    texts = []
    for _ in range(count):
        words = [_noun(rng), _noun(rng), _verb(rng)]
        surface = " ".join(word[0] for word in words) + " ."
        english = f"The {words[0][3]} {words[2][3]} the {words[1][3]}."
        texts.append(
            IGT(
                surface[0].upper() + surface[1:],
                " ".join(word[1] for word in words),
                " ".join(word[2] for word in words),
                english if translation else None,
            )
        )
    return texts


@pytest.fixture(scope="session")
def small() -> CrfSettings:
    """Settings that train in a moment."""
    return QUICK


@pytest.fixture(scope="session")
def texts() -> list[IGT]:
    """Sixty sentences to train on."""
    return make_texts(60)


@pytest.fixture(scope="session")
def held_out() -> list[IGT]:
    """Forty other sentences."""
    return make_texts(40, seed=1)


@pytest.fixture(scope="session")
def glosser(texts: list[IGT], small: CrfSettings) -> CrfGlosser:
    """A trained glosser; not to be changed."""
    return CrfGlosser(small).fit(texts)

"""The hard-attention glosser: what it learns from, what it promises, what it refuses."""

from __future__ import annotations

from itertools import pairwise

import pytest
from forgery import change_manifest, stored

pytest.importorskip("torch", reason="needs torch (the extra models)")
pytest.importorskip("safetensors", reason="needs safetensors (the extra models)")

from igtkit import IGT, alignment_score, check, load_sample
from igtkit.errors import InputError, ModelFileError, NotFittedError
from igtkit.metrics import evaluate
from igtkit.models import HardAttentionGlosser
from igtkit.models._manifest import load_json
from igtkit.models.hard_attention.data import Vocabulary
from igtkit.models.registry import load_glosser

SMALL = {"hidden_size": 48, "layers": 1, "dropout": 0.0, "learning_rate": 0.01, "epochs": 12}
STEMS = {"ev": "house", "su": "water", "göz": "eye", "taş": "stone", "kuş": "bird", "at": "horse"}
SUFFIXES = {"": "", "im": "1SG", "ler": "PL", "de": "LOC"}
WORDS = {
    stem + suffix: f"{meaning}-{label}" if label else meaning
    for stem, meaning in STEMS.items()
    for suffix, label in SUFFIXES.items()
}


def texts(words):
    return [
        IGT(f"{one} {other} .", None, f"{WORDS[one]} {WORDS[other]} .")
        for one, other in pairwise(words)
    ]


@pytest.fixture(scope="module")
def glosser():
    train = texts(sorted(WORDS) * 4)
    return HardAttentionGlosser(**SMALL, patience=12).fit(train, train)


def test_it_finds_the_morphemes_from_glosses_alone(glosser):
    test = texts(sorted(WORDS, reverse=True))
    made = glosser.predict(test)
    assert evaluate(predictions=made, references=test)["glossing.morpheme.error_rate"] < 0.05
    segmented = glosser.predict([IGT("evler taşde")])[0]
    assert segmented.segmentation == "ev-ler taş-de"
    assert segmented.glosses == "house-PL stone-LOC"


def test_lines_align_and_segments_spell_the_text(glosser):
    sample = load_sample().split("test")[:40]
    for igt, made in zip(sample, glosser.predict(sample), strict=True):
        assert alignment_score(made.segmentation, made.glosses) == 1
        assert not check(IGT(None, made.segmentation, made.glosses))
        assert made.segmentation.replace("-", "") == " ".join(
            igt.transcription.replace("-", "").split()
        )


def test_a_text_that_writes_punctuation_to_its_words_is_glossed_like_one_that_does_not(glosser):
    apart, attached = glosser.predict([IGT("evler taşde ."), IGT("evler taşde.")])
    assert apart.glosses == "house-PL stone-LOC ."
    assert attached.glosses == "house-PL stone-LOC."
    assert attached.segmentation == "ev-ler taş-de."
    assert len(attached.words) == 2


def test_punctuation_belongs_to_the_words_where_training_has_it_there():
    lines = ["gel. dur .", "gel. gel."]
    assert Vocabulary.of([], lines).strip("gel.") == ("", "gel.", "")
    assert Vocabulary.of([], [*lines, ". ."]).strip("gel.") == ("", "gel.", "")
    assert Vocabulary.of([], ["gel . dur ,"]).strip("gel.,") == ("", "gel", ".,")


def test_order_and_company_do_not_matter(glosser):
    lines = [IGT("evler"), IGT("taş su göz at evde kuşim"), IGT("."), IGT(""), IGT("su .")]
    together = glosser.predict(lines)
    assert [made.glosses for made in together] == [
        glosser.predict([igt])[0].glosses for igt in lines
    ]
    assert together[2].glosses == "."
    assert together[3].segmentation == ""


def test_words_have_probabilities(glosser):
    made = glosser.predict([IGT("evler .")])[0]
    assert 0.5 < made.words[0][0].probability <= 1
    assert made.words[1][0].probability is None
    assert made.system == "HardAttentionGlosser"


def test_a_given_segmentation_is_glossed_as_it_is(glosser):
    made = glosser.predict([IGT(None, "ev-ler=de su")], given="segmentation")[0]
    assert made.segmentation == "ev-ler=de su"
    assert made.glosses == "house-PL=LOC water"


def test_what_is_done_is_kept(glosser):
    begun = IGT("evler taşde su", "e-vler ??? ???", "??? rock-LOC ???")
    made = glosser.predict([begun], given="partial")[0]
    assert made.segmentation == "e-vler taş-de su"
    assert made.glosses.split()[1:] == ["rock-LOC", "water"]


def test_clitics_keep_their_boundary():
    train = [IGT("evde su", None, "house=LOC water"), IGT("ev taşde", None, "house stone=LOC")] * 12
    made = HardAttentionGlosser(**SMALL, patience=12).fit(train, train).predict([IGT("evde")])[0]
    assert (made.segmentation, made.glosses) == ("ev=de", "house=LOC")


def test_clitics_written_apart_are_learned_and_written_so():
    stems = {"ev": "house", "su": "water", "taş": "stone", "at": "horse"}
    train = [
        IGT(f"{one}ler ko re {other}", None, f"{stems[one]}-PL =PST REL= {stems[other]}")
        for one in stems
        for other in stems
    ] * 3
    glosser = HardAttentionGlosser(**SMALL, patience=12).fit(train, train)
    made = glosser.predict([IGT("suler ko re taş")])[0]
    assert made.segmentation.split()[1:] == ["=ko", "re=", "taş"]
    assert made.glosses == "water-PL =PST REL= stone"
    text = IGT(None, "taş =ko re= at")
    assert glosser.predict([text], given="segmentation")[0].glosses == "stone =PST REL= horse"


def test_the_same_seed_gives_the_same_model():
    train = texts(sorted(WORDS))
    settings = SMALL | {"epochs": 2}
    one, other = (HardAttentionGlosser(**settings, seed=3).fit(train, train) for _ in range(2))
    assert one.history == other.history
    assert one.history != HardAttentionGlosser(**settings, seed=4).fit(train, train).history


def test_it_is_saved_and_loaded(glosser, tmp_path):
    glosser.save_pretrained(tmp_path)
    lines = [IGT("evler taşde"), IGT("gözim")]
    for loaded in (HardAttentionGlosser.from_pretrained(tmp_path), load_glosser(tmp_path)):
        assert loaded.predict(lines) == glosser.predict(lines)


@pytest.mark.parametrize("damage", ["cut", "gone", "of another size"])
def test_a_damaged_model_is_refused(glosser, tmp_path, damage):
    glosser.save_pretrained(tmp_path)
    weights = stored(tmp_path, "model.safetensors")
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-9])
    elif damage == "gone":
        weights.unlink()
    else:
        shape = load_json(tmp_path / "igtkit.json")["settings"]["shape"]
        change_manifest(tmp_path, shape=shape | {"hidden_size": 64})
    with pytest.raises(ModelFileError, match=r"damaged|is not there"):
        HardAttentionGlosser.from_pretrained(tmp_path)
    with pytest.raises(ModelFileError, match="no saved HardAttentionGlosser"):
        HardAttentionGlosser.from_pretrained(tmp_path / "nowhere")


def test_texts_that_teach_nothing_are_counted():
    train = [*texts(sorted(WORDS)), IGT("a b", None, "A"), IGT("a"), IGT(None, None, "A")]
    assert HardAttentionGlosser(**SMALL | {"epochs": 1}).fit(train).left_out == 3
    with pytest.raises(InputError, match="none of 1 texts"):
        HardAttentionGlosser().fit([IGT("a")])


def test_a_word_of_more_morphemes_than_letters_teaches_nothing_and_breaks_nothing():
    train = [IGT("a ev", None, "and-PL-X house"), *texts(sorted(WORDS))]
    made = HardAttentionGlosser(**SMALL | {"epochs": 1}).fit(train, train).predict([IGT("a")])[0]
    assert "-" not in made.glosses


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"epochs": 0}, "epochs must be above 0"), ({"dropout": 1.0}, "dropout must be")],
)
def test_settings_that_make_no_sense(settings, message):
    with pytest.raises(InputError, match=message):
        HardAttentionGlosser(**settings)


def test_wrong_use(glosser, tmp_path):
    with pytest.raises(NotFittedError):
        HardAttentionGlosser().predict([IGT("a")])
    with pytest.raises(NotFittedError):
        HardAttentionGlosser().save_pretrained(tmp_path)
    with pytest.raises(InputError, match="no transcription"):
        glosser.predict([IGT(None)])
    with pytest.raises(InputError, match="no segmentation"):
        glosser.predict([IGT("a")], given="segmentation")
    with pytest.raises(InputError, match="given must be"):
        glosser.predict([IGT("a")], given="all")

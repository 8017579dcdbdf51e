from __future__ import annotations

import time

import pytest
from forgery import change_json, change_manifest

from igtkit import IGT, Prediction, normalize, read
from igtkit.errors import InputError, ModelFileError, NotFittedError
from igtkit.metrics import evaluate
from igtkit.models import LookupGlosser

TRAIN = [
    IGT("Cats run .", "cat-s run .", "cat-PL run .", "Cats run."),
    IGT("a cat runs .", "a cat run-s .", "INDF cat run-3SG .", "A cat runs."),
    IGT(
        "The dog runs , he said .", "the dog run-s he say-d .", "DEF dog run-3SG 3SG say-PST .", "t"
    ),
    IGT("not learnt", "not learn-t", "not learn"),
    IGT("a run", None, "INDF run"),
]


@pytest.fixture
def glosser():
    return LookupGlosser().fit(TRAIN)


def gloss(glosser, transcription, **options):
    (prediction,) = glosser.predict([IGT(transcription)], **options)
    return prediction.segmentation, prediction.glosses


@pytest.mark.parametrize(
    ("transcription", "segmentation", "glosses"),
    [
        ("cats run .", "cat-s run .", "cat-PL run ."),
        ("THE CAT", "the cat", "DEF cat"),
        ("dogs", "dog-s", "dog-3SG"),
        ("Wolves run", "Wolves run", "??? run"),
        ("she-wolf run", "she-wolf run", "???-??? run"),
        ("dog , said", "dog say-d", "dog say-PST"),
        ("dog; cat!", "dog cat", "dog cat"),
        ("dog !", "dog !", "dog !"),
        ("", "", ""),
        ("« ...", "« ...", "« ..."),
    ],
)
def test_lookup(glosser, transcription, segmentation, glosses):
    assert gloss(glosser, transcription) == (segmentation, glosses)


def test_what_could_not_be_learned_from_is_counted(glosser):
    assert glosser.left_out == 2


def test_the_most_frequent_analysis_wins():
    train = [IGT("a", "a", "X"), IGT("a", "a", "Y"), IGT("a", "a", "Y")]
    assert gloss(LookupGlosser().fit(train), "a") == ("a", "Y")


def test_it_says_how_often_suggestions_of_a_kind_are_right():
    train = [IGT(f"kedi {n}", f"kedi {n}", f"cat {n}") for n in range(8)]
    (prediction,) = LookupGlosser().fit(train).predict([IGT("kedi , kuş")])
    (known,), (comma,), (unknown,) = prediction.words
    assert (known.probability, comma.probability) == (9 / 10, None)
    assert unknown.probability == 0
    assert unknown.evidence == ("neither the word nor its morphemes are known",)


def test_segmentation_and_glosses_of_the_input_are_ignored(glosser):
    (prediction,) = glosser.predict([IGT("dogs", "do-gs", "X-Y")])
    assert prediction.glosses == "dog-3SG"


def test_a_given_segmentation_is_glossed_and_kept(glosser):
    item = IGT("dogs ran", "dog-s  ran-s .", None)
    (prediction,) = glosser.predict([item], given="segmentation")
    assert prediction.segmentation == "dog-s  ran-s ."
    assert prediction.glosses == "dog-3SG ???-3SG ."


@pytest.mark.parametrize(
    ("segmentation", "glosses", "expected"),
    [
        ("??? run ???", "??? GO ???", ("cat-s run dog", "cat-PL GO dog")),
        ("CAT-z ??? ???", None, ("CAT-z run dog", "cat-??? run dog")),
        (None, "??? ??? canine", ("cat-s run dog", "cat-PL run canine")),
        (None, "feline-PL ??? ???", ("cat-s run dog", "feline-PL run dog")),
        (None, "feline ??? ???", ("??? run dog", "feline run dog")),
        ("cat-s run dog", "???-PLUR ??? X-Y", ("cat-s run dog", "cat-PLUR run X-Y")),
    ],
)
def test_only_what_is_missing_is_filled(glosser, segmentation, glosses, expected):
    item = IGT("Cats run dog", segmentation, glosses)
    (prediction,) = glosser.predict([item], given="partial")
    assert (prediction.segmentation, prediction.glosses) == expected


def test_it_comes_back_from_a_folder(glosser, tmp_path):
    glosser.save_pretrained(tmp_path / "new" / "folder")
    again = LookupGlosser.from_pretrained(tmp_path / "new" / "folder")
    items = [IGT("The dogs said ;"), IGT("wolves")]
    assert again.predict(items) == glosser.predict(items)


def test_errors_before_fit(tmp_path):
    with pytest.raises(NotFittedError, match="fit"):
        LookupGlosser().predict([])
    with pytest.raises(NotFittedError):
        LookupGlosser().save_pretrained(tmp_path)


@pytest.mark.parametrize(
    ("items", "options", "message"),
    [
        (TRAIN[0], {}, "put it into a list"),
        (None, {}, "many texts, got None"),
        (["text"], {}, "item 0 is no IGT"),
        (TRAIN, {"given": "glosses"}, "given must be"),
        ([IGT(None)], {}, "without transcription"),
        ([IGT("a")], {"given": "segmentation"}, "no segmentation"),
        ([IGT("a b", "a")], {"given": "partial"}, r"write '\?\?\?' for each word"),
    ],
)
def test_input_that_cannot_be_glossed(glosser, items, options, message):
    with pytest.raises(InputError, match=message):
        glosser.predict(items, **options)


@pytest.mark.parametrize("train", [[], [IGT("a b", "a", "X")]])
def test_nothing_to_learn_from(train):
    with pytest.raises(InputError, match="none of"):
        LookupGlosser().fit(train)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "holds no saved LookupGlosser"),
        ("{", "damaged"),
        ("[]", "not of a LookupGlosser"),
        ('{"kind": 3}', "not of a LookupGlosser"),
        ('{"kind": "CrfGlosser"}', "but of 'CrfGlosser'"),
        ('{"kind": "LookupGlosser", "format_version": 0}', "format version 0"),
        ('{"kind": "LookupGlosser", "format_version": 2}', "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"kind": NaN}', "damaged"),
    ],
)
def test_what_says_what_it_holds_may_be_damaged(tmp_path, content, message):
    if content is not None:
        (tmp_path / "igtkit.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelFileError, match=message):
        LookupGlosser.from_pretrained(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda tables: tables.__delitem__("forms"),
        lambda tables: tables.update(more={}),
        lambda tables: tables.update(words=[]),
        lambda tables: tables["words"].update(cats="cat"),
        lambda tables: tables["words"].update(cats=["cat", 3]),
        lambda tables: tables["forms"].update(cats=None),
        lambda tables: tables["morphemes"].update(s=["PL", "-", -1]),
        lambda tables: tables["morphemes"].update(s=["PL", "-", 1.5]),
        lambda tables: tables["morphemes"].update(s=["PL", "-", True]),
    ],
)
def test_tables_that_make_no_sense_are_refused(tmp_path, change):
    LookupGlosser().fit([IGT("cats", "cat-s", "cat-PL")]).save_pretrained(tmp_path)
    change_json(tmp_path, "tables.json", change)
    with pytest.raises(ModelFileError, match="damaged"):
        LookupGlosser.from_pretrained(tmp_path)


@pytest.mark.parametrize("rates", [{}, {"known": 2, "split": 0, "unknown": 0}, [1, 2, 3], "x"])
def test_rates_that_make_no_sense_are_refused(tmp_path, rates):
    LookupGlosser().fit([IGT("cats", "cat-s", "cat-PL")]).save_pretrained(tmp_path)
    change_manifest(tmp_path, rates=rates)
    with pytest.raises(ModelFileError, match="damaged"):
        LookupGlosser.from_pretrained(tmp_path)


@pytest.mark.parametrize("language", ["git", "lez"])
def test_it_clearly_beats_copying_the_words(shared, language):
    folder = shared / "data" / "sigmorphon2023" / language
    train, dev = (
        read(folder / f"{language}-{part}-track2-uncovered", "sigmorphon").map(normalize)
        for part in ("train", "dev")
    )
    looked_up = LookupGlosser().fit(train).predict(dev)
    copied = [Prediction(igt.transcription, igt.transcription) for igt in dev]
    better, worse = (
        evaluate(predictions=predictions, references=dev) for predictions in (looked_up, copied)
    )
    metric = "glossing.morpheme.error_rate"
    assert better[metric] < 0.85 * worse[metric]
    assert better["segmentation.f1"] > worse["segmentation.f1"]


@pytest.mark.parametrize(
    ("segmentation", "glosses", "expected"),
    [
        ("cat-s ??? .", "cat-PL ??? .", ("cat-s run .", "cat-PL run .")),
        ("« cat-s » ???", None, ("« cat-s » run", "cat-PL run")),
        (None, "??? ! ??? !", ("cat-s run", "cat-PL ! run !")),
    ],
)
def test_punctuation_that_a_person_has_written_stays(glosser, segmentation, glosses, expected):
    begun = IGT("Cats run.", segmentation, glosses)
    (prediction,) = glosser.predict([begun], given="partial")
    assert (prediction.segmentation, prediction.glosses) == expected


def test_what_is_far_too_long_for_a_word_is_not_split(glosser):
    begun = time.process_time()
    short, long = glosser.predict([IGT("dogs" * 100), IGT("dogs" * 20_000)])
    assert time.process_time() - begun < 1
    assert "-" in short.segmentation
    assert long.glosses == "???"

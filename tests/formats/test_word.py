"""The word format: one prompt for each word, there and back."""

from __future__ import annotations

import json

import pytest
from formats.corpora import texts as corpus_texts
from formats.texts import BARE, FULL, GLOSSED, MISALIGNED, SEGMENTED, SPOKEN
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from igtkit import IGT, Prediction
from igtkit.boundaries import UNKNOWN, list_words
from igtkit.errors import AlignmentError, InputError
from igtkit.formats import encode_corpus, get, problems
from igtkit.formats.analyses import rows_of
from igtkit.formats.memory import COST_WEIGHT
from igtkit.formats.word import Word

WORD = get("word")
LEARNED = [
    IGT("Evde kim ?", "ev-de kim ?", "house-LOC who ?"),
    IGT("ev", "ev", "home"),
    IGT("ev", "ev", "house"),
]
TEXT = IGT("« Kim , evdeki ev ?", "kim ev-de-ki ev", "who house-LOC-REL home", "Who's at “home”?")


def joined(predictions):
    lines = zip(*((each.segmentation, each.glosses) for each in predictions), strict=True)
    return [" ".join(line) for line in lines]


def test_prompts_and_targets_to_the_byte():
    assert [example.prompt for example in WORD.learn(LEARNED).parts(TEXT)] == [
        "Kim\n^ house-LOC-???\n9=kim who\nwho's at",
        "evdeki\nwho home\n9~ev-de-ki house-LOC-???\n0~ev-deki house-???\nat",
        "ev\nhouse-LOC-??? $\n5=ev home\n5=ev house\nat home",
    ]
    assert WORD.encode(IGT("Ev .", "ev .", "house .")).prompt == "Ev\n^ $\n9~ev ???\n"
    assert [example.target for example in WORD.parts(TEXT)] == [
        "kim who", "ev-de-ki house-LOC-REL", "ev home"
    ]  # fmt: skip


def test_the_choices_are_what_was_retrieved():
    learned = WORD.learn(LEARNED)
    parts = learned.parts(TEXT.replace(translation=None))
    [memory] = learned.memories.values()
    found = memory.analyses.of_words(["Kim", "evdeki", "ev"])
    for part, retrieved in zip(parts, found, strict=True):
        costs = [COST_WEIGHT * cost for cost in retrieved.costs]
        assert [cost for _, cost in part.choices] == costs
        decoded = [WORD.decode(answer) for answer, _ in part.choices]
        assert [(each.segmentation, each.glosses) for each in decoded] == [*retrieved.analyses]
    assert len(parts[1].choices) == 3
    assert [part.choices for part in WORD.parts(TEXT)] == [(), (), ()]


def test_an_unknown_stem_may_be_what_the_translation_has_left():
    learned = WORD.learn(LEARNED)
    [_, part] = learned.parts(IGT("Kim kitapde", translation="Who is in the books?"))
    assert part.prompt == "kitapde\nwho $\n9~kitap-de ???-LOC\n0~kitapde ???\nis in the books"
    *split, first, _, _, last = part.choices
    assert split[0][0] == "kitap-de ???-LOC"
    assert (first[0], last[0]) == ("kitap-de is-LOC", "kitap-de books-LOC")
    assert first[1] == last[1] > split[0][1]


def test_a_stem_has_one_gloss_though_the_translation_has_two_in_one():
    learned = WORD.learn([IGT("ev", "ev", "house")])
    [part] = learned.parts(IGT("posta", translation="An e-mail came."))
    assert part.prompt.endswith("\nan e-mail came")
    filled = [answer for answer, _ in part.choices if UNKNOWN not in answer]
    assert filled == ["posta an", "posta came"]


def test_an_analysis_that_is_hardly_ever_right_is_no_part_of_the_prompt():
    texts = [*[IGT("ev", "ev", "house")] * 200, IGT("ev", "ev", "home")]
    [part] = WORD.learn(texts).parts(IGT("ev"))
    assert part.prompt == "ev\n^ $\n9=ev house\n"
    assert [answer for answer, _ in part.choices] == ["ev house", "ev home"]


TURKISH = [text.replace(language="Turkish") for text in LEARNED]
GERMAN = IGT("Ev", "Ev", "Eve", language="German")


def test_what_a_language_teaches_stays_with_it():
    learned = WORD.learn([*TURKISH, GERMAN, IGT("ev", "ev", "nobody_knows")])
    answers = {
        language: learned.encode(IGT("ev", language=language)).choices[0][0]
        for language in ("Turkish", "German", None)
    }
    assert answers == {"Turkish": "ev home", "German": "Ev Eve", None: "ev nobody_knows"}
    assert learned.encode(IGT("ev", language="Hittite")).choices == ()
    again = learned.learn([GERMAN.replace(glosses="Eve.NOM")])
    assert again.encode(GERMAN).choices[0][0] == "Ev Eve.NOM"
    assert again.memories["Turkish"] == learned.memories["Turkish"]


def test_the_only_language_serves_all_texts():
    for learned_from, language in ((LEARNED, "Turkish"), (TURKISH, None), (TURKISH, "German")):
        learned = WORD.learn(learned_from)
        assert learned.encode(IGT("kim", language=language)).choices[0][0] == "kim who"


def test_punctuation_is_that_of_the_language():
    bare = IGT("Ev ?", "Ev", "Eve", language="German")
    learned = WORD.learn([*TURKISH, bare])
    for text, expected in ((IGT("Ev .", language="Turkish"), "ev ."), (bare, "ev")):
        assert learned.decode("ev home", source=text).segmentation == expected
        assert learned.decode("ev home", source=learned.encode(text)).segmentation == expected


@pytest.mark.parametrize("right", [True, False])
def test_a_model_counts_for_what_it_is_worth(right):
    texts = [IGT("ev", "ev", gloss, language="Turkish") for gloss in ("house", "house", "home")]

    def score(prompt, answers):
        assert prompt.startswith("ev\n")
        return [-1.0 if ("house" in answer) == right else -9.0 for answer in answers]

    others = [IGT("ev", "ev", "house", language="Turkish")] * 30
    weighed = WORD.learn([*texts, GERMAN]).weigh(others, score)
    for name in ("Turkish", "German"):  # which has nothing of its own
        memory = weighed.memories[name]
        assert (memory.known_weight < COST_WEIGHT) == right
        assert memory.split_weight == COST_WEIGHT
    assert WORD.restore(json.loads(json.dumps(weighed.learned()))) == weighed
    assert weighed.encode(texts[0]).choices != WORD.learn(texts).encode(texts[0]).choices


def test_each_word_has_the_punctuation_beside_it():
    parts = WORD.parts(TEXT)
    assert [example.text for example in parts] == ["« Kim ,", "evdeki", "ev ?"]
    found = [WORD.decode(example.target, source=example) for example in parts]
    assert joined(found) == ["« kim , ev-de-ki ev ?", "« who , house-LOC-REL home ?"]
    alone = WORD.decode("kim who", source="« Kim ,", punctuation="none")
    assert alone == Prediction("kim", "who")
    form_only = WORD.decode("kim who", source="« Kim ,", punctuation="segmentation")
    assert form_only == Prediction("« kim ,", "who")


def test_a_text_that_was_learned_is_left_out_of_its_own_prompts_in_training():
    learned = WORD.learn(LEARNED)
    [first, _] = learned.examples(LEARNED[0])
    assert first.prompt == "Evde\n^ kim\n4~ev-de home-???\n4~ev-de house-???\n"
    assert learned.examples(LEARNED[0], training=False)[0].prompt.endswith("9=ev-de house-LOC\n")
    assert learned.examples(TEXT)[1].prompt == learned.parts(TEXT)[1].prompt


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GLOSSED, "no segmentation"),
        (SEGMENTED, "no glosses"),
        (MISALIGNED, "misaligned"),
        (FULL.replace(transcription="ev de"), "misaligned"),
        (SPOKEN, "no transcription"),
        (BARE, "no segmentation"),
    ],
)
@pytest.mark.parametrize("training", [True, False])
def test_why_a_text_gives_no_example(text, reason, training):
    encoded = encode_corpus([FULL, text], WORD, training=training)
    assert [example.id for example in encoded.examples] == ["full"]
    assert [(each.index, each.task, each.reason) for each in encoded.left_out] == [
        (1, "t2sg", reason)
    ]


@given(texts(), st.booleans())
def test_every_text_gives_its_words_or_a_reason(text, training):
    encoded = encode_corpus([text], WORD.learn([text]), training=training)
    if encoded.left_out:
        assert not encoded.examples
    else:
        rows = rows_of(text)
        assert len(encoded.examples) == len(rows)
        found = [WORD.decode(each.target, source=each) for each in encoded.examples]
        for line, at in (("segmentation", 1), ("glosses", 2)):
            tokens = " ".join(getattr(each, line) for each in found)
            assert list_words(tokens) == [row[at] for row in rows]
        if rows:
            marks = [part for each in encoded.examples for part in each.text.split()]
            assert marks == text.transcription.split()


@pytest.mark.parametrize("source", ["sigmorphon2023/lez/lez-dev-track2-uncovered", "cldf/lgr"])
def test_words_of_real_corpora_come_back(shared, source):
    seen = 0
    for igt in corpus_texts(shared, source):
        for example, row in zip(WORD.examples(igt), rows_of(igt) or (), strict=True):
            decoded = WORD.decode(example.target)
            assert (decoded.segmentation, decoded.glosses, decoded.problems) == (*row[1:], ())
            seen += 1
    assert seen or source == "cldf/lgr"


@pytest.mark.parametrize(
    ("output", "lines", "found"),
    [
        (" ev-de\thouse-LOC\n", ("ev-de", "house-LOC"), []),
        ("Segmentation: ev house", ("ev", "house"), ["LABEL"]),
        ("ev-de", ("ev-de", "???-???"), ["NO_GLOSSES"]),
        ("", ("Evde", "???"), ["EMPTY"]),
        ("ev house home", ("ev", "house"), ["MORE_WORDS"]),
        ("ev ?", ("ev", "?"), ["PUNCTUATION"]),
    ],
)
def test_any_answer_is_read(output, lines, found):
    sentences = tuple(getattr(problems, name) for name in found)
    assert WORD.decode(output, source="Evde") == Prediction(*lines, sentences)


def test_an_answer_for_another_number_of_words():
    assert WORD.decode("", source="... !") == Prediction("... !", "... !")
    assert WORD.decode("ev house", source="...").segmentation == "... ev"
    many = WORD.decode("ev house", source="« Ev , kim ?")
    assert many == Prediction("« ev ?", "« house ?", (problems.WORD_COUNT,))
    assert WORD.decode("") == Prediction("???", "???", (problems.EMPTY,))


def test_one_word_is_encoded_and_more_take_parts():
    with pytest.raises(InputError, match=r"one word at a time, and this text has 3; .*parts\(\)"):
        WORD.encode(TEXT)
    assert WORD.encode(FULL) == WORD.parts(FULL, "t2sg")[0]
    assert WORD.parts(IGT("... !")) == ()
    for task, text, error in (
        ("t2g", FULL, "has no task 't2g'"),
        (None, "Evde", "expected an IGT"),
        (None, SPOKEN, "without transcription"),
    ):
        with pytest.raises(InputError, match=error):
            WORD.parts(text, task)


def test_lines_that_do_not_pair_up_have_no_target():
    with pytest.raises(AlignmentError, match="ev-de"):
        WORD.parts(MISALIGNED)
    with pytest.raises(AlignmentError, match="another number of words"):
        WORD.parts(FULL.replace(transcription="ev de"))
    assert WORD.parts(MISALIGNED.replace(glosses=None))[0].target is None


def test_the_other_formats_ask_once():
    for name in ("multitask", "concatenated", "interleaved", "glosslm"):
        assert get(name).parts(FULL) == (get(name).encode(FULL),)
        assert get(name).learn(LEARNED) is get(name)
        assert get(name).learned() is None
        assert get(name).weigh(LEARNED, None) is get(name)
        with pytest.raises(ValueError, match="learns nothing"):
            get(name).restore([])


@pytest.mark.parametrize(
    ("lines", "punctuation", "expected"),
    [
        (("ev ?", "house ?"), "both", ("ev .", "house .")),
        (("ev ?", "house"), "segmentation", ("ev .", "house")),
        (("ev", "house"), "none", ("ev", "house")),
    ],
)
def test_punctuation_goes_where_the_learned_texts_have_it(lines, punctuation, expected):
    learned = WORD.learn([IGT("Ev ?", *lines), IGT("Ev ...", *lines), IGT("ev", "ev", "house")])
    assert learned.memories[""].punctuation == punctuation
    found = learned.decode("ev house", source="Ev .")
    assert (found.segmentation, found.glosses) == expected


@pytest.mark.parametrize("value", [None, [], {"": None}, {"": {"texts": []}}])
def test_json_of_another_kind_is_refused(value):
    with pytest.raises(ValueError, match="expected"):
        WORD.restore(value)


def test_what_was_learned_comes_back_from_json():
    learned = WORD.learn(LEARNED)
    assert WORD.restore(json.loads(json.dumps(learned.learned()))) == learned
    assert learned != WORD
    assert Word() == WORD

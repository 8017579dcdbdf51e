"""Constrained decoding: whatever the weights, the output is complete and aligned."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import igtkit
from igtkit.boundaries import is_punctuation, is_word, split_morphemes, split_words
from igtkit.errors import InputError, MissingExtraError
from igtkit.formats import get
from igtkit.formats.codec import read_line
from igtkit.models import byt5

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from igtkit.models.constraints import (  # noqa: E402
    ConcatenatedConstraint,
    InterleavedConstraint,
    SubwordConstraint,
)
from igtkit.models.constraints import subword as subword_module  # noqa: E402
from igtkit.models.constraints.automaton import DEAD, END, FAR, OVER, distances  # noqa: E402
from igtkit.models.constraints.characters import (  # noqa: E402
    FORBIDDEN,
    JOINER,
    LETTER,
    MARK,
    character_classes,
    character_machine,
)
from igtkit.models.constraints.interleaved import interleaved_automaton  # noqa: E402
from igtkit.models.constraints.processor import match_parents  # noqa: E402
from igtkit.models.constraints.spelling import words_to_spell  # noqa: E402

INTERLEAVED, CONCATENATED = get("interleaved"), get("concatenated")
TEXTS = [
    "Well , wa-ter (no) ?",
    "а Б’ в\\ц",
    "foo",
    "...",
    "I am here . and so are many others my friend",
    "’ēqēk",
    "ẞtraße ᾨδή ݐ",
    "?? ' a?",
]
WORDS = [sum(map(is_word, split_words(text))) for text in TEXTS]


# --- the slow, obvious judges ------------------------------------------------------------------


def is_text(character):
    """Whether a form or a gloss may hold a character, said in another way than the library does."""
    code = ord(character)
    return (
        unicodedata.category(character) not in {"Cc", "Cs", "Zs", "Zl", "Zp"}
        and code not in {0x180E, 0x200B, 0x2060, 0x2800, 0xFEFF}
        and code & 0xFFFE != 0xFFFE
        and not 0xFDD0 <= code <= 0xFDEF
    )


def is_unseen(character):
    code = ord(character)
    listed = {
        0x034F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x180B,
        0x180C,
        0x180D,
        0x180F,
        0x3164,
        0xFFA0,
    }
    return (
        unicodedata.category(character) == "Cf"
        or code in listed
        or 0xFE00 <= code < 0xFE10
        or 0xE0100 <= code < 0xE01F0
    )


def is_morpheme(text):
    seen = any(not is_unseen(c) and is_word(c) for c in text)
    return all(map(is_text, text)) and ("??" in text or seen)


def is_interleaved(text):
    """By the codec: nothing is wrong, and every form and gloss is one."""
    tokens, problems = read_line(text)
    spaced = " ".join(split_words(text)) == text != ""
    parts = [part for token in tokens for part in (*token.glosses, *token.forms)]
    return spaced and not problems and all(map(is_morpheme, parts))


def is_aligned(prediction):
    """Complete, aligned, every morpheme a word, nothing wrong found by the decoder."""
    words = [
        [token for token in split_words(line) if not is_punctuation(token)]
        for line in (prediction.segmentation, prediction.glosses)
    ]
    morphemes = [
        text
        for line in words
        for token in line
        if token not in ("-", "=")
        for _, text in split_morphemes(token)
    ]
    return (
        not prediction.problems
        and bool(morphemes)
        and all(map(is_morpheme, morphemes))
        and igtkit.alignment_score(prediction.segmentation, prediction.glosses) == 1.0
    )


def text_of(row):
    """The text of generated ids, which must be complete and UTF-8."""
    ids = [int(index) for index in row]
    assert byt5.END in ids
    body = ids[: ids.index(byt5.END)]
    return bytes(index - byt5.OFFSET for index in body).decode("utf-8", errors="strict")


# --- ways to let a constraint work ----------------------------------------------------------------


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    config = transformers.T5Config(
        vocab_size=byt5.VOCABULARY_SIZE,
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
        tie_word_embeddings=False,
    )
    return transformers.T5ForConditionalGeneration(config).eval()


def generate(model, limit, constraint, *, rows=8, **options):
    torch.manual_seed(1)
    prompts = torch.randint(3, 259, (rows, 12))
    processors = [] if constraint is None else [constraint]
    with torch.inference_mode():
        outputs = model.generate(
            input_ids=prompts, max_new_tokens=limit, logits_processor=processors, **options
        )
    return outputs[:, 1:].tolist()


def walk(constraint, rows, limit, *, seed=0, group=1, favored=""):
    """Sample without a model; the rows of a group change places as beams do."""
    generator = torch.Generator().manual_seed(seed)
    bias = torch.zeros(byt5.VOCABULARY_SIZE)
    for character in favored.encode():
        bias[character + byt5.OFFSET] += 5
    ids = torch.zeros((rows, 1), dtype=torch.long)
    for _ in range(limit):
        scores = constraint(ids, torch.randn((rows, len(bias)), generator=generator) + bias)
        assert torch.isfinite(scores).any(dim=1).all()
        chosen = torch.multinomial(scores.softmax(dim=1), 1, generator=generator)
        ids = torch.cat([ids, chosen], dim=1)
        if group > 1:
            moved = torch.randint(group, (rows,), generator=generator)
            ids = ids[moved + torch.arange(rows) // group * group]
    return ids[:, 1:].tolist()


def allows(constraint, text):
    """Whether a constraint lets a text be written."""
    ids = torch.tensor([[0, *byt5.encode(text)]])
    scores = torch.zeros((1, byt5.VOCABULARY_SIZE))
    return all(
        torch.isfinite(constraint(ids[:, :end], scores)[0, ids[0, end]])
        for end in range(1, ids.shape[1])
    )


def accepts(text):
    automaton = interleaved_automaton()
    state = automaton.names["gloss"]
    for byte in text.encode("utf-8", errors="surrogatepass"):
        state = automaton.step[state, byte]
    return bool(automaton.step[state, END] == OVER and state > OVER)


# --- characters ----------------------------------------------------------------------------------


def test_classes_of_all_characters():
    classes = character_classes()
    for code in range(0x110000):
        character = chr(code)
        if not is_text(character):
            expected = FORBIDDEN
        elif is_unseen(character):
            expected = JOINER
        else:
            expected = MARK if is_punctuation(character) else LETTER
        assert classes[code] == expected, hex(code)


def test_no_character_that_splits_a_line_is_text():
    classes = character_classes()
    splits = [code for code in range(0x110000) if len(f"a{chr(code)}b".split()) == 2]
    assert len(splits) > 20
    assert not classes[splits].any()


OUTCOMES = {MARK: 2, LETTER: 1, JOINER: 1, FORBIDDEN: 3}


@pytest.fixture(scope="module")
def machine():
    return character_machine(OUTCOMES)


def read_characters(machine, data):
    state = 0
    outcomes = []
    for byte in data:
        entry = int(machine[state, byte])
        if entry == 0:
            return None
        state = max(entry, 0)
        if entry < 0:
            outcomes.append(-entry)
    return None if state else outcomes


@settings(deadline=None)
@given(data=st.binary(max_size=6) | st.text(max_size=4).map(lambda text: text.encode()))
@example(data=b"\xc0\x80")
@example(data=b"\xed\xa0\x80")
@example(data=b"\xf4\x90\x80\x80")
@example(data=b"\xf0\x8f\xbf\xbf")
def test_the_machine_reads_what_python_reads(machine, data):
    outcomes = read_characters(machine, data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        assert outcomes is None
    else:
        assert outcomes == [OUTCOMES[character_classes()[ord(c)]] for c in text]


# --- the interleaved automaton --------------------------------------------------------------------

PIECES = st.sampled_from(
    [*"ab()-=\\?, '", "šй", "ʔ", "\u0301", "\u200d", "\u00a0", "\n", "“", "a(b)", "\\(", "??"]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("a(b)-c(d)=e(f) g(h)")
@example("\\((\\))")
@example("a\\(a\\)")
@example("a\\b(\\\\a)")
@example("???(a)")
@example("a(\\??)")
@example("a(?\\?)")
@example("'(’) ’(')")
@example("()-()")
@example("a(b) ")
@example("\u200d(a)")
@example("")
def test_the_automaton_accepts_what_the_codec_decodes_without_problems(text):
    assert accepts(text) == is_interleaved(text)


@settings(deadline=None)
@given(st.text(max_size=6), st.text(max_size=6))
def test_any_characters(gloss, form):
    text = f"{gloss}({form})"
    assert accepts(text) == is_interleaved(text)


def test_every_state_can_be_completed():
    automaton = interleaved_automaton()
    needed = distances(automaton.step, [OVER])
    assert needed.max() < 10
    assert needed[automaton.names["gloss"]] == InterleavedConstraint.minimum


def test_every_usual_target_is_accepted(shared):
    seen = refused = 0
    for path in sorted((shared / "data" / "sigmorphon2023").glob("*/*-train-track2-uncovered")):
        for igt in igtkit.read(path, format="sigmorphon"):
            for item in INTERLEAVED.examples(igt):
                if item.task == "t2sg":
                    seen += 1
                    accepted = accepts(item.target)
                    assert accepted == is_interleaved(item.target), item.target
                    refused += not accepted
    assert seen > 5000
    assert refused / seen < 0.03  # dashes, and morphemes that are empty or punctuation


# --- interleaved outputs --------------------------------------------------------------------------

DECODING = [
    pytest.param({"num_beams": 1}, id="greedy"),
    pytest.param({"num_beams": 2}, id="2 beams"),
    pytest.param({"num_beams": 3}, id="3 beams"),
    pytest.param({"num_beams": 4, "num_return_sequences": 4}, id="4 beams, all returned"),
    pytest.param({"num_beams": 1, "do_sample": True}, id="sampling"),
    pytest.param({"num_beams": 1, "do_sample": True, "num_return_sequences": 3}, id="3 samples"),
    pytest.param({"num_beams": 3, "do_sample": True}, id="beams, sampling"),
    pytest.param({"num_beams": 1, "do_sample": True, "top_p": 0.5, "temperature": 3.0}, id="top p"),
]


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [5, 6, 7, 11, 64])
def test_interleaved_outputs_of_a_random_model(model, options, limit):
    constraint = InterleavedConstraint(limit, num_beams=options["num_beams"])
    for row in generate(model, limit, constraint, **options):
        text = text_of(row)
        assert is_interleaved(text)
        assert is_aligned(INTERLEAVED.decode(text))


def test_without_the_constraint_no_output_is_well_formed(model):
    rows = generate(model, 64, None, num_beams=2)
    assert sum(is_aligned(INTERLEAVED.decode(byt5.decode(row))) for row in rows) == 0


def test_64_samples(model):
    for row in generate(model, 48, InterleavedConstraint(48), rows=64, do_sample=True):
        assert is_interleaved(text_of(row))


@pytest.mark.parametrize("favored", ["", "- ()", "\\?,"])
def test_every_limit(favored):
    for limit in range(5, 65):
        constraint = InterleavedConstraint(limit)
        for row in walk(constraint, 8, limit, seed=limit, favored=favored):
            assert is_interleaved(text_of(row))


def test_one_row_is_a_batch():
    assert is_interleaved(text_of(walk(InterleavedConstraint(9), 1, 9)[0]))


@pytest.mark.parametrize("kind", [InterleavedConstraint, ConcatenatedConstraint])
@pytest.mark.parametrize("group", [2, 3, 4])
def test_beams_that_change_places(kind, group):
    check = INTERLEAVED if kind is InterleavedConstraint else CONCATENATED
    for limit in (13, 30):
        constraint = kind(limit, num_beams=group, words=[2, None, 3])
        for row in walk(constraint, 3 * group, limit, group=group, favored=" -()\n"):
            assert is_aligned(check.decode(text_of(row)))


def test_broken_weights_give_well_formed_outputs(model):
    class Nothing(transformers.LogitsProcessor):
        def __call__(self, input_ids, scores):
            scores = torch.full_like(scores, -torch.inf)
            scores[::2] = torch.nan
            return scores

    constraint = InterleavedConstraint(12, num_beams=2)
    processors = transformers.LogitsProcessorList([Nothing(), constraint])
    outputs = model.generate(
        input_ids=torch.ones((4, 5), dtype=torch.long),
        max_new_tokens=12,
        num_beams=2,
        logits_processor=processors,
    )
    assert all(is_interleaved(text_of(row[1:])) for row in outputs.tolist())


def test_scores_of_allowed_tokens_are_kept():
    scores = torch.randn((3, byt5.VOCABULARY_SIZE))
    masked = InterleavedConstraint(20)(torch.zeros((3, 1), dtype=torch.long), scores)
    kept = torch.isfinite(masked)
    assert torch.equal(masked[kept], scores[kept])
    assert 0 < kept.sum() < kept.numel()


def test_a_constraint_serves_one_batch_after_another(model):
    constraint = InterleavedConstraint(16, num_beams=2)
    first = generate(model, 16, constraint, num_beams=2)
    assert generate(model, 16, constraint, rows=3, num_beams=2)[0] == first[0]
    assert generate(model, 16, constraint, num_beams=2) == first


def test_parents_are_found_among_the_beams_of_a_text():
    before = torch.tensor([[0, 5], [0, 6], [0, 6], [0, 5]])
    now = torch.tensor([[0, 6, 1], [0, 6, 2], [0, 5, 3], [0, 6, 4]])
    assert match_parents(before, now, 2).tolist() == [1, 1, 3, 2]
    assert match_parents(before, now, 1) is None


# --- exactly as many words ------------------------------------------------------------------------


@pytest.mark.parametrize("options", DECODING)
def test_as_many_words_as_asked_for(model, options):
    for limit in (20, 64):
        constraint = InterleavedConstraint(limit, num_beams=options["num_beams"], words=WORDS)
        rows = generate(model, limit, constraint, **options)
        each = len(rows) // len(WORDS)
        for index, row in enumerate(rows):
            count, text = WORDS[index // each], text_of(row)
            found = len(text.split())
            assert found == count if count * 5 <= limit else found <= count
            assert is_interleaved(text) or (count == 0 and text == "")


def test_as_many_words_at_every_limit():
    counts = [0, 1, 2, 3, 7, None]
    for limit in range(5, 50):
        rows = walk(InterleavedConstraint(limit, words=counts), 6, limit, seed=limit, favored=" (")
        for count, row in zip(counts, rows, strict=True):
            text = text_of(row)
            found = len(text.split())
            assert is_interleaved(text) or (count == 0 and text == "")
            if count is not None:
                assert found == count if count * 5 <= limit else found <= count


# --- segments that spell the text -----------------------------------------------------------------


def spelled_by(text):
    return ["".join(token.forms).casefold() for token in read_line(text)[0]]


def wanted(text):
    words = [word for word in split_words(text) if is_word(word)]
    return [word.replace("-", "").replace("=", "").casefold() for word in words]


@pytest.mark.parametrize("options", DECODING)
def test_forms_spell_the_text(model, options):
    limit = 120
    constraint = InterleavedConstraint(limit, num_beams=options["num_beams"], spell=TEXTS)
    rows = generate(model, limit, constraint, **options)
    each = len(rows) // len(TEXTS)
    for index, row in enumerate(rows):
        source, text = TEXTS[index // each], text_of(row)
        assert spelled_by(text) == wanted(source)
        assert is_interleaved(text) or not wanted(source)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("aÄбé\u0301’'?()\\-=İſ. ", max_size=12), min_size=1, max_size=3),
    st.integers(5, 60),
    st.integers(0, 1000),
)
def test_spelling_at_every_limit(texts, limit, seed):
    constraint = InterleavedConstraint(limit, spell=texts, num_beams=2)
    rows = walk(constraint, 2 * len(texts), limit, seed=seed, group=2, favored="-=()")
    for index, row in enumerate(rows):
        text, words = text_of(row), words_to_spell(texts[index // 2])
        found = len(text.split())
        count = len([word for word in split_words(texts[index // 2]) if is_word(word)])
        assert is_interleaved(text) or (count == 0 and text == "")
        assert found <= count
        if words:
            least = [3 + len(word) + sum(c in "()\\" for c in word) for word in words]
            if sum(least) * 2 + len(words) <= limit:  # two bytes at most for each character here
                assert spelled_by(text) == [word.casefold() for word in words]


def test_a_text_that_does_not_fit_is_left_after_a_word():
    text = text_of(walk(InterleavedConstraint(12, spell=["abc defghijklmnop"]), 1, 12)[0])
    assert spelled_by(text) == ["abc"]


def test_a_first_word_that_does_not_fit_is_not_spelled():
    text = text_of(walk(InterleavedConstraint(8, spell=["abcdefghijklmnop"]), 1, 8)[0])
    assert is_interleaved(text)
    assert len(text.split()) == 1


def test_a_text_that_no_form_can_spell_keeps_its_words():
    constraint = InterleavedConstraint(60, spell=["a -\u200b-"])
    assert len(text_of(walk(constraint, 1, 60)[0]).split()) == 2


def test_a_word_may_be_segmented_where_both_parts_hold_a_letter():
    constraint = InterleavedConstraint(60, spell=["ab’"])
    assert allows(constraint, "x(a)-y(b’)")
    assert allows(constraint, "x(ab’)")
    assert not allows(constraint, "x(ab)-y(’)")
    assert not allows(constraint, "x(ab)")
    assert not allows(constraint, "x(ba’)")
    assert not allows(constraint, "x(ab’)-y(a)")
    assert not allows(constraint, "x(ab’) y(a)")


def test_a_text_is_spelled_as_it_is_or_in_lower_case():
    constraint = InterleavedConstraint(60, spell=["Ев-Де 3=x"])
    assert allows(constraint, "x(Ев)-y(Де) z(3)=a(x)")
    assert allows(constraint, "x(евд)=y(е) z(3x)")
    assert not allows(constraint, "x(ЕВДе) z(3x)")


def test_surface_segmentations_are_allowed(shared):
    """Where the segments of a real line spell its words, the target can be written."""
    path = shared / "data" / "sigmorphon2023" / "ntu" / "ntu-dev-track2-uncovered"
    seen = 0
    for igt in igtkit.read(path, format="sigmorphon"):
        spelled = "".join(words_to_spell(igt.transcription) or [])
        for item in INTERLEAVED.examples(igt):
            if item.task != "t2sg" or not is_interleaved(item.target):
                continue
            forms = "".join(form for token in read_line(item.target)[0] for form in token.forms)
            if len(forms) == len(spelled) and all(
                form in (c, c.lower()) for form, c in zip(forms, spelled, strict=True)
            ):
                seen += 1
                limit = len(item.target.encode()) + 1
                constraint = InterleavedConstraint(limit, spell=[igt.transcription])
                assert allows(constraint, item.target), item.target
    assert seen > 10


# --- concatenated outputs -------------------------------------------------------------------------


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [13, 14, 17, 21, 64])
@pytest.mark.parametrize("words", [None, [3, 2, None, 1, 1, 2, 1, 4]])
def test_concatenated_outputs_of_a_random_model(model, options, limit, words):
    constraint = ConcatenatedConstraint(limit, num_beams=options["num_beams"], words=words)
    rows = generate(model, limit, constraint, **options)
    for index, row in enumerate(rows):
        text = text_of(row)
        prediction = CONCATENATED.decode(text)
        assert is_aligned(prediction)
        assert text == f"{prediction.segmentation}\nGlosses: {prediction.glosses}"
        count = words[index * len(words) // len(rows)] if words else None
        if count is not None:
            found = sum(map(is_word, split_words(prediction.segmentation)))
            assert found == count if 4 * count + 9 <= limit else found <= count


@pytest.mark.parametrize("favored", ["", "- =\n", ",?' \n"])
@pytest.mark.parametrize("words", [None, [1, 2, 3, 5]])
def test_concatenated_outputs_at_every_limit(favored, words):
    for limit in range(13, 65):
        constraint = ConcatenatedConstraint(limit, words=words)
        for row in walk(constraint, 8, limit, seed=limit, favored=favored):
            assert is_aligned(CONCATENATED.decode(text_of(row)))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("ev-de\nGlosses: house-LOC", True),
        ("ev-de , okul =da .\nGlosses: house-LOC , school =LOC .", False),
        ("ev-de , okul=da .\nGlosses: house-LOC , school=LOC .", True),
        ("« ev »\nGlosses: house", True),
        ("ev\nGlosses: « house »", True),
        ("ev - de\nGlosses: house - LOC", True),
        ("ev = de\nGlosses: house - LOC", False),
        ("ev-de\nGlosses: house=LOC", False),
        ("ev-de\nGlosses: house", False),
        ("ev\nGlosses: house-LOC", False),
        ("ev de\nGlosses: house", False),
        ("ev\nGlosses: house LOC", False),
        ("ev-\nGlosses: house-", False),
        ("-ev\nGlosses: -house", False),
        ("ev \nGlosses: house", False),
        ("ev  de\nGlosses: house LOC", False),
        ("...\nGlosses: ...", False),
        ("???-a\nGlosses: ???-'", True),
        ("Glosses: a\nGlosses: b c", False),
        ("Segmentation: a\nGlosses: b c", False),
        ("Glossesa Segmentation\nGlosses: b c", True),
        ("a(b) c\\d\nGlosses: x (", False),
        ("a(b) c\\d\nGlosses: x y(z)", True),
        ("ev\n\nGlosses: house", False),
        ("ev\nglosses: house", False),
        ("", False),
    ],
)
def test_what_a_concatenated_output_may_be(text, allowed):
    assert allows(ConcatenatedConstraint(200), text) == allowed


def test_zero_words_give_an_empty_output():
    assert text_of(walk(ConcatenatedConstraint(20, words=[0]), 1, 20)[0]) == ""
    assert text_of(walk(InterleavedConstraint(20, words=[0]), 1, 20)[0]) == ""


def test_the_concatenated_targets_of_real_lines_can_be_written(shared):
    path = shared / "data" / "sigmorphon2023" / "lez" / "lez-dev-track2-uncovered"
    seen = refused = 0
    for igt in list(igtkit.read(path, format="sigmorphon"))[:60]:
        for item in CONCATENATED.examples(igt):
            if item.task == "t2sg" and is_aligned(CONCATENATED.decode(item.target)):
                seen += 1
                limit = len(item.target.encode()) + 1
                refused += not allows(ConcatenatedConstraint(limit), item.target)
    assert seen > 30
    assert refused == 0


# --- what does not make sense ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: InterleavedConstraint(4), "at least 5"),
        (lambda: InterleavedConstraint("9"), "at least 5"),
        (lambda: ConcatenatedConstraint(12), "at least 13"),
        (lambda: InterleavedConstraint(9, num_beams=0), "num_beams"),
        (lambda: InterleavedConstraint(9, words=[1, -1]), r"words\[1\]"),
        (lambda: ConcatenatedConstraint(19, words=["2"]), r"words\[0\]"),
        (lambda: InterleavedConstraint(9, spell="a text"), "list of transcriptions"),
        (lambda: InterleavedConstraint(9, spell=["a"], words=[1, 2]), "2 texts, spell for 1"),
    ],
)
def test_arguments_that_make_no_sense(make, message):
    with pytest.raises(InputError, match=message):
        make()


def test_rows_that_do_not_fit():
    ids, scores = torch.zeros((3, 1), dtype=torch.long), torch.zeros((3, byt5.VOCABULARY_SIZE))
    with pytest.raises(InputError, match="3 rows cannot be split into groups of 2"):
        InterleavedConstraint(9, num_beams=2)(ids, scores)
    with pytest.raises(InputError, match="for 2 texts, but generation has 3 rows"):
        InterleavedConstraint(9, words=[1, 2])(ids, scores)
    with pytest.raises(InputError, match="no byte model"):
        InterleavedConstraint(9)(ids, scores[:, :200])


# --- subwords -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tokenizer():
    pytest.importorskip("llguidance", reason="subword constraints need llguidance")
    tokenizers = pytest.importorskip("tokenizers", reason="a tokenizer is trained on the spot")
    pieces = tokenizers.Tokenizer(tokenizers.models.BPE())
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = tokenizers.decoders.ByteLevel()
    lines = ["house(ev)-PL(ler)-LOC(de) who(kim)", "DET(the) cat(kedi)=ACC(yi) şimdi ğ й б я"]
    pieces.train_from_iterator(
        lines * 30,
        tokenizers.trainers.BpeTrainer(
            vocab_size=340,
            special_tokens=["<s>", "</s>", "<pad>"],
            initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=pieces, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )


@pytest.fixture(scope="module")
def guide(tokenizer):
    return pytest.importorskip(
        "llguidance.hf", reason="the extra llguidance is not installed"
    ).from_tokenizer(tokenizer)


@pytest.fixture(scope="module")
def decoder(tokenizer):
    torch.manual_seed(0)
    config = transformers.GPT2Config(
        vocab_size=len(tokenizer) + 5,
        n_embd=16,
        n_layer=1,
        n_head=2,
        n_positions=128,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=2,
    )
    return transformers.GPT2LMHeadModel(config).eval()


@pytest.mark.parametrize("options", DECODING)
@pytest.mark.parametrize("limit", [5, 7, 40])
def test_subword_outputs_of_a_random_model(tokenizer, guide, decoder, options, limit):
    torch.manual_seed(2)
    prompts = torch.randint(3, 300, (4, 6))
    outputs = decoder.generate(
        input_ids=prompts,
        attention_mask=torch.ones_like(prompts),
        max_new_tokens=limit,
        logits_processor=[SubwordConstraint(guide, limit, num_beams=options["num_beams"])],
        **options,
    )
    for row in outputs[:, prompts.shape[1] :].tolist():
        assert 1 in row
        text = tokenizer.decode(row[: row.index(1)])
        assert is_interleaved(text)
        assert is_aligned(INTERLEAVED.decode(text))


def test_subword_and_byte_constraints_have_one_language(tokenizer, guide):
    """Along random outputs, llguidance allows the tokens that lead on in the automaton."""
    constraint = SubwordConstraint(guide, 40)
    generator = torch.Generator().manual_seed(3)
    ids = torch.zeros((4, 1), dtype=torch.long)
    for _ in range(30):
        scores = constraint(ids, torch.randn((4, len(tokenizer)), generator=generator))
        for row, state in enumerate(constraint._states):
            if state > OVER:
                alive = constraint._tokens.needed(state) < FAR
                assert np.array_equal(torch.isfinite(scores[row]).numpy(), alive)
        chosen = torch.multinomial(scores.softmax(dim=1), 1, generator=generator)
        ids = torch.cat([ids, chosen], dim=1)


def test_a_subword_constraint_serves_one_batch_after_another(guide, tokenizer):
    constraint = SubwordConstraint(guide, 20)
    scores = torch.zeros((1, len(tokenizer)))
    first = constraint(torch.tensor([[0, 7]]), scores)
    constraint(torch.tensor([[0, 7, tokenizer.convert_tokens_to_ids("a")]]), scores)
    assert torch.equal(constraint(torch.tensor([[0, 9, 8, 5]]), scores), first)


def test_a_tokenizer_of_transformers_will_do(tokenizer):
    constraint = SubwordConstraint(tokenizer, 9)
    scores = constraint(torch.zeros((1, 1), dtype=torch.long), torch.zeros((1, len(tokenizer))))
    first = tokenizer.convert_tokens_to_ids("(")
    assert not torch.isfinite(scores[0, first])
    assert torch.isfinite(scores[0, tokenizer.convert_tokens_to_ids("a")])


def test_subword_arguments_that_make_no_sense(guide):
    ids = torch.zeros((3, 1), dtype=torch.long)
    with pytest.raises(InputError, match="at least 5"):
        SubwordConstraint(guide, 4)
    with pytest.raises(InputError, match="the model has 100 tokens"):
        SubwordConstraint(guide, 9)(ids, torch.zeros((3, 100)))
    with pytest.raises(InputError, match="groups of 2 beams"):
        SubwordConstraint(guide, 9, num_beams=2)(ids, torch.zeros((3, 400)))
    with pytest.raises(InputError, match="ByT5Tokenizer"):
        SubwordConstraint(transformers.ByT5Tokenizer(), 9)


def test_subword_without_llguidance(monkeypatch):
    def missing(package, extra):
        raise MissingExtraError(package, extra)

    monkeypatch.setattr(subword_module, "require", missing)
    with pytest.raises(MissingExtraError, match=r"igtkit\[llguidance\]"):
        SubwordConstraint(None, 9)


def test_dead_ends_still_have_something_to_choose():
    """Rows that beam search gives up on, because too few can be continued, come along."""
    constraint = InterleavedConstraint(9)
    constraint(torch.zeros((2, 1), dtype=torch.long), torch.zeros((2, byt5.VOCABULARY_SIZE)))
    given_up = torch.tensor([[0, ord(")") + byt5.OFFSET], [0, 300]])
    scores = constraint(given_up, torch.zeros((2, byt5.VOCABULARY_SIZE)))
    assert torch.isfinite(scores).nonzero()[:, 1].tolist() == [byt5.END] * 2
    assert constraint._state.tolist() == [DEAD, DEAD]

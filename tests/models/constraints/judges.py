"""Slow and obvious judges of constrained outputs, and ways to let a constraint work."""

from __future__ import annotations

import unicodedata

import pytest

import igtkit
from igtkit.boundaries import is_punctuation, is_word, split_morphemes, split_words
from igtkit.formats import get
from igtkit.formats.codec import read_line
from igtkit.models import byt5

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from igtkit.models.constraints.automaton import END_COLUMN, OVER  # noqa: E402
from igtkit.models.constraints.interleaved import interleaved_automaton  # noqa: E402

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


def at_limits(least, most):
    """Runs a test near the least limit and at the most; in its slow form, at every limit."""
    near = pytest.param([*range(least, least + 12), most], id="near the least")
    every = pytest.param(range(least, most + 1), id="every", marks=pytest.mark.slow)
    return pytest.mark.parametrize("limits", [near, every])


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
    return bool(automaton.step[state, END_COLUMN] == OVER and state > OVER)


def generate(model, limit, constraint, *, rows=8, **options):
    torch.manual_seed(1)
    prompts = torch.randint(3, 259, (rows, 12))
    processors = [] if constraint is None else [constraint]
    with torch.inference_mode():
        outputs = model.generate(
            input_ids=prompts, max_new_tokens=limit, logits_processor=processors, **options
        )
    return outputs[:, 1:].tolist()

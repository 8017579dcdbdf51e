"""The word format: one prompt for each word, with what training texts tell about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

import attrs

from igtkit.boundaries import (
    UNKNOWN,
    is_word,
    join_words,
    replace_morphemes,
    separate_words,
    split_morphemes,
    split_words,
)
from igtkit.errors import AlignmentError, InputError
from igtkit.formats import problems, templates
from igtkit.formats.analyses import Retrieved, Row, rows_of
from igtkit.formats.base import JointFormat, Score
from igtkit.formats.example import Example, Task
from igtkit.formats.lines import Punctuation, without_label
from igtkit.formats.memory import Memory
from igtkit.formats.sources import (
    Reason,
    Source,
    asked_line,
    collapse,
    missing_line,
    text_of,
)
from igtkit.formats.translations import gloss_parts, left_over, translation_words
from igtkit.formats.weighing import Choice, cost_weights
from igtkit.igt import IGT, Prediction
from igtkit.igt.language import Language, label_of

__all__ = ["Word"]

_START, _END = "^", "$"
_KNOWN, _SPLIT = "=", "~"
_LEAST_SHARE = 0.01
_ROUNDING = 1e-9  # what is a whole number of tenths stays one on every machine


@attrs.frozen(repr=False)
class Word(JointFormat):
    r"""One prompt and one answer for each word of a text, for small models.

    A prompt has the word; the glosses of the words before and after it (``^`` and ``$`` at the
    ends), by their own first analyses, or such a word itself where nothing is known of it; and the
    best three analyses of the word in the texts that the format has learned, each with its share
    in tenths, at most 9 (``=``). A word that they do not have is split into known morphemes
    instead (``~``). At the end stand the words of the translation that are in no gloss of the other
    words. The target is the form and the gloss, set apart by a space: neither can hold one, so
    nothing is escaped.

    The `choices` are the analyses, and for a stem that nothing is known of (``???``) the words at
    the end of the prompt; there are none before the format has learned the language. What one
    language teaches stays with it: texts are told apart by the name of their language, and those
    that have none are a language of their own. While only one is learned, it serves all texts.

    Attributes:
        memories: What the format has learned about each language, by name; see `learn`.

    Example:
        >>> known = Word().learn([IGT("Evde kim ?", "ev-de kim ?", "house-LOC who ?")])
        >>> prompts = known.parts(IGT("Kim , evdeki", "kim ev-de-ki", "who house-LOC-REL", "Who?"))
        >>> [(example.text, example.target) for example in prompts]
        [('Kim ,', 'kim who'), ('evdeki', 'ev-de-ki house-LOC-REL')]
        >>> print(prompts[0].prompt)
        Kim
        ^ house-LOC-???
        9=kim who
        who
        >>> print(prompts[1].prompt)
        evdeki
        who $
        9~ev-de-ki house-LOC-???
        0~ev-deki house-???
        <BLANKLINE>
        >>> known.decode("kim who", source="Kim ,").glosses
        'who ,'
    """

    name: ClassVar[str] = "word"
    prompts = {"t2sg": templates.WORD}  # noqa: RUF012 -- typed as a Mapping where it is declared
    fields: ClassVar[tuple[str, ...]] = ("word", "left", "right", "analyses", "translation")
    training_tasks: ClassVar[tuple[Task, ...]] = ("t2sg",)

    memories: Mapping[str, Memory] = attrs.field(factory=dict)

    def learn(self, texts: Iterable[IGT]) -> Self:
        """Return the format with what texts tell.

        What it had learned before about their languages is forgotten, and the rest is kept.
        """
        groups: dict[str, list[IGT]] = {}
        for text in texts:
            groups.setdefault(_name_of(text.language), []).append(text)
        found = {name: Memory.learn(group) for name, group in groups.items()}
        return attrs.evolve(self, memories={**self.memories, **found})

    def learned(self) -> Any:
        """What the format has learned, as JSON can hold it; see `PromptFormat.learned`."""
        return {name: memory.to_json() for name, memory in self.memories.items()}

    def restore(self, value: Any) -> Self:
        """Return the format with what `learned` gave; see `PromptFormat.restore`."""
        if type(value) is not dict:
            raise ValueError(f"expected what is known by language, found {value!r:.80}")
        memories = {str(name): Memory.from_json(each) for name, each in value.items()}
        return attrs.evolve(self, memories=memories)

    def weigh(self, texts: Iterable[IGT], score: Score) -> Self:
        """Return the format with weights of counts against a model; see `PromptFormat.weigh`."""
        plain = attrs.evolve(
            self,
            memories={
                name: attrs.evolve(memory, known_weight=1.0, split_weight=1.0)
                for name, memory in self.memories.items()
            },
        )
        known: dict[str, list[Choice]] = {name: [] for name in self.memories}
        split: dict[str, list[Choice]] = {name: [] for name in self.memories}
        for text in texts:
            name = self._name_here(_name_of(text.language))
            for example in plain.examples(text):
                answers = [answer for answer, _ in example.choices]
                if len(answers) > 1 and example.target in answers:
                    choice = Choice(
                        score(example.prompt, answers),
                        [cost for _, cost in example.choices],
                        answers.index(example.target),
                    )
                    (known if _is_known(example) else split)[name].append(choice)
        known_weights, split_weights = cost_weights(known), cost_weights(split)
        return attrs.evolve(
            self,
            memories={
                name: attrs.evolve(
                    memory,
                    known_weight=known_weights.get(name, memory.known_weight),
                    split_weight=split_weights.get(name, memory.split_weight),
                )
                for name, memory in self.memories.items()
            },
        )

    def examples_and_reasons(
        self, igt: IGT, training: bool = True
    ) -> Iterator[tuple[Task, Example | Reason]]:
        """The examples that a text gives, or why it gives none; see `PromptFormat`.

        In training a text that was learned is left out of the analyses in its own prompts, so that
        a model sees how far those of other texts are to be trusted.
        """
        lacks = missing_line(igt, "t2sg")
        rows = None if lacks else rows_of(igt)
        if lacks or rows is None:
            yield "t2sg", lacks or "misaligned"
            return
        for example in self._prompts(igt, without=rows if training else ()):
            yield "t2sg", example

    def _name_here(self, name: str) -> str:
        """The name that what serves a language is kept under."""
        if name not in self.memories and len(self.memories) == 1:
            return next(iter(self.memories))
        return name

    def _memory(self, name: str) -> Memory:
        return self.memories.get(self._name_here(name), Memory())

    def _example(self, igt: IGT, task: Task) -> Example:
        parts = self._parts(igt, task)
        if len(parts) != 1:
            raise InputError(
                f"the {self.name} format asks about one word at a time, and this text has "
                f"{len(parts)}; take the prompts of its words from parts(): {igt!r:.200}"
            )
        return parts[0]

    def _parts(self, igt: IGT, task: Task) -> tuple[Example, ...]:
        del task  # there is one
        return self._prompts(igt, without=())

    def _prompts(self, igt: IGT, without: Sequence[Row]) -> tuple[Example, ...]:
        words, gaps = separate_words(split_words(asked_line(igt, "t2sg")))
        targets: list[str | None] = [None] * len(words)
        if collapse(igt.segmentation) and collapse(igt.glosses):
            targets = [f"{form} {gloss}" for _, form, gloss in _require_rows(igt)]
        name = _name_of(igt.language)
        memory = self._memory(name)
        found = memory.analyses.of_words(words, without=without)
        glosses = [
            each if gloss_parts(each) else word
            for word, each in zip(words, (each.analyses[0][1] for each in found), strict=True)
        ]
        translation = left_over(translation_words(igt.translation), glosses)
        examples = []
        for at, (word, retrieved, target) in enumerate(zip(words, found, targets, strict=True)):
            answers = [f"{form} {gloss}" for form, gloss in retrieved.analyses]
            prompt = templates.WORD.format(
                word=word,
                left=glosses[at - 1] if at else _START,
                right=glosses[at + 1] if at + 1 < len(words) else _END,
                analyses="\n".join(_shown(answers, retrieved)),
                translation=" ".join(translation[at]),
            )
            marks = ([] if at else gaps[0]), gaps[at + 1]
            examples.append(
                Example(
                    "t2sg",
                    prompt,
                    target,
                    text=join_words([*marks[0], word, *marks[1]]),
                    format=self.name,
                    id=igt.id,
                    language=name or None,
                    choices=_choices(retrieved, memory, translation[at]),
                )
            )
        return tuple(examples)

    def joint_target(self, igt: IGT) -> tuple[str, None]:
        """The target for a text of one word; see `JointFormat.joint_target`."""
        [(_, form, gloss)] = _require_rows(igt)
        return f"{form} {gloss}", None

    def decode_joint(
        self, output: str, source: Source | None, punctuation: Punctuation
    ) -> Prediction:
        """Return the prediction that an answer about one word holds; see `JointFormat`.

        Of a text with more words, only the punctuation before the first and after the last is put
        back.
        """
        answer, found = without_label(output)
        words, gaps = separate_words(split_words(text_of(source)))
        tokens = split_words(answer)
        if tokens or words or not gaps[0]:
            tokens = _one_word(tokens, words[0] if words else UNKNOWN, found)
        if len(words) > 1 and any(gaps[1:-1]) and punctuation != "none":
            found.append(problems.WORD_COUNT)
        before, after = gaps[0], gaps[-1] if words else []
        with_marks = {punctuation, self._memory(_source_language(source)).punctuation}
        segmentation, glosses = (
            join_words([*before, *line, *after] if line_has_marks else line)
            for line, line_has_marks in (
                (tokens[:1], "none" not in with_marks),
                (tokens[1:2], with_marks == {"both"}),
            )
        )
        return Prediction(segmentation, glosses, tuple(dict.fromkeys(found)))


def _one_word(tokens: list[str], word: str, found: list[str]) -> list[str]:
    """The form and gloss of an answer; what it lacks is filled in, so that they are aligned."""
    if not tokens:
        found.append(problems.EMPTY)
        tokens = [word]
    elif len(tokens) == 1:
        found.append(problems.NO_GLOSSES)
    elif len(tokens) > 2:
        found.append(problems.MORE_WORDS)
    form, gloss = (*tokens, replace_morphemes(tokens[0], lambda _: UNKNOWN))[:2]
    if not is_word(form) or not is_word(gloss):
        found.append(problems.PUNCTUATION)
    return [form, gloss]


def _require_rows(igt: IGT) -> tuple[Row, ...]:
    rows = rows_of(igt)
    if rows is None:
        igt.align()  # knows what to say of morphemes
        raise AlignmentError(
            f"the transcription has another number of words than its analysis: {igt!r:.200}"
        )
    return rows


def _name_of(language: Language | None) -> str:
    return label_of(language) or ""


def _source_language(source: Source | None) -> str:
    if isinstance(source, Example):
        return source.language or ""
    return _name_of(source.language) if isinstance(source, IGT) else ""


def _shown(answers: Sequence[str], retrieved: Retrieved) -> Iterator[str]:
    """The analyses as a prompt has them, each after its share of all that are there, in tenths.

    One with less than a hundredth is left out.
    """
    least = min(retrieved.costs)
    odds = [math.exp(least - cost) for cost in retrieved.costs]
    mark = _KNOWN if retrieved.known else _SPLIT
    for answer, odd in zip(answers, odds, strict=True):
        share = odd / math.fsum(odds)
        if share >= _LEAST_SHARE:
            yield f"{min(9, int(10 * share + _ROUNDING))}{mark}{answer}"


def _is_known(example: Example) -> bool:
    """Whether the word of a prompt had analyses of its own."""
    return example.prompt.split("\n")[2][1:2] == _KNOWN


def _choices(
    retrieved: Retrieved, memory: Memory, translation: Sequence[str]
) -> tuple[tuple[str, float], ...]:
    """The analyses, each with what it costs, and the likeliest unknown stem as the translation has.

    Words of the translation share the chance of the analysis that they are put into.
    """
    if not memory.analyses.texts:
        return ()
    rows = [
        (form, gloss, cost)
        for (form, gloss), cost in zip(retrieved.analyses, retrieved.costs, strict=True)
    ]
    fills = [word for word in translation if len(split_morphemes(word)) == 1]
    open_rows = [row for row in rows if row[1].count(UNKNOWN) == 1 and not retrieved.known]
    for form, gloss, cost in open_rows[:1]:
        shared = cost + math.log(max(1, len(fills)))
        rows += [(form, gloss.replace(UNKNOWN, word), shared) for word in fills]
    weight = memory.known_weight if retrieved.known else memory.split_weight
    return tuple((f"{form} {gloss}", weight * cost) for form, gloss, cost in rows)

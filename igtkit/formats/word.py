"""The word format: one prompt for each word, with what training texts tell about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Self, get_args

import attrs

from igtkit.boundaries import (
    UNKNOWN,
    is_punctuation,
    is_word,
    join_words,
    list_words,
    replace_morphemes,
    separate_words,
    split_words,
)
from igtkit.errors import AlignmentError, InputError
from igtkit.formats import problems, templates
from igtkit.formats.analyses import Analyses, Row, rows_of
from igtkit.formats.base import (
    JointFormat,
    Reason,
    Source,
    asked_line,
    collapse,
    missing_line,
    text_of,
    unlabelled,
)
from igtkit.formats.example import Example, Task
from igtkit.formats.lines import Punctuation
from igtkit.igt import IGT, Prediction

__all__ = ["Word"]

_START, _END = "^", "$"
_KNOWN, _SPLIT = "=", "~"
_TRANSLATION_WORDS = 30


@attrs.frozen(repr=False)
class Word(JointFormat):
    r"""One prompt and one answer for each word of a text, for small models of one language.

    A prompt has the word, the words before and after it (``^`` and ``$`` at the ends), and its
    analyses in the texts that the format has learned, the best three (``=``). A word that they do
    not have is split into known morphemes instead (``~``), and the words of the translation
    follow. The target is the form and the gloss, set apart by a space: neither can hold one, so
    nothing is escaped. The `choices` are the analyses, up to three for an unknown word, too; there
    are none before the format has learned.

    Attributes:
        analyses: What the format has learned; see `learn`.
        punctuation: Which lines of most learned texts have the punctuation of the transcription; no
            other gets any.

    Example:
        >>> known = Word().learn([IGT("Evde kim ?", "ev-de kim ?", "house-LOC who ?")])
        >>> prompts = known.parts(IGT("Kim , evdeki", "kim ev-de-ki", "who house-LOC-REL", "Who?"))
        >>> [(example.text, example.target) for example in prompts]
        [('Kim ,', 'kim who'), ('evdeki', 'ev-de-ki house-LOC-REL')]
        >>> print(prompts[0].prompt)
        Kim
        ^ evdeki
        =kim who
        <BLANKLINE>
        >>> print(prompts[1].prompt)
        evdeki
        Kim $
        ~ev-de-ki house-LOC-???
        Who
        >>> known.decode("kim who", source="Kim ,").glosses
        'who ,'
    """

    name: ClassVar[str] = "word"
    prompts = {"t2sg": templates.WORD}  # noqa: RUF012 -- typed as a Mapping where it is declared
    fields: ClassVar[tuple[str, ...]] = ("word", "left", "right", "analyses", "translation")
    training_tasks: ClassVar[tuple[Task, ...]] = ("t2sg",)

    analyses: Analyses = attrs.field(factory=Analyses)
    punctuation: Punctuation = "both"

    def learn(self, texts: Iterable[IGT]) -> Self:
        """Return the format with the analyses of texts; what it had learned before is forgotten."""
        texts = list(texts)
        return attrs.evolve(
            self, analyses=Analyses.learn(texts), punctuation=_punctuation_of(texts)
        )

    def learned(self) -> Any:
        """What the format has learned, as JSON can hold it; see `PromptFormat.learned`."""
        return {"punctuation": self.punctuation, "texts": self.analyses.to_json()}

    def restore(self, value: Any) -> Self:
        """Return the format with what `learned` gave; see `PromptFormat.restore`."""
        if not isinstance(value, dict) or value.keys() != {"punctuation", "texts"}:
            raise ValueError(f"expected punctuation and texts, found {value!r:.80}")
        punctuation = value["punctuation"]
        if punctuation not in get_args(Punctuation):
            raise ValueError(f"expected where punctuation goes, found {punctuation!r:.80}")
        return attrs.evolve(
            self, analyses=Analyses.from_json(value["texts"]), punctuation=punctuation
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
        translation = _translation_words(igt)
        learned = bool(self.analyses.texts)
        examples = []
        for at, (word, found, target) in enumerate(
            zip(words, self.analyses.of_words(words, without=without), targets, strict=True)
        ):
            mark = _KNOWN if found.known else _SPLIT
            answers = [f"{form} {gloss}" for form, gloss in found.analyses]
            prompt = templates.WORD.format(
                word=word,
                left=words[at - 1] if at else _START,
                right=words[at + 1] if at + 1 < len(words) else _END,
                analyses="\n".join(
                    f"{mark}{answer}" for answer in answers[: None if found.known else 1]
                ),
                translation="" if found.known else translation,
            )
            marks = ([] if at else gaps[0]), gaps[at + 1]
            part = join_words([*marks[0], word, *marks[1]])
            examples.append(
                Example(
                    "t2sg",
                    prompt,
                    target,
                    text=part,
                    format=self.name,
                    id=igt.id,
                    choices=tuple(zip(answers, found.costs, strict=True)) if learned else (),
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
        answer, found = unlabelled(output)
        words, gaps = separate_words(split_words(text_of(source)))
        tokens = split_words(answer)
        if tokens or words or not gaps[0]:
            tokens = _one_word(tokens, words[0] if words else UNKNOWN, found)
        if len(words) > 1 and any(gaps[1:-1]) and punctuation != "none":
            found.append(problems.WORD_COUNT)
        before, after = gaps[0], gaps[-1] if words else []
        with_marks = {punctuation, self.punctuation}
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


def _punctuation_of(texts: Sequence[IGT]) -> Punctuation:
    """Which lines of most texts have marks, of those whose transcription has some."""
    marked = [
        [
            set(split_words(line)) - set(list_words(line))
            for line in (text.segmentation, text.glosses)
        ]
        for text in texts
        if len(list_words(text.transcription)) < len(split_words(text.transcription))
        and rows_of(text)
    ]
    segmentation, glosses = (
        not marked or 2 * sum(bool(text[at]) for text in marked) >= len(marked) for at in (0, 1)
    )
    if not segmentation:
        return "none"
    return "both" if glosses else "segmentation"


def _require_rows(igt: IGT) -> tuple[Row, ...]:
    rows = rows_of(igt)
    if rows is None:
        igt.align()  # knows what to say of morphemes
        raise AlignmentError(
            f"the transcription has another number of words than its analysis: {igt!r:.200}"
        )
    return rows


def _translation_words(igt: IGT) -> str:
    """The words of the translation, each once and without punctuation, as far as they have room."""
    line = collapse(igt.translation)
    if line is None or line == templates.UNKNOWN_TRANSLATION:
        return ""
    cores = (token.strip("".join(filter(is_punctuation, token))) for token in split_words(line))
    return " ".join(list(dict.fromkeys(filter(None, cores)))[:_TRANSLATION_WORDS])

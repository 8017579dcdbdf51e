"""The conversation in which a chat model is shown examples and asked for the next."""

from __future__ import annotations

from collections.abc import Sequence

from igtkit.boundaries import join_words, split_words
from igtkit.formats import get
from igtkit.igt import IGT
from igtkit.models.in_context.chat import Message

__all__ = ["build_messages"]

_TASK = """\
You segment and gloss sentences of {language} for linguists. Write the words in their order, with \
single spaces between them. Write each word as its morphemes, joined by - (affixes) or = \
(clitics), and each morpheme as its gloss followed by the morpheme in parentheses, such as \
house(ev)-PL(ler)-LOC(de). Gloss stems by a word of {metalanguage} and grammatical morphemes by \
labels in capitals. Answer with that one line and nothing else."""


def build_messages(text: IGT, examples: Sequence[IGT] = ()) -> list[Message]:
    r"""Return the conversation that shows the task, the examples and a text.

    Args:
        text: The text to gloss; of its lines, transcription and translation are shown.
        examples: Glossed and segmented texts, each a turn of the user and an answer.

    Raises:
        AlignmentError: If an example does not align.

    Example:
        >>> shown = [IGT("evler", "ev-ler", "house-PL", "houses")]
        >>> for message in build_messages(IGT("kediler", translation="cats"), shown)[1:]:
        ...     print(message["role"], "|", message["content"].replace("\n", " / "))
        user | Transcription: evler / Translation: houses
        assistant | house(ev)-PL(ler)
        user | Transcription: kediler / Translation: cats
    """
    language = text.language.name if text.language else None
    metalanguage = text.metalanguage.name if text.metalanguage else None
    task = _TASK.format(
        language=language or "a language", metalanguage=metalanguage or "the translation's language"
    )
    messages: list[Message] = [{"role": "system", "content": task}]
    for example in examples:
        target = get("interleaved").encode(example).target or ""
        messages += [
            {"role": "user", "content": _question(example)},
            {"role": "assistant", "content": target},
        ]
    messages.append({"role": "user", "content": _question(text)})
    return messages


def _question(text: IGT) -> str:
    lines = [f"Transcription: {join_words(split_words(text.transcription))}"]
    if text.translation and text.translation.strip():
        lines.append(f"Translation: {join_words(split_words(text.translation))}")
    return "\n".join(lines)

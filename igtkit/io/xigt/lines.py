"""From the tiers of an example to its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import attrs

from igtkit.boundaries import (
    LEIPZIG,
    UNKNOWN,
    is_word,
    join_words,
    list_words,
    split_morphemes,
    split_words,
    unsegment,
)
from igtkit.io._joining import GrowingWord, boundary_of, is_mark
from igtkit.io.xigt.tiers import Item, Tier, Tiers

__all__ = ["Lines", "make_lines"]

_STATES = {"raw": 0, "odin-raw": 0, "cleaned": 1, "odin-clean": 1, "normalized": 2, "odin-norm": 2}


@attrs.define
class Lines:
    """The lines of an example, and the tiers that they were made of."""

    transcription: str | None = None
    segmentation: str | None = None
    glosses: str | None = None
    translation: str | None = None
    pos: str | None = None
    used: list[Tier] = attrs.field(factory=list)
    alternatives: list[str] = attrs.field(factory=list)

    def unsaid(self) -> list[str]:
        """The texts of items of these tiers that no line says."""
        texts = (self.transcription, self.segmentation, self.glosses, self.translation, self.pos)
        tokens = {
            token for text in (*texts, *self.alternatives) for token in split_words(text or "")
        }
        known = tokens | {unsegment(token) for token in tokens}
        parts = {part for token in tokens for _, part in split_morphemes(token)}
        known |= parts | {label for part in parts for label in part.split(".")}
        known |= {token.strip(LEIPZIG.joiners) for token in known}
        return [
            item.text
            for tier in self.used
            for item in tier.items
            if item.text and not _is_said(item.text, known)
        ]


def _is_said(text: str, known: Collection[str]) -> bool:
    """Whether each token of a text is known, or all of them as one."""
    tokens = split_words(text)
    stripped = [token.strip(LEIPZIG.joiners) for token in tokens]
    return all(token in known or _plain(token) in known for token in stripped if token) or any(
        joiner.join(tokens) in known for joiner in "._"
    )


@attrs.define
class _Word:
    """A word: the boundary and text of each morpheme, and the labels that a tier gives it."""

    text: str
    morphemes: list[tuple[str, str]] = attrs.field(factory=list)
    labels: list[list[str]] = attrs.field(factory=list)
    whole: list[str] = attrs.field(factory=list)

    @property
    def form(self) -> str:
        return _joined(self.morphemes) or self.text


def make_lines(tiers: Tiers) -> Lines:
    """The lines of an example.

    A translation that a tier has besides another of the same phrase is an alternative.

    Where there are tiers of words and morphemes, lines are built of them. Where there are only
    whole lines, as in ODIN, a line of text with boundaries in it is the segmentation, and the
    transcription is that line without them.

    Args:
        tiers: The tiers; what is wrong with them is added to their problems.
    """
    lines = Lines()
    translations = _first(tiers.of_type("translations"))
    phrases = _first(tiers.of_type("phrases"))
    of_translation = translations.id if translations is not None else None
    words_tier = _first(
        [
            tier
            for tier in tiers.of_type("words")
            if of_translation is None
            or of_translation
            not in (tier.attributes.get("segmentation"), tier.attributes.get("content"))
        ]
    )
    morphemes = _first(tiers.of_type("morphemes"))
    lines.used = [t for t in (translations, phrases, words_tier, morphemes) if t is not None]
    lines.translation, lines.alternatives = _translation(tiers, translations)
    lines.transcription = _text(tiers, phrases)
    if words_tier is not None or morphemes is not None:
        _from_words(tiers, lines, words_tier, morphemes)
    else:
        whole = _first(tiers.of_type("glosses"))
        for tier in (whole, translations):
            for item in tier.items if tier is not None else ():
                tiers.targets(item)  # tells which of them are not there
        if whole is not None:
            lines.used.append(whole)
            lines.glosses = _text(tiers, whole, evened=True)
    is_mixed = _from_tagged_lines(tiers, lines)
    is_cut = phrases is not None and all(item.text is None for item in phrases.items)
    if not is_mixed and (morphemes is None or is_cut):
        _part_segmentation(lines, morphemes)
    return lines


def _first(tiers: Sequence[Tier]) -> Tier | None:
    return tiers[0] if tiers else None


def _text(tiers: Tiers, tier: Tier | None, *, evened: bool = False) -> str | None:
    """The text of all items of a tier; the spaces of what is cut from a line are layout."""
    if tier is None:
        return None
    texts = []
    for item in tier.items:
        value = tiers.value(item)
        texts.append(
            value if item.text is not None and not evened else join_words(split_words(value))
        )
    return " ".join(text for text in texts if text) or None


def _translation(tiers: Tiers, tier: Tier | None) -> tuple[str | None, list[str]]:
    """The translation, and those that a tier has besides: of what another item has translated.

    Items of parts of a phrase make one translation, and so do those that are cut from lines of
    ODIN. Items with a text of their own that are aligned with the same, or of several with nothing
    at all, are alternatives.
    """
    if tier is None or len(tier.items) < 2:
        return _text(tiers, tier), []
    first: list[Item] = []
    others: list[Item] = []
    taken: set[str] = set()
    for item in tier.items:
        target = item.attributes.get("alignment") or item.attributes.get("segmentation", "")
        is_own = "content" not in item.attributes
        (others if is_own and target in taken else first).append(item)
        taken.add(target)
    free = attrs.evolve(tier, items=tuple(first))
    return _text(tiers, free), [text for text in map(tiers.value, others) if text]


def _from_words(
    tiers: Tiers, lines: Lines, words_tier: Tier | None, morphemes: Tier | None
) -> None:
    words, place = _words(tiers, words_tier, morphemes)
    if lines.transcription is None:
        lines.transcription = join_words([word.text for word in words]) or None
    if morphemes is None:
        lines.segmentation = join_words([word.text for word in words]) or None
    elif any(word.morphemes for word in words):
        forms = [word.form for word in words if word.morphemes or is_word(word.text)]
        lines.segmentation = join_words(forms)
    for name in ("glosses", "pos"):
        tier = _finest(tiers, tiers.of_type(name), place)
        if tier is not None:
            lines.used.append(tier)
            setattr(lines, name, _labels(tiers, tier, words, place))


_Place = dict[str, tuple[int, int | None]]
"""Of a morpheme its word and its place in it; of a word itself, and None."""


def _words(
    tiers: Tiers, words_tier: Tier | None, morphemes: Tier | None
) -> tuple[list[_Word], _Place]:
    words: list[_Word] = []
    place: _Place = {}
    for item in words_tier.items if words_tier is not None else ():
        place[item.id] = (len(words), None)
        words.append(_Word(_token(tiers.value(item), "_")))
    before: Item | None = None
    for item in morphemes.items if morphemes is not None else ():
        index = next((place[t.id][0] for t in tiers.targets(item) if t.id in place), None)
        gap = tiers.between(before, item) if before is not None else None
        if index is None and words_tier is None and before is not None and gap is not None:
            index = None if gap != gap.strip() or " " in gap else place[before.id][0]
        elif index is None and words_tier is not None:
            tiers.problems.append(f"the morpheme {item.id!r} belongs to no word")
        if index is None:
            index = len(words)
            words.append(_Word(""))
        text = _token(tiers.value(item), "_")
        word = words[index]
        place[item.id] = (index, len(word.morphemes))
        last = word.morphemes[-1][1] if word.morphemes else None
        word.morphemes.append((_mark(last, text, gap), text))
        before = item
    return words, place


def _mark(before: str | None, text: str, gap: str | None) -> str:
    """The boundary before a morpheme: on it, on the one before it, or in the gap between them."""
    if before is None:
        return ""
    between = (gap or "").strip()
    return boundary_of(before, text) or (between if is_mark(between) else "-")[:1]


def _token(text: str, joiner: str) -> str:
    return joiner.join(split_words(text))


def _finest(tiers: Tiers, candidates: Sequence[Tier], place: _Place) -> Tier | None:
    """Return the tier aligned with the morphemes, else with the words, else the first."""

    def rank(tier: Tier) -> int:
        depths = [
            place[t.id][1] for item in tier.items for t in tiers.targets(item) if t.id in place
        ]
        return 0 if not depths else 1 if all(depth is None for depth in depths) else 2

    return max(candidates, key=rank, default=None)


def _labels(tiers: Tiers, tier: Tier, words: Sequence[_Word], place: _Place) -> str | None:
    """The line of labels, one token for each word."""
    for word in words:
        word.labels, word.whole = [[] for _ in word.morphemes], []
    loose = [item for item in tier.items if not _put(tiers, item, words, place)]
    if loose and len(loose) == len(tier.items):
        if len(tier.items) == 1 or not _put_in_order(tiers, loose, words):
            return join_words([_token(tiers.value(item), " ") for item in loose]) or None
        tiers.problems.append(f"the items of {tier.id!r} are aligned by their order")
    elif loose:
        names = ", ".join(f"{item.id} ({tiers.value(item)})" for item in loose)
        tiers.problems.append(f"aligned with no word, and left out: {names}")
    if not any(map(_is_labeled, words)):
        return None
    found = [_label(word) for word in words]
    last = max(index for index, word in enumerate(words) if _is_labeled(word))
    found = found[: last + 1]  # a line that ends early just ends
    unlabeled = [word.form for word in words[:last] if is_word(word.form) and not _is_labeled(word)]
    if unlabeled:
        tiers.problems.append(f"nothing in {tier.id!r} for: {', '.join(unlabeled)}")
    return join_words(found) or None


def _put(tiers: Tiers, item: Item, words: Sequence[_Word], place: _Place) -> bool:
    """Put a label where its first target is."""
    target = next((t.id for t in tiers.targets(item) if t.id in place), None)
    if target is None:
        return False
    index, at = place[target]
    text = _token(tiers.value(item), ".")
    (words[index].whole if at is None else words[index].labels[at]).append(text)
    return True


def _put_in_order(tiers: Tiers, items: Sequence[Item], words: Sequence[_Word]) -> bool:
    places = [labels for word in words for labels in word.labels]
    if len(places) != len(items):
        places = [word.whole for word in words]
    if len(places) != len(items):
        return False
    for labels, item in zip(places, items, strict=True):
        labels.append(_token(tiers.value(item), "."))
    return True


def _is_labeled(word: _Word) -> bool:
    return bool(word.whole or any(word.labels))


def _label(word: _Word) -> str:
    """The label of a word: of the whole, or of its morphemes with their boundaries."""
    if word.whole:
        return ".".join(word.whole)
    texts = [".".join(labels) for labels in word.labels]
    if not any(texts):
        return UNKNOWN if is_word(word.form) else ""
    marks = (mark for mark, _ in word.morphemes)
    return _joined(zip(marks, [text or UNKNOWN for text in texts], strict=True))


def _joined(morphemes: Iterable[tuple[str, str]]) -> str:
    """A word of the boundary and the text of each morpheme."""
    word = GrowingWord()
    for mark, text in morphemes:
        if word:
            word.attach(text, mark)
        else:
            word = GrowingWord(text)
    return str(word)


def _from_tagged_lines(tiers: Tiers, lines: Lines) -> bool:
    """Fill what is missing from ODIN's lines, which are tagged ``L``, ``G`` or ``T``.

    Returns:
        Whether the transcription comes from a line that has something else in it too.
    """
    sources = [tier for tier in tiers.all if _state(tier) is not None]
    if not sources or (lines.transcription and lines.glosses and lines.translation):
        return False
    best = max(sources, key=lambda tier: _state(tier) or 0)
    names = {"L": "transcription", "G": "glosses", "T": "translation"}
    found: dict[str, list[str]] = {}
    mixed = False
    free = False
    for item in best.items:
        kind, *remarks = _tag(item)
        content = kind.split("-")
        if kind == "T" and "AL" in remarks and free:
            continue  # an alternative: it stays in the tier, too
        if kind == "T" and "LT" in remarks and free:
            continue  # a literal translation after the free one: it stays in the tier
        free = free or (kind == "T" and "LT" not in remarks)
        text = join_words(split_words(tiers.value(item)))
        if not text or content[0] not in names:
            continue
        if len(content) > 1 and any(not getattr(lines, names.get(c, "pos")) for c in content):
            tiers.problems.append(
                f"one line has several kinds of text ({'-'.join(content)}): {text}"
            )
        mixed = mixed or (content[0] == "L" and len(content) > 1)
        if content[0] == "L" or len(content) == 1:
            found.setdefault(names[content[0]], []).append(text)
    is_mixed = mixed and not lines.transcription
    for name, texts in found.items():
        if not getattr(lines, name):
            setattr(lines, name, " ".join(texts))
    return is_mixed


def _tag(item: Item) -> list[str]:
    """Return what ODIN says of a line: its kind, and remarks such as ``LT``, literal."""
    return item.attributes.get("tag", "").split("+")


def _state(tier: Tier) -> int | None:
    """Return how far a tier of ODIN's lines is worked over; None for any other tier."""
    if not tier.type.startswith("odin"):
        return None
    return _STATES.get(tier.attributes.get("state", tier.type), 0)


def _part_segmentation(lines: Lines, morphemes: Tier | None) -> None:
    """Part a line that is text and segmentation in one: its boundaries tell."""
    line = lines.segmentation or lines.transcription
    if line is None:
        return
    plain = [_plain(token) for token in split_words(line)]
    if plain == split_words(line):
        if morphemes is None:
            lines.segmentation = None
        return
    if lines.transcription is None or _words_of(lines.transcription) == _words_of(line):
        tokens = split_words(lines.transcription or line)
        lines.transcription = join_words([_plain(token) for token in tokens])
    lines.segmentation = line


def _words_of(line: str) -> list[str]:
    return list_words(line)


def _plain(token: str) -> str:
    return unsegment(token) if is_word(token) else token

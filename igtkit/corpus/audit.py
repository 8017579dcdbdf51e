"""The figures of a corpus: how much there is of what, and how well it hangs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from igtkit._characters import shown
from igtkit.alignment import check, is_misaligned
from igtkit.boundaries import list_morphemes, separate_line
from igtkit.corpus._hashing import hash_text
from igtkit.igt import IGT, Language, text_key
from igtkit.igt.text import LINES

__all__ = ["Audit", "Figures"]

_KINDS = ("word", "morpheme", "gloss")
_LINES = (*LINES, "translation")

_ROWS = (
    ("entries", "entries"),
    ("languages", "languages"),
    ("metalanguages", "metalanguages"),
    ("with segmentation", "with_segmentation"),
    ("with glosses", "with_glosses"),
    ("with translation", "with_translation"),
    ("misaligned", "misaligned"),
    ("tokens", "tokens"),
    ("words", "words"),
    ("different words", "word_types"),
    ("morphemes", "morphemes"),
    ("different morphemes", "morpheme_types"),
    ("glosses of morphemes", "gloss_count"),
    ("different glosses", "gloss_types"),
    ("morphemes per segmented word", "morphemes_per_word"),
    ("words whose segments spell the surface", "spelled_share"),
)


@attrs.define
class Figures:
    """The figures of some texts. Figures of two groups of texts add up with ``+``.

    Attributes:
        entries: Number of texts.
        lines: Number of texts that have each line, by its name.
        misaligned: Number of texts that do not align (`igtkit.alignment.is_misaligned`).
        tokens: Number of tokens (between spaces) of the segmentation, or of the transcription where
            there is none.
        words: The same without punctuation and dashes.
        segmented_words: Number of words in segmentations.
        morphemes: Number of morphemes in segmentations, ``-`` and ``=`` separating them.
        gloss_count: Number of glosses of morphemes.
        compared_words: Number of words that transcription and segmentation both have, in texts
            where they have equally many.
        spelled_words: Number of these whose segments, put together, spell the word.
        issues: Number of findings by code, notes included.
        texts_with: Number of texts with a finding, by code.
        languages: Number of texts by language: glottocode, else ISO code, else name; ``""`` where
            none is known.
        metalanguages: The same of the metalanguage.
        texts: Number of texts by what tells them apart (`igtkit.igt.text_key`, hashed).
    """

    entries: int = 0
    lines: Counter[str] = attrs.field(factory=Counter)
    misaligned: int = 0
    tokens: int = 0
    words: int = 0
    segmented_words: int = 0
    morphemes: int = 0
    gloss_count: int = 0
    compared_words: int = 0
    spelled_words: int = 0
    issues: Counter[str] = attrs.field(factory=Counter)
    texts_with: Counter[str] = attrs.field(factory=Counter)
    languages: Counter[str] = attrs.field(factory=Counter)
    metalanguages: Counter[str] = attrs.field(factory=Counter)
    texts: Counter[int] = attrs.field(factory=Counter, repr=False)
    _kinds: dict[str, dict[str, set[str]]] = attrs.field(
        factory=lambda: {kind: defaultdict(set) for kind in _KINDS}
    )

    def add(self, igt: IGT) -> None:
        """Count a text in."""
        language = _key(igt.language)
        self.entries += 1
        self.languages[language] += 1
        self.metalanguages[_key(igt.metalanguage)] += 1
        if key := text_key(igt):
            self.texts[hash_text(key)] += 1
        for line in _LINES:
            if (getattr(igt, line) or "").strip():
                self.lines[line] += 1
        words, gaps = separate_line(igt.segmentation)
        is_segmented = bool(words) or any(gaps)
        if not is_segmented:
            words, gaps = separate_line(igt.transcription)
        self.tokens += len(words) + sum(map(len, gaps))
        self.words += len(words)
        self._kinds["word"][language].update(words)
        if is_segmented:
            morphemes = list(filter(None, list_morphemes(words)))
            self.segmented_words += len(words)
            self.morphemes += len(morphemes)
            self._kinds["morpheme"][language].update(morphemes)
        labels, _ = separate_line(igt.glosses)
        glosses = list(filter(None, list_morphemes(labels)))
        self.gloss_count += len(glosses)
        self._kinds["gloss"][""].update(glosses)
        self._add_issues(igt, len(words) if is_segmented else 0)

    def _add_issues(self, igt: IGT, words: int) -> None:
        issues = check(igt, notes=True)
        codes: dict[str, int] = {}
        for issue in issues:
            codes[issue.code] = codes.get(issue.code, 0) + 1
        for code, count in codes.items():
            self.issues[code] += count
            self.texts_with[code] += 1
        self.misaligned += is_misaligned(issues)
        if words and igt.transcription and "surface-word-count" not in codes:
            self.compared_words += words
            self.spelled_words += words - codes.get("surface-form", 0)

    def __add__(self, other: Figures) -> Figures:
        total = Figures()
        total += self
        total += other
        return total

    def __iadd__(self, other: Figures) -> Figures:  # noqa: PYI034 -- the class is final in effect
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        for kind in _KINDS:
            for language, kinds in other._kinds[kind].items():
                self._kinds[kind][language] |= kinds
        return self

    @property
    def word_types(self) -> int:
        """Number of different words, languages kept apart."""
        return sum(map(len, self._kinds["word"].values()))

    @property
    def morpheme_types(self) -> int:
        """Number of different forms of morphemes, languages kept apart."""
        return sum(map(len, self._kinds["morpheme"].values()))

    @property
    def gloss_types(self) -> int:
        """Number of different glosses of morphemes."""
        return sum(map(len, self._kinds["gloss"].values()))

    @property
    def morphemes_per_word(self) -> float | None:
        """Morphemes in a segmented word, on average; None where none is segmented."""
        return self.morphemes / self.segmented_words if self.segmented_words else None

    @property
    def spelled_share(self) -> float | None:
        """In what share of the words compared the segments spell the surface; None without any."""
        return self.spelled_words / self.compared_words if self.compared_words else None

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON can hold them."""
        return {
            "entries": self.entries,
            "languages": len(self.languages.keys() - {""}),
            "metalanguages": len(self.metalanguages.keys() - {""}),
            **{f"with_{line}": self.lines[line] for line in _LINES},
            **{name: getattr(self, name) for name in _NUMBERS if name != "entries"},
            "word_types": self.word_types,
            "morpheme_types": self.morpheme_types,
            "gloss_types": self.gloss_types,
            "morphemes_per_word": self.morphemes_per_word,
            "spelled_share": self.spelled_share,
            "issues": dict(sorted(self.issues.items())),
            "texts_with_issue": dict(sorted(self.texts_with.items())),
            "entries_by_language": dict(sorted(self.languages.items())),
            "entries_by_metalanguage": dict(sorted(self.metalanguages.items())),
        }


_COUNTERS = ("lines", "issues", "texts_with", "languages", "metalanguages", "texts")
_NUMBERS = tuple(
    field.name
    for field in attrs.fields(Figures)
    if field.name not in _COUNTERS and field.name != "_kinds"
)


def _key(language: Language | None) -> str:
    if language is None:
        return ""
    return language.glottocode or language.iso639_3 or language.name or ""


@attrs.define
class Audit:
    """The figures of a corpus: in all, by split, and by source.

    Audits of the parts of a corpus add up with ``+`` to that of the whole, whatever the parts, so
    that several processes can share the work.

    Attributes:
        groups: The figures by split and source; a name that is not known is ``""``.

    Example:
        >>> audit = Audit.of([IGT("cats run", "cat-s run", "cat-PL run", split="train")])
        >>> audit.total.words, audit.total.morphemes, audit.total.spelled_share
        (2, 3, 1.0)
        >>> list(audit.by_split)
        ['train']
    """

    groups: dict[tuple[str, str], Figures] = attrs.field(factory=dict)

    @classmethod
    def of(cls, items: Iterable[IGT]) -> Audit:
        """The audit of some texts; they may be a stream."""
        audit = cls()
        for igt in items:
            audit.add(igt)
        return audit

    def add(self, igt: IGT) -> None:
        """Count a text in."""
        key = (igt.split or "", igt.source or "")
        if key not in self.groups:
            self.groups[key] = Figures()
        self.groups[key].add(igt)

    def __add__(self, other: Audit) -> Audit:
        total = Audit()
        total += self
        total += other
        return total

    def __iadd__(self, other: Audit) -> Audit:  # noqa: PYI034
        for key, figures in other.groups.items():
            if key not in self.groups:
                self.groups[key] = Figures()
            self.groups[key] += figures
        return self

    @property
    def total(self) -> Figures:
        """The figures of all texts together."""
        return sum(self.groups.values(), Figures())

    @property
    def by_split(self) -> dict[str, Figures]:
        """The figures of each split."""
        return self._by(0)

    @property
    def by_source(self) -> dict[str, Figures]:
        """The figures of each source."""
        return self._by(1)

    def _by(self, part: int) -> dict[str, Figures]:
        found: dict[str, Figures] = defaultdict(Figures)
        for key in sorted(self.groups):
            found[key[part]] += self.groups[key]
        return dict(found)

    @property
    def overlap(self) -> dict[str, int]:
        """How many texts of each other split stand in ``"train"`` too (`igtkit.igt.text_key`).

        There is no such figure where no text is in train.
        """
        splits = self.by_split
        if "train" not in splits:
            return {}
        train = splits.pop("train").texts
        return {
            name: sum(count for text, count in part.texts.items() if text in train)
            for name, part in splits.items()
            if name
        }

    def to_dict(self) -> dict[str, Any]:
        """The audit as JSON can hold it."""
        return {
            "total": self.total.to_dict(),
            "overlap": self.overlap,
            "by_split": {name: each.to_dict() for name, each in self.by_split.items()},
            "by_source": {name: each.to_dict() for name, each in self.by_source.items()},
        }

    def to_markdown(self) -> str:
        """Tables: figures by split and by source, as far as named, overlap, findings by code."""
        total = self.total
        named = [by for by in (self.by_split, self.by_source) if by.keys() - {""}]
        tables = [_figures_table({**by, "all": total}) for by in named or [{}]]
        if overlap := self.overlap:
            tables.append(_overlap_table(overlap, self.by_split))
        return "\n\n".join([*tables, _issues_table(total)])


def _figures_table(columns: Mapping[str, Figures]) -> str:
    named = {shown(name) or "(none)": figures.to_dict() for name, figures in columns.items()}
    lines = [
        "| | " + " | ".join(named) + " |",
        "|---|" + "--:|" * len(named),
        *(
            f"| {title} | " + " | ".join(_show(each[key]) for each in named.values()) + " |"
            for title, key in _ROWS
        ),
    ]
    return "\n".join(lines)


def _overlap_table(overlap: Mapping[str, int], splits: Mapping[str, Figures]) -> str:
    lines = ["| split | entries | in train too |", "|---|--:|--:|"]
    lines += [f"| {name} | {splits[name].entries:,} | {n:,} |" for name, n in overlap.items()]
    return "\n".join(lines)


def _issues_table(total: Figures) -> str:
    codes = sorted(total.issues, key=lambda code: (-total.texts_with[code], code))
    lines = ["| finding | entries | times |", "|---|--:|--:|"]
    lines += [f"| `{c}` | {total.texts_with[c]:,} | {total.issues[c]:,} |" for c in codes]
    return "\n".join(lines)


def _show(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"

"""The model card: what a folder with a model says of it to whoever finds it (``README.md``).

The layout is that of the Hugging Face hub: metadata in YAML, then Markdown.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import attrs

from igtkit._characters import shown
from igtkit._files import replace_file
from igtkit.igt import IGT
from igtkit.igt.language import ISO_CODE
from igtkit.io.markdown import escape
from igtkit.models.training.results import main_figures, name_of
from igtkit.models.training.settings import TrainingSettings

__all__ = ["ADAPTER", "ModelCard"]

_USE = """\
## Use

```python
from igtkit import IGT
{load}
[prediction] = glosser.predict([IGT("...", translation="...", language={language})])
print(prediction.segmentation, prediction.glosses, sep="\\n")
```
"""
_LOAD = """\
from igtkit.models import load_glosser

glosser = load_glosser("FOLDER")  # this folder, or the name of its repository on the hub"""
_LOAD_ADAPTER = """\
from igtkit.models import Seq2SeqGlosser

glosser = Seq2SeqGlosser.from_pretrained("MODEL", adapter="FOLDER")  # its model, and this folder"""
_LANGUAGES = 40

ADAPTER = "Adapter"
"""The kind of a card that is about a LoRA adapter, which is loaded into a glosser."""


@attrs.frozen(kw_only=True)
class ModelCard:
    """What is to be said of a trained model.

    Attributes:
        kind: The class of the glosser, or `ADAPTER`.
        base: The checkpoint that the training began with.
        formats: The prompt formats that were learned.
        data: The names of the files of texts, as far as they are known.
        languages: How many texts of each language were learned from, the most first.
        codes: ISO 639-3 codes of these languages.
        dev: How many texts the loss was watched on.
        settings: How it was trained.
        preset: Whose settings these are where nothing else was asked for.
        course: ``steps``, ``epochs``, ``curve`` so far.
        test: Reports on test texts, by name.
    """

    kind: str
    base: str
    formats: tuple[str, ...]
    data: tuple[str, ...] = ()
    languages: Mapping[str, int] = attrs.field(factory=dict)
    codes: tuple[str, ...] = ()
    dev: int = 0
    settings: TrainingSettings | None = None
    preset: str = "paper"
    course: Mapping[str, Any] = attrs.field(factory=dict)
    test: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)

    @classmethod
    def of(
        cls, texts: Sequence[IGT], dev: Sequence[IGT] | None, *, data: Iterable[str], **facts: Any
    ) -> Self:
        """A card of texts; of the files that these are from only the names are told.

        Args:
            texts: What is learned from.
            dev: What the loss is watched on.
            data: The files, as the command line names them (``"Lezgi=lez-train.txt"``).
            **facts: Other attributes.
        """
        counted = Counter(name_of(text.language) for text in texts)
        codes = {text.language.iso639_3 for text in texts if text.language}
        return cls(
            data=tuple(Path(name.rpartition("=")[2]).name for name in data),
            languages=dict(counted.most_common()),
            codes=tuple(sorted(code for code in codes if code and ISO_CODE.fullmatch(code))),
            dev=len(dev or ()),
            **facts,
        )

    def to_markdown(self) -> str:
        """The card as it is written.

        Example:
            >>> card = ModelCard(kind="Seq2SeqGlosser", base="toy", formats=("interleaved",),
            ...                  languages={"Tsez": 3}, codes=("ddo",))
            >>> card.to_markdown().splitlines()[:4]
            ['---', 'library_name: igtkit', 'language:', '- ddo']
        """
        parts = [self._front(), self._summary(), self._texts()]
        parts += [self._training(), self._figures(), self._use()]
        return "\n".join(part for part in parts if part)

    def write(self, directory: str | os.PathLike[str]) -> None:
        """Write it as ``README.md``, all of it or nothing."""
        replace_file(Path(directory) / "README.md", self.to_markdown().encode())

    def _front(self) -> str:
        lines = ["library_name: igtkit"]
        if "/" in self.base:  # a name on the hub
            is_plain = re.fullmatch(r"[\w./-]+", self.base)
            lines.append(f"base_model: {self.base if is_plain else json.dumps(self.base)}")
        if self.codes:
            lines += ["language:", *(f"- {code}" for code in self.codes)]
        lines += ["tags:", "- interlinear-glossed-text", "- glossing"]
        return "\n".join(["---", *lines, "---", ""])

    def _summary(self) -> str:
        formats = " and ".join(self.formats)
        what = "A LoRA adapter" if self.kind == ADAPTER else "A glosser"
        return (
            f"# {self.kind}\n\n{what} for interlinear glossed text and igtkit, trained from "
            f"{_code(self.base)} in the prompt format {formats}.\n"
        )

    def _texts(self) -> str:
        total = sum(self.languages.values())
        shown = list(self.languages.items())[:_LANGUAGES]
        rows = [f"| {_plain(language)} | {count} |" for language, count in shown]
        if len(self.languages) > len(shown):
            rest = sum(list(self.languages.values())[_LANGUAGES:])
            rows.append(f"| {len(self.languages) - len(shown)} more | {rest} |")
        files = f"\n\nFiles: {', '.join(map(_code, self.data))}." if self.data else ""
        watched = f", and {self.dev} texts to watch the loss on" if self.dev else ""
        table = "\n".join(["| language | texts |", "| --- | --: |", *rows])
        return f"## Data\n\n{total} texts{watched}.{files}\n\n{table}\n"

    def _training(self) -> str:
        if self.settings is None:
            return ""
        settings = ", ".join(
            f"{name} {value}"
            for name, value in attrs.asdict(self.settings).items()
            if value is not None
        )
        text = f"## Training\n\nPreset `{self.preset}`: {settings}.\n"
        curve = self.course.get("curve") or []
        if curve:
            rows = [
                "| " + " | ".join(_cell(point.get(name)) for name in _CURVE) + " |"
                for point in curve
            ]
            head = ["| " + " | ".join(_CURVE).replace("_", " ") + " |", "| --: " * 4 + "|"]
            text += "\nLosses in nats a token:\n\n" + "\n".join([*head, *rows]) + "\n"
        return text

    def _figures(self) -> str:
        rows = [
            f"| {_plain(name)} | {_plain(group)} | {figures['n']} | "
            + " | ".join(_cell(figures[key]) for key in _FIGURES)
            + " |"
            for name, report in self.test.items()
            for group, figures in main_figures(report).items()
        ]
        if not rows:
            return ""
        head = ["| test | texts of | n | " + " | ".join(_FIGURES.values()) + " |"]
        return "## Figures\n\n" + "\n".join([*head, "| --- | --- " + "| --: " * 4 + "|", *rows, ""])

    def _use(self) -> str:
        load = _LOAD_ADAPTER if self.kind == ADAPTER else _LOAD
        language = json.dumps(shown(next(iter(self.languages), "...")), ensure_ascii=False)
        return _USE.format(load=load, language=language)


_CURVE = ("step", "epoch", "train_loss", "dev_loss")
_FIGURES = {
    "error_rate": "morpheme error rate",
    "f1": "segmentation F1",
    "alignment": "alignment",
}


def _plain(name: str) -> str:
    """A name on one line, of which nothing is Markdown."""
    return escape(shown(name))


def _code(name: str) -> str:
    """A name on one line, as code."""
    return f"`{shown(name).replace('`', chr(39))}`"


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.3f}"

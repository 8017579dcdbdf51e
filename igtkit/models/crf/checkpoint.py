"""The folder of a saved glosser: tables as JSON, numbers as npz, nothing that can run code.

Three files: ``config.json`` (settings, version and the other files' checksums), ``tables.json``
(habits, analyses, sentences) and ``weights.npz``. What follows from the tables is made anew on
loading.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from igtkit._files import replace_file
from igtkit.errors import ModelFileError
from igtkit.models.crf.model import Backoff, CrfSettings, Item, Model, Taught
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.ranking.ranker import Ranker, RankerSettings
from igtkit.models.crf.sentences import Sentence
from igtkit.models.saving import load_json, save_json

__all__ = ["load_crf", "save_crf"]

KIND = "CrfGlosser"
_TABLES, _WEIGHTS, _CONFIG = "tables.json", "weights.npz", "config.json"


def save_crf(model: Model, directory: Path, options: dict[str, Any]) -> None:
    """Write a model to a folder.

    Args:
        model: The model.
        directory: The folder, made where it does not exist.
        options: The glosser's own settings, as JSON can hold them.
    """
    directory.mkdir(parents=True, exist_ok=True)
    base = model.sentences[: len(model.sentences) - len(model.added)]
    used = max(model.extra, 1 + max((i for s in base for i in s.items), default=-1))
    tables = {
        "habits": {
            "letters": sorted(model.habits.letters),
            "strip": sorted(model.habits.strip),
            "kept": model.habits.kept,
            "default": model.habits.default,
        },
        "items": [[i.word, i.analysis, i.chunks] for i in model.items[:used]],
        "sentences": [[s.words, s.items, s.translation, s.id] for s in base],
        "added": [[s.words, s.gaps, s.analyses, s.translation, s.id] for s in model.added],
        "extra": model.extra,
        "closed": None if model.closed is None else sorted(model.closed),
        "segments": model.segments,
        "backoff": None if model.backoff is None else attrs.asdict(model.backoff),
    }
    save_json(directory / _TABLES, KIND, tables)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        ranker=model.ranker.weights.astype(np.float16),
        real=model.ranker.real.astype(np.float32),
        unknown=model.unknowns.weights.astype(np.float16),
    )
    replace_file(directory / _WEIGHTS, buffer.getvalue())
    checksums = {name: _checksum(directory / name) for name in (_TABLES, _WEIGHTS)}
    config = {"settings": attrs.asdict(model.settings), "checksums": checksums, **options}
    save_json(directory / _CONFIG, KIND, config)


def load_crf(directory: Path) -> tuple[Model, dict[str, Any]]:
    """Return the model and the settings of the glosser that a folder holds.

    Raises:
        ModelFileError: If it holds none, a damaged one, or one of another version.
    """
    config = load_json(directory / _CONFIG, KIND)
    try:
        checksums = dict(config["checksums"])
        for name in (_TABLES, _WEIGHTS):
            if not (directory / name).is_file():
                raise ModelFileError(f"{directory} holds no complete {KIND}: {name} is not there")
            if _checksum(directory / name) != checksums.get(name):
                raise ModelFileError(
                    f"{directory / name} is damaged or from another model: its checksum is not "
                    f"the one in {_CONFIG}; save the model again"
                )
        tables = load_json(directory / _TABLES, KIND)
        model = _model(config["settings"], tables)
        with np.load(directory / _WEIGHTS, allow_pickle=False) as arrays:
            model.ranker = Ranker(arrays["ranker"].astype(np.float32), arrays["real"])
            model.unknowns.weights = arrays["unknown"].astype(np.float32)
    except (KeyError, TypeError, ValueError, IndexError, OSError, zipfile.BadZipFile) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(f"{directory} holds a damaged {KIND}: {error!r}") from error
    return model, config


def _model(settings: dict[str, Any], tables: dict[str, Any]) -> Model:
    ranker = RankerSettings(**settings["ranker"])
    habits = tables["habits"]
    model = Model(
        CrfSettings(**{**settings, "ranker": ranker}),
        Habits(
            frozenset((mark, side) for mark, side in habits["letters"]),
            frozenset((mark, side) for mark, side in habits["strip"]),
            {token: (bool(a), bool(b)) for token, (a, b) in habits["kept"].items()},
            (bool(habits["default"][0]), bool(habits["default"][1])),
        ),
        [Item(word, _analysis(a), tuple(chunks)) for word, a, chunks in tables["items"]],
        [Taught(tuple(w), tuple(i), tuple(t), id_) for w, i, t, id_ in tables["sentences"]],
        extra=int(tables["extra"]),
        closed=None if tables["closed"] is None else frozenset(tables["closed"]),
    )
    model.segments = bool(tables["segments"])
    if tables["backoff"] is not None:
        kind, right = tables["backoff"]["kind"], tables["backoff"]["right"]
        model.backoff = Backoff(str(kind), float(right))
    added = [
        Sentence(
            tuple(words),
            tuple(tuple(gap) for gap in gaps),
            tuple(None if a is None else _analysis(a) for a in analyses),
            tuple(translation),
            id=id_,
        )
        for words, gaps, analyses, translation, id_ in tables["added"]
    ]
    model.add(added)
    return model


def _analysis(rows: Any) -> tuple[tuple[str, str, str], ...]:
    return tuple((form, gloss, boundary) for form, gloss, boundary in rows)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

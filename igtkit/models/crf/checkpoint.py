"""The folder of a saved glosser: tables as JSON, numbers as npz, nothing that can run code.

Two files of data: ``tables.json`` (habits, analyses, sentences) and ``weights.npz``. What follows
from the tables is made anew on loading.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from igtkit.errors import ModelFileError
from igtkit.models._manifest import damaged, to_json
from igtkit.models._schema import (
    flag,
    list_of,
    number,
    one_of,
    optional,
    record,
    string,
    table_of,
    tuple_of,
    whole,
)
from igtkit.models.crf.calibration import Calibration, Judged, Verdicts
from igtkit.models.crf.model import Backoff, CrfSettings, Item, Model, Taught
from igtkit.models.crf.opinion.second import SecondOpinion, load_start, start_code
from igtkit.models.crf.output.backoff import KINDS
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.ranking.features import OWN_VALUES
from igtkit.models.crf.ranking.problem import EXTRA_VALUES
from igtkit.models.crf.ranking.ranker import Ranker
from igtkit.models.crf.ranking.settings import RankerSettings
from igtkit.models.crf.sentences import Sentence
from igtkit.models.crf.unglossed import Unglossed
from igtkit.models.crf.unknown.field import field_code
from igtkit.models.crf.unknown.options import BITS
from igtkit.models.crf.unknown.stems import fingerprint
from igtkit.models.saving import load_folder, save_folder

__all__ = ["load_crf", "save_crf"]

KIND = "CrfGlosser"
_TABLES, _WEIGHTS = "tables.json", "weights.npz"
_HEADER = 1024  # the most bytes before the numbers of an array

_COUNT = whole(0, 2**31)
_SETTINGS = record(
    folds=_COUNT,
    candidates=whole(1, 2**16),
    gap=number(0, 1e6),
    variants_from=_COUNT,
    options=_COUNT,
    ranker=record(
        bits=whole(1, 22),
        epochs=_COUNT,
        averaged=_COUNT,
        rate=number(0),
        l2=number(0),
        dropout=number(0, 1),
        batch=whole(1, 2**31),
        length_power=number(),
        least_steps=_COUNT,
        runs=_COUNT,
    ),
)
_TEXTS = list_of(string)
_ANALYSIS = list_of(tuple_of(string, string, string))
_SIDES = list_of(tuple_of(string, whole(-1, 0)))
_KEPT = tuple_of(flag, flag)
_SUMS = table_of(table_of(number(0, 2**53)))
_SAVED = record(
    habits=record(
        letters=_SIDES,
        strip=_SIDES,
        kept=table_of(_KEPT),
        default=_KEPT,
        lowers=flag,
        skipped=_TEXTS,
    ),
    items=list_of(tuple_of(string, _ANALYSIS, _TEXTS)),
    sentences=list_of(tuple_of(_TEXTS, list_of(whole(-1, 2**31)), _TEXTS, optional(string))),
    added=list_of(
        tuple_of(_TEXTS, list_of(_TEXTS), list_of(optional(_ANALYSIS)), _TEXTS, optional(string))
    ),
    extra=_COUNT,
    closed=optional(_TEXTS),
    labels=_TEXTS,
    segments=flag,
    backoff=optional(record(kind=one_of(*KINDS), right=number(0, 1))),
    calibration=record(slope=number(0, 100), shift=number(-1000, 1000), again=number(-1000, 1000)),
    verdicts=list_of(tuple_of(number(0, 1), flag)),
    features=whole(0, 2**32),
    field=optional(whole(0, 2**32)),
    opinion=optional(record(start=whole(0, 2**32), share=number(0, 1))),
    unglossed=record(words=table_of(whole(1, 2**53)), stems=_SUMS, glosses=_SUMS, told=_SUMS),
)


def save_crf(model: Model, directory: str | os.PathLike[str], options: Mapping[str, Any]) -> None:
    """Write a model to a folder.

    Args:
        model: The model.
        directory: The folder, made where it does not exist.
        options: The glosser's own settings, as JSON can hold them.
    """
    base = model.sentences[: len(model.sentences) - len(model.added)]
    used = max(model.extra, 1 + max((i for s in base for i in s.items), default=-1))
    tables: dict[str, Any] = {
        "habits": {
            "letters": sorted(model.habits.letters),
            "strip": sorted(model.habits.strip),
            "kept": model.habits.kept,
            "default": model.habits.default,
            "lowers": model.habits.lowers,
            "skipped": sorted(model.habits.skipped),
        },
        "items": [[i.word, i.analysis, i.chunks] for i in model.items[:used]],
        "sentences": [[s.words, s.items, s.translation, s.id] for s in base],
        "added": [[s.words, s.gaps, s.analyses, s.translation, s.id] for s in model.added],
        "extra": model.extra,
        "closed": None if model.closed is None else sorted(model.closed),
        "labels": sorted(model.labels),
        "segments": model.segments,
        "backoff": None if model.backoff is None else attrs.asdict(model.backoff),
        "calibration": attrs.asdict(model.calibration),
        "verdicts": [[one.probability, one.right] for one in model.verdicts.words],
        "features": fingerprint(),
        "field": field_code() if model.unknowns.field.words else None,
        "opinion": None,
        "unglossed": attrs.asdict(model.unglossed),
    }
    arrays: dict[str, Any] = {
        "ranker": model.ranker.weights.astype(np.float16),
        "real": model.ranker.real.astype(np.float32),
        "unknown": model.unknowns.weights.astype(np.float16),
    }
    if model.opinion is not None:
        tables["opinion"] = {"start": start_code(), "share": model.opinion.share}
        arrays["opinion"] = model.opinion.network.numbers()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    save_folder(
        directory,
        KIND,
        {"model": attrs.asdict(model.settings), **options},
        {_TABLES: to_json(tables), _WEIGHTS: buffer.getvalue()},
    )


def load_crf(directory: str | os.PathLike[str]) -> tuple[Model, dict[str, Any]]:
    """Return the model and the settings of the glosser that a folder holds.

    Raises:
        ModelFileError: If it holds none, a damaged one, or one of another version.
    """
    saved = load_folder(directory, KIND)
    with damaged(saved.path):
        content = saved.json(_TABLES)
        _require_same(saved.path, content)
        settings = dict(saved.settings)
        chosen = _SETTINGS(settings.pop("model"))
        ranker = RankerSettings(**chosen.pop("ranker"))
        shapes: dict[str, tuple[np.dtype[Any], int]] = {
            "ranker": (np.dtype(np.float16), 1 << ranker.bits),
            "real": (np.dtype(np.float32), OWN_VALUES + EXTRA_VALUES),
            "unknown": (np.dtype(np.float16), 1 << BITS),
        }
        tables = _SAVED(content)
        if tables["opinion"] is not None:
            shapes["opinion"] = (np.dtype(np.float32), len(load_start().numbers()))
        arrays = _read_arrays(saved.files[_WEIGHTS], shapes)
        _require_sense(tables)
        model = _model(CrfSettings(**chosen, ranker=ranker), tables)
        model.ranker = Ranker(arrays["ranker"].astype(np.float32), arrays["real"])
        model.unknowns.weights = arrays["unknown"].astype(np.float32)
        if tables["opinion"] is not None:
            network = load_start().with_numbers(arrays["opinion"])
            model.opinion = SecondOpinion(network, tables["opinion"]["share"])
    return model, settings


def _require_same(path: Path, tables: Mapping[str, Any]) -> None:
    """Look whether the weights are of the features, the table and the clues that are here.

    Raises:
        ModelFileError: If another version of igtkit saved them.
    """
    opinion = tables.get("opinion", {})
    start = None if opinion is None else opinion.get("start", 0)
    if (
        tables.get("features") != fingerprint()
        or tables.get("field") not in (None, field_code())
        or start not in (None, start_code())
        or not {"unglossed", "verdicts", "labels"} <= set(tables)
        or "skipped" not in tables["habits"]
    ):
        raise ModelFileError(
            f"{path} holds a CrfGlosser of another version of igtkit, which weighs other clues; "
            "fit it again on its texts, which takes seconds"
        )


def _read_arrays(
    content: bytes, shapes: Mapping[str, tuple[np.dtype[Any], int]]
) -> dict[str, np.ndarray]:
    """Read arrays of which types and lengths are known; a file that says otherwise is damaged."""
    arrays = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sorted(archive.namelist()) != sorted(f"{name}.npy" for name in shapes):
                raise ValueError(f"it holds {', '.join(archive.namelist())!r:.80}")
            for name, (dtype, length) in shapes.items():
                size = length * dtype.itemsize
                with archive.open(f"{name}.npy") as stream:
                    raw = io.BytesIO(stream.read(size + _HEADER + 1))
                if np.lib.format.read_magic(raw) != (1, 0):
                    raise ValueError(f"the array {name} is of another version")
                found = np.lib.format.read_array_header_1_0(raw)
                numbers = raw.read()
                if found != ((length,), False, dtype) or len(numbers) != size:
                    raise ValueError(f"the array {name} is of another size")
                arrays[name] = np.frombuffer(numbers, dtype)
                if not np.isfinite(arrays[name]).all():
                    raise ValueError(f"the array {name} holds what is no finite number")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ValueError(f"{_WEIGHTS}: {error}") from error
    return arrays


def _require_sense(tables: Mapping[str, Any]) -> None:
    """Look whether what the tables say of each other holds."""
    items, count = tables["items"], len(tables["items"])
    if len({(word, analysis) for word, analysis, _ in items}) != count:
        raise ValueError("an analysis of a word is there twice")
    if any(len(analysis) != len(chunks) or not analysis for _, analysis, chunks in items):
        raise ValueError("an analysis has not as many chunks as morphemes")
    if tables["extra"] > count:
        raise ValueError(f"there are not {tables['extra']} items")
    if set(tables["unglossed"]["stems"]) != set(tables["unglossed"]["words"]):
        raise ValueError("of texts without glosses, words and their stems do not pair up")
    for words, numbers, _, _ in tables["sentences"]:
        if len(words) != len(numbers) or max(numbers, default=-1) >= count:
            raise ValueError("a sentence names an item that is not there")
    for words, gaps, analyses, _, _ in tables["added"]:
        if not len(words) == len(gaps) - 1 == len(analyses) or () in analyses:
            raise ValueError("a sentence that was added does not pair up")


def _model(settings: CrfSettings, tables: Mapping[str, Any]) -> Model:
    habits, backoff = tables["habits"], tables["backoff"]
    model = Model(
        settings,
        Habits(
            frozenset(habits["letters"]),
            frozenset(habits["strip"]),
            habits["kept"],
            habits["default"],
            habits["lowers"],
            frozenset(habits["skipped"]),
        ),
        [Item(*row) for row in tables["items"]],
        [Taught(*row) for row in tables["sentences"]],
        extra=tables["extra"],
        closed=None if tables["closed"] is None else frozenset(tables["closed"]),
        labels=frozenset(tables["labels"]),
    )
    model.segments = tables["segments"]
    model.backoff = None if backoff is None else Backoff(**backoff)
    model.calibration = Calibration(**tables["calibration"])
    model.verdicts = Verdicts(tuple(Judged(*row) for row in tables["verdicts"]))
    model.unglossed = Unglossed(**tables["unglossed"])
    model.add(
        Sentence(words, gaps, analyses, translation, id=id_)
        for words, gaps, analyses, translation, id_ in tables["added"]
    )
    return model

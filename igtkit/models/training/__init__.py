"""Training seq2seq glossers: examples, settings, the loop, and what comes out in numbers."""

from __future__ import annotations

from igtkit.models._learnable import without_ungrammatical
from igtkit.models.training.adapting import train_adapter
from igtkit.models.training.callbacks import learning_curve
from igtkit.models.training.card import ModelCard
from igtkit.models.training.cli import (
    add_arguments,
    add_decoding,
    add_preset,
    add_ungrammatical,
    decoding,
    finish,
    make_parser,
    parse,
    read_test,
    reporting,
    run_script,
    settings_from,
    train_options,
)
from igtkit.models.training.corpora import read_corpora, split_off_dev
from igtkit.models.training.distributed import (
    is_main_process,
    predict_in_processes,
    start_processes,
)
from igtkit.models.training.examples import TrainingSet, collate, encode_examples, make_examples
from igtkit.models.training.loop import TRACKERS, train_model
from igtkit.models.training.options import add_settings, read_settings_of
from igtkit.models.training.perplexity import (
    Perplexity,
    glottocode_perplexities,
    perplexities,
    perplexity,
    pooled,
    sentence_perplexities,
)
from igtkit.models.training.presets import preset_defaults
from igtkit.models.training.results import (
    compare,
    language_perplexities,
    main_figures,
    require_no_results,
    score_predictions,
    write_results,
)
from igtkit.models.training.resuming import FinishedRunError
from igtkit.models.training.run import (
    TINY,
    Trained,
    card_of_parts,
    report,
    train_glosser,
    train_parts,
)
from igtkit.models.training.settings import TrainingSettings

__all__ = [
    "TINY",
    "TRACKERS",
    "FinishedRunError",
    "ModelCard",
    "Perplexity",
    "Trained",
    "TrainingSet",
    "TrainingSettings",
    "add_arguments",
    "add_decoding",
    "add_preset",
    "add_settings",
    "add_ungrammatical",
    "card_of_parts",
    "collate",
    "compare",
    "decoding",
    "encode_examples",
    "finish",
    "glottocode_perplexities",
    "is_main_process",
    "language_perplexities",
    "learning_curve",
    "main_figures",
    "make_examples",
    "make_parser",
    "parse",
    "perplexities",
    "perplexity",
    "pooled",
    "predict_in_processes",
    "preset_defaults",
    "read_corpora",
    "read_settings_of",
    "read_test",
    "report",
    "reporting",
    "require_no_results",
    "run_script",
    "score_predictions",
    "sentence_perplexities",
    "settings_from",
    "split_off_dev",
    "start_processes",
    "train_adapter",
    "train_glosser",
    "train_model",
    "train_options",
    "train_parts",
    "without_ungrammatical",
    "write_results",
]

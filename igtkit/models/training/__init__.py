"""Training seq2seq glossers: examples, settings, the loop, and what comes out in numbers."""

from __future__ import annotations

from igtkit.models.training.adapting import train_adapter
from igtkit.models.training.cli import (
    add_arguments,
    decoding,
    finish,
    make_parser,
    parse,
    read_test,
    run_script,
    settings_from,
)
from igtkit.models.training.corpora import read_corpora, split_off_dev
from igtkit.models.training.distributed import (
    is_main_process,
    predict_in_processes,
    start_processes,
)
from igtkit.models.training.examples import TrainingSet, collate, encode_examples, make_examples
from igtkit.models.training.loop import train_model
from igtkit.models.training.perplexity import (
    Perplexity,
    glottocode_perplexities,
    perplexities,
    perplexity,
    pooled,
    sentence_perplexities,
)
from igtkit.models.training.results import (
    compare,
    language_perplexities,
    score_predictions,
    write_results,
)
from igtkit.models.training.resuming import FinishedRunError
from igtkit.models.training.run import TINY, Trained, report, train_glosser, train_parts
from igtkit.models.training.settings import TrainingSettings

__all__ = [
    "TINY",
    "FinishedRunError",
    "Perplexity",
    "Trained",
    "TrainingSet",
    "TrainingSettings",
    "add_arguments",
    "collate",
    "compare",
    "decoding",
    "encode_examples",
    "finish",
    "glottocode_perplexities",
    "is_main_process",
    "language_perplexities",
    "make_examples",
    "make_parser",
    "parse",
    "perplexities",
    "perplexity",
    "pooled",
    "predict_in_processes",
    "read_corpora",
    "read_test",
    "report",
    "run_script",
    "score_predictions",
    "sentence_perplexities",
    "settings_from",
    "split_off_dev",
    "start_processes",
    "train_adapter",
    "train_glosser",
    "train_model",
    "train_parts",
    "write_results",
]

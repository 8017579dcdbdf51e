"""Fallback: a simpler glosser where a better one is not sure, and none where none is.

PolyGloss (section 6.1) recommends to fall back on a simple method where a model is expected to do
badly. Here the decision is made for each text: from what an estimator says of its language, or from
the probabilities that the glossers give.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from igtkit._files import locked_folder
from igtkit.errors import InputError, ModelFileError
from igtkit.igt import IGT, Prediction
from igtkit.models._manifest import MANIFEST, damaged
from igtkit.models._schema import flag, list_of, number, record, string
from igtkit.models.base import Given, Glosser, require_texts
from igtkit.models.performance import PerformanceEstimator
from igtkit.models.registry import glosser_class, load_as, require_options
from igtkit.models.saving import load_folder, save_folder

__all__ = ["FallbackGlosser", "expected_error"]

_SETTINGS = record(glossers=list_of(string), max_error=number(0, 1), estimators=list_of(flag))


def expected_error(prediction: Prediction) -> float | None:
    """Return the share of words that a glosser expects to have wrong, by its own probabilities.

    Args:
        prediction: What a glosser returned.

    Returns:
        0 to 1, or None where the glosser gave no probability for any word.

    Example:
        >>> from igtkit.igt import Suggestion
        >>> words = ((Suggestion("a", "X", 0.5),), (Suggestion("b", "Y", 1.0),))
        >>> expected_error(Prediction("a b", "X Y", words=words))
        0.25
    """
    given = [suggestions[0].probability for suggestions in prediction.words if suggestions]
    known = [probability for probability in given if probability is not None]
    return 1 - sum(known) / len(known) if known else None


class FallbackGlosser(Glosser):
    """A glosser that takes, for each text, the first of several glossers that is sure enough.

    The chosen prediction keeps the name of its glosser in `system`; `problems` says which glossers
    were passed over, and why. Where all were, segmentation and glosses are None.

    Args:
        glossers: Fitted glossers, the preferred one first.
        max_error: The largest error rate that may be expected, 0 to 1.
        estimators: For each glosser, from the first on, a `PerformanceEstimator` or None. With one,
            the error rate is what the estimator expects of the text's language, by its glottocode,
            and a language that it does not know is not left to that glosser. Without, it is the
            share of words that the glosser itself expects to have wrong.

    Raises:
        InputError: If there is no glosser, the limit is no share, or there are more estimators.

    Example:
        >>> from igtkit.models import LookupGlosser
        >>> train = [IGT("cats run", "cat-s run", "cat-PL run"), IGT("cats", "cat-s", "cat-PL")]
        >>> careful = FallbackGlosser([LookupGlosser().fit(train)], max_error=0.4)
        >>> sure, unsure = careful.predict([IGT("cats"), IGT("zebras roam")])
        >>> sure.glosses, unsure.glosses
        ('cat-PL', None)
        >>> unsure.problems
        ('LookupGlosser expects 100 % of the words to be wrong, more than 40 %',)
    """

    def __init__(
        self,
        glossers: Sequence[Glosser],
        max_error: float = 0.5,
        *,
        estimators: Sequence[PerformanceEstimator | None] = (),
    ) -> None:
        if not glossers or not all(isinstance(glosser, Glosser) for glosser in glossers):
            raise InputError("FallbackGlosser needs a list of at least one glosser")
        if not 0 <= max_error <= 1:
            raise InputError(f"max_error must be a share from 0 to 1, not {max_error!r}")
        if len(estimators) > len(glossers):
            raise InputError(f"{len(estimators)} estimators for {len(glossers)} glossers")
        self.glossers = tuple(glossers)
        self.estimators = (*estimators, *[None] * (len(glossers) - len(estimators)))
        self.max_error = max_error

    def predict(self, items: Iterable[IGT], *, given: Given | None = None) -> list[Prediction]:
        """Segment and gloss texts; see `Glosser.predict`.

        Returns:
            One prediction for each text, in order; never None. A text that nobody was sure of has a
            prediction whose segmentation and glosses are None.

        Raises:
            InputError: As the glossers; or if one, of a user's own, does not give one prediction
                for each text.
        """
        texts = require_texts(items)
        chosen: dict[int, Prediction] = {}
        reasons: list[tuple[str, ...]] = [()] * len(texts)
        for glosser, estimator in zip(self.glossers, self.estimators, strict=True):
            open_ = []
            for index in range(len(texts)):
                if index in chosen:
                    continue
                reason = estimator and self._language_against(glosser, estimator, texts[index])
                if reason:
                    reasons[index] += (reason,)
                else:
                    open_.append(index)
            if not open_:
                continue
            predictions = _ask(glosser, [texts[index] for index in open_], given)
            for index, prediction in zip(open_, predictions, strict=True):
                reason = None if estimator else self._reason_against(glosser, prediction)
                if reason is None:
                    chosen[index] = _with_problems(prediction, reasons[index])
                else:
                    reasons[index] += (reason,)
        nothing = [Prediction(None, None, reason, system="FallbackGlosser") for reason in reasons]
        return [chosen.get(index, nothing[index]) for index in range(len(texts))]

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save every glosser to a folder of its own, inside of one."""
        glossers = {f"glosser{index}": each for index, each in enumerate(self.glossers)}
        estimators = {
            f"estimator{index}": each for index, each in enumerate(self.estimators) if each
        }
        settings = {
            "glossers": [type(glosser).__name__ for glosser in self.glossers],
            "max_error": self.max_error,
            "estimators": [estimator is not None for estimator in self.estimators],
        }
        save_folder(directory, "FallbackGlosser", settings, parts={**glossers, **estimators})

    @classmethod
    def from_pretrained(
        cls,
        directory: str | os.PathLike[str],
        *,
        options: Sequence[Mapping[str, Any]] = (),
    ) -> Self:
        """Load the glossers from a folder.

        Args:
            directory: The folder.
            options: For each glosser, from the first on, the options of its ``from_pretrained``:
                such as the address of an `igtkit.models.InContextGlosser`, which no folder decides.

        Raises:
            InputError: If there are more options than glossers, or a glosser does not take one.
            ModelFileError: If the folder holds none, or a damaged one.
        """
        with locked_folder(Path(directory), shared=True):
            saved = load_folder(directory, "FallbackGlosser")
            with damaged(saved.path / MANIFEST):
                settings = _SETTINGS(saved.settings)
                kinds = [_glosser_class(saved.path, name) for name in settings["glossers"]]
                glossers = [saved.parts[f"glosser{index}"] for index in range(len(kinds))]
                estimators = [
                    saved.parts[f"estimator{index}"] if each else None
                    for index, each in enumerate(settings["estimators"])
                ]
            if len(options) > len(kinds):
                raise InputError(f"{len(options)} options for {len(kinds)} glossers")
            rest: list[Mapping[str, Any]] = [{}] * (len(kinds) - len(options))
            loaded = []
            for kind, part, chosen in zip(kinds, glossers, [*options, *rest], strict=True):
                require_options(kind, "from_pretrained", chosen)
                loaded.append(load_as(kind, part, **chosen))
            estimate = PerformanceEstimator.from_pretrained
            found = [None if part is None else estimate(part) for part in estimators]
            with damaged(saved.path / MANIFEST):
                return cls(loaded, settings["max_error"], estimators=found)

    def _language_against(
        self, glosser: Glosser, estimator: PerformanceEstimator, text: IGT
    ) -> str | None:
        """The reason not to leave a language to a glosser; None if there is none."""
        name = type(glosser).__name__
        glottocode = text.language.glottocode if text.language else None
        if glottocode is None:
            return f"{name} was not asked: the glottocode of the text is not known"
        estimate = estimator.estimate(glottocode)
        if estimate.error_rate is None:
            return f"{name} was not asked: {estimate.reason}"
        if estimate.error_rate > self.max_error:
            return (
                f"{name} was not asked: an error rate of {estimate.error_rate:.2f} is expected, "
                f"more than {self.max_error:.2f} ({estimate.reason})"
            )
        return None

    def _reason_against(self, glosser: Glosser, prediction: Prediction) -> str | None:
        name, error = type(glosser).__name__, expected_error(prediction)
        if error is None:
            return f"{name} does not say how sure it is"
        if error > self.max_error:
            return (
                f"{name} expects {100 * error:.0f} % of the words to be wrong, more than "
                f"{100 * self.max_error:.0f} %"
            )
        return None


def _ask(glosser: Glosser, texts: list[IGT], given: Given | None) -> list[Prediction]:
    """The predictions of a glosser, checked to be one for each text."""
    found: Any = glosser.predict(texts, given=given)
    name = type(glosser).__name__
    if not isinstance(found, Sequence) or len(found) != len(texts):
        raise InputError(f"{name} did not give a list of {len(texts)} predictions: {found!r:.80}")
    for each in found:
        if not isinstance(each, Prediction):
            raise InputError(f"{name} gave no Prediction but {each!r:.80}")
    return list(found)


def _with_problems(prediction: Prediction, problems: tuple[str, ...]) -> Prediction:
    return (
        prediction.replace(problems=(*problems, *prediction.problems)) if problems else prediction
    )


def _glosser_class(path: Path, name: object) -> type[Glosser]:
    """The glosser class of a name that a saved file gives."""
    found = glosser_class(name)
    if found is None:
        raise ModelFileError(
            f"{path} names {name!r}, which is no glosser of igtkit; one of your own is made known "
            "with igtkit.models.register_glosser"
        )
    return found

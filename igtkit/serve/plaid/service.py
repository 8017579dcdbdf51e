"""The service: Plaid's task ``analyze``, answered by a glosser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import Any

import attrs
from plaid_client import TASKS, BaseService, Param, PlaidClient
from plaid_client.service import progress_heartbeat
from plaid_client.workflows.igt import ANALYZE_REQUEST_FIELDS
from plaid_client.workflows.igt.analyze import (
    AnalysisRun,
    begin_analysis,
    finish_analysis,
    read_analysis_request,
)

from igtkit.boundaries import split_words
from igtkit.errors import IGTError, InputError
from igtkit.igt import IGT, Prediction, Suggestion
from igtkit.models import CrfGlosser, Glosser
from igtkit.serve.limits import weigh
from igtkit.serve.plaid.learning import ProjectMemory
from igtkit.serve.plaid.words import find_analysis, make_text, read_word

__all__ = ["PlaidService"]

_TURN = 5000  # units of work between two looks whether the request was stopped: a second at most
_READ, _WRITE = 5, 88  # per cent of the progress bar

_SUMMARY = """\
Suggests a segmentation into morphemes and a gloss for each word, with a probability, what else it
weighed (Alt+Down) and what the choice rests on. Words that a person has done stay as they are
unless you ask to overwrite them; they help with the others."""


@attrs.frozen
class _Item:
    """A sentence with words to analyze: their places, its text, and the places of its tokens."""

    sentence: dict[str, Any]
    targets: frozenset[int]
    text: IGT
    places: list[int]


class PlaidService(BaseService):
    """A glosser as a service of Plaid (https://github.com/larc-iu/plaid).

    ``service.run([project, "--url", url])`` serves it, as does ``igtkit plaid``.

    Args:
        glosser: The glosser.
        token: The token of a Plaid user, with which the service registers.
        learn_from_project: Whether to learn first from what people have confirmed in the
            project of a request.
        n_best: How many analyses of a word are weighed, for glossers that say.
        evidence: Whether to write what an analysis rests on, which quotes learned texts.
        service_id: The id under which Plaid knows the service.

    Raises:
        InputError: If the glosser cannot learn, and shall.

    Example:
        >>> from igtkit import load_sample
        >>> from igtkit.models import CrfGlosser
        >>> service = PlaidService(CrfGlosser().fit(load_sample()[:40]))
        >>> service.extras["tasks"]
        ['analyze']
    """

    def __init__(
        self,
        glosser: Glosser,
        *,
        token: str = "",
        learn_from_project: bool = False,
        n_best: int = 5,
        evidence: bool = True,
        service_id: str = "igtkit",
    ) -> None:
        super().__init__(
            service_id,
            "igtkit",
            "Segments and glosses words, with probabilities and reasons",
            tasks=[TASKS.ANALYZE],
            summary=_SUMMARY,
            parameters=[
                Param.field("gloss_field", "Gloss field", "Morpheme", role="gloss", required=True),
                Param.field(
                    "translation_field",
                    "Translation field",
                    "Sentence",
                    role="translation",
                    description="Free translations help to gloss stems never seen.",
                ),
                Param.number(
                    "threshold",
                    "Least probability",
                    default=0,
                    min=0,
                    max=1,
                    step=0.05,
                    slider=True,
                    description="Words whose analysis is less probable are left open.",
                ),
                Param.boolean(
                    "overwrite",
                    "Overwrite",
                    description="Replace analyses that people have made or confirmed.",
                ),
            ],
            extras={"request_fields": ANALYZE_REQUEST_FIELDS},
        )
        self._glosser, self._token = glosser, token
        self._options: dict[str, Any] = {}
        self._memory = None
        if isinstance(glosser, CrfGlosser):
            self._options = {"n_best": n_best, "evidence": evidence}
        if learn_from_project:
            if not isinstance(glosser, CrfGlosser):
                raise InputError(f"a {type(glosser).__name__} takes no corrections")
            self._memory = ProjectMemory(glosser)

    def get_client(self, api_url: str) -> PlaidClient:  # type: ignore[override]
        """Return a connection with the token that was given; no file is looked at."""
        return PlaidClient(api_url, self._token)

    def process_request(self, request_data: dict[str, Any], response_helper: Any) -> None:
        """Analyze a document, as the contract of Plaid's task ``analyze`` has it."""
        client = self.client
        request = read_analysis_request(
            client, request_data, response_helper, project=self._memory is not None
        )
        if request is None:
            return
        with begin_analysis(client, response_helper, request, fetch_percent=2) as run:
            if run is None or not run.choose_targets():
                return
            glosser = self._glosser
            if self._memory is not None:
                assert client is not None
                saying = "Learning from the project…"
                response_helper.progress(3, saying)
                with progress_heartbeat(response_helper, 3, saying):
                    glosser = self._memory.glosser(client, request)
            plans, failed, doubtful = self._analyze(
                run, glosser, float(request_data["threshold"]), response_helper
            )
            finish_analysis(
                client,
                response_helper,
                run,
                plans,
                service_id=self.service_id,
                label="igtkit analysis",
                stamp_detail=self.stamp_detail(
                    request.requester,
                    model=f"igtkit {metadata.version('igtkit')} {type(glosser).__name__}",
                ),
                replaced=sum(plan["word"]["state"] != "unanalyzed" for plan in plans),
                failed=failed,
                below_threshold=doubtful,
            )

    def _analyze(
        self, run: AnalysisRun, glosser: Glosser, threshold: float, response_helper: Any
    ) -> tuple[list[dict[str, Any]], list[dict[str, str]], int]:
        """The plans, the sentences that failed, and the number of words left for their doubt."""
        plans: list[dict[str, Any]] = []
        failed: list[dict[str, str]] = []
        doubtful = done = 0
        items = [
            _item(sentence, set(places), run.gloss_layer_id) for sentence, places in run.targets
        ]
        for batch in _batches(items):
            percent = _READ + (_WRITE - _READ) * done // len(items)
            saying = f"Analyzing sentence {done + 1} of {len(items)}…"
            response_helper.progress(percent, saying)
            with progress_heartbeat(response_helper, percent, saying):
                found = self._predict(glosser, batch)
            done += len(batch)
            for item, prediction in zip(batch, found, strict=True):
                suggested = _by_place(item, prediction)
                if isinstance(suggested, str):
                    failed.append({"sentence_id": item.sentence["id"], "reason": suggested})
                    continue
                for place in sorted(item.targets):
                    word = item.sentence["words"][place]
                    suggestions = suggested.get(place, ())
                    analysis = find_analysis(word["surface"], suggestions)
                    if analysis is None:
                        run.skipped["unaligned"] += 1
                    elif (suggestions[0].probability or 1.0) < threshold:
                        doubtful += 1
                    else:
                        plans.append({"word": word, "analysis": analysis})
        return plans, failed, doubtful

    def _predict(self, glosser: Glosser, batch: Sequence[_Item]) -> list[Prediction | str]:
        """A prediction for each, or why there is none."""
        try:
            texts = [item.text for item in batch]
            return list(glosser.predict(texts, given="partial", **self._options))
        except IGTError as error:
            if len(batch) == 1:
                return [str(error)]
            return [found for item in batch for found in self._predict(glosser, [item])]


def _item(sentence: dict[str, Any], targets: set[int], gloss_layer: str | None) -> _Item:
    words = sentence["words"]
    known = [
        None if place in targets else read_word(word, str(gloss_layer))
        for place, word in enumerate(words)
    ]
    text, places = make_text(words, known, sentence["translation"])
    return _Item(sentence, frozenset(targets), text, places)


def _batches(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    work = 0
    for item in items:
        weight = weigh(item.text)
        if batch and work + weight > _TURN:
            yield batch
            batch, work = [], 0
        batch.append(item)
        work += weight
    if batch:
        yield batch


def _by_place(item: _Item, prediction: Prediction | str) -> dict[int, Sequence[Suggestion]] | str:
    """The suggestions by the places of their words, or why there are none."""
    if isinstance(prediction, str):
        return prediction
    suggestions: Sequence[Sequence[Suggestion]] = prediction.words
    if not suggestions:  # a glosser that says lines only
        forms, glosses = split_words(prediction.segmentation), split_words(prediction.glosses)
        if not len(forms) == len(glosses) == len(item.places):
            return "the glosser's answer has not as many words as the sentence"
        suggestions = [[Suggestion(*pair)] for pair in zip(forms, glosses, strict=True)]
    if len(suggestions) != len(item.places):
        return "the glosser's answer has not as many words as the sentence"
    return dict(zip(item.places, suggestions, strict=True))

"""The backend of chat models: answers and scores do not depend on company."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed")

from igtkit.errors import InputError  # noqa: E402
from igtkit.models.causal import CausalBackend  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")
PROMPTS = ("ev", "kediler evde", "su")


@pytest.fixture(scope="module")
def backend(chat, template):
    return CausalBackend(chat[0], template.end)


@pytest.fixture(scope="module")
def prompts(template):
    return [template.encode_prompt(prompt) for prompt in PROMPTS]


def test_answers_are_greedy_and_the_same_in_any_batch(backend, prompts):
    together = backend.generate(prompts, limit=6, num_beams=1, constraint=None)
    for prompt, answer in zip(prompts, together, strict=True):
        alone = backend.generate([prompt], limit=6, num_beams=1, constraint=None)
        assert alone == [answer]
        ids = list(prompt)
        for token in answer:  # the oracle: one step after the other
            with torch.inference_mode():
                logits = backend.model(input_ids=torch.tensor([ids])).logits[0, -1]
            assert int(logits.argmax()) == token
            ids.append(token)


def test_scores_are_those_of_each_answer_alone(backend, prompts, template):
    answers = [template.encode("a"), [], template.encode("house(ev)")]
    scores = backend.score(prompts, answers)
    assert [len(row) for row in scores] == [len(answer) for answer in answers]
    for prompt, answer, row in zip(prompts, answers, scores, strict=True):
        ids = torch.tensor([[*prompt, *answer]])
        with torch.inference_mode():
            logits = backend.model(input_ids=ids).logits[0].float().log_softmax(-1)
        expected = [logits[len(prompt) + at - 1, token].item() for at, token in enumerate(answer)]
        assert row == pytest.approx(expected, abs=1e-4)
    assert backend.score(prompts[:1], [[]]) == [[]]


def test_more_than_the_model_can_read_is_refused(backend, prompts):
    with pytest.raises(InputError, match="more than the 4096 that the model can read"):
        backend.generate(prompts, limit=4096, num_beams=1, constraint=None)

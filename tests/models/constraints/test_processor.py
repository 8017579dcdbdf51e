"""What the constraints on bytes share: beams, batches, scores, and arguments that make no sense."""

from __future__ import annotations

import pytest

from igtkit.errors import InputError
from igtkit.models import byt5

torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
transformers = pytest.importorskip("transformers", reason="constraints are logits processors")

from models.constraints.judges import (  # noqa: E402
    CONCATENATED,
    INTERLEAVED,
    generate,
    is_aligned,
    is_interleaved,
    text_of,
    walk,
)

from igtkit.models.constraints import (  # noqa: E402
    ConcatenatedConstraint,
    InterleavedConstraint,
)
from igtkit.models.constraints.automaton import DEAD  # noqa: E402
from igtkit.models.constraints.processor import match_parents  # noqa: E402


@pytest.mark.parametrize("kind", [InterleavedConstraint, ConcatenatedConstraint])
@pytest.mark.parametrize("group", [2, 3, 4])
def test_beams_that_change_places(kind, group):
    check = INTERLEAVED if kind is InterleavedConstraint else CONCATENATED
    for limit in (13, 30):
        constraint = kind(limit, num_beams=group, words=[2, None, 3])
        for row in walk(constraint, 3 * group, limit, group=group, favored=" -()\n"):
            assert is_aligned(check.decode(text_of(row)))


def test_broken_weights_give_well_formed_outputs(model):
    class Nothing(transformers.LogitsProcessor):
        def __call__(self, input_ids, scores):
            scores = torch.full_like(scores, -torch.inf)
            scores[::2] = torch.nan
            return scores

    constraint = InterleavedConstraint(12, num_beams=2)
    processors = transformers.LogitsProcessorList([Nothing(), constraint])
    outputs = model.generate(
        input_ids=torch.ones((4, 5), dtype=torch.long),
        max_new_tokens=12,
        num_beams=2,
        logits_processor=processors,
    )
    assert all(is_interleaved(text_of(row[1:])) for row in outputs.tolist())


def test_scores_of_allowed_tokens_are_kept():
    scores = torch.randn((3, byt5.VOCABULARY_SIZE))
    masked = InterleavedConstraint(20)(torch.zeros((3, 1), dtype=torch.long), scores)
    kept = torch.isfinite(masked)
    assert torch.equal(masked[kept], scores[kept])
    assert 0 < kept.sum() < kept.numel()


def test_a_constraint_serves_one_batch_after_another(model):
    constraint = InterleavedConstraint(16, num_beams=2)
    first = generate(model, 16, constraint, num_beams=2)
    assert generate(model, 16, constraint, rows=3, num_beams=2)[0] == first[0]
    assert generate(model, 16, constraint, num_beams=2) == first


def test_parents_are_found_among_the_beams_of_a_text():
    before = torch.tensor([[0, 5], [0, 6], [0, 6], [0, 5]])
    now = torch.tensor([[0, 6, 1], [0, 6, 2], [0, 5, 3], [0, 6, 4]])
    assert match_parents(before, now, 2).tolist() == [1, 1, 3, 2]
    assert match_parents(before, now, 1) is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: InterleavedConstraint(4), "at least 5"),
        (lambda: InterleavedConstraint("9"), "at least 5"),
        (lambda: ConcatenatedConstraint(12), "at least 13"),
        (lambda: InterleavedConstraint(9, num_beams=0), "num_beams"),
        (lambda: InterleavedConstraint(9, words=[1, -1]), r"words\[1\]"),
        (lambda: ConcatenatedConstraint(19, words=["2"]), r"words\[0\]"),
        (lambda: InterleavedConstraint(9, spell="a text"), "list of transcriptions"),
        (lambda: InterleavedConstraint(9, spell=["a"], words=[1, 2]), "2 texts, spell for 1"),
    ],
)
def test_arguments_that_make_no_sense(make, message):
    with pytest.raises(InputError, match=message):
        make()


def test_rows_that_do_not_fit():
    ids, scores = torch.zeros((3, 1), dtype=torch.long), torch.zeros((3, byt5.VOCABULARY_SIZE))
    with pytest.raises(InputError, match="3 rows cannot be split into groups of 2"):
        InterleavedConstraint(9, num_beams=2)(ids, scores)
    with pytest.raises(InputError, match="for 2 texts, but generation has 3 rows"):
        InterleavedConstraint(9, words=[1, 2])(ids, scores)
    with pytest.raises(InputError, match="no byte model"):
        InterleavedConstraint(9)(ids, scores[:, :200])


def test_dead_ends_still_have_something_to_choose():
    """Rows that beam search gives up on, because too few can be continued, come along."""
    constraint = InterleavedConstraint(9)
    constraint(torch.zeros((2, 1), dtype=torch.long), torch.zeros((2, byt5.VOCABULARY_SIZE)))
    given_up = torch.tensor([[0, ord(")") + byt5.OFFSET], [0, 300]])
    scores = constraint(given_up, torch.zeros((2, byt5.VOCABULARY_SIZE)))
    assert torch.isfinite(scores).nonzero()[:, 1].tolist() == [byt5.END] * 2
    assert constraint._state.tolist() == [DEAD, DEAD]

"""One step: what it makes of texts, and that its account adds up."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.corpus import Step, StepReport
from igtkit.corpus.step import Dropped, apply_step
from igtkit.errors import InputError

TEXTS = st.lists(st.builds(IGT, st.text("ab ", max_size=3)), max_size=12)


def shorten(igt):
    """Drops what is empty, cuts what is long, and says of an ``a`` that it is there."""
    if not igt.transcription.strip():
        return None, ("empty", "blank")
    noted = ("an a",) if "a" in igt.transcription else ()
    if len(igt.transcription) > 2:
        return igt.replace(transcription=igt.transcription[:2]), ("cut", *noted)
    return igt, noted


STEP = Step("shorten", lambda: shorten)


def account(items):
    report = StepReport("shorten")
    return list(STEP(items, report)), report


def test_a_step_of_ones_own():
    def long_only(igt):
        return (igt, ()) if len(igt.transcription) > 1 else (None, ("short",))

    step = Step("long", lambda: long_only)
    report = StepReport("long")
    assert [igt.transcription for igt in step([IGT("a"), IGT("ab")], report)] == ["ab"]
    assert report.dropped == {"short": 1}
    assert (report.seen, report.kept, report.changed) == (2, 1, 0)


def test_a_drop_is_counted_under_its_first_reason_and_a_text_under_every_reason():
    items = [IGT("abb"), IGT("b"), IGT(" "), IGT("a"), IGT("")]
    kept, report = account(items)
    assert [igt.transcription for igt in kept] == ["ab", "b", "a"]
    assert report == StepReport(
        "shorten", 5, 1, Counter({"empty": 2}), Counter({"cut": 1, "an a": 2})
    )
    assert report.kept == 3
    assert kept[1] is items[1]


@given(TEXTS)
def test_the_account_is_the_slow_one(items):
    kept, report = account(items)
    outcomes = [shorten(igt) for igt in items]
    assert kept == [igt for igt, _ in outcomes if igt is not None]
    assert (report.seen, report.kept) == (len(items), len(kept))
    assert report.changed == sum(
        after is not None and after != before
        for before, (after, _) in zip(items, outcomes, strict=True)
    )
    assert report.dropped == Counter(why[0] for igt, why in outcomes if igt is None)
    assert report.reasons == Counter(
        reason for igt, why in outcomes if igt is not None for reason in why
    )


@given(TEXTS, st.integers(0, 12))
def test_the_accounts_of_two_parts_add_up_to_that_of_the_whole(items, at):
    assert account(items[:at])[1] + account(items[at:])[1] == account(items)[1]


def test_accounts_of_two_steps_do_not_add_up():
    with pytest.raises(InputError, match="two steps do not add up: 'a', 'b'"):
        _ = StepReport("a") + StepReport("b")


def test_an_account_is_json_in_order():
    report = StepReport("x", 5, 1, Counter(b=1, a=1), Counter(d=1, c=2))
    said = report.to_dict()
    assert json.loads(json.dumps(said)) == said == {
        "step": "x", "seen": 5, "kept": 3, "changed": 1,
        "dropped": {"a": 1, "b": 1}, "reasons": {"c": 2, "d": 1},
    }  # fmt: skip
    assert list(said["dropped"]) == ["a", "b"]
    assert list(said["reasons"]) == ["c", "d"]


def test_what_is_dropped_is_handed_over_as_it_came():
    report, dropped = StepReport("shorten"), []
    igt = IGT(" ", id="7")
    assert apply_step(shorten, igt, report, dropped) is None
    assert apply_step(shorten, IGT("b"), report, dropped) == IGT("b")
    assert dropped == [Dropped(igt, "shorten", "empty")]
    assert dropped[0].igt is igt


def test_what_a_step_remembers_begins_anew_with_each_stream():
    def start():
        seen = set()

        def once(igt):
            is_new = igt.transcription not in seen
            seen.add(igt.transcription)
            return (igt, ()) if is_new else (None, ("again",))

        return once

    step = Step("once", start, remembers=True)
    for _ in range(2):
        assert list(step([IGT("a"), IGT("a"), IGT("b")])) == [IGT("a"), IGT("b")]


def test_a_stream_is_read_text_by_text():
    def texts():
        yield IGT("a")
        raise AssertionError("read too far")

    assert next(STEP(texts())) == IGT("a")

"""The pipeline: the same texts and the same account, however it is run."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest
from corpus.guesses import sure
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit import IGT, Language
from igtkit.corpus import Audit, Pipeline, Step, paper_pipeline, steps
from igtkit.corpus.pipeline import run_steps
from igtkit.errors import InputError

lines = st.sampled_from(
    [
        "",
        " ",
        "gel",
        "gel!",
        "Gel .",
        "ev-de",
        "ev -de",
        "ev=de",
        "a b c d e f g h",
        "* ev",
        "3",
        "go",
    ]
)

texts = st.builds(
    IGT,
    st.none() | lines,
    st.none() | lines,
    st.none() | lines,
    st.none() | lines,
    language=st.sampled_from([None, "Turkish", Language(iso639_3="tur"), "Atlantean"]),
    split=st.sampled_from([None, "train", "test"]),
    source=st.sampled_from([None, "one", "other"]),
)


@given(st.lists(texts, max_size=30))
def test_counts_add_up(items):
    dropped = []
    run = paper_pipeline(guess=sure).run(items, chunk_size=7, on_drop=dropped.append)
    out = list(run)
    reports = run.report.steps
    assert reports[0].seen == len(items)
    for one, following in pairwise(reports):
        assert one.kept == following.seen
    assert reports[-1].kept == len(out) == run.report.audit.total.entries
    counted = {(r.step, reason): n for r in reports for reason, n in r.dropped.items()}
    assert counted == Counter((each.step, each.reason) for each in dropped)
    assert len(out) + len(dropped) == len(items)
    assert run.report.audit == Audit.of(out)


@given(st.lists(texts, max_size=30))
def test_what_comes_out_goes_through_unchanged(items):
    pipeline = paper_pipeline(guess=sure)
    once = list(pipeline.run(items))
    again = pipeline.run(once)
    assert list(again) == once
    assert all(step.changed == 0 for step in again.report.steps)


@given(st.lists(texts, max_size=30), st.integers(1, 9))
def test_the_result_does_not_depend_on_chunks(items, size):
    pipeline = paper_pipeline(guess=sure)
    one, other = pipeline.run(items), pipeline.run(items, chunk_size=size)
    assert list(one) == list(other)
    assert one.report == other.report


@given(st.lists(texts, max_size=30))
def test_steps_one_by_one_give_what_the_pipeline_gives(items):
    pipeline = paper_pipeline(guess=sure)
    stream = iter(items)
    for step in pipeline.steps:
        stream = step(stream)
    assert list(stream) == list(pipeline.run(items))
    parts = items
    for stage in pipeline.stages:
        parts, _ = run_steps(stage, parts)
    assert parts == list(pipeline.run(items))


@given(st.lists(texts, max_size=30))
def test_order_stays_and_no_misaligned_text_is_held_out(items):
    numbered = [igt.replace(id=str(n)) for n, igt in enumerate(items)]
    out = list(paper_pipeline().run(numbered))
    assert [int(igt.id) for igt in out] == sorted(int(igt.id) for igt in out)
    for igt in out:
        assert igt.split is not None
        if any(issue.code in ("word-count", "morpheme-count") for issue in igtkit.check(igt)):
            assert igt.split == "train"


def test_two_processes_give_what_one_gives():
    items = [igt.replace(id=str(n)) for n, igt in enumerate(list(igtkit.load_sample()) * 3)]
    pipeline = paper_pipeline(shares={"dev": 0.1})
    drops = ([], [])
    one = pipeline.run(items, on_drop=drops[0].append)
    two = pipeline.run(items, n_jobs=2, chunk_size=100, on_drop=drops[1].append)
    assert list(one) == list(two)
    assert one.report == two.report
    assert drops[0] == drops[1]
    assert len(drops[0]) > 2 * 400


def test_a_stream_is_read_only_as_far_as_needed():
    def endless():
        while True:
            yield IGT("gel", "gel", "come")

    run = paper_pipeline().run(endless(), chunk_size=10)
    assert next(run).transcription == "gel"


def test_the_report_is_there_when_the_run_is_over():
    run = paper_pipeline().run(igtkit.load_sample())
    with pytest.raises(InputError, match="not over"):
        _ = run.report
    list(run)
    report = run.report
    assert json.loads(json.dumps(report.to_dict()))["audit"]["total"]["entries"] == 420
    text = report.to_markdown()
    assert "| normalize | 420 |" in text
    assert "| entries | " in text


def test_an_empty_stream_gives_an_empty_account():
    run = paper_pipeline().run([])
    assert list(run) == []
    assert run.report.audit.total.entries == 0
    assert "| entries | 0 |" in run.report.to_markdown()


def test_steps_need_names_of_their_own():
    with pytest.raises(InputError, match="two steps are named 'repair'"):
        Pipeline([steps.repair(), steps.repair()])


@pytest.mark.parametrize("setting", ["n_jobs", "chunk_size"])
def test_settings_are_checked(setting):
    with pytest.raises(InputError, match=f"{setting} must be"):
        paper_pipeline().run([], **{setting: 0})


def test_an_error_in_a_process_comes_through():
    def fail(igt):
        raise InputError("no good")

    pipeline = Pipeline([Step("fail", lambda: fail)])
    with pytest.raises(InputError, match="no good"):
        list(pipeline.run([IGT("a")]))


def test_the_account_tells_how_much_designated_splits_overlap():
    texts = [
        IGT("Gel!", "gel", "come", split="test"),
        IGT("gel", "gel", "go", split="train"),
        IGT("git", "git", "go", split="test"),
    ]
    run = paper_pipeline().run(texts)
    assert [igt.split for igt in run] == ["test", "train", "test"]
    assert run.report.audit.overlap == {"test": 1}
    assert "| test | 2 | 1 |" in run.report.to_markdown()

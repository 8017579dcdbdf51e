"""Near-duplicates: one text is kept, and with it the segmentation that any of them has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.corpus import Pipeline, Step, StepReport, paper_pipeline, steps
from igtkit.corpus.duplicates import DuplicateIndex, fingerprint
from igtkit.corpus.pipeline import run_steps
from igtkit.errors import InputError

BARE = IGT("Geldim", None, "come-PST-1SG", language="Turkish", split="test", id="1")
SEGMENTED = IGT("geldim !", "gel-di-m !", "come-PST-1SG !", language="Turkish", id="2")


def account(items):
    report = StepReport("duplicates")
    return list(steps.remove_duplicates()(items, report)), report


@pytest.mark.parametrize(
    "items",
    [
        [BARE, SEGMENTED],
        [BARE, IGT("x", "x", "y"), SEGMENTED],
        [IGT("x", None, "y"), BARE, BARE, SEGMENTED, IGT("z", "z", "y")],
        [BARE, SEGMENTED.replace(segmentation="gel-dim !"), SEGMENTED],  # the first misaligns
        [BARE, SEGMENTED.replace(split="train")],
    ],
)
def test_the_first_is_kept_with_the_segmentation_of_another(items):
    kept, report = account(items)
    [whole] = [igt for igt in kept if igt.id == "1"]
    assert whole == BARE.replace(segmentation="gel-di-m !")
    assert report.reasons == {"segmentation of a duplicate": 1}
    assert report.changed == 1
    assert report.seen == len(items)
    assert report.kept == len(kept)
    others = [igt for igt in kept if igt.id != "1"]
    assert others == [igt for igt in items if igt.id is None]


def test_nothing_is_taken_where_the_first_has_a_segmentation_or_nobody_has_one():
    assert account([SEGMENTED, BARE])[0] == [SEGMENTED]
    assert account([BARE, BARE])[0] == [BARE]
    assert account([SEGMENTED.replace(segmentation="geldim !"), SEGMENTED])[1].reasons == {}


def test_the_paper_s_pipeline_keeps_it_as_well_and_says_so():
    run = paper_pipeline().run([BARE, SEGMENTED], chunk_size=1)
    assert [igt.segmentation for igt in run] == ["gel-di-m !"]
    assert run.report.steps[4].to_dict() == {
        "step": "duplicates", "seen": 2, "kept": 1, "changed": 1,
        "dropped": {"duplicate": 1}, "reasons": {"segmentation of a duplicate": 1},
    }  # fmt: skip
    assert "| duplicates | segmentation of a duplicate | 0 | 1 |" in run.report.to_markdown()


def test_a_translation_that_goes_is_counted_apart():
    first = SEGMENTED.replace(translation=None)
    _, report = account([first, first.replace(translation="I came."), first])
    assert report.dropped == {"duplicate-with-translation": 1, "duplicate": 1}


@given(
    st.lists(
        st.builds(
            IGT,
            st.sampled_from(["gel", "Gel !", "git", None]),
            st.sampled_from([None, "g-el", "gel", "ge-l", "g i t"]),
            st.sampled_from([None, "a-b", "a"]),
            split=st.sampled_from([None, "train", "test"]),
        ),
        max_size=20,
    ),
    st.integers(1, 7),
)
def test_it_is_what_a_search_through_all_texts_gives(items, size):
    from igtkit import check
    from igtkit.alignment import is_misaligned

    expected = []
    for place, igt in enumerate(items):
        mark = fingerprint(igt)
        if mark in map(fingerprint, items[:place]):
            continue
        twins = [
            other.segmentation
            for other in items[place + 1 :]
            if fingerprint(other) == mark and other.segmentation
            if not is_misaligned(check(other))
        ]
        if igt.segmentation is None and twins:
            igt = igt.replace(segmentation=twins[0])  # noqa: PLW2901
        expected.append(igt)
    pipeline = Pipeline([steps.remove_duplicates()])
    assert account(items)[0] == expected
    assert list(pipeline.run(items, chunk_size=size)) == expected
    assert run_steps(pipeline.steps, items)[0] == expected


def test_a_text_whose_metadata_no_file_holds_waits_as_well(monkeypatch):
    monkeypatch.setattr("igtkit.corpus.duplicates._IN_MEMORY", 0)
    monkeypatch.setattr("igtkit.corpus.duplicates._BATCH", 2)
    odd = BARE.replace(metadata={"call": lambda: 7})
    kept, _ = account([odd, IGT("a", None, "b"), SEGMENTED])
    assert kept[0].metadata["call"]() == 7
    assert kept[0].segmentation == "gel-di-m !"
    assert kept[1].transcription == "a"


def test_many_texts_wait_in_a_file(monkeypatch):
    monkeypatch.setattr("igtkit.corpus.duplicates._IN_MEMORY", 1)
    monkeypatch.setattr("igtkit.corpus.duplicates._BATCH", 7)
    items = [IGT(f"a{n}", None, "b") for n in range(50)]
    kept, _ = account([*items, *[igt.replace(segmentation="x") for igt in items]])
    assert kept == [igt.replace(segmentation="x") for igt in items]


def test_a_step_that_holds_texts_back_must_remember():
    with pytest.raises(InputError, match="must remember"):
        Step("x", lambda: lambda igt: (igt, ()), holds=True)


def test_the_index_works_on_fingerprints_alone():
    index = DuplicateIndex()
    assert [index.add(n, None) for n in (1, 2, 1)] == [None, None, "duplicate"]

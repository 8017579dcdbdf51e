"""`evaluate` and `Report`: what goes in, what comes out, and what is refused."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from types import SimpleNamespace

import pytest

import igtkit
from igtkit import IGT, Language, Prediction
from igtkit.errors import InputError
from igtkit.metrics import (
    accuracy,
    alignment,
    bleu,
    error_rate,
    evaluate,
    segmentation_scores,
)

GOLD = [
    IGT("the cats", "the cat-s", "DET cat-PL", language=Language("stan1293", "English")),
    IGT("paka", "paka", "cat", language="Swahili"),
]
GUESS = [Prediction("the cat-s", "DET cat-SG"), Prediction("pa-ka", "cat")]


def score(segmentation, glosses, predicted_segmentation, predicted_glosses, **settings):
    return evaluate(
        predictions=[Prediction(predicted_segmentation, predicted_glosses)],
        references=[IGT(None, segmentation, glosses)],
        **settings,
    )


# --- the edge table -------------------------------------------------------------------------------


def test_an_empty_prediction_is_wrong_throughout():
    report = score("a-b", "A-B", "", "")
    glossing = report.to_dict()["glossing"]
    for level in ("morpheme", "word", "character"):
        assert glossing[level]["error_rate"] == 1
        assert glossing[level]["bleu"] == 0
    assert glossing["word"]["accuracy"] == {"micro": 0, "macro": 0}
    assert glossing["morpheme"]["gram"] == {"precision": 0, "recall": 0, "f1": 0}
    assert report["segmentation.f1"] == report["segmentation.precision"] == 0
    assert report["segmentation.edit_distance"] == 3
    assert report["alignment"] == 1  # two empty lines align


def test_a_missing_predicted_line_is_an_empty_one():
    assert score("a-b", "A-B", None, None).figures == score("a-b", "A-B", "", "").figures


def test_a_longer_prediction_counts_against_precision_and_accuracy():
    report = score("a", "A", "a b c", "A B C")
    assert report["glossing.word.error_rate"] == 2
    assert report["glossing.word.accuracy.micro"] == pytest.approx(1 / 3)
    assert report["segmentation.precision"] == pytest.approx(1 / 3)
    assert report["segmentation.recall"] == report["segmentation.word_accuracy"] == 1
    assert report["segmentation.exact_match"] == 0


def test_one_word_that_is_right_is_right_throughout():
    report = score("cat", "cat", "cat", "cat")
    assert report["glossing.morpheme.error_rate"] == 0
    assert report["glossing.morpheme.stem.recall"] == 1  # though there are no grams
    assert report["glossing.morpheme.gram.f1"] is None
    assert report["segmentation.f1"] == report["segmentation.exact_match"] == 1
    assert report["alignment"] == 1


@pytest.mark.parametrize("gold", ["", "  ", ".", "« , ... »"])
@pytest.mark.parametrize("preset", ["paper", "published"])
def test_gold_without_words_raises_and_names_the_entry(gold, preset):
    with pytest.raises(InputError, match=r"references\[1\].*glosses"):
        evaluate(
            predictions=[Prediction("a", "a"), Prediction("a", "a")],
            references=[IGT(None, "a", "a"), IGT(None, "a", gold)],
            preset=preset,
        )


def test_gold_without_tokens_raises_for_segmentation():
    with pytest.raises(InputError, match=r"references\[0\].*segmentation"):
        score(" ", "a", "a", "a")


def test_skipped_gold_is_left_out_and_counted():
    report = evaluate(
        predictions=[Prediction("a", "a"), Prediction("b", "b")],
        references=[IGT(None, "a", "a"), IGT(None, "", "...")],
        empty="skip",
    )
    assert report.to_dict()["n"] == {"glossing": 1, "segmentation": 1, "alignment": 2}
    assert report.to_dict()["skipped"] == {"glossing": 1, "segmentation": 1}
    assert report.skipped["glossing"] == (1,)
    assert report["glossing.word.error_rate"] == 0


def test_when_all_gold_is_skipped_no_figure_is_made_up():
    report = score("", ".", "a", "a", empty="skip")
    assert report["glossing.morpheme.bleu"] is None
    assert report["segmentation.f1"] is None
    with pytest.raises(InputError, match="every reference is empty"):
        error_rate(["a"], ["."], empty="skip")


def test_punctuation_is_no_gloss_word_but_a_segmentation_token():
    report = score("a .", "a .", "a", "a")
    assert report["glossing.word.error_rate"] == 0
    assert report["glossing.character.error_rate"] == pytest.approx(2 / 3)  # the raw line
    assert report["segmentation.recall"] == 0.5


@pytest.mark.parametrize("token", ["'", "??", "???", "-"])
def test_apostrophe_question_marks_and_dash_count_as_words(token):
    assert error_rate("a", f"a {token}", level="word") == 0.5


def test_each_family_uses_the_references_that_have_its_line():
    report = evaluate(
        predictions=[Prediction("a", "a")] * 3,
        references=[IGT(None, "a", "a"), IGT(None, "a"), IGT(None, None, "a")],
    )
    assert report.to_dict()["n"] == {"glossing": 2, "segmentation": 2, "alignment": 1}


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predictions", "references", "message"),
    [
        ([], [], "nothing to score"),
        (GUESS, GOLD[:1], "2 predictions but 1 references"),
        ("ab", GOLD, "predictions must be a list"),
        (GUESS, None, "references must be a list"),
        (["the cat-s", "paka"], GOLD, r"predictions\[0\] has no attribute 'segmentation'"),
        (GUESS, [GOLD[0], None], r"references\[1\] has no attribute"),
        ([GUESS[0], SimpleNamespace(segmentation=math.nan, glosses="a")], GOLD, r"predictions\[1\]\.segmentation .*nan"),
        (GUESS, [GOLD[0], SimpleNamespace(segmentation="a", glosses=3)], r"references\[1\]\.glosses .*int"),
        (GUESS, [IGT("a"), IGT("b")], "no reference has glosses or a segmentation"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(predictions, references, message):
    with pytest.raises(InputError, match=message):
        evaluate(predictions=predictions, references=references)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"preset": "mine"}, "no preset 'mine'"),
        ({"preset": ["paper"]}, "no preset"),
        ({"empty": "drop"}, "empty must be"),
        ({"by": "dialect"}, "no attribute 'dialect'"),
        ({"by": 3}, "by must name an attribute"),
        ({"by": lambda igt: [igt.glosses]}, "not hashable"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(InputError, match=message):
        evaluate(predictions=GUESS, references=GOLD, **settings)


@pytest.mark.parametrize(
    "call",
    [
        lambda: error_rate(["a"], ["a", "b"]),
        lambda: error_rate("a", ["a"]),
        lambda: error_rate([], []),
        lambda: error_rate({"a", "b"}, ["a", "b"]),  # in no order
        lambda: error_rate(["a"], {"a": 1}),
        lambda: error_rate([None], ["a"]),
        lambda: error_rate("a", "a", level="sentence"),
        lambda: accuracy("a", "a", level="character"),
        lambda: accuracy("a", "a", average="mean"),
        lambda: bleu([math.nan], ["a"]),
        lambda: bleu("a", ""),
        lambda: segmentation_scores("a", " "),
        lambda: alignment(["a"], []),
        lambda: alignment(["a"], [b"a"]),
    ],
)
def test_the_plain_functions_refuse_bad_input(call):
    with pytest.raises(InputError):
        call()


# --- groups ---------------------------------------------------------------------------------------


def test_groups_by_language_with_overall_and_average():
    report = evaluate(predictions=GUESS, references=GOLD, by="language")
    assert list(report.groups) == ["English", "Swahili"]
    english, swahili = (
        value["glossing"]["morpheme"]["error_rate"] for value in report.groups.values()
    )
    assert (english, swahili) == (0.25, 0)
    result = report.to_dict()
    assert result["average"]["glossing"]["morpheme"]["error_rate"] == 0.125
    assert result["average"]["glossing"]["morpheme"]["gram"]["f1"] == pytest.approx(
        0.5
    )  # English alone has grams
    assert result["average"]["n"]["glossing"] == 2
    assert result["groups"]["English"]["n"]["glossing"] == 1
    assert result["glossing"] == evaluate(predictions=GUESS, references=GOLD).to_dict()["glossing"]


def test_groups_by_a_function():
    report = evaluate(predictions=GUESS, references=GOLD, by=lambda igt: len(igt.glosses.split()))
    assert list(report.groups) == ["2", "1"]


def test_languages_of_one_name_stay_apart():
    references = [
        IGT("a", "a", "a", language=Language("aaaa1111", "Twin")),
        IGT("b", "b", "b", language=Language("bbbb2222", "Twin")),
        IGT("c", "c", "c"),
    ]
    report = evaluate(predictions=references, references=references, by="language")
    assert len(report.groups) == 3
    assert {"Twin", "unknown"} < set(report.groups)


# --- what comes out -------------------------------------------------------------------------------


def test_the_dict_has_every_figure():
    result = evaluate(predictions=GUESS, references=GOLD).to_dict()
    morpheme = result["glossing"]["morpheme"]
    assert set(morpheme) == {"error_rate", "bleu", "accuracy", "stem", "gram"}
    assert set(morpheme["stem"]) == {"precision", "recall", "f1"}
    assert set(result["glossing"]["word"]) == {"error_rate", "bleu", "accuracy"}
    assert set(result["glossing"]["character"]) == {"error_rate", "bleu"}
    assert set(result["segmentation"]) == {
        "f1",
        "precision",
        "recall",
        "edit_distance",
        "word_accuracy",
        "exact_match",
    }
    assert result["alignment"] == pytest.approx((1 + 2 / 3 * 0 + 1 / 3) / 2)
    assert json.loads(evaluate(predictions=GUESS, references=GOLD).to_json()) == result


def test_the_dict_is_a_copy():
    report = evaluate(predictions=GUESS, references=GOLD)
    report.to_dict()["glossing"]["word"]["bleu"] = 7
    assert report["glossing.word.bleu"] != 7


def test_the_signature_pins_every_setting():
    signature = evaluate(
        predictions=GUESS, references=GOLD, preset="published", by="language", empty="skip"
    ).signature
    assert signature.startswith(
        "preset:published|sep:no|clamp:yes|empty:length|surplus:ignored|unk:wrong|n:2"
    )
    for part in ("gold:skip", "by:language", "bleu:4-exp", "sacrebleu:", "igtkit:"):
        assert part in signature
    assert "\n" not in signature
    assert signature != evaluate(predictions=GUESS, references=GOLD).signature


def test_tables_show_the_figures_and_the_signature():
    report = evaluate(predictions=GUESS, references=GOLD, by="language")
    metrics = ["glossing.morpheme.error_rate", "glossing.morpheme.gram.f1", "n.glossing"]
    assert report.to_text(metrics, digits=2).splitlines()[:4] == [
        "                               all  average  English  Swahili",
        "glossing.morpheme.error_rate  0.12     0.12     0.25     0.00",
        "glossing.morpheme.gram.f1     0.50     0.50     0.50        –",
        "n.glossing                       2        2        1        1",
    ]
    assert (
        "| glossing.morpheme.error_rate | 0.125 | 0.125 | 0.250 | 0.000 |" in report.to_markdown()
    )
    assert r"glossing.morpheme.error\_rate & 0.125" in report.to_latex(metrics)
    assert str(report).endswith(report.signature)
    assert report.signature in report.to_markdown()
    assert report.signature in report.to_latex()


def test_latex_escapes_what_latex_would_read():
    references = [IGT("a", "a", "a", language="A&B_{~^\\}")]
    table = evaluate(predictions=references, references=references, by="language").to_latex()
    assert r"A\&B\_\{\textasciitilde{}\textasciicircum{}\textbackslash{}\}" in table


def test_an_unknown_figure_is_refused_with_the_list_of_figures():
    report = evaluate(predictions=GUESS, references=GOLD)
    with pytest.raises(KeyError, match=r"segmentation\.f1"):
        report["f1"]
    with pytest.raises(InputError, match=r"segmentation\.f1"):
        report.to_markdown(["f1"])


def test_sacrebleu_is_loaded_late():
    code = "import sys, igtkit.metrics; assert 'sacrebleu' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_more_different_tokens_than_there_are_characters_is_a_clear_error():
    many = " ".join(map(str, range(0x110000)))
    with pytest.raises(InputError, match="score the corpus in parts"):
        error_rate(many, "a", level="word")


def test_a_package_that_is_not_installed_has_no_version():
    from igtkit.metrics.report import _version

    assert _version("no-such-package-igtkit") == "unknown"


@pytest.mark.parametrize("length", range(1, 40))
def test_bleu_never_passes_1(length):
    line = " ".join("abcdefg"[place % 7] for place in range(length))
    assert all(bleu(line, line, level=level) <= 1 for level in ("morpheme", "word", "character"))


# --- texts seen in training -----------------------------------------------------------------------


def test_seen_and_unseen_texts_are_scored_apart():
    train = [IGT("The cats!", "the cat-s", "DET cat-PL"), IGT("mbwa")]
    report = evaluate(predictions=GUESS, references=GOLD, seen=train)
    assert report.seen == evaluate(predictions=GUESS[:1], references=GOLD[:1]).figures
    assert report.unseen == evaluate(predictions=GUESS[1:], references=GOLD[1:]).figures
    assert report.figures == evaluate(predictions=GUESS, references=GOLD).figures
    assert (report.to_dict()["seen"], report.to_dict()["unseen"]) == (report.seen, report.unseen)
    assert "|n:2|seen:1|" in report.signature
    header, _ = report.to_table()
    assert header == ["", "all", "seen", "unseen"]
    grouped = evaluate(predictions=GUESS, references=GOLD, seen=train, by="language")
    assert grouped.to_table()[0] == [*header, "average", "English", "Swahili"]


def test_without_training_texts_nothing_is_said_of_them():
    report = evaluate(predictions=GUESS, references=GOLD)
    assert list(report.to_dict()) == [
        "glossing", "segmentation", "alignment", "n", "skipped", "signature"
    ]  # fmt: skip
    assert "seen" not in report.signature
    assert report.to_table()[0] == ["", "all"]


def test_a_part_without_texts_has_no_figures():
    report = evaluate(predictions=GUESS, references=GOLD, seen=[IGT("mbwa")])
    assert report.unseen == report.figures
    assert report.seen["n"] == {"glossing": 0, "segmentation": 0, "alignment": 0}
    assert report.seen["glossing"]["morpheme"]["error_rate"] is None
    assert "|seen:0|" in report.signature
    json.loads(report.to_json())


@pytest.mark.parametrize(
    ("references", "seen", "message"),
    [
        (GOLD, [], "seen holds no text"),
        (GOLD, "the cats", "seen must be a list"),
        (GOLD, ["the cats"], r"seen\[0\] has no attribute 'transcription'.*as IGT has"),
        (GOLD, [IGT(None, "the cats")], None),
        (GUESS, [IGT("a")], r"references\[0\] has no attribute 'transcription'"),
        (
            [GOLD[0], SimpleNamespace(transcription=1.0, segmentation="a", glosses="a")],
            [IGT("a")],
            r"references\[1\].transcription must be a string",
        ),
        ([GOLD[0], IGT(None, None, "cat")], [IGT("a")], r"references\[1\] has neither"),
    ],
)
def test_it_must_be_possible_to_say_what_was_seen(references, seen, message):
    if message is None:
        assert evaluate(predictions=GUESS, references=references, seen=seen).seen["n"]
        return
    with pytest.raises(InputError, match=message):
        evaluate(predictions=GUESS, references=references, seen=seen)


def test_a_row_is_no_better_on_texts_that_its_system_has_not_seen(shared):
    """PolyGloss trained this one on files of its own, which share nothing with its test set."""
    gold = igtkit.read(shared / "data" / "tucl" / "nyb-test-track2-uncovered", "sigmorphon")
    guess = igtkit.read(
        shared / "data" / "tucl" / "nyb_track1_morph_trial1.prediction", "sigmorphon"
    )
    folder = shared / "data" / "sigmorphon2023" / "nyb"
    train = igtkit.read(folder / "nyb-train-track2-uncovered", "sigmorphon")
    report = evaluate(predictions=guess, references=gold, preset="published", seen=train)
    parts = (report.figures, report.seen, report.unseen)
    assert [part["n"]["glossing"] for part in parts] == [248, 118, 130]
    rates = [part["glossing"]["morpheme"]["error_rate"] for part in parts]
    assert rates == pytest.approx([0.246, 0.243, 0.248], abs=5e-4)

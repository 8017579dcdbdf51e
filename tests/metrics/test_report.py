"""Every figure of a report: what counts how, groups, tables, texts seen in training."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from metrics.examples import GOLD, GUESS, score

import igtkit
from igtkit import IGT, Language
from igtkit.errors import InputError
from igtkit.igt.html import escape
from igtkit.metrics import (
    evaluate,
)


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
    assert "labels" not in signature
    with_labels = evaluate(predictions=GUESS, references=GOLD, labels=["pl", "3sg"])
    assert "|labels:capitals+2|" in with_labels.signature


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
    assert "0.125    0.125    0.250    0.000" in report.to_text(metrics)
    assert f"<code>{escape(report.signature)}</code>" in report._repr_html_()
    first, *_, last = report.to_markdown(metrics[:1], digits=1).split("\n")
    assert (first, last) == ("|  | all | average | English | Swahili |", f"`{report.signature}`")
    assert "error_rate | 0.1 | 0.1 | 0.2 | 0.0 |" in report.to_markdown(metrics, digits=1)
    comment, *table = report.to_latex(metrics[:1], digits=1).split("\n")
    assert comment == f"% {report.signature}"
    assert table[4:] == [
        r"glossing.morpheme.error\_rate & 0.1 & 0.1 & 0.2 & 0.0 \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


def test_json_is_readable_and_has_null_for_no_figure():
    gold = [IGT("a", "a", "A", language="Tsez"), IGT("á", None, "A", language="Lezgi (ләзги)")]
    report = evaluate(predictions=gold, references=gold, by="language")
    text = report.to_json()
    assert json.loads(text, parse_constant=pytest.fail) == report.to_dict()
    assert "ләзги" in text
    assert text.startswith('{\n  "')
    assert report.to_json(indent=None).count("\n") == 0


@pytest.mark.parametrize(
    ("predicted", "gold"),
    [("ev‑de", "ev-de"), ("ev-de\u200b", "ev-de"), ("\u00e9v-de", "e\u0301v-de")],
)
def test_words_that_only_look_right_are_told(predicted, gold):
    report = score(gold, "house-LOC", predicted, "house-LOC")
    assert report["segmentation.exact_match"] == 0
    assert report.lookalikes == 1
    assert report.to_dict()["lookalikes"] == 1
    assert "1 word differs from the gold only in what looks alike" in str(report)
    assert report.signature == score(gold, "house-LOC", gold, "house-LOC").signature


def test_several_words_that_only_look_right_are_told():
    report = score("ev-de", "house-LOC", "ev‑de", "house‑LOC")
    assert "2 words differ from the gold only in what looks alike" in str(report)


def test_nothing_is_told_where_words_differ_to_the_eye():
    report = score("ev-de é", "house-LOC x", "ev‑ler é", "house-PL y")
    assert report.lookalikes == 0
    assert "lookalikes" not in report.to_dict()
    assert "looks alike" not in str(report)


def test_an_unknown_figure_is_refused_with_the_list_of_figures():
    report = evaluate(predictions=GUESS, references=GOLD)
    with pytest.raises(KeyError, match=r"segmentation\.f1"):
        report["f1"]
    with pytest.raises(InputError, match=r"segmentation\.f1"):
        report.to_markdown(["f1"])


def test_a_package_that_is_not_installed_has_no_version():
    from igtkit.metrics.report import _version

    assert _version("no-such-package-igtkit") == "unknown"


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


def test_a_text_of_nothing_is_seen_nowhere():
    """A transcription that is empty says nothing of which text it is."""
    gold = [IGT("", "a", "A"), IGT(None, "b", "B"), IGT("c", None, "C")]
    report = evaluate(predictions=gold, references=gold, seen=[IGT(""), IGT("b")])
    assert (report.seen["n"]["glossing"], report.unseen["n"]["glossing"]) == (1, 2)


def test_the_average_is_over_the_groups_that_have_the_figure():
    gold = [IGT("a", "a", "A", language="x"), IGT("b", None, "B", language="y")]
    report = evaluate(predictions=gold, references=gold, by="language")
    assert report.average["n"]["glossing"] == 2
    assert report.average["n"]["segmentation"] == 1
    assert report.average["segmentation"]["exact_match"] == 1


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


def test_a_report_names_its_figures():
    report = score("a-b", "A-B", "a-b", "A-C")
    assert "alignment" in report
    assert "glossing.morpheme.errors" not in report
    assert {name: report[name] for name in report}["segmentation.f1"] == 1
    assert list(report) == [row[0] for row in report.to_table()[1]]

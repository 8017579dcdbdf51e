"""What prompt formats share: prompts and targets to the byte, and which examples a text gives."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from formats.texts import BARE, FULL, GLOSSED, MISALIGNED, SEGMENTED, SPOKEN

from igtkit import IGT, Language
from igtkit.errors import AlignmentError, InputError
from igtkit.formats import FORMATS, Example, PromptFormat, get, templates
from igtkit.formats.base import check_format

GOLDEN_PROMPTS = {
    "polygloss.multitask.t2g": ("multitask", "t2g"),
    "polygloss.multitask.t2s": ("multitask", "t2s"),
    "polygloss.multitask.s2g": ("multitask", "s2g"),
    "polygloss.concat.t2sg": ("concatenated", "t2sg"),
    "polygloss.interleaved.t2sg": ("interleaved", "t2sg"),
    "glosslm.t2g": ("glosslm", "t2g"),
    "glosslm.s2g": ("glosslm", "s2g"),
}
GOLDEN_TARGETS = {
    "t2g": ("multitask", "t2g"),
    "t2s": ("multitask", "t2s"),
    "t2sg.concatenated": ("concatenated", "t2sg"),
    "t2sg.interleaved": ("interleaved", "t2sg"),
}
EVDE = IGT("Evde .", "ev-de .", "house-LOC .", "At home.", language="Turkish", id="e1")


@pytest.fixture(scope="module")
def golden(shared):
    text = (shared / "golden" / "polygloss_prompts.json").read_text(encoding="utf-8")
    return [(IGT(**entry["example"]), entry) for entry in json.loads(text)]


def test_prompts_are_those_the_checkpoints_were_trained_on(golden):
    for igt, entry in golden:
        found = {
            key: get(name).encode(igt, task).prompt for key, (name, task) in GOLDEN_PROMPTS.items()
        }
        assert found == entry["prompts"]


def test_targets_are_those_the_checkpoints_were_trained_on(golden):
    for igt, entry in golden:
        found = {
            key: get(name).encode(igt, task).target for key, (name, task) in GOLDEN_TARGETS.items()
        }
        assert {key: target for key, target in found.items() if target} == entry["targets"]


def test_joint_formats_ask_for_one_line_as_multitask_does():
    for name in ("concatenated", "interleaved"):
        for task in ("t2g", "s2g"):
            assert get(name).encode(EVDE, task).prompt == get("multitask").encode(EVDE, task).prompt


def prompt(**changes):
    return get("multitask").encode(EVDE.replace(**changes)).prompt


@pytest.mark.parametrize(
    ("changes", "translation"),
    [
        ({}, "Translation in an unknown language: At home."),
        ({"metalanguage": "English"}, "Translation in English: At home."),
        ({"metalanguage": Language("stan1293")}, "Translation in an unknown language: At home."),
        ({"metalanguage": "French", "translation": None}, "Translation in English: None"),
        ({"metalanguage": "French", "translation": "  "}, "Translation in English: None"),
        ({"metalanguage": "French", "translation": "Unknown"}, "Translation in English: None"),
        ({"metalanguage": None, "translation": None}, "Translation in English: None"),
        ({"translation": "Unknown to me"}, "Translation in an unknown language: Unknown to me"),
        ({"translation": " At \t home.\n"}, "Translation in an unknown language: At home."),
        ({"metalanguage": " Old  French "}, "Translation in Old French: At home."),
    ],
)
def test_a_missing_translation_is_none_in_english(changes, translation):
    assert prompt(**changes).splitlines()[3] == translation


@pytest.mark.parametrize("language", [None, "", "  ", Language("nucl1301"), Language(name=" ")])
def test_a_language_without_name_is_unknown(language):
    assert prompt(language=language).startswith(
        "Predict the glosses for the following text in an unknown language.\n\n"
        "Text in an unknown language: Evde .\n"
    )


def test_white_space_is_collapsed_in_every_field():
    spaced = IGT(" Evde\t .", "ev-de  . ", "house-LOC\u00a0.", " At  home.", language=" Turkish\n")
    for prompt_format in FORMATS.values():
        for task in prompt_format.tasks:
            found, expected = (prompt_format.encode(igt, task) for igt in (spaced, EVDE))
            assert (found.prompt, found.target) == (expected.prompt, expected.target)


def test_braces_and_percent_signs_are_text():
    odd = IGT("{text} %s $lang", "{text} %s $lang", "{0} %d $x", "{", language="{language}")
    lines = get("interleaved").encode(odd)
    assert "Text in {language}: {text} %s $lang\n" in lines.prompt
    assert lines.target == "{0}({text}) %d(%s) $x($lang)"


def test_an_example_knows_what_it_was_made_from():
    example = get("interleaved").encode(EVDE)
    assert (example.task, example.format, example.id) == ("t2sg", "interleaved", "e1")
    assert (example.text, example.target) == ("Evde .", "house(ev)-LOC(de)")
    assert get("glosslm").encode(EVDE, "s2g").text == "ev-de ."
    assert hash(example) == hash(get("interleaved").encode(EVDE))


@pytest.mark.parametrize("name", FORMATS)
def test_at_prediction_there_is_no_target(name):
    bare = EVDE.replace(segmentation=None, glosses=None)
    for task in get(name).tasks:
        example = get(name).encode(bare, task)
        assert (example.target, example.layout) == (None, None)
        if task != "s2g":
            assert example.prompt == get(name).encode(EVDE, task).prompt


@pytest.mark.parametrize("name", ["concatenated", "interleaved"])
@pytest.mark.parametrize("missing", ["segmentation", "glosses"])
@pytest.mark.parametrize("blank", [None, "", " \t"])
def test_a_joint_target_takes_both_lines(name, missing, blank):
    assert get(name).encode(EVDE.replace(**{missing: blank})).target is None


@pytest.mark.parametrize("name", ["concatenated", "interleaved"])
@pytest.mark.parametrize("glosses", ["house-LOC who", "house", "house-LOC-PL", ". ."])
def test_a_misaligned_text_has_no_joint_target(name, glosses):
    with pytest.raises(AlignmentError, match=r"segmentation: +ev-de"):
        get(name).encode(EVDE.replace(glosses=glosses))
    assert get(name).encode(EVDE.replace(glosses=glosses), "t2g").target == glosses


def test_templates_hold_every_field_once_named():
    for prompt_format in FORMATS.values():
        for template in prompt_format.prompts.values():
            assert template in vars(templates).values()
            filled = template.format(**dict.fromkeys(prompt_format.fields, "x"))
            assert "{" not in filled
            assert filled.endswith(": ") == (prompt_format.name != "word")


def test_bad_requests():
    with pytest.raises(InputError, match="no prompt format 'joint'; there are: 'multitask'"):
        get("joint")
    with pytest.raises(InputError, match="no prompt format"):
        get(["multitask"])
    with pytest.raises(InputError, match="multitask format has no task 't2sg'; it has: 't2g'"):
        get("multitask").encode(EVDE, "t2sg")
    with pytest.raises(InputError, match="expected an IGT to encode, got 'evde'"):
        get("multitask").encode("evde")
    with pytest.raises(InputError, match="expected an IGT"):
        get("multitask").examples(None)
    for transcription in (None, " "):
        with pytest.raises(InputError, match="without transcription"):
            get("interleaved").encode(EVDE.replace(transcription=transcription))


def test_a_format_shows_how_to_get_it():
    assert repr(get("glosslm")) == "igtkit.formats.get('glosslm')"
    assert isinstance(get("glosslm").encode(EVDE), Example)


def tasks(name, igt, training):
    examples = get(name).examples(igt, training=training)
    assert all(example.target and example.id == igt.id for example in examples)
    return " ".join(example.task for example in examples)


@pytest.mark.parametrize(
    ("name", "igt", "training", "scoring"),
    [
        ("multitask", FULL, "t2g t2s s2g", "t2g t2s"),
        ("multitask", GLOSSED, "t2g", "t2g"),
        ("multitask", SEGMENTED, "t2s", "t2s"),
        ("multitask", MISALIGNED, "t2g t2s s2g", "t2g t2s"),
        ("multitask", SPOKEN, "s2g", ""),
        ("multitask", BARE, "", ""),
        ("concatenated", FULL, "t2sg t2g s2g", "t2sg"),
        ("concatenated", GLOSSED, "t2g", ""),
        ("concatenated", SEGMENTED, "", ""),
        ("concatenated", MISALIGNED, "t2sg t2g s2g", "t2sg"),
        ("interleaved", FULL, "t2sg t2g s2g", "t2sg"),
        ("interleaved", GLOSSED, "t2g", ""),
        ("interleaved", MISALIGNED, "t2g s2g", ""),
        ("interleaved", SPOKEN, "s2g", ""),
        ("glosslm", FULL, "t2g s2g", "t2g"),
        ("glosslm", GLOSSED, "t2g", "t2g"),
    ],
)
def test_examples_of_a_text(name, igt, training, scoring):
    assert tasks(name, igt, True) == training
    assert tasks(name, igt, False) == scoring


@pytest.mark.parametrize(
    ("name", "task"),
    [("multitask", "t2s"), ("multitask", "t2g"), ("concatenated", "t2sg"), ("word", "t2sg")],
)
def test_a_target_that_begins_like_a_label_is_refused_as_it_would_not_come_back(name, task):
    labels = IGT("Glosses:", "Glosses:", "Glosses:")
    with pytest.raises(InputError, match=r"begin with a label.*'Glosses: ?"):
        get(name).encode(labels, task)
    assert get(name).encode(labels.replace(segmentation=None, glosses=None), task).target is None
    inside = IGT("a Glosses:", "a Glosses:", "x Glosses:")
    if name != "word":
        example = get(name).encode(inside, task)
        found = get(name).decode(example.target, source=example)
        assert found.segmentation in (None, inside.segmentation)
        assert found.glosses in (None, inside.glosses)


def test_training_is_the_default():
    assert get("interleaved").examples(FULL) == get("interleaved").examples(FULL, training=True)


def test_an_example_is_what_encode_gives():
    for name in ("multitask", "concatenated", "interleaved", "glosslm"):
        for example in get(name).examples(FULL):
            assert example == get(name).encode(FULL, example.task)


class Base(PromptFormat):
    name = "own"
    prompts = MappingProxyType({"t2g": "{text}"})
    training_tasks = scored_tasks = ("t2g",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Bad has no name"),
        ({"prompts": {}}, "Bad has no prompts"),
        ({"scored_tasks": ()}, "Bad has no scored_tasks"),
        ({"prompts": {"g2t": "{text}"}}, "the task 'g2t'; there are: 't2g', 't2s', 's2g', 't2sg'"),
        ({"prompts": {"t2sg": "{text}"}}, "it must be a JointFormat"),
        ({"prompts": {"t2g": "{txt}"}}, "'t2g' cannot be filled in: KeyError.*'txt'.*{text}"),
        ({"prompts": {"t2g": "{"}}, "cannot be filled in"),
        ({"training_tasks": ("s2g",)}, "Bad has no prompt for its task 's2g'"),
    ],
)
def test_a_format_that_would_not_work_is_refused(changes, message):
    with pytest.raises(InputError, match=message):
        check_format(type("Bad", (Base,), changes)())
    check_format(Base())


@pytest.mark.parametrize("wrong", [Base, "own", None])
def test_what_is_no_format_is_refused(wrong):
    with pytest.raises(InputError, match="instance of a subclass of PromptFormat"):
        check_format(wrong)
    for name in FORMATS:
        check_format(get(name))

"""The two ways of scoring, by name, and all that they set in one line."""

from __future__ import annotations

import itertools

import attrs
import pytest

from igtkit.errors import InputError
from igtkit.metrics import PRESETS
from igtkit.metrics.presets import PAPER_PRESET, PUBLISHED_PRESET, Preset, get_preset

SWITCHES = [field.name for field in attrs.fields(Preset) if field.name != "name"]


def test_the_presets_are_listed():
    assert list(PRESETS) == ["paper", "published"]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_found_by_its_name_or_is_itself(preset):
    assert get_preset(preset.name) is preset
    assert get_preset(preset) is preset
    own = attrs.evolve(preset, clamp=not preset.clamp)
    assert get_preset(own) is own


@pytest.mark.parametrize("name", ["mine", "", "Paper", None, 1, ["paper"], {}])
def test_what_is_no_preset_is_refused_with_those_that_there_are(name):
    with pytest.raises(InputError, match=r"no preset .*; there are: 'paper', 'published'"):
        get_preset(name)


def test_the_presets_differ_in_every_setting():
    assert all(getattr(PAPER_PRESET, name) != getattr(PUBLISHED_PRESET, name) for name in SWITCHES)
    assert PUBLISHED_PRESET.signature == (
        "preset:published|sep:no|clamp:yes|empty:length|surplus:ignored|unk:wrong"
    )


def test_no_two_presets_have_one_signature():
    signatures = {
        attrs.evolve(PAPER_PRESET, **dict(zip(SWITCHES, settings, strict=True))).signature
        for settings in itertools.product([False, True], repeat=len(SWITCHES))
    }
    assert len(signatures) == 2 ** len(SWITCHES)

"""Loading glossers by what their folders name, and glossers of a user's own."""

from __future__ import annotations

import json

import pytest

from igtkit import IGT, Prediction, models
from igtkit.errors import InputError, ModelFileError
from igtkit.models import FallbackGlosser, Glosser, LookupGlosser, load_glosser
from igtkit.models.saving import load_folder, save_folder

pytestmark = pytest.mark.usefixtures("registry_apart")

TEXT = IGT("cats run")


class Constant(Glosser):
    """Glosses every word alike."""

    def __init__(self, gloss):
        self.gloss = gloss

    def predict(self, items, *, given=None):
        return [
            Prediction(text.transcription, " ".join(self.gloss for _ in text.words))
            for text in items
        ]

    def save_pretrained(self, directory):
        save_folder(directory, "Constant", {"gloss": self.gloss})

    @classmethod
    def from_pretrained(cls, directory):
        return cls(load_folder(directory, "Constant").settings["gloss"])


def test_a_registered_glosser_is_loaded_like_the_others(tmp_path):
    Constant("N").save_pretrained(tmp_path / "alone")
    with pytest.raises(ModelFileError, match=r"'Constant', which is no glosser.*models\.register"):
        load_glosser(tmp_path / "alone")
    assert models.register_glosser(Constant) is Constant
    loaded = load_glosser(tmp_path / "alone")
    assert type(loaded) is Constant
    assert loaded.predict([TEXT])[0].glosses == "N N"


def test_a_registered_glosser_can_be_fallen_back_on(tmp_path):
    lookup = LookupGlosser().fit([IGT("cats", "cat-s", "cat-PL")])
    FallbackGlosser([lookup, Constant("N")]).save_pretrained(tmp_path)
    with pytest.raises(ModelFileError, match=r"'Constant', which is no glosser.*models\.register"):
        FallbackGlosser.from_pretrained(tmp_path)
    models.register_glosser(Constant)
    assert [type(each).__name__ for each in load_glosser(tmp_path).glossers] == [
        "LookupGlosser",
        "Constant",
    ]


def test_what_cannot_be_a_glosser_is_refused():
    class Half(Glosser):
        def predict(self, items, *, given=None):
            return []

    for wrong, message in (
        (Constant("N"), "subclass of Glosser"),
        (dict, "subclass of Glosser"),
        (Half, "Half lacks from_pretrained, save_pretrained"),
        (LookupGlosser, "there is a glosser 'LookupGlosser' already"),
    ):
        with pytest.raises(InputError, match=message):
            models.register_glosser(wrong)
    models.register_glosser(Constant)
    with pytest.raises(InputError, match="'Constant' already"):
        models.register_glosser(Constant)


@pytest.mark.parametrize("name", ["Estimate", "Glosser", "os", "EndpointChat", "__all__", 3, None])
def test_a_folder_names_glossers_and_nothing_else(tmp_path, name):
    (tmp_path / "x.json").write_text(json.dumps({"kind": "LookupGlosser"}))
    with pytest.raises(ModelFileError, match="no glosser that igtkit saved"):
        load_glosser(tmp_path)
    save_folder(tmp_path, name, {})
    with pytest.raises(ModelFileError, match=r"which is no glosser|names no kind"):
        load_glosser(tmp_path)


def test_the_base_of_all_glossers_says_who_loads(tmp_path):
    with pytest.raises(InputError, match=r"loads no folder itself; igtkit\.models\.load_glosser"):
        Glosser.from_pretrained(tmp_path)


def test_a_glosser_of_ones_own_that_loads_nothing_is_refused(tmp_path):
    class Forgetful(Constant):
        @classmethod
        def from_pretrained(cls, directory):
            return None

    models.register_glosser(Forgetful)
    save_folder(tmp_path, "Forgetful", {"gloss": "N"})
    with pytest.raises(InputError, match="gave no glosser but None"):
        load_glosser(tmp_path)

"""The protocol of GlossAssist."""

from __future__ import annotations

import pytest
from serve.running import ask, thread

from igtkit.serve import create_app


@pytest.fixture
def port(crf):
    with thread(create_app(crf, name="turkish")) as running:
        yield running


def test_a_codebook_is_taken_in(port):
    assert ask(port, "/models") == (200, {"models": ["turkish"]})
    asked = {"transcript": "Zurnacı geldi .", "translation": "He came."}
    status, before = ask(port, "/turkish/predict", asked)
    assert status == 200
    assert before.keys() == {"segmentation", "gloss"}
    assert before["gloss"] != "oboe-AGT come-PST ."
    corrections = [{"segmentation": "zurna-cı gel-di", "gloss": "oboe-AGT come-PST"}]
    found = ask(port, "/codebook/update", {"corrections": corrections})
    assert found == (200, {"status": "ok", "updated": 1})
    after = ask(port, "/turkish/predict", asked)[1]
    assert after == {"segmentation": "zurna-cı gel-di .", "gloss": "oboe-AGT come-PST ."}
    assert ask(port, "/codebook/update", {"corrections": []})[1]["updated"] == 0


def test_what_is_not_as_the_protocol_has_it(port):
    assert ask(port, "/other/predict", {"transcript": "a"})[0] == 404
    status, content = ask(port, "/turkish/predict", {"translation": "a"})
    assert status == 400
    assert "transcription" in content["error"]
    assert ask(port, "/codebook/update", {"corrections": 7})[0] == 400
    status, content = ask(port, "/codebook/update", {"corrections": [7]})
    assert (status, content["error"][:15]) == (400, "corrections[0]:")
    unlike = {"corrections": [{"segmentation": "a-b", "gloss": "x"}]}
    assert ask(port, "/codebook/update", unlike)[0] == 400

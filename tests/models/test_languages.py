"""A glosser of one language says so where it is given several."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

from igtkit import IGT, Language, load_sample
from igtkit.models import LookupGlosser
from igtkit.models._languages import warn_of_several

TURKISH = [text.replace(language="Turkish") for text in load_sample()[:25]]
FINNISH = [IGT("talot", "talo-t", "house-PL", language="Finnish")] * 2
UNSAID = [IGT("ev", "ev", "house")]


@pytest.mark.parametrize("make", [quick_glosser, LookupGlosser])
def test_languages_are_named_with_counts(make, caplog):
    glosser = make().fit([*TURKISH, *FINNISH, *UNSAID])
    [record] = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith(
        f"{type(glosser).__name__} learns one language, and these texts are in 2: "
        "Turkish (25), Finnish (2), not said (1)"
    )


@pytest.mark.parametrize("texts", [TURKISH, [*TURKISH, *UNSAID], UNSAID])
def test_one_language_is_no_reason_to_warn(texts, caplog):
    LookupGlosser().fit(texts)
    assert not caplog.records


def test_codes_name_a_language_too(caplog):
    texts = [IGT("a", language=Language("dido1241")), IGT("b", language=Language(iso639_3="lez"))]
    warn_of_several(texts, "It")
    assert "dido1241 (1), lez (1)" in caplog.text

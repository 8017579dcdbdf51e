"""Optional dependencies: the one that is missing is named, and how to get it."""

from __future__ import annotations

import sys

import pytest

from igtkit._optional import require
from igtkit.errors import MissingExtraError


def test_what_is_there_is_given():
    assert require("json", "none").dumps([1]) == "[1]"


def test_a_missing_package_names_its_extra():
    with pytest.raises(MissingExtraError, match=r"igtkit\[plots\]"):
        require("no_such_package.inner", "plots")


def test_what_a_package_itself_lacks_is_not_blamed_on_igtkit(tmp_path, monkeypatch):
    (tmp_path / "needs_another.py").write_text("import no_such_package\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_package") as caught:
        require("needs_another", "plots")
    assert not isinstance(caught.value, MissingExtraError)
    sys.modules.pop("needs_another", None)

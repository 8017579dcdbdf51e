"""Optional dependencies: the one that is missing is named, and how to get it."""

from __future__ import annotations

import sys

import pytest

from igtkit._optional import additions, require
from igtkit.errors import InputError, MissingExtraError


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


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Makes a package that adds to igtkit and is found as if it were installed."""

    def make(code, entry_points):
        (tmp_path / "adds_something.py").write_text(code, encoding="utf-8")
        about = tmp_path / "adds_something-1.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Name: adds-something\nVersion: 1\n", encoding="utf-8")
        (about / "entry_points.txt").write_text(entry_points, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)

    yield make
    sys.modules.pop("adds_something", None)


def test_what_packages_add_is_found_by_group_and_name(package):
    package("A, B = 1, 2\n", "[igtkit.io]\na = adds_something:A\nb = adds_something:B\n")
    assert dict(additions("igtkit.io")) == {"a": 1, "b": 2}
    assert dict(additions("igtkit.io", "b")) == {"b": 2}
    assert dict(additions("igtkit.models")) == {}


@pytest.mark.parametrize("code", ["import no_such_package\n", "A = 1\n"])
def test_what_cannot_be_loaded_names_its_package(package, code):
    package(code, "[igtkit.io]\nb = adds_something:B\n")
    with pytest.raises(
        InputError, match=r"adds-something adds 'b' to igtkit\.io, which cannot be loaded"
    ):
        list(additions("igtkit.io"))


def test_what_is_added_must_be_what_it_says(package, registry_apart):
    import igtkit
    from igtkit.models.registry import glosser_class

    package(
        "from igtkit.io import Format\nfrom igtkit.models import LookupGlosser\n"
        "WRONG = Format('other', ('.o',), read=lambda source: iter(()))\nMINE = LookupGlosser\n",
        "[igtkit.io]\nwrong = adds_something:WRONG\nnone = adds_something:sys\n"
        "[igtkit.models]\nMine = adds_something:MINE\nNone = adds_something:WRONG\n",
    )
    with pytest.raises(InputError, match="'wrong' is no format of that name"):
        igtkit.write([], "x.any", "wrong")
    with pytest.raises(
        InputError, match=r"LookupGlosser is added to igtkit\.models under the name"
    ):
        glosser_class("Mine")
    with pytest.raises(InputError, match="is a subclass of Glosser"):
        glosser_class("None")
    assert glosser_class("Other") is None

"""Every public name stands in the reference, and its examples are collected by the test run."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import importlib.util
import inspect
import pkgutil
import re
import sys
import zlib
from pathlib import Path

import pytest

import igtkit
from igtkit import errors

ROOT = Path(__file__).resolve().parents[2]

# Packages whose names are the business of igtkit alone: the command line and one package a format.
INTERNAL = re.compile(r"igtkit\.(cli|io\.\w+|.*\b_\w+)$")


@pytest.fixture(scope="module")
def extension():
    """docs/docstrings.py, which names the public modules."""
    pytest.importorskip("griffe", reason="the documentation needs the extra 'docs'")
    path = ROOT / "docs" / "docstrings.py"
    spec = importlib.util.spec_from_file_location("docstrings", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["docstrings"] = module
    spec.loader.exec_module(module)
    return module


def public(modules):
    """Each module, each public name in it, and what that is; what needs an extra not here is left out."""
    for module in modules:
        try:
            names = importlib.import_module(module).__all__
        except (ImportError, errors.MissingExtraError):
            continue
        for name in names:
            with contextlib.suppress(ImportError, errors.MissingExtraError):
                yield module, name, getattr(importlib.import_module(module), name)


def inventory(site):
    """The names that have an entry, as `objects.inv` lists them."""
    body = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    return {line.split()[0] for line in zlib.decompress(body).decode().splitlines()}


def test_every_public_name_stands_in_the_reference(site, extension):
    documented = inventory(site)
    pages = "".join(path.read_text() for path in (ROOT / "docs" / "reference").glob("*.md"))
    missing = []
    for module, name, value in public(extension.PUBLIC_MODULES):
        full = f"{module}.{name}"
        home = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', '')}"
        if inspect.ismodule(value) or name == "__version__":
            assert f"{module}.{name}" in pages or f"`{name}`" in pages
        elif not {full, home} & documented:
            missing.append(full)
    assert len(documented) > 300
    assert missing == []


def test_every_package_is_public_or_known_to_be_internal(extension):
    found = [
        each.name
        for each in pkgutil.walk_packages(igtkit.__path__, "igtkit.")
        if (each.ispkg or each.name.count(".") == 1) and not INTERNAL.match(each.name)
    ]
    assert set(found) - {"igtkit.__main__"} <= set(extension.PUBLIC_MODULES)


def test_the_examples_of_public_names_are_those_that_the_test_run_collects(extension):
    finder = doctest.DocTestFinder(exclude_empty=True)
    with_examples = 0
    for module, name, value in public(extension.PUBLIC_MODULES):
        if not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        if ">>>" not in (inspect.getdoc(value) or ""):
            continue
        home = importlib.import_module(value.__module__)
        found = {each.name for each in finder.find(home) if each.examples}
        assert f"{home.__name__}.{value.__qualname__}" in found, (module, name)
        with_examples += 1
    assert with_examples > 60


def test_docstrings_are_shown_as_meant(extension):
    text = "See `check` and `Nothing`.\n\nExample:\n    >>> `check`\n"
    shown = extension.link_names(extension.show_examples(text), {"check": "igtkit.check"})
    assert shown == ("See [`check`][igtkit.check] and `Nothing`.\n\nExamples:\n    >>> `check`\n")


def test_no_example_is_shown_as_a_quotation(site):
    for path in (site / "reference").rglob("*.html"):
        assert "<blockquote>" not in path.read_text(encoding="utf-8"), path

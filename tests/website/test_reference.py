"""Every public name stands in the reference, and its examples are collected by the test run."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import importlib.util
import inspect
import re
import sys
import zlib
from pathlib import Path

import pytest

import igtkit
from igtkit import errors

ROOT = Path(__file__).resolve().parents[2]

ABOUT = re.compile(r"What it is about: .*?(?=\n\n)", re.DOTALL)
IMPORTED = re.compile(r"from (igtkit[\w.]*) import (\([^)]*\)|[^\n]*)")
COMMENT = re.compile(r"#[^\n]*|\.\.\.")
DOTTED = re.compile(r"(?<![\w/.\"'-])igtkit(?!\.json\b)(?:\.\w+)+")


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


def test_the_reference_calls_a_page_by_its_title():
    links = [
        (" ".join(name.split()), ROOT / "docs" / "reference" / page)
        for reference in (ROOT / "docs" / "reference").glob("*.md")
        for about in ABOUT.findall(reference.read_text())
        for name, page in re.findall(r"\[([^]]+)\]\(([^)#]+)\)", about)
    ]
    assert len(links) > 20
    assert [name for name, page in links if not page.read_text().startswith(f"# {name}\n")] == []


def test_the_public_modules_are_there(extension):
    assert len(set(extension.PUBLIC_MODULES)) == len(extension.PUBLIC_MODULES) > 30
    for module in extension.PUBLIC_MODULES:
        assert importlib.util.find_spec(module), module
        assert not re.search(r"\b_", module)
    assert {
        f"igtkit.{name}" for name in igtkit.__all__ if inspect.ismodule(getattr(igtkit, name))
    } <= set(extension.PUBLIC_MODULES)


def taught():
    """Each page, and each name of igtkit that it imports or writes with its modules before it."""
    folder = ROOT / "docs"
    pages = {ROOT / "README.md", *folder.rglob("*.md"), *folder.glob("examples/*.py")}
    for page in sorted(pages - {folder / "architecture.md"}):
        text = page.read_text(encoding="utf-8")
        for module, names in IMPORTED.findall(text):
            for name in re.findall(r"\w+(?= as )|(?<! as )\b(?!as\b)\w+", COMMENT.sub("", names)):
                yield page.name, f"{module}.{name}"
        for name in DOTTED.findall(text):
            if not name.endswith(".json"):  # a file
                yield page.name, name


def test_what_the_pages_teach_is_public(extension):
    names = {f"{module}.{name}" for module, name, _ in public(extension.PUBLIC_MODULES)}
    modules = set(extension.PUBLIC_MODULES)

    def is_public(name):
        """Whether it is a public module, or a public name or an attribute of one."""
        parts = name.split(".")
        starts = {".".join(parts[:count]) for count in range(2, len(parts) + 1)}
        return name in modules or bool(starts & (names - modules))

    found = {(page, name) for page, name in taught()}
    assert len(found) > 300
    assert sorted(each for each in found if not is_public(each[1])) == []


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

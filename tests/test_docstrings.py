"""The examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re

import pytest

import igtkit
from igtkit.errors import MissingExtraError

MODULES = ["igtkit", *(each.name for each in pkgutil.walk_packages(igtkit.__path__, "igtkit."))]
EXTRAS = {"torch", "transformers", "peft", "accelerate", "jinja2", "datasets", "trl", "safetensors"}


@pytest.mark.usefixtures("registry_apart")
@pytest.mark.parametrize("name", [name for name in MODULES if name != "igtkit.__main__"])
def test_examples_of_docstrings_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        module = importlib.import_module(name)
    except MissingExtraError as error:
        pytest.skip(str(error))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRAS:
            raise
        pytest.skip(f"{error.name} is not installed")
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for found in doctest.DocTestFinder(exclude_empty=True).find(module, name):
        runner.run(found, out=report.append)
    missing = re.search(r"MissingExtraError: (.*)", "".join(report))
    if missing:
        pytest.skip(missing[1])
    assert runner.failures == 0, "".join(report)


def test_there_are_examples_and_a_wrong_one_fails():
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert any(each.examples for each in finder.find(igtkit.IGT))
    runner = doctest.DocTestRunner()
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    runner.run(wrong, out=lambda _: None)
    assert runner.failures == 1

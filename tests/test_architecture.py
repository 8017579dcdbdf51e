"""What holds the library together: one direction of imports, a light root, an API that cannot drift."""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import igtkit
from igtkit.errors import MissingExtraError

PACKAGE = Path(igtkit.__file__).parent
PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

# Who may import whom: only modules of a lower rank, or the own folder. One rank: siblings.
RANKS = {
    "errors": 0,
    "_optional": 1,
    "_characters": 1,
    "_progress": 1.5,
    "_files": 1,
    "_notebook": 1,
    "boundaries": 2,
    "_labels": 2.5,
    "igt": 3,
    "normalize": 4,
    "alignment": 4,
    "conventions": 4,
    "retrieval": 4,
    "_html": 4.5,
    "corpus": 5,
    "io": 6,
    "formats": 6,
    "metrics": 6,
    "data": 7,
    "models": 8,
    "display": 9,
    "plots": 9,
    "cli": 10,
    "__main__": 11,
}
HEAVY = {"torch", "transformers"}
PAGE = PYPROJECT.parent / "docs" / "architecture.md"

MODULES = sorted(
    ".".join(("igtkit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
)


def imports_of(module):
    path = PACKAGE.joinpath(*module.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "igtkit"])
def test_imports_point_one_way(module):
    part = module.split(".")[1]
    for imported in imports_of(module):
        assert imported.split(".")[0] not in HEAVY or part == "models"
        if imported.startswith("igtkit"):
            assert imported != "igtkit", f"{module} imports the package root"
            other = imported.split(".")[1]
            assert other == part or RANKS[other] < RANKS[part], f"{module} imports {imported}"


@pytest.mark.skipif(not PAGE.exists(), reason="the docs are not beside this installation")
def test_the_page_names_every_part_in_the_order_of_imports():
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = [re.findall(r"`(\w+)`", row) for row in rows]
    ranks = [{RANKS[part] for part in row} for row in named]
    assert all(len(row) == 1 for row in ranks)
    assert ranks == sorted(ranks, key=min)
    assert {part for row in named for part in row} == RANKS.keys() - {"__main__"}


@pytest.mark.parametrize("module", MODULES)
def test_all_names_what_is_there(module):
    try:
        loaded = importlib.import_module(module)
    except MissingExtraError as error:
        pytest.skip(f"{module}: {error}")
    except ModuleNotFoundError as error:
        if error.name not in HEAVY | {"peft", "accelerate", "datasets"}:
            raise
        pytest.skip(f"{module} needs {error.name}, which is not installed")
    names = getattr(loaded, "__all__", None)
    assert names is not None, f"{module} has no __all__"
    assert len(set(names)) == len(names)
    for name in names:
        with contextlib.suppress(MissingExtraError):
            assert getattr(loaded, name) is not None
    if any(part.startswith("_") for part in module.split(".")):
        return
    own = {
        name
        for name, value in vars(loaded).items()
        if (inspect.isclass(value) or inspect.isfunction(value)) and value.__module__ == module
    }
    assert {name for name in own if not name.startswith("_")} <= set(names)


def run_python(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_the_root_is_light():
    code = "import igtkit, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = set(run_python(code).split())
    assert loaded.isdisjoint({"torch", "transformers", "sacrebleu", "pandas", "matplotlib", "tqdm"})


def test_glossers_without_torch_load_no_torch():
    code = """
import sys
import igtkit
igtkit.models.LookupGlosser, igtkit.models.CrfGlosser, igtkit.metrics.evaluate, igtkit.io.read
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
    assert set(run_python(code).split()).isdisjoint({"torch", "transformers", "sacrebleu"})


def test_every_public_name_is_there_and_listed():
    assert set(dir(igtkit)) == set(igtkit.__all__)
    for name in igtkit.__all__:
        assert getattr(igtkit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'gloss'"):
        _ = igtkit.gloss


def test_normalize_stays_a_function():
    code = "import igtkit.normalize; import igtkit; print(callable(igtkit.normalize))"
    assert run_python(code).strip() == "True"


def test_every_extra_that_an_error_names_can_be_installed():
    extras = set(
        tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    )
    named = {
        extra
        for path in PACKAGE.rglob("*.py")
        for extra in re.findall(r'require\("[\w.]+", "(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= extras | {"none"}  # the docstring of `require` asks for the standard library

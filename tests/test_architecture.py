"""What holds the library together: one direction of imports, a light root, an API that cannot drift."""

from __future__ import annotations

import ast
import contextlib
import functools
import graphlib
import importlib
import inspect
import json
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
    "_processes": 1,
    "_files": 1,
    "_json": 1,
    "boundaries": 2,
    "_lookalikes": 2.2,
    "_labels": 2.5,
    "igt": 3,
    "normalize": 4,
    "alignment": 4,
    "conventions": 4,
    "retrieval": 4,
    "corpus": 5,
    "io": 6,
    "formats": 6,
    "metrics": 6,
    "data": 7,
    "models": 8,
    "display": 9,
    "plots": 9,
    "serve": 9,
    "cli": 10,
    "__main__": 11,
}
HEAVY = {"torch", "transformers"}
PAGE = PYPROJECT.parent / "docs" / "architecture.md"

MODULES = sorted(
    ".".join(("igtkit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
)


@functools.cache
def written_imports(module):
    """The modules that the source of a module imports, late ones and those by name included."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.append(inner if inner in MODULES else node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.Call) and called(node) == "import_module":
            found += [each.value for each in node.args if isinstance(each, ast.Constant)]
    return found


def called(call):
    """The name of what is called, without what it is taken from."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", None)


# Notes who imports whom, by statement or by name, while a session does a bit of everything.
TRACED = """
import builtins, importlib, json, sys, tempfile
from pathlib import Path

edges = set()
real_import, real_by_name = builtins.__import__, importlib.import_module

def note(importer, name):
    if importer.startswith("igtkit") and name.startswith("igtkit"):
        edges.add((importer, name))

def traced_import(name, globals=None, locals=None, fromlist=(), level=0):
    loaded = real_import(name, globals, locals, fromlist, level)
    importer = (globals or {}).get("__name__", "")
    for inner in fromlist or ("",):
        note(importer, f"{name}.{inner}" if f"{name}.{inner}" in sys.modules else name)
    return loaded

def traced_by_name(name, package=None):
    note(sys._getframe(1).f_globals.get("__name__", ""), name)
    return real_by_name(name, package)

builtins.__import__, importlib.import_module = traced_import, traced_by_name

import igtkit
from igtkit import cli

text = igtkit.IGT("evde", "ev-de", "house-LOC", "At home.", language="Turkish")
text._repr_html_()
corpus = igtkit.load_sample()[:40]
corpus._repr_html_()
igtkit.corpus.Concordance(corpus).find("*-*")
glosser = igtkit.models.LookupGlosser().fit(corpus)
[guess] = glosser.predict([text])
guess._repr_html_()
igtkit.metrics.evaluate(predictions=[guess], references=[text])._repr_html_()
igtkit.display.to_html(text), igtkit.display.to_text(text)
igtkit.formats.get("concatenated").encode(text), igtkit.retrieval.ChrfIndex(["a"])
with tempfile.TemporaryDirectory() as folder:
    glosser.save_pretrained(Path(folder) / "glosser")
    igtkit.models.load_glosser(Path(folder) / "glosser")
    for name in ("sigmorphon", "jsonl", "csv", "flextext", "eaf", "toolbox", "latex", "xigt"):
        path = Path(folder) / f"corpus.{name}"
        igtkit.write(corpus, path, name)
        igtkit.read(path, name)
    path = Path(folder) / "corpus.txt"
    igtkit.write(corpus, path, "sigmorphon")
    igtkit.write(igtkit.read(path), Path(folder) / "corpus.html")
    cli.main(["check", str(path)])
print("EDGES", json.dumps(sorted(edges)))
"""


@pytest.fixture(scope="module")
def traced_imports():
    """Pairs of modules: who imported whom while a session did a bit of everything."""
    [line] = [each for each in run_python(TRACED).splitlines() if each.startswith("EDGES ")]
    return [tuple(edge) for edge in json.loads(line.removeprefix("EDGES "))]


def points_up(module, imported):
    part, other = module.split(".")[1], imported.split(".")[1]
    return other != part and RANKS[other] >= RANKS[part]


def find_circle(edges):
    """A circle of modules that import each other; None if there is none."""
    graph = {}
    for module, imported in edges:
        graph.setdefault(module, set()).add(imported)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return None


def imports_within():
    """Pairs of modules of igtkit: who imports whom, but for the root, which imports what is below."""
    return [
        (module, imported)
        for module in MODULES
        for imported in written_imports(module)
        if module != "igtkit" and imported.split(".")[0] == "igtkit"
    ]


def test_imports_point_one_way():
    edges = imports_within()
    assert [module for module, imported in edges if imported == "igtkit"] == []  # the root
    assert [edge for edge in edges if points_up(*edge)] == []


def test_only_models_import_what_is_heavy():
    heavy = {name for name in MODULES if not HEAVY.isdisjoint(map(first, written_imports(name)))}
    assert heavy
    assert {name for name in heavy if not name.startswith("igtkit.models")} == set()


def first(name):
    return name.split(".")[0]


def test_no_modules_import_each_other():
    assert find_circle(imports_within()) is None
    assert find_circle([("a", "b"), ("b", "c"), ("c", "a")]) is not None


def test_what_is_imported_while_igtkit_works_points_one_way(traced_imports):
    within = [(module, other) for module, other in traced_imports if module != "igtkit"]
    assert ("igtkit.corpus.collection", "igtkit.igt.html") in within
    assert [edge for edge in within if points_up(*edge)] == []
    assert find_circle(within) is None


def test_no_format_stands_on_another():
    within = [
        edge for edge in imports_within() if all(name.startswith("igtkit.io.") for name in edge)
    ]
    assert within
    rooms = [(edge, *(name.split(".")[2] for name in edge)) for edge in within]
    assert [edge for edge, own, other in rooms if other != own and other[0] != "_"] == []


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
        if error.name not in HEAVY | {"peft", "accelerate", "datasets", "jinja2"}:
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


def test_every_public_module_is_there_when_it_is_named():
    """After ``import igtkit`` alone, as the pages write them; where its extra is not, with its error."""
    page = (PYPROJECT.parent / "docs" / "versioning.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^\| `igtkit\.([\w.]+)` \|", page, re.MULTILINE))
    names -= {"serve.plaid", "models.training.grpo", "models.training.grpo_causal"}  # import these
    code = f"""
import functools, igtkit
for name in {sorted(names)}:
    try:
        assert functools.reduce(getattr, name.split("."), igtkit), name
    except igtkit.errors.MissingExtraError:
        pass
    print(name)
"""
    assert len(names) > 30
    assert set(run_python(code).split()) == names


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


def test_no_type_checker_sees_names_that_are_made_at_run_time():
    """It would take any name, also a misspelled one, for one of igtkit's (tests/typing_api.py)."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            assert getattr(node, "name", None) != "__getattr__", f"{path}: hide it from checkers"


@pytest.mark.parametrize("folder", ["models/crf", "io/toolbox", "io/_tiers"])
def test_the_map_of_a_large_folder_names_every_part(folder):
    parts = {path.stem for path in (PACKAGE / folder).iterdir() if path.name[0] not in "_."}
    text = (PACKAGE / folder / "__init__.py").read_text(encoding="utf-8")
    named = re.findall(r"(?<!`)`(\w+)`(?!`)", ast.get_docstring(ast.parse(text)))
    assert sorted(named) == sorted(parts - {"glosser"})  # which is all of it, seen from outside


def test_no_module_outgrows_a_reader():
    tests = Path(__file__).parent
    for folder, most in ((PACKAGE, 400), (tests, 500)):
        for path in folder.rglob("*.py"):
            lines = path.read_text(encoding="utf-8").count("\n")
            assert lines <= most, f"{path.relative_to(folder)} has {lines} lines, more than {most}"


# Test modules that have another name than the module, with what they hold.
NAMED_OTHERWISE = {
    "cli": ("cli/test_main.py", "the command `igtkit`, as it is called"),
    "data": ("test_sample_corpus.py", "the one corpus that comes with igtkit"),
    "formats": ("formats/test_register.py", "what `get` finds and `register` adds"),
}


def does_something(path):
    """Whether a module defines functions, but for those by which a package loads its names late."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name not in ("__getattr__", "__dir__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def own_tests(module):
    """Where the tests of a module stand: ``a/_b.py`` has ``a/test_b.py``, ``a`` ``a/test_a.py``."""
    name = module.removeprefix("igtkit.")
    if name in NAMED_OTHERWISE:
        return Path(__file__).parent / NAMED_OTHERWISE[name][0]
    *folders, last = name.split(".")
    if PACKAGE.joinpath(*folders, last).is_dir():
        folders.append(last)
    return Path(__file__).parent.joinpath(*folders, f"test_{last.strip('_')}.py")


def source(module):
    """Where a module stands."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def test_every_module_that_does_something_has_tests_of_its_name():
    acting = [module for module in MODULES if does_something(source(module))]
    assert len(acting) > 300
    for module in acting:
        tests = own_tests(module)
        assert tests.is_file(), f"{module} has no tests in {tests}"
        found = re.search(r"^( {4})?def test_", tests.read_text(encoding="utf-8"), re.MULTILINE)
        assert found, f"{tests} has no test"


def test_no_module_has_another_name_for_its_tests_without_need():
    for name, (path, holds) in NAMED_OTHERWISE.items():
        assert f"igtkit.{name}" in MODULES
        assert Path(path).name != f"test_{name}.py"
        assert holds

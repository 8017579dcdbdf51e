"""What is shipped: the files of both distributions, their licences, their metadata, their types."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import igtkit

ROOT = Path(__file__).resolve().parents[1]
TOP = {
    "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md",
    "SECURITY.md", ".gitignore", "benchmarks", "constraints.txt", "docs", "igtkit",
    "mkdocs.yml", "pyproject.toml", "tests",
}  # fmt: skip
LICENCES = {
    "LICENSE": "Apache License",
    "igtkit/data/LICENSE": "CC0 1.0 Universal",
    "igtkit/data/LICENSE-field": "CC BY 4.0",
    "igtkit/data/LICENSE-languoids": "CC BY-SA 4.0",
}

checkout = pytest.mark.skipif(
    not (ROOT / "igtkit").is_dir(), reason="the sources are not beside the tests"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with both distributions."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    """The files of the wheel, by name."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(built):
    """The files of the source distribution, by name."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {
            member.name.partition("/")[2]: archive.extractfile(member).read()
            for member in archive.getmembers()
            if member.isfile()
        }


def metadata(wheel):
    return Parser().parsestr(
        next(data for name, data in wheel.items() if name.endswith("/METADATA")).decode()
    )


@checkout
def test_both_can_be_uploaded(built):
    pytest.importorskip("twine")
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASSED") == 2


@checkout
def test_the_wheel_is_the_package_and_nothing_else(wheel, sdist):
    shipped = {name for name in wheel if ".dist-info/" not in name}
    assert shipped == {name for name in sdist if name.startswith("igtkit/")}
    kinds = {Path(name).suffix or Path(name).name for name in shipped}
    assert kinds == {
        ".csv", ".py", ".typed", ".txt", ".gz", ".md", *(name.rpartition("/")[2] for name in LICENCES)
    }  # fmt: skip
    outside = {name for name in shipped if not name.endswith(".py")} - {"igtkit/py.typed"}
    assert all(name.startswith("igtkit/data/") for name in outside)
    assert {f"igtkit/data/turkish-{part}.txt" for part in ("train", "dev", "test")} <= shipped
    assert {"igtkit/data/languoids.tsv.gz", "igtkit/data/published.csv"} <= shipped


@checkout
def test_the_source_distribution_has_what_is_under_version_control(sdist):
    assert {name.partition("/")[0] for name in sdist} == TOP
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    known = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert set(sdist) - {"PKG-INFO"} <= set(known.splitlines())
    assert not [name for name in sdist if re.search(r"\.(pyc|so|log|cache|safetensors)$", name)]


@checkout
def test_nothing_of_the_real_corpora_is_shipped(shared, sdist, wheel):
    real = {
        hashlib.sha256(path.read_bytes()).digest() for path in shared.rglob("*") if path.is_file()
    } - {hashlib.sha256(b"").digest()}
    for files in (sdist, wheel):
        found = [name for name, data in files.items() if hashlib.sha256(data).digest() in real]
        assert not found


@checkout
def test_every_requirement_is_locked_within_its_range():
    requirements = pytest.importorskip("packaging.requirements")
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked: dict[str, set[str]] = {}
    for line in lines:
        if not line.startswith("#"):
            assert re.fullmatch(r"[\w.-]+==[\w.!]+( ; .+)?", line), line  # a plain version
            name, version = line.partition(" ;")[0].split("==")
            locked.setdefault(name, set()).add(version)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for each in [*project["dependencies"], *(one for extra in extras.values() for one in extra)]:
        required = requirements.Requirement(each)
        if required.name == "igtkit":
            continue
        versions = locked.get(required.name.lower(), set())
        assert versions, f"{required.name} is not in constraints.txt: make it anew"
        assert all(version in required.specifier for version in versions), each


@checkout
def test_every_licence_is_shipped_and_says_what_it_is_of(sdist, wheel):
    expression = metadata(wheel)["License-Expression"]
    assert expression == "Apache-2.0 AND CC0-1.0 AND CC-BY-4.0 AND CC-BY-SA-4.0"
    assert set(metadata(wheel).get_all("License-File")) == set(LICENCES)
    inside = next(name for name in wheel if name.endswith("/METADATA")).removesuffix("METADATA")
    for name, says in LICENCES.items():
        for text in (sdist[name], wheel[f"{inside}licenses/{name}"]):
            assert says in text.decode()
    table = sdist["igtkit/data/LICENSE-languoids"].decode()
    assert {"languoids.tsv.gz", "Glottolog", "qwanqwa"} <= set(re.findall(r"[\w.]+\w", table))
    field = sdist["igtkit/data/LICENSE-field"].decode()
    assert all(name in field for name in ("field.json.gz", "ODIN 2.1", "UraTyp 2.0"))
    release = igtkit.corpus.languages.table_source().rpartition(" ")[2]
    assert f"qwanqwa {release}" in table


@checkout
def test_the_metadata_agree(wheel):
    about = metadata(wheel)
    assert about["Version"] == igtkit.__version__
    assert about["Requires-Python"] == ">=3.11"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    core = [each for each in about.get_all("Requires-Dist") if "extra ==" not in each]
    assert len(core) == len(project["dependencies"]) == 4
    tried = re.findall(r"Python :: (3\.\d+)", "\n".join(about.get_all("Classifier")))
    run = (ROOT / ".ci" / "run").read_text() if (ROOT / ".ci").exists() else " ".join(tried)
    assert all(version in run for version in tried), "a Python is claimed that is not tried"
    assert about["Description-Content-Type"] == "text/markdown"


@checkout
def test_the_citation_is_valid_and_of_this_version():
    text = (ROOT / "CITATION.cff").read_text()
    assert re.search(r"^version: (\S+)$", text, re.MULTILINE)[1] == igtkit.__version__
    assert "Massively Multilingual Joint Segmentation and Glossing" in text
    if importlib.util.find_spec("cffconvert") is None:
        pytest.skip("cffconvert is not installed")
    command = [sys.executable, "-m", "cffconvert.cli.cli", "--validate", "-i", "CITATION.cff"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


@checkout
def test_the_changelog_says_each_thing_once():
    """Where it was put in another order, a merge may bring back what stood elsewhere."""
    text = (ROOT / "CHANGELOG.md").read_text()
    beginnings = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(beginnings) > 100
    assert sorted(set(beginnings)) == sorted(beginnings)


@checkout
def test_the_changelog_begins_with_this_version_and_has_the_day_of_the_citation():
    text = (ROOT / "CHANGELOG.md").read_text()
    version, day = re.search(r"^## (\S+) \((.*)\)$", text, re.MULTILINE).groups()
    assert version == igtkit.__version__
    released = re.search(
        r"^date-released: (.*)$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE
    )
    assert day == (released[1] if released else "unreleased")


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The Python of an environment that the wheel is installed in."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    inside = folder / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    said = subprocess.run([inside, "-c", ask], check=True, capture_output=True, text=True)
    packages = Path(said.stdout.strip())
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        archive.extractall(packages)
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return inside


def check_types(program, installed, folder):
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed)]
    command += ["--config-file=", f"--cache-dir={folder}/.cache", str(program)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow  # half a minute; .ci/run asks for it
@checkout
def test_a_program_that_uses_the_wheel_is_type_checked(installed, tmp_path):
    program = tmp_path / "program.py"
    names = [
        f"igtkit.{module}{name}\n"
        for module in ("", "corpus.", "io.", "models.")
        for name in importlib.import_module(f"igtkit.{module}".rstrip(".")).__all__
    ]
    program.write_text((ROOT / "tests" / "typing_api.py").read_text() + "".join(names))
    assert check_types(program, installed, tmp_path) == (
        0,
        "Success: no issues found in 1 source file\n",
    )
    program.write_text(
        "import igtkit\n"
        'igt = igtkit.IGT("a", glosses=1)\n'
        "length: int = igt.translation\n"
        'igtkit.read("a.txt").first\n'
        'igtkit.normalize("a", rules="none")\n'
        "igtkit.evaluateee\n"
    )
    code, said = check_types(program, installed, tmp_path)
    assert code == 1
    assert [int(line) for line in re.findall(r"program\.py:(\d+): error", said)] == [2, 3, 4, 5, 6]


@checkout
def test_no_package_host_is_named(sdist):
    hosts = re.compile(rb"py" rb"pi\.org|python" rb"hosted\.org|npm" rb"js\.(org|com)")
    assert not [name for name, data in sdist.items() if hosts.search(data)]


@pytest.mark.skipif(not (ROOT / ".ci").is_dir(), reason="this is no checkout")
def test_it_is_known_what_each_extra_serves():
    spec = importlib.util.spec_from_file_location("install", ROOT / ".ci" / "install.py")
    install = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(install)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert set(extras["optional-dependencies"]) == {*install.SERVED, *install.APART}
    assert all("==" in pin for pin in install.floors())

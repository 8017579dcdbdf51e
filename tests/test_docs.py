"""Every example in the documentation runs and prints what it says."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from sitetools import DOCS, ROOT, load

import igtkit

PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
OTHERS = "ModuleNotFoundError(?=: No module named '(?:glossing|pyigt|xigt)')"
FENCE = re.compile(r"^```(pycon|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def console(command):
    """Run a command as a shell does, with the environment's own scripts first on the path."""
    path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ["PATH"]))
    done = subprocess.run(
        command,
        shell=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "80"},
        check=False,
        timeout=300,  # a page may cross-validate, on a machine that has other things to do
    )
    if text := done.stdout.rstrip("\n"):
        print(text)


def as_examples(text):
    """The fences of a page as one doctest; ``$ command`` in a console fence is run, too."""
    examples = []
    for kind, body in FENCE.findall(text):
        if kind == "pycon":
            examples.append(body)
            continue
        for line in body.rstrip("\n").split("\n"):
            command = line.removeprefix("$ ")
            examples.append(
                f">>> console({command!r})" if command != line else line or "<BLANKLINE>"
            )
        examples.append("")
    return "\n".join(examples)


@pytest.mark.usefixtures("registry_apart")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    for name in set(re.findall(r"downloads/([\w.]+)\)", text)):
        Path(name).write_bytes(load(DOCS / "generated.py").downloads()[name])
    examples = as_examples(text)
    assert "```python" not in text, "write examples as pycon, so that they are run"
    names = {"console": console, "__name__": "__main__"}
    parsed = doctest.DocTestParser().get_doctest(examples, names, str(page), str(page), 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(parsed, out=report.append)
    said = rf"(?:MissingExtraError|{OTHERS}|igtkit(?=: this needs the package)): (.*)"
    missing = re.search(said, "".join(report))
    if missing:
        pytest.skip(missing[1])
    assert runner.failures == 0, "".join(report)


def test_a_console_fence_is_run_and_compared(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = "```console\n$ echo a; echo; echo b > file\na\n$ echo 1; echo; cat file\n1\n\nb\n```\n"
    for text, failures in ((page, 0), (page.replace("b\n`", "c\n`"), 1)):
        names = {"console": console, "__name__": "__main__"}
        parsed = doctest.DocTestParser().get_doctest(as_examples(text), names, "page", None, 0)
        assert len(parsed.examples) == 2
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        runner.run(parsed, out=lambda _: None)
        assert runner.failures == failures


def run(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "docs" / "examples" / "quickstart.py", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )


def test_the_quickstart_runs_on_the_sample():
    result = run("--glosser", "lookup")
    assert result.returncode == 0, result.stderr
    assert "glossing.morpheme.error_rate" in result.stdout
    assert "predicted" in result.stdout


def test_the_quickstart_says_in_a_line_what_is_wrong_with_a_file(tmp_path):
    damaged = tmp_path / "damaged.txt"
    damaged.write_text("\\t evde kedi var\n\\g house-LOC cat exist\n\n\\zz\n", encoding="utf-8")
    for path, message in ((damaged, "damaged.txt:4"), (tmp_path / "nowhere.txt", "nowhere.txt")):
        result = run("--data", str(path))
        assert result.returncode == 1
        assert message in result.stderr
        assert "Traceback" not in result.stderr


def test_continuous_integration_runs_the_test_command_of_the_readme():
    script = ROOT / ".ci" / "run"
    if not script.is_file():
        pytest.skip("continuous integration is not part of the built package")
    commands = re.findall(r"^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in script.read_text()


def test_no_page_installs_igtkit_from_an_index_that_does_not_have_it():
    """Where it is installed already, `pip install 'igtkit[models]'` adds to it: so errors say."""
    installs = re.compile(r"(?<!run: )pip install [^`#\n]*(?<![\w/])igtkit\b(?!-)")
    assert installs.search("pip install 'igtkit[models]'")
    assert not installs.search("pip install dist/igtkit-0.1.0-py3-none-any.whl  # igtkit")
    folders = (ROOT / "docs", Path(igtkit.__file__).parent)
    sources = {source for folder in folders for source in folder.rglob("*.py")}
    found = [
        f"{path}: {match[0]}"
        for path in (*PAGES, ROOT / "CHANGELOG.md", *sorted(sources))
        for match in installs.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_page_on_installing_has_every_extra():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert set(listed) == project["optional-dependencies"].keys() - {"test", "docs", "dev"}
    assert f"igtkit-{igtkit.__version__}-py3-none-any.whl" in page

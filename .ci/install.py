"""Install the built wheel as users do, and try it: each extra alone, oldest versions, each Python.

    python .ci/install.py extras [EXTRA ...]   every extra alone in an empty environment
    python .ci/install.py floors               the light core with the oldest versions it allows
    python .ci/install.py floors models train  these extras, too, in one environment, with theirs
    python .ci/install.py pythons 3.12 3.13    the light core on other Pythons (or paths of them)

Whoever runs it needs the package build. Nothing of the checkout is imported: environments and
copies of the tests lie in a temporary folder. Versions are those that pip takes, not those of
constraints.txt; PIP_CONSTRAINT=FILE holds some, such as a torch without CUDA.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
TEXT = 'igtkit.write(igtkit.load_sample()[:3], "x.{0}"); assert len(igtkit.read("x.{0}")) == 3'
SERVED = {
    "pandas": "assert len(igtkit.load_sample().to_pandas()) == 420",
    "parquet": TEXT.format("parquet"),
    "datasets": "assert len(igtkit.load_sample().to_dataset())",
    "cldf": 'igtkit.write(igtkit.load_sample()[:3], "cldf-metadata.json"); '
    'assert len(igtkit.read("cldf-metadata.json", "cldf")) == 3',
    "conllu": 'row = "\\t".join(["1", "ev", *"_______", "MSeg=e-v"]); '
    'open("x.conllu", "w").write(row + "\\n\\n"); '
    'assert igtkit.read("x.conllu")[0].segmentation == "e-v"',
    "plots": 'from igtkit import plots; plots.bars({"a": {"x": 0.1}, "b": {"x": 0.2}})',
    "office": TEXT.format("xlsx") + '; igtkit.write(igtkit.load_sample()[:3], "x.docx")',
    "langid": "from igtkit.corpus.metalanguage import guesser; guesser()",
    "progress": "from igtkit._progress import Progress",
    "models": "from igtkit.models import HardAttentionGlosser, Seq2SeqGlosser, CausalGlosser, "
    "PipelineGlosser; import igtkit.models.constraints",
    "train": "import igtkit.models.training.grpo, igtkit.models.rewards, accelerate, peft",
    "trl": "import igtkit.models.training, trl",
    "llguidance": "from igtkit.models.constraints.subword import SubwordConstraint; "
    "import llguidance.hf",
    "fast": "from igtkit.models.seq2seq.ctranslate2 import CTranslate2Backend; import ctranslate2",
    "api": 'from igtkit.models import EndpointChat; EndpointChat("http://localhost:1/v1", "any")',
    "serve": "import igtkit.serve",
    "plaid": "import igtkit.serve.plaid",
}
"""What each extra serves, as Python."""

APART = ("test", "docs", "dev")
"""Extras for those who work on igtkit; .ci/run installs them."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("extras", "floors", "pythons"))
    parser.add_argument("names", nargs="*", help="extras or Pythons")
    parser.add_argument("--workers", default="auto", help="of pytest-xdist")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder)
        if options.what == "extras":
            missing = set(PROJECT["optional-dependencies"]) - set(SERVED) - set(APART)
            if missing:
                sys.exit(f"say in SERVED what these extras serve: {', '.join(sorted(missing))}")
            trials = [(extra, lambda e=extra: extra_alone(wheel, folder, e))
                      for extra in options.names or SERVED]  # fmt: skip
        elif options.what == "floors":
            trials = [("floors", lambda: oldest(wheel, folder, options))]
        else:
            workers = ("-n", options.workers, "tests")
            found = {name: python(name) for name in options.names}
            for each in [each for each, interpreter in found.items() if interpreter is None]:
                print(f"no Python {each} here", flush=True)
            trials = [(each, lambda p=interpreter: tested(str(wheel), folder, p, [], *workers))
                      for each, interpreter in found.items() if interpreter]  # fmt: skip
        sys.exit(sum(not tried(what, trial) for what, trial in trials) > 0)


def tried(what: str, trial: Callable[[], str]) -> bool:
    try:
        print(f"ok      {what}: {trial()}", flush=True)
    except subprocess.CalledProcessError as error:
        print(f"FAILED  {what}: {' '.join(map(str, error.cmd))}\n{error.stdout or ''}", flush=True)
        return False
    return True


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command says."""
    done = subprocess.run(
        command, check=True, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout


def build(folder: Path) -> Path:
    run(sys.executable, "-m", "build", "-q", "--outdir", folder / "dist", ROOT)
    return next((folder / "dist").glob("*.whl"))


def environment(folder: Path, interpreter: str, *requirements: str) -> Path:
    """The Python of a new environment with these packages."""
    shutil.rmtree(folder / "env", ignore_errors=True)
    run(interpreter, "-m", "venv", folder / "env")
    inside = folder / "env" / "bin" / "python"
    run(inside, "-m", "pip", "install", "-q", *requirements)
    return inside


def extra_alone(wheel: Path, folder: Path, extra: str) -> str:
    inside = environment(folder, sys.executable, f"{wheel}[{extra}]")
    code = f"import igtkit; {SERVED[extra]}"
    run(inside, "-I", "-W", "ignore", "-c", code, cwd=folder)
    return f"{len(run(inside, '-m', 'pip', 'list').splitlines()) - 2} packages"


def floors(extras: Sequence[str] = ()) -> list[str]:
    """The requirements of the core and of extras, each at the oldest version that is allowed."""
    required = [*PROJECT["dependencies"]]
    for extra in extras:
        for each in PROJECT["optional-dependencies"][extra]:
            inner = re.fullmatch(r"igtkit\[([\w,]+)\]", each)
            required += floors(inner[1].split(",")) if inner else [each]
    return sorted({re.sub(r"[>=]=([\w.]+).*", r"==\1", each) for each in required})


def oldest(wheel: Path, folder: Path, options: argparse.Namespace) -> str:
    """Run the tests of the core, or of models, with the oldest versions allowed."""
    named = f"{wheel}[{','.join(options.names)}]" if options.names else str(wheel)
    tests = "tests/models" if options.names else "tests"
    pins = floors(options.names)
    return tested(named, folder, sys.executable, pins, "-n", options.workers, tests)


def python(name: str) -> str | None:
    """The interpreter of a version, ``3.12``, or of a path; None if there is none."""
    installed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    there = (shutil.which(name), shutil.which(f"python{name}"))
    for found in (*there, *map(str, sorted(installed.glob(f"{name}.*/bin/python")))):
        if found and not subprocess.run([found, "-V"], check=False, capture_output=True).returncode:
            return found
    return None


def tested(wheel: str, folder: Path, interpreter: str, pins: Sequence[str], *pytest: str) -> str:
    """Run the tests on the wheel; those that need an extra that is not there are skipped."""
    tools = ("pytest", "pytest-xdist", "hypothesis")
    inside = environment(folder, interpreter, wheel, *pins, *tools)
    copy = folder / "checkout"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("tests", "docs"):
        shutil.copytree(ROOT / name, copy / name)
    for name in ("README.md", "CHANGELOG.md", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    if not (folder / "shared").exists():
        (folder / "shared").symlink_to(ROOT.parent / "shared")
    few = ("-m", "not slow", "--hypothesis-profile=few")  # the locked environment draws more
    said = run(inside, "-m", "pytest", "-q", *few, *pytest, cwd=copy)
    return f"{run(inside, '-V').strip()}, {' '.join(pins)}: {said.splitlines()[-1]}"


if __name__ == "__main__":
    main()

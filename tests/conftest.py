"""What several test files need: the real corpora, where there are any."""

from __future__ import annotations

import gc
import os
import runpy
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_core import fetch_axe
from hypothesis import HealthCheck, settings

from igtkit import formats as prompt_formats
from igtkit.errors import MissingExtraError
from igtkit.io import _registry
from igtkit.models import registry

# A busy machine is no defect; and a suite that is green is green for everyone: the same examples are
# drawn each time. `many` looks for new ones.
settings.register_profile("igtkit", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("many", deadline=None, max_examples=1000)
settings.register_profile("few", settings.get_profile("igtkit"), max_examples=10)  # .ci/coverage
settings.register_profile(
    "mutants",  # mutmut runs a test again and again in one process
    settings.get_profile("few"),
    suppress_health_check=[HealthCheck.differing_executors],
)
settings.load_profile("igtkit")

os.environ.setdefault("OMP_NUM_THREADS", "1")  # tests run on every core already
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each program that they start would compile igtkit

SHARED = Path(__file__).resolve().parents[2] / "shared"

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"

collect_ignore = ["typing_api.py"]  # type-checked, never run


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits for the site or a browser comes first, while another process has other tests."""
    waiting = {"site", "browser"}
    items.sort(key=lambda item: waiting.isdisjoint(getattr(item, "fixturenames", ())))


def pytest_collection_finish() -> None:
    """Ten thousand tests are never garbage: what looks for garbage need not look at them."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, Any, Any]:
    """A test that needs an extra is skipped where that is not installed, and says which."""
    try:
        return (yield)
    except MissingExtraError as error:
        pytest.skip(str(error))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, Any, Any]:
    """So is a test whose fixtures need one."""
    try:
        return (yield)
    except MissingExtraError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real corpora and published figures beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the real corpora (../shared beside the checkout) are not here")
    return SHARED


@pytest.fixture
def registry_apart() -> Iterator[None]:
    """Formats and glossers that a test registers are gone after it."""
    tables = (_registry._REGISTERED, prompt_formats._FORMATS, registry._REGISTERED)
    before = [dict(each) for each in tables]
    yield
    for each, content in zip(tables, before, strict=True):
        each.clear()
        each.update(content)


@pytest.fixture
def call_script(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Any]:
    """Runs a script of the examples as it stands, in this process, which has torch already.

    It returns what was printed (``out``, ``err``); an error of the script is a `SystemExit`.
    """

    def call(name: str, *arguments: Any) -> Any:
        script = str(EXAMPLES / f"{name}.py")
        monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
        monkeypatch.setenv("MPLBACKEND", "Agg")
        runpy.run_path(script, run_name="__main__")
        return capsys.readouterr()

    return call


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, the one of this machine or the one that playwright has downloaded."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="a page is looked at with playwright, which is not installed"
    )
    with playwright.sync_playwright() as driver:
        own = driver.chromium.executable_path
        names = ("chromium", "chromium-browser", "google-chrome", own)
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            pytest.skip(
                "a page is looked at with Chromium, which is not here: put it on the PATH as "
                "chromium, or run: playwright install chromium"
            )
        opened = driver.chromium.launch(
            executable_path=found,
            # root, as in a container, has no sandbox; and nothing is asked of any network
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, kept from run to run where pytest keeps anything."""
    cache = getattr(request.config, "cache", None)
    return fetch_axe(cache.mkdir("axe-core") if cache else tmp_path_factory.mktemp("axe-core"))

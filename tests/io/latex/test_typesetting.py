r"""What is written as LaTeX, set by LaTeX itself with the packages it is for."""

from __future__ import annotations

import shutil
import subprocess

import pytest

import igtkit
from igtkit.igt import IGT
from igtkit.io import write

pytestmark = pytest.mark.slow

ITEMS = [
    IGT("evler", "ev-ler büyük", "house-PL.NOM big_ATTR", "100 % {big} & “more”.", id="ex:1"),
    IGT(
        "kudan [weli]",
        "kuda-n [weli]",
        "house-DEF big~<x>",
        "the 'house'",
        language="Wada",
        metadata={"judgment": "*", "citation": "(Me: 3)", "notes": ["lit. so"]},
    ),
    IGT(None, "*kuda-n =weli _x", "[house-ACC =big #x"),
    IGT("only words", None, None, "nothing below"),
    IGT(None, "a-b " * 40, "A-B " * 40, "a long one"),
    IGT("x//y {z", "x//y {z}", "^a $b", "it~s \\ back"),
    IGT("[a] @ +", "[a] @ +", "*A @ ++", 'a "quoted" | ` word'),
    igtkit.Prediction("gel-di", "come-PST", system="CrfGlosser").to_igt(IGT("geldi")),
]


def has_package(name: str) -> bool:
    found = subprocess.run(["kpsewhich", f"{name}.sty"], capture_output=True, check=False)
    return found.returncode == 0


@pytest.mark.parametrize("style", ["gb4e", "expex", "linguex"])
def test_every_style_can_be_typeset(style, tmp_path):
    if shutil.which("xelatex") is None:
        pytest.skip("xelatex is not installed")
    if not has_package(style):
        pytest.skip(f"the LaTeX package {style} is not installed")
    write(ITEMS, tmp_path / "paper.tex", style=style, document=True)
    command = ["xelatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
    run = subprocess.run(
        [*command, "paper.tex"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    errors = [line for line in run.stdout.splitlines() if line.startswith("!")]
    assert (run.returncode, errors) == (0, [])
    if shutil.which("pdftotext") is None:
        return
    command = ["pdftotext", "-layout", "paper.pdf", "-"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    shown = " ".join(shown.split())
    for text in (
        "ev-ler",
        "‘100 % {big} & “more”.’",
        "big~<x>",
        "(Me: 3)",
        "x//y {z}",
        "it~s \\ back",
    ):
        assert text in shown
    assert f"({len(ITEMS)})" in shown

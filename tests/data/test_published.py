"""Figures that others published, and the tables that set igtkit's own beside them."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path

import pytest

import igtkit
from igtkit import IGT, Prediction
from igtkit.data import load_published
from igtkit.metrics import PRESETS, evaluate

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "glossing_mer": "glossing.morpheme.error_rate",
    "segmentation_f1": "segmentation.f1",
    "alignment": "alignment",
}


@pytest.fixture(scope="module")
def compare():
    """benchmarks/compare.py, which writes the tables."""
    path = ROOT / "benchmarks" / "compare.py"
    if not path.is_file():
        pytest.skip("the benchmarks are not part of the built package")
    spec = importlib.util.spec_from_file_location("compare", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["compare"] = module
    spec.loader.exec_module(module)
    return module


def test_every_figure_says_what_it_is_of():
    report = evaluate(predictions=[Prediction("a", "a")], references=[IGT("a", "a", "a")])
    found = load_published()
    assert len({(each.system, each.metric, each.language, each.source) for each in found}) == len(
        found
    )
    for each in found:
        assert report[each.metric] is not None
        assert each.preset in {*PRESETS, "both"}
        assert each.overlap == {"official test": "kept", "PolyGloss test": "removed"}.get(
            each.split, "not said"
        )
        assert each.figure >= 0
        assert all((each.system, each.task, each.language, each.source))


def test_averages_are_those_of_the_languages():
    rows = {}
    for each in load_published():
        row = rows.setdefault((each.system, each.metric, each.source), {})
        row[each.language] = each.figure
    averages = 0
    for row in rows.values():
        for number in (6, 9):
            if (average := row.pop(f"average of {number}", None)) is not None:
                assert len(row) == number
                assert sum(row.values()) / number == pytest.approx(average, abs=1.1e-3)
                averages += 1
    assert averages == 40


def test_the_tables_of_the_paper_are_there_in_full(shared):
    found = {
        (each.source.rpartition(" ")[2], each.metric, each.system, each.language): each.figure
        for each in load_published()
        if "Table" in each.source
    }
    with (shared / "golden" / "paper_tables.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        table, metric, system = row.pop("table"), NAMES[row.pop("metric")], row.pop("system")
        row["average of 9"] = row.pop("avg")
        for language, figure in row.items():
            assert found.pop((table, metric, system, language)) == float(figure)
    assert not found


def test_a_row_of_the_paper_comes_out_of_its_predictions(shared):
    """Table 7, Girrbach: raw files, preset published."""
    for code in ("git", "lez", "nyb"):
        texts = [
            igtkit.read(shared / "data" / "tucl" / name, "sigmorphon")
            for name in (f"{code}_track1_morph_trial1.prediction", f"{code}-test-track2-uncovered")
        ]
        report = evaluate(predictions=texts[0], references=texts[1], preset="published")
        for each in load_published():
            if (each.system, each.language) == ("Girrbach (2023b)", code):
                assert report[each.metric] == pytest.approx(each.figure, abs=5.1e-4)


def test_the_pages_have_the_tables_that_the_figures_give(compare):
    for path in compare.PAGES:
        text = path.read_text(encoding="utf-8")
        assert "<!-- figures: " in text
        assert text == compare.filled(text), f"{path.name}: run benchmarks/compare.py"


def test_nothing_stands_in_a_table_but_figures_of_one_kind(compare):
    figures = [*load_published(), *compare.own_figures()]
    kinds = {(each.split, each.metric, each.preset) for each in compare.own_figures()}
    assert len(kinds) == 4
    for kind in kinds:
        assert len({each.overlap for each in figures if each.split == kind[0]}) == 1
        table = compare.table(*kind)
        rows = table.splitlines()[2:]
        for row in rows:
            title, *cells, source, _ = (cell.strip() for cell in row.split("|")[1:])
            name = title.removeprefix("igtkit: ").strip("`")
            mine = [
                each
                for each in figures
                if (each.system, each.source, each.split, each.metric, each.preset)
                == (name, source, *kind)
            ]
            by_language = {each.language: f"{each.figure:.3f}" for each in mine}
            assert cells[:6] == [by_language[language] for language in compare.LANGUAGES]
    short = compare.table("PolyGloss test", "segmentation.f1", "both", ["Pipeline"])
    assert [line.split(" | ")[0] for line in short.splitlines()[2:]] == [
        "| Pipeline",
        "| igtkit: `CrfGlosser`",
    ]

"""What the site takes from igtkit itself: the help of the commands, the rules, the logs, a file."""

from __future__ import annotations

import re

import pytest
from sitetools import DOCS, ROOT, load

import igtkit
from igtkit.io import GUESSES


@pytest.fixture(scope="module")
def generated():
    return load(DOCS / "generated.py")


def test_every_command_has_its_page_and_is_on_the_overview(generated):
    pages = {path.stem for path in (DOCS / "commands").glob("*.md")}
    assert pages == generated.commands().keys()
    overview = (DOCS / "command-line.md").read_text(encoding="utf-8")
    assert set(re.findall(r"commands/(\w+)\.md", overview)) == pages


@pytest.mark.parametrize(
    "path", sorted((DOCS / "commands").glob("*.md")), ids=lambda path: path.stem
)
def test_every_page_of_a_command_has_an_example_that_runs(path):
    assert f"$ igtkit {path.stem}" in re.sub(
        r"\$ mkdir \w+; ", "$ ", path.read_text(encoding="utf-8")
    )


def test_the_help_of_a_command_names_each_of_its_options(generated):
    for name, parser in generated.commands().items():
        text = generated.help_of(name)
        options = {each for action in parser._actions for each in action.option_strings}
        for option in options - {"-h", "--help"}:
            assert re.search(rf"^\| `(?:[^`]*, )?{option}\b", text, re.MULTILINE), (name, option)


def test_examples_of_the_help_are_commands_below_what_they_do(generated):
    text = generated.help_of("gloss")
    assert "# only tells what would be done\nigtkit gloss story.eaf --dry-run\n" in text
    assert "What is glossed already is never changed" in text.partition("## Examples")[2]
    for name in generated.commands():
        _, _, examples = generated.help_of(name).partition("## Examples\n\n```sh\n")
        for line in examples.partition("```")[0].splitlines():
            assert re.match(r"igtkit \w|# \S|curl |     -d ", line), (name, line)


def test_every_rule_stands_on_the_page_with_what_it_says(site):
    page = (site / "commands" / "inspect" / "index.html").read_text(encoding="utf-8")
    assert len(GUESSES) > 50
    for rule in GUESSES:
        assert f"<td><code>{rule}</code></td>" in page


def test_the_page_of_a_command_ends_with_its_help(site):
    page = (site / "commands" / "gloss" / "index.html").read_text(encoding="utf-8")
    assert "<td><code>--threshold P</code></td>" in page


def test_the_file_to_try_things_on_is_there(site, tmp_path):
    path = tmp_path / "story.flextext"
    path.write_bytes((site / "downloads" / "story.flextext").read_bytes())
    texts = igtkit.read(path)
    assert [igt.glosses is None for igt in texts] == [False] * 100 + [True] * 20


def test_every_log_of_the_benchmarks_is_a_page(site):
    logs = {path.stem for path in (ROOT / "benchmarks").glob("*.md")} - {"README"}
    if not logs:
        pytest.skip("the benchmarks are not part of the built package")
    assert {path.parent.name for path in (site / "benchmarks").glob("*/index.html")} == {
        *logs,
        "light-core",
    }

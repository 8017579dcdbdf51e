"""What MkDocs is taught for this site: interlinear examples, pictures, pages that igtkit writes.

A fence of the kind ``igt`` holds one example as it stands in papers, and is shown with igtkit's own
HTML. A picture ``![...](images/name.svg)`` is put into the page itself, so that its colors are
those of the page, light or dark; its alternative text becomes its label. A page on a command ends
with the help of that command; the logs of the benchmarks are pages, too.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import generated  # beside this file
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from igtkit import IGT, Language, check
from igtkit.igt.html import STYLE, render_entry
from igtkit.io._example import parse

__all__ = [
    "commands_alone",
    "copy_commands_alone",
    "inline_pictures",
    "on_config",
    "on_files",
    "on_page_content",
    "on_page_markdown",
    "read_example",
    "show",
    "show_suggested",
]

_REMARK = re.compile(r'(?:\s|<span class="w">\s*</span>)*<span class="c1">[^<]*</span>')
_BLOCK = re.compile(r'<div class="([^"]*\bhighlight)">(<pre>.*?</pre>)', re.DOTALL)
_PICTURE = re.compile(r'<img alt="([^"]*)" src="[^"]*?images/([\w-]+\.svg)" />')
_LANGUAGES = {
    "tur": Language("nucl1301", "Turkish", "tur"),
    "tgl": Language("taga1270", "Tagalog", "tgl"),
    "swh": Language("swah1253", "Swahili", "swh"),
}


def read_example(text: str, language: str | None = None) -> IGT:
    """The text that a fence holds.

    Raises:
        PluginError: If it is misaligned, for examples are there to be followed.
    """
    igt = parse(text.strip("\n").split("\n")).replace(
        language=_LANGUAGES[language] if language else None,
        metalanguage=Language("stan1293", "English", "eng"),
    )
    issues = check(igt)
    if issues:
        raise PluginError(f"an example does not align: {issues[0].message}\n{text}")
    return igt


def show(
    source: str, _language: str, _class: str, options: dict[str, Any], *_: Any, **__: Any
) -> str:
    """A fence as HTML (a formatter of ``pymdownx.superfences``)."""
    return (
        f'<div class="igt-example">{render_entry(read_example(source, options.get("lang")))}</div>'
    )


def show_suggested(*_: Any, **__: Any) -> str:
    """A sentence that igtkit has glossed while the site was made, its alternatives included."""
    igt, prediction, learned, share = generated.suggestion()
    shown = render_entry(prediction.to_igt(igt), prediction.words).replace(
        '<p class="igt-note"', '<p class="igt-note" hidden', 1
    )
    return (
        f'<div class="igt-example">{shown}<p class="igt-note">Suggested by igtkit, which has '
        f"learned from {learned} other sentences; point at a word with a dotted line, or tap it. "
        f"Every word is right here; of all words of such sentences {share:.0%} are.</p></div>"
    )


def _accept(
    _language: str, inputs: dict[str, Any], options: dict[str, Any], *_: Any, **__: Any
) -> bool:
    options.update(inputs)
    return inputs.keys() <= {"lang"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Teach the Markdown of the site its fences."""
    settings = config.mdx_configs.setdefault("pymdownx.superfences", {})
    settings.setdefault("custom_fences", []).extend(
        [
            {"name": "igt", "class": "igt", "format": show, "validator": _accept},
            {"name": "suggested", "class": "igt", "format": show_suggested},
        ]
    )
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the style sheet of igtkit's HTML, the logs of the benchmarks, files to try."""
    made: dict[str, str | bytes] = {
        f"benchmarks/{name}": text for name, text in generated.logs().items()
    }
    made |= {f"downloads/{name}": content for name, content in generated.downloads().items()}
    made["assets/igt.css"] = STYLE
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Put what igtkit says itself at the end of a page: the help of a command, rules, tables."""
    name = page.file.src_uri.removesuffix(".md")
    folder, _, command = name.rpartition("/")
    if folder == "commands":
        markdown = f"{markdown}\n{generated.help_of(command)}"
    ends = {
        "commands/inspect": generated.rules,
        "glossary": generated.labels,
        "published": generated.published,
    }
    return f"{markdown}\n{ends[name]()}" if name in ends else markdown


def inline_pictures(content: str, folder: Path) -> str:
    """Put the drawings of a page into the page."""

    def inline(match: re.Match[str]) -> str:
        alternative, name = match.groups()
        drawing = (folder / name).read_text(encoding="utf-8")
        label = html.escape(html.unescape(alternative))
        return drawing.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

    return _PICTURE.sub(inline, content)


def commands_alone(text: str) -> str | None:
    """What is to be typed of a session, without prompts and output; None if it is no session."""
    typed, within = [], False
    for line in text.split("\n"):
        prompt = next((each for each in (">>> ", "$ ") if line.startswith(each)), None)
        if prompt is None and within and re.match(r"\.\.\.( |$)", line):
            prompt = line[:4]
        within = prompt is not None and prompt != "$ "
        if prompt is not None:
            typed.append(line.removeprefix(prompt))
    return "\n".join(typed) if typed else None


def copy_commands_alone(content: str) -> str:
    """Let the button of a block copy what is to be typed, and nothing else.

    That is no output of a session, and no remark of a shell: the shell of macOS takes one for
    arguments of the command before it.
    """

    def mark(match: re.Match[str]) -> str:
        classes, block = match.groups()
        in_shell = classes.startswith(("language-sh ", "language-console "))
        shown = _REMARK.sub("", block) if in_shell else block
        text = html.unescape(re.sub("<[^>]*>", "", shown)).strip("\n")
        typed = text if shown != block else None
        if 'class="gp"' in block:
            typed = commands_alone(text)
        if typed is None:
            return match[0]
        return f'<div class="{classes}" data-copy="{html.escape(typed)}">{block}'

    return _BLOCK.sub(mark, content)


def on_page_content(content: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Do both on every page."""
    return copy_commands_alone(inline_pictures(content, Path(config.docs_dir) / "images"))

"""Real papers: every example is read or listed, and comes back."""

from __future__ import annotations

import re

import pytest
from documents.latex import STYLES, parse, render

from igtkit.io import read


def real_papers(shared):
    return sorted((shared / "data/interchange/latex").glob("*.tex"))


def test_every_example_of_real_papers_is_read_or_listed(shared):
    found = {}
    for path in real_papers(shared):
        text = path.read_text(encoding="utf-8")
        corpus = read(path, errors="skip")
        uncommented = re.sub(r"(?m)(?<!\\)%.*", "", text)
        examples = len(re.findall(r"\\gll+\b", uncommented))
        assert len(corpus) + len(corpus.skipped) == examples
        assert sum(igt.translation is not None for igt in corpus) + len(corpus.skipped) == len(
            re.findall(r"\\glt\b", uncommented)
        )
        labels = set(re.findall(r"\\label\{([^}]*)\}", uncommented))
        assert {igt.id for igt in corpus} <= labels | {None}
        for igt in corpus:
            assert not re.search(r"[\\{}$]", f"{igt.transcription}{igt.segmentation}{igt.glosses}")
            assert not any("unknown" in igt.metadata.get("latex", {}) for igt in corpus)
        found[path.name] = (len(corpus), len(corpus.skipped))
    assert found == {
        "ende_01_glossed.tex": (53, 0),
        "langsci_326_chapters_04.tex": (203, 0),
        "langsci_445_chapters_ChapterVP.tex": (52, 1),
    }


def test_words_of_a_real_paper_are_those_of_its_lines(shared):
    [path] = [path for path in real_papers(shared) if "ende" in path.name]
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("\\gll")]
    words = [len(lines[number].removeprefix("\\gll").rstrip("\\").split()) for number in starts]
    corpus = read(path)
    assert [len(igt.segmentation.split()) for igt in corpus] == words
    assert [len(igt.glosses.split()) for igt in corpus] == words
    assert all(igt.transcription for igt in corpus)


@pytest.mark.parametrize("style", STYLES)
def test_real_examples_come_back_in_each_style(shared, style):
    for path in real_papers(shared):
        corpus = read(path, errors="skip")
        written, lost = render(corpus, style=style, comments=True)
        assert not lost
        back = parse(written)
        assert list(back) == list(corpus)
        assert [igt.metadata for igt in back] == [igt.metadata for igt in corpus]

"""One text as HTML: nothing lost, nothing run, each morpheme with its gloss."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import HEBREW, Collector, expected
from strategies import aligned_lines

from igtkit.igt import IGT, Language, Prediction, Suggestion
from igtkit.igt.html import STYLE, document, escape, render_entry, to_markup
from igtkit.io import read, write

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.sampled_from(
    ["</p><script>alert(1)</script>", "&lt;", "<!--", '" onclick="x', "]]>", "a\rb", "a\n b"]
)


def markup_of(value):
    """What a notebook is given."""
    return value._repr_html_()


@given(TEXT, TEXT, TEXT)
def test_every_text_comes_out_as_it_went_in(transcription, translation, identifier):
    markup = markup_of(IGT(transcription, translation=translation, id=identifier))
    found = Collector(markup)
    assert found.get("igt-transcription") == [expected(transcription)]
    assert found.get("igt-translation") == [expected(translation)]
    assert found.get("igt-source") == [f"({expected(identifier)})"]
    assert {tag for tag, _ in found.tags} <= {"div", "style", "article", "p"}


@given(aligned_lines())
def test_every_token_of_every_line_is_there_in_order(lines):
    transcription, segmentation, glosses = lines
    found = Collector(markup_of(IGT(transcription, segmentation, glosses)))
    assert "".join(found.get("igt-form")) == "".join(segmentation.split())
    assert "".join(found.get("igt-gloss")) == "".join(glosses.split())
    assert "".join(found.get("igt-surface")) == "".join(transcription.split())


@given(st.text("ab-=~<>.:\\[]()&\"' AB1", max_size=20), st.text("ab-=~<>.:& AB1", max_size=20))
def test_lines_that_do_not_align_lose_nothing(segmentation, glosses):
    found = Collector(markup_of(IGT("x", segmentation, glosses)))
    assert "".join(found.get("igt-form")) == "".join(segmentation.split())
    assert "".join(found.get("igt-gloss")) == "".join(glosses.split())


def test_each_morpheme_stands_with_its_gloss():
    found = Collector(markup_of(IGT("evde mi", "ev-de =mi", "house-LOC =Q")))
    assert found.get("igt-morpheme") == ["ev house", "-de -LOC", "=mi =Q"]
    assert ("abbr", {"title": "locative"}) in found.tags
    dash = Collector(markup_of(IGT("ev - o", "ev - o", "house - that")))
    assert dash.get("igt-morpheme") == ["ev house", "- -", "o that"]


def test_words_run_the_way_that_what_stands_over_them_does():
    for segmentation, way in (("كتب", "rtl"), (None, "ltr")):  # without it, the glosses
        markup = markup_of(IGT("كتب", segmentation, "write"))
        assert f'<ol class="igt-words" role="list" dir="{way}">' in markup


def test_labels_are_marked_and_words_are_not():
    found = Collector(markup_of(IGT(None, "a-b", "see.PST-3SG>1[NOM]")))
    assert found.get("abbr") == ["PST", "3SG", "1", "NOM"]
    assert "".join(found.get("igt-gloss")) == "see.PST-3SG>1[NOM]"


def test_languages_and_directions_are_declared():
    tags = Collector(markup_of(HEBREW)).tags
    assert ("ol", {"class": "igt-words", "role": "list", "dir": "rtl"}) in tags
    assert ("span", {"class": "igt-form", "lang": "he"}) in tags
    assert ("span", {"class": "igt-gloss", "lang": "und-x-stan1293"}) in tags
    assert ("p", {"class": "igt-translation", "lang": "und-x-stan1293", "dir": "auto"}) in tags


def test_lines_of_two_directions_are_not_stacked():
    igt = IGT("الولد", "al-walad-u", "DEF-boy-NOM")
    found = Collector(markup_of(igt))
    assert found.get("igt-transcription") == ["الولد"]
    assert not found.get("igt-surface")
    assert [a["dir"] for tag, a in found.tags if tag == "ol"] == ["ltr"]


def test_a_whole_entry():
    mark = {"judgment": "??", "notes": ["n <1>"]}
    igt = IGT("Ev « .", "ev-ler « .", "house-PL « .", "A?", id="7", source="F", metadata=mark)
    options = (Suggestion("ev-ler", "house-PL", 0.6, ("seen", "twice")), Suggestion("evler", "x"))
    assert render_entry(igt.replace(language="Turkish"), (options,)).strip().split("\n") == [
        '<article class="igt">',
        '<p class="igt-source" dir="auto">(7) · Turkish · F</p>',
        '<ol class="igt-words" role="list" dir="ltr">',
        '<li class="igt-judgment">??</li>',
        (
            '<li class="igt-suggested"><span class="igt-word igt-unsure" tabindex="0">'
            '<span class="igt-surface" lang="und">Ev</span> <span class="igt-morphemes">'
            '<span class="igt-morpheme"><span class="igt-form" lang="und"><bdi>ev</bdi></span> '
            '<span class="igt-gloss" lang="und"><bdi>house</bdi></span></span> '
            '<span class="igt-morpheme"><span class="igt-form" lang="und">-<bdi>ler</bdi></span> '
            '<span class="igt-gloss" lang="und">-<bdi><abbr title="plural">PL</abbr></bdi></span>'
            '</span></span></span> <ul class="igt-alternatives" aria-label="suggestions">'
            "<li><bdi>ev-ler house-PL</bdi> 60%<small>seen</small><small>twice</small></li>"
            "<li><bdi>evler x</bdi></li></ul></li>"
        ),
        *(
            f'<li><span class="igt-surface" lang="und">{token}</span> <span class="igt-morphemes">'
            f'<span class="igt-morpheme"><span class="igt-form" lang="und"><bdi>{token}</bdi></span> '
            f'<span class="igt-gloss" lang="und"><bdi>{token}</bdi></span></span></span></li>'
            for token in "«."
        ),
        "</ol>",
        '<p class="igt-translation" lang="und" dir="auto">A?</p>',
        '<p class="igt-note" dir="auto">n &lt;1&gt;</p>',
        "</article>",
    ]


def test_an_entry_shows_what_there_is():
    assert render_entry(IGT("a b")).strip().split("\n") == [
        '<article class="igt">',
        '<p class="igt-transcription" lang="und" dir="auto">a b</p>',
        "</article>",
    ]
    for lines in (IGT("a", "a"), IGT("a", None, "A")):
        assert 'class="igt-transcription"' not in render_entry(lines)
    notes = IGT("a", metadata={"notes": "no list"})
    assert render_entry(notes) == render_entry(IGT("a"))
    for language in (Language(glottocode="stan1293"), Language(iso639_3="eng")):
        assert "(7) · " in render_entry(IGT("a", id="7", language=language))


def test_the_same_label_is_marked_each_time():
    found = Collector(markup_of(IGT(None, "a-b", "PST-PST.PST")))
    assert found.get("abbr") == ["PST"] * 3
    assert found.get("igt-gloss") == ["PST", "-PST.PST"]


@pytest.mark.parametrize(
    ("probability", "shade"),
    [
        *((0.95, "igt-word"), (0.949, "igt-word igt-likely"), (0.8, "igt-word igt-likely")),
        *((0.799, "igt-word igt-unsure"), (0.5, "igt-word igt-unsure")),
        *((0.499, "igt-word igt-doubtful"), (None, "igt-word")),
    ],
)
def test_where_one_shade_ends_and_the_next_begins(probability, shade):
    shown = render_entry(IGT(None, "a", "A"), ((Suggestion("a", "A", probability),),))
    assert f'<span class="{shade}" tabindex="0">' in shown


def test_suggestions_show_with_their_probabilities():
    guess = Prediction(
        "ev-de",
        "house-LOC",
        system="lookup",
        problems=("cut <short>",),
        words=((Suggestion("ev-de", "house-LOC", 0.91, ("seen",)), Suggestion("evde", "at.home")),),
    )
    found = Collector(markup_of(guess))
    [first, second] = [text for text in found.get("li") if text.startswith(("ev-de ", "evde "))]
    assert (first, second) == ("ev-de house-LOC 91%seen", "evde at.home")
    assert ("span", {"class": "igt-word igt-likely", "tabindex": "0"}) in found.tags
    assert found.get("igt-note") == ["Suggested by lookup, not confirmed"]
    assert "cut <short>" in found.get("li")
    marked = markup_of(guess.to_igt(IGT("evde")))
    assert "Suggested by lookup, not confirmed" in marked


def test_words_of_a_suggestion_are_shaded_by_their_probability():
    mark = {"system": "crf", "probabilities": [0.99, 0.9, 0.6, 0.2, None], "confirmed": False}
    igt = IGT("a b c d e", "a b c d e", "A B C D E", metadata={"prediction": mark})
    found = Collector(markup_of(igt))
    classes = [attributes["class"] for tag, attributes in found.tags if "tabindex" in attributes]
    assert classes == ["igt-word", *(f"igt-word igt-{n}" for n in ("likely", "unsure", "doubtful"))]
    assert [box.strip() for box in found.get("igt-alternatives")] == [
        "a A 99%", "b B 90%", "c C 60%", "d D 20%",
    ]  # fmt: skip
    confirmed = igt.replace(metadata={"prediction": {**mark, "confirmed": True}})
    assert Collector(markup_of(confirmed)).get("igt-alternatives") == []


@pytest.mark.parametrize(
    ("segmentation", "glosses", "shown"),
    [
        ("« kedi-ler » geldi .", "« cat-PL » come .", ["cat-PL 80%", "come"]),
        ("kedi-ler geldi", "cat-PL come", ["cat-PL 80%", "come"]),
        ("kedi-ler", "cat-PL", []),
        ("kedi-ler geldi mi", "cat-PL come Q", []),
    ],
)
def test_suggestions_stand_with_their_words_whatever_the_punctuation(segmentation, glosses, shown):
    """Of a text "« Kediler » geldi.": the glosser may part the period, and leave out the quotes."""
    mark = (Suggestion("«", "«"),)
    words = (mark, (Suggestion(None, "cat-PL", 0.8),), mark, (Suggestion(None, "come"),))
    found = Collector(markup_of(Prediction(segmentation, glosses, words=words)))
    boxes = found.get("igt-alternatives")
    assert [box.strip() for box in boxes] == shown
    assert sum("tabindex" in attributes for _, attributes in found.tags) == len(shown)


def test_a_text_draws_itself_and_loads_little_for_that():
    code = """
import sys, igtkit
loaded = set(sys.modules)
print(igtkit.IGT("a", "a", "b")._repr_html_()[:5], *(set(sys.modules) - loaded))
"""
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    markup, *loaded = result.stdout.split()
    assert markup == "<div>"
    assert "igtkit.igt.html" in loaded
    assert {name.partition("._")[0] for name in loaded} <= {
        "igtkit",
        "igtkit.igt.doubt",
        "igtkit.igt.html",
        "igtkit.igt.quotes",
        "igtkit.igt.tag",
        "html",
        "html.entities",
    }


def test_all_real_predictions_are_shown_whole(shared):
    [gold] = (shared / "data" / "tucl").glob("lez-test*")
    for igt in read(gold):
        found = Collector(markup_of(igt))
        assert "".join(found.get("igt-form")) == "".join((igt.segmentation or "").split())
        assert "".join(found.get("igt-gloss")) == "".join((igt.glosses or "").split())


@given(TEXT)
def test_a_text_within_a_page_is_text(text):
    found = Collector(f'<p title="{escape(text)}">{escape(text)}</p>')
    assert found.get("p") == [expected(text)]
    assert found.tags == [("p", {"title": expected(text)})]


@given(TEXT)
def test_a_page_has_its_title_and_style_around_what_it_holds(title):
    before, after = document(title, "tr", "latin-1")
    found = Collector(before + "<p>x</p>" + after)
    assert found.get("h1") == [expected(title)]
    assert ("html", {"lang": "tr"}) in found.tags
    assert ("meta", {"charset": "latin-1"}) in found.tags
    assert STYLE in found.get("style")[0]
    assert {tag for tag, _ in found.tags}.isdisjoint({"script", "link", "img"})


def test_a_fragment_brings_its_style_once():
    entries = [render_entry(IGT(word)) for word in ("a", "b")]
    found = Collector(to_markup(entries))
    assert found.get("style") == [f"\n{STYLE}"]
    assert found.get("igt-transcription") == ["a", "b"]
    assert [tag for tag, _ in found.tags if tag in ("div", "article")] == ["div", *["article"] * 2]


def test_notes_number_language_and_source_are_shown():
    igt = IGT(
        "a", id="7", source="Frog <1>", language="Tsez", metadata={"notes": ["seen & heard", 3]}
    )
    found = Collector(markup_of(igt))
    assert found.get("igt-note") == ["seen & heard"]
    [source] = found.get("igt-source")
    for part in ("7", "Frog <1>", "Tsez"):
        assert part in source


def test_alternatives_come_with_a_text_that_was_read():
    mark = {
        "system": "crf",
        "confirmed": False,
        "probabilities": [0.9, 0.3],
        "alternatives": [[], [["geldi", "<come>", 0.2]]],
    }
    igt = IGT("Kedi geldi", "kedi gel-di", "cat come-PST", metadata={"prediction": mark})
    markup = igt._repr_html_()
    assert (
        "<li><bdi>gel-di come-PST</bdi> 30%</li><li><bdi>geldi &lt;come&gt;</bdi> 20%</li>"
        in markup
    )
    assert (
        markup.count("igt-alternatives")
        == markup.count("igt-alternatives", 0, markup.index("</style>")) + 2
    )
    assert "<script" not in markup


@pytest.mark.parametrize("ending", ["flextext", "sfm", "jsonl", "csv", "tsv"])
def test_alternatives_are_shown_of_texts_of_every_format_that_keeps_them(tmp_path, ending):
    mark = {
        "system": "crf",
        "score": None,
        "confirmed": False,
        "probabilities": [0.5, 0.25],
        "alternatives": [[["kedi", "dog", 0.125]], []],
    }
    igt = IGT("Kedi geldi", "kedi gel-di", "cat come-PST", id="1", metadata={"prediction": mark})
    path = tmp_path / f"a.{ending}"
    assert not write([igt], path).lost
    markup = read(path)[0]._repr_html_()
    assert "<li><bdi>kedi cat</bdi> 50%</li><li><bdi>kedi dog</bdi> 12%</li>" in markup
    assert 'igt-word igt-doubtful" tabindex="0"' in markup

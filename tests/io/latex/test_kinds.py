r"""Every kind of trouble that real papers make: what must come out, and that nothing goes unseen."""

from __future__ import annotations

import re

import pytest
from documents.latex import parse

from igtkit.io import inspect, read

# case: (segmentation, glosses, translation) of each entry
CASES = {
    "tex01_six_tiers": [("ek ew", "dik eb", "one house")],
    "tex02_textipa_accents": [("köʃede ʈaã t͡sǎ tʰi", "corner.at one two three", "x")],
    "tex03_tipa_diacritics": [("a̤b t̻a s̺a u̟k", "one two three four", "x")],
    "tex04_tipa_letters": [("nƛa sƚa ɚ", "go man er", "x")],
    "tex05_sn_joined": [("ev-de", "house-LOC", None), ("oda-da", "room-LOC", "in the room")],
    "tex07_unknown_macro_cell": [("Es regnet hier", "??? rains here", "It rains here.")],
    "tex08_empty_cells_unequal": [
        ("Kimᵢ geldi _ᵢ eve dün", "who came ??? home.DAT", "Who came home yesterday?")
    ],
    "tex09_db_spacer": [("[Im Haus] wohnt er.", "in.the house lives he", "He lives in the house.")],
    "tex10_math_text_subscript": [("[kim] ev geldi", "who home came", "Who came home?")],
    "tex11_trans_glt": [("evlerde", "house.PL.LOC", "in the houses")],
    "tex13_expex_tilde_label": [
        ("ev-ler", "house-PL", "houses"),
        ("ev-de", "house-LOC", "at home"),
    ],
    "tex14_babel_shorthands": [("ent-laden „gut“", "un-load good", "x")],
    "tex15_citation_star": [("ev-ler", "house-PL", "The houses.")] * 2,
    "tex17_url_in_glft": [("ev-ler", "house-PL", "houses")],
    "tex19_environment_arguments": [("ev-ler", "house-PL", "houses")],
    "tex21_exi_letter": [("ev-ler", "house-PL", "houses"), ("ev-i", "house-ACC", "it")],
    "tex22_gl_endgl": [("ev-ler", "house-PL", "houses")],
    "tex24_covington_line_ends": [
        (
            "Dit is een boekje in het Frans.",
            "This is a small_book in ??? French.",
            "This is a small book in French.",
        )
    ],
    "tex25_exg_bracket": [("[Ev yandı].", "house burned", None)],
}
METADATA = {
    "tex13_expex_tilde_label": [("foo", {}), (None, {"latex": {"group": "bar"}})],
    "tex15_citation_star": [
        (None, {"notes": ["(*‘The house.’)"]}),
        (None, {"notes": ["(speaker comment: odd)"]}),
    ],
    "tex17_url_in_glft": [(None, {"notes": ["(see http://x.org/y)"]})],
    "tex19_environment_arguments": [(None, {})],
    "tex21_exi_letter": [("c", {}), (None, {"latex": {"group": "ex:one"}})],
}


def lines(corpus):
    return [(igt.segmentation, igt.glosses, igt.translation) for igt in corpus]


@pytest.mark.parametrize("name", CASES)
def test_a_known_case_is_read(shared, name):
    corpus = read(shared / "cases" / f"{name}.tex")
    assert lines(corpus) == CASES[name]
    assert not corpus.skipped
    if name in METADATA:
        assert [(igt.id, igt.metadata) for igt in corpus] == METADATA[name]


HOUSE = r"\gll ev-ler yan-dı\\ house-\textsc{pl} burn-\textsc{pst}\\ \glt `Houses burned.'"
END = "\n\n"
COVINGTON = "\\gll ev-ler yan-dı\n house-PL burn-PST\n\\glt `Houses burned.'\n\\glend\n"
LINGUEXX = r"\gl ev-ler yan-dı \\ house-PL burn-PST \\ \endgl"
READ = ("ev-ler yan-dı", "house-PL burn-PST", "Houses burned.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (rf"\begin{{exe}} \exi{{(5')}} {HOUSE} \end{{exe}}", ("5'", "")),
        (rf"\begin{{exe}} \exi{{[iii]}} {HOUSE} \end{{exe}}", ("iii", "")),
        (rf"\begin{{exe}} \exr{{ex:a}} {HOUSE} \end{{exe}}", (None, "ex:a")),
        (rf"\begin{{exe}}\label{{ex:a}} \ex {HOUSE} \end{{exe}}", ("ex:a", "")),
        (rf"\begin{{exe}}[(234)]\label{{ex:a}} \ex\label{{ex:b}} {HOUSE} \end{{exe}}", ("ex:b", "")),
        (rf"\begin{{exe}} \ex \begin{{xlist}}\label{{ex:a}} \ex {HOUSE} \end{{xlist}}\end{{exe}}", ("ex:a", "")),
        (rf"\begin{{exe}} \ex A.\label{{x}} \sn {HOUSE} \end{{exe}}", (None, "")),
        (rf"text \label{{ex:a}} \ea {HOUSE} \z", ("ex:a", "")),
        ("text \\label{ex:a}\n" + rf"\begin{{exe}} \ex {HOUSE} \end{{exe}}", ("ex:a", "")),
        (rf"text \label{{ex:a}} \ex. {HOUSE}{END}", ("ex:a", "")),
        (rf"text \label{{ex:a}} \ea\label{{ex:b}} {HOUSE} \z", ("ex:b", "")),
        (rf"\section{{A}}\label{{x}} \ea {HOUSE} \z", (None, "")),
        (rf"text \label{{sec:a}} \ea {HOUSE} \z", (None, "")),
        (rf"text \label{{ex:a}}{END}\ea {HOUSE} \z", (None, "")),
        (rf"\eal \label{{ex:a}} \ex {HOUSE} \zl", (None, "ex:a")),
        (rf"\eanoraggedright\label{{ex:a}} {HOUSE} \z", ("ex:a", "")),
        (rf"\ex.[(7)] {HOUSE}" + "\n\n", ("7", "")),
        (rf"\exg.[5'.] {HOUSE[5:]}" + "\n\n", ("5'", "")),
        (r"\ex~[exno=3]<foo> \begingl \gla ev-ler yan-dı// \glb house-\textsc{pl} burn-\textsc{pst}// \glft `Houses burned.'// \endgl \xe", ("foo", "")),
        (r"\pex<foo> A heading \a<bar> \begingl \gla ev-ler yan-dı// \glb house-\textsc{pl} burn-\textsc{pst}// \glft `Houses burned.'// \endgl \xe", ("bar", "foo")),
    ],
)  # fmt: skip
def test_numbers_and_labels_of_every_package(text, names):
    [igt] = parse(text)
    assert lines([igt]) == [READ]
    assert (igt.id, igt.metadata.get("latex", {}).get("group", "")) == names


@pytest.mark.parametrize(
    ("rows", "glosses"),
    [
        (r"a b c d\\ A {} C D", "A ??? C D"),
        (r"a b c d\\ A {} C", "A ??? C"),  # as gb4e sets it: D has no gloss
        (r"a b c\\ A \unheard{} C", "A ??? C"),
        (r"a b c\\ A \unheard{}{} C", "A ??? C"),
        (r"a b c\\ A \hphantom{xx} C", "A ??? C"),
        (r"a b c\\ A \index{x} B C", "A B C"),
        (r"a b c\\ A {\footnotesize} C", "A ??? C"),
        (r"a-b c\\ A-\unheard{} C", "A-??? C"),
        (r"a-b c\\ \unheard{}-B C", "???-B C"),
        (r"a b\\ A\unheard{} B", "A B"),  # layout, more likely
        (r"a b\\ \unheard{A} B", "A B"),
        (r"{[}a b{]}\\ {\db}A B", "A B"),
        (r"[a b]\\ {\hspaceThis{[}}A B", "A B"),
    ],
)
def test_no_cell_shifts_the_columns(rows, glosses):
    [igt] = parse(rf"\ea \gll {rows}\\ \z")
    assert igt.glosses == glosses
    assert igt.metadata.get("latex", {}) == (
        {"unknown": ["\\unheard"]} if "unheard" in rows else {}
    )


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (r"\trans \glt `A house.'", "A house."),
        (r"\glt \trans{} `A house.'", "A house."),
        ("\\glt ‘A house.´", "A house."),
        ("\\glt `A house.´", "A house."),
        (r"\glt `A house.\textasciiacute", "A house."),
        ("\\glt ´A house.´", "A house."),
        (r"\glt »A house.«", "A house."),
        (r"\glt ``A house.''", "A house."),
    ],
)
def test_translations_are_found_in_every_quote(sentence, text):
    [igt] = parse(rf"\ea \gll ev\\ house\\ {sentence} \z")
    assert igt.translation == text
    assert igt.metadata == {}


@pytest.mark.parametrize(
    ("brackets", "is_note"),
    [
        ("(*`A hut.')", True),
        ("(?`A hut.')", True),
        ("(lit. `It is house.')", True),
        ("(speaker comment: odd)", True),
        ("(Consultant's comment: `fine')", True),
        ("[context: a fire]", True),
        ("(also: `a hut')", True),
        ("(see http://x.org)", True),
        ("(Smith 2001: 4)", False),
        ("(field notes)", False),
        ("[KL:80]", False),
        ("(Author and Author 2001)", False),
    ],
)
def test_brackets_after_the_translation_are_a_source_or_a_remark(brackets, is_note):
    [igt] = parse(rf"\ea \gll ev\\ house\\ \glt `A house.' {brackets} \z")
    assert igt.translation == "A house."
    assert list(igt.metadata) == (["notes"] if is_note else ["citation"])


@pytest.mark.parametrize(
    ("babel", "form", "text"),
    [
        (r"\usepackage[english,ngerman]{babel}", 'ver"-gessen Auf"|lage', "vergessen Auflage"),
        (r"\usepackage[main=german,english]{babel}", '"a"o"s', "äöß"),
        (r"\documentclass[german]{article}\usepackage{babel}", 'a"~b', "a-b"),
        (r"\usepackage[polish]{babel}", '"`z"n"\'', "„zń”"),
        (r"\usepackage[russian]{babel}", '"<a">', "«a»"),
        (r"\usepackage[ngerman]{babel}", r"\textipa{" "" + '""ma"pa' + "}", "ˌmaˈpa"),
        (r"\usepackage[english]{babel}", 'a"=b', 'a"=b'),
        ("", 'a"=b', 'a"=b'),
    ],
)
def test_short_forms_of_babel_are_those_of_the_language(babel, form, text):
    [igt] = parse(f"{babel}\n\\begin{{document}}\n\\ea \\gll {form} x\\\\ A B\\\\ \\z")
    assert (igt.segmentation or igt.transcription).split()[: len(text.split())] == text.split()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\gla ev-ler// \glb house-PL// \glb N-SFX// \glft `x'//", ("ev-ler", "house-PL", None)),
        (r"\gla evler// \glb ev-ler// \glb house-PL// \glft `x'//", ("ev-ler", "house-PL", "evler")),
        (r"\gla evler// \glb house.PL// \glb N// \glft `x'//", ("evler", "house.PL", None)),
        (r"\gla evler// \glb house-PL// \glb N-SFX// \glft `x'//", (None, "house-PL", "evler")),
        (r"\gla ev-ler// \glb house-PL// \gla yan-dı// \glb burn-PST// \glft `x'//", (*READ[:2], None)),
        (r"\gla[everygla=\it] ev-ler yan-dı// \glb house-PL burn-PST// \glft `x'//", (*READ[:2], None)),
        (r"\gla ev-ler {http://x.y} yan-dı// \glb house-PL ev burn-PST// \glft `x'//", ("ev-ler http://x.y yan-dı", "house-PL ev burn-PST", None)),
        (r"\gla ev-ler \nogloss{ah} yan-dı// \glb house-PL burn-PST// \glft `x'//", ("ev-ler ah yan-dı", "house-PL ??? burn-PST", None)),
    ],
)  # fmt: skip
def test_lines_of_expex(body, expected):
    [igt] = parse(rf"\ex \begingl {body} \endgl \xe")
    assert (igt.segmentation, igt.glosses, igt.transcription) == expected
    assert igt.translation == "x"


@pytest.mark.parametrize(
    "macro", ["gll", "glll", "gllll", "glllll", "gllllll", "glllllll", "gllllllll"]
)
def test_two_to_eight_lines(macro):
    count = len(macro) - 1
    rows = ["ev-ler yan-dı", "house-PL burn-PST", *["x y"] * (count - 2)]
    [igt] = parse("\\ea \\" + macro + " " + "\\\\ ".join(rows) + "\\\\ \\glt `x' \\z")
    assert (igt.segmentation, igt.glosses, igt.translation) == (*rows[:2], "x")


@pytest.mark.parametrize(
    "text",
    [
        f"\\begin{{example}} {COVINGTON}\\end{{example}}",
        f"\\begin{{examples}} \\item {COVINGTON}\\end{{examples}}",
        "\\begin{covexample} " + COVINGTON.replace(" yan", " %\n  yan") + "\\end{covexample}",
        rf"\begin{{exe}}\ex {LINGUEXX} `Houses burned.' \end{{exe}}",
        rf"\ex. {LINGUEXX} \glt `Houses burned.'{END}",
        rf"\ea \begin{{tabular}}[t]{{@{{}}l@{{}}}} {HOUSE} \end{{tabular}} \z",
        rf"\ea \begin{{adjustbox}}{{max width=\linewidth}} {HOUSE} \end{{adjustbox}} \z",
        rf"\ea \begin{{minipage}}[t][2cm]{{.9\linewidth}} {HOUSE} \end{{minipage}} \z",
        rf"\exig. {HOUSE[5:]}{END}",
        rf"\ex. \ag. {HOUSE[5:]}{END}",
    ],
)  # fmt: skip
def test_layouts_of_every_package(text):
    [igt] = parse(text)
    assert lines([igt]) == [READ]
    assert "heading" not in igt.metadata.get("latex", {})


@pytest.mark.parametrize(
    ("hidden", "count"),
    [
        (r"\if0 {} \fi", 0),
        (r"\iffalse {} \else \fi", 0),
        (r"\iffalse \else {} \fi", 1),
        (r"\iftrue {} \else {} \fi", 1),
        (r"\iffalse \ifx\a\b {} \fi {} \fi", 0),
        (r"\begin{{comment}} {} \end{{comment}}", 0),
        (r"\begin{{filecontents*}}{{a.tex}} {} \end{{filecontents*}}", 0),
        (r"\newif\ifdraft \ifdraft {} \fi", 1),
        (r"{} \end{{document}} {}", 1),
    ],
)
def test_what_is_not_typeset_is_not_read(hidden, count):
    example = rf"\ea {HOUSE} \z"
    assert len(parse(hidden.format(example, example))) == count


def test_every_gloss_is_an_entry_or_skipped():
    text = rf"""
\ea {HOUSE} \z
\ea \gll only one line\\ \z
\ea \gllllll a\\ b\\ \z
\begin{{exe}} \ex \gl a \\ \endgl \sn {HOUSE} \end{{exe}}
\ex \begingl \gla a// \endgl \xe
\begin{{example}} \gll a b
\glt `x' \glend \end{{example}}
A label \gl{{pl}} is none.
"""
    corpus = parse(text, errors="skip")
    assert len(corpus) == 2
    assert len(corpus.skipped) == 5
    assert len(corpus) + len(corpus.skipped) == len(re.findall(r"\\(?:gl{1,8}|begingl) ", text))


def test_every_guess_is_told(tmp_path):
    path = tmp_path / "paper.tex"
    path.write_text(
        "\\usepackage[ngerman]{babel}\\begin{document}\n"
        "\\ea \\gll *ent\"=laden x\\\\ un-load {}\\\\ \\glt `x' (*`y') \\z\n"
        "\\ea \\gll a\\\\ \\Pl{}\\\\ \\gll b\\\\ \\unheard{B}\\\\ \\glt `x' \\z\n",
        encoding="utf-8",
    )
    rules = {part.rule: part.count for part in inspect(path).parts}
    assert rules == {
        "latex-two-lines": 3,
        "latex-mark-at-first-word": 1,
        "latex-empty-cells-by-column": 1,
        "latex-joined-blocks": 1,
        "latex-macro-named-like-a-label": 1,
        "latex-babel-shorthands": 1,
        "latex-remark-in-brackets": 1,
        "macro-example": 3,
        "macro-unknown": 1,
    }


@pytest.mark.parametrize(
    ("preamble", "forms"),
    [
        (r"\usepackage{gb4e}", "Kimᵢ geldi tʰa [ev] ["),
        (r"\usepackage[a]{tipa, gb4e}", "Kimᵢ geldi tʰa [ev] ["),
        (r"\usepackage{gb4e}\noautomath", "Kim_i geldi t^ha [ev]_NP ["),
        (r"\usepackage{langsci-gb4e}", "Kim_i geldi t^ha [ev]_NP ["),
        ("", "Kim_i geldi t^ha [ev]_NP ["),
    ],
)
def test_gb4e_lowers_and_raises_without_dollar_signs(preamble, forms):
    [igt] = parse(preamble + r" \ea \gll Kim_i geldi t^{h}a [ev]_{NP} \lb{NP}\\ a b c d e\\ \z")
    assert igt.segmentation == forms
    assert igt.metadata == {}

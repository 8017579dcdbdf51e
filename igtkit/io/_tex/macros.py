r"""What LaTeX macros stand for: the tables that `igtkit.io._tex.markup` goes by.

Symbols are those of LaTeX itself, TIPA, langsci-gb4e and a few that linguists' preambles share
(``\ob`` and ``\cb`` for brackets, ``\gl`` for a label). A macro that is in no table and not defined
in the file keeps its arguments' text.
"""

from __future__ import annotations

import re

from igtkit.conventions import expand_abbreviation
from igtkit.io._tex import tipa

__all__ = [
    "ACCENTS",
    "CAPITALS",
    "CITATIONS",
    "DROPPED",
    "ENVIRONMENTS",
    "FONT_SWITCHES",
    "KEPT",
    "LABELED_BRACKETS",
    "LAST_OF",
    "LEIPZIG_MACROS",
    "QUOTING",
    "SHIFTS",
    "SMALL_CAPS_SWITCHES",
    "SUBSCRIPTS",
    "SUPERSCRIPTS",
    "SYMBOLS",
    "label_of",
]

SYMBOLS = {
    # control symbols
    "%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}",
    " ": " ", "\n": " ", "\t": " ", ",": "", ";": "", ":": "", "!": "", "/": "", "-": "", "@": "",
    "(": "", ")": "", "[": "", "]": "", "+": "", "|": "‖",
    # text symbols
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textless": "<", "textgreater": ">", "textbar": "|", "textquotesingle": "'",
    "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textasciigrave": "`", "textasteriskcentered": "*", "textdollar": "$",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "sim": "~",
    "textasciiacute": "´", "textasciimacron": "¯", "textvisiblespace": "␣", "glq": "‚", "grq": "‘",
    "textsterling": "£", "texteuro": "€", "euro": "€", "textcopyright": "©", "copyright": "©",
    "textdegree": "°", "degree": "°", "textregistered": "®", "texttrademark": "™",
    "textendash": "–", "textemdash": "—", "textbullet": "•", "textperiodcentered": "·",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "pounds": "£", "textsection": "§",
    "ldots": "…", "dots": "…", "textellipsis": "…", "dotso": "…", "dotsc": "…", "cdots": "⋯",
    "guillemotleft": "«", "guillemotright": "»", "flqq": "«", "frqq": "»", "og": "«", "fg": "»",
    "guilsinglleft": "‹", "guilsinglright": "›", "glqq": "„", "grqq": "“", "lq": "‘", "rq": "’",
    "quotedblbase": "„", "quotesinglbase": "‚", "slash": "/", "hyp": "-", "textminus": "−",
    "quad": " ", "qquad": " ", "space": " ", "nobreakspace": " ", "enspace": " ", "thinspace": "",
    "goodtilde": "~", "tilde": "~", "ob": "[", "cb": "]", "op": "(", "cp": ")",
    "newline": " ", "par": " ", "linebreak": " ", "break": " ", "LaTeX": "LaTeX", "TeX": "TeX",
    # letters
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "ss": "ß", "SS": "ẞ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "textthorn": "þ",
    "ipabar": "ǀ", "textexclam": "ǃ",
    # mathematics, as it stands in examples
    "emptyset": "∅", "varnothing": "∅", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "hookrightarrow": "↪", "textrightarrow": "→",
    "textleftarrow": "←", "langle": "⟨", "rangle": "⟩", "textlangle": "⟨", "textrangle": "⟩",
    "times": "×", "cdot": "·", "neq": "≠", "leq": "≤", "geq": "≥", "pm": "±", "ast": "*",
    "star": "⋆", "surd": "√", "checkmark": "✓", "prime": "′", "infty": "∞", "circ": "°",
    "backslash": "\\", "lambda": "λ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "varepsilon": "ε", "theta": "θ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "omega": "ω", "sigma": "σ", "mu": "μ", "pi": "π", "rho": "ρ", "tau": "τ", "eta": "η",
    "forall": "∀", "exists": "∃", "neg": "¬", "wedge": "∧", "vee": "∨", "zerom": "∅", "zero": "∅",
    **tipa.LETTERS,
}  # fmt: skip
r"""What a macro without argument stands for."""

ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "b": "\u0331", "d": "\u0323", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "r*": "\u0325", "s": "\u0329", "ogonek": "\u0328", "capitaltilde": "\u0303",
    **tipa.ACCENTS,
}  # fmt: skip
"""Macros that set a combining mark on the first character of their argument."""

CAPITALS = frozenset(
    [
        "textsc",
        "gl",
        "gls",
        "lpzg",
        "gsc",
        "textscsl",
        "textscit",
        "smallcaps",
        "caps",
        "MakeUppercase",
    ]
)
"""Macros whose argument is in small capitals, which linguists mean as capitals."""

SMALL_CAPS_SWITCHES = frozenset(["sc", "scshape", "scriptsizesc"])
"""Font switches that set the rest of their group in small capitals."""

FONT_SWITCHES = frozenset(
    """bf it rm sl em tt sf bfseries itshape upshape slshape mdseries rmfamily sffamily ttfamily
    normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering
    raggedright relax noindent indent smallskip medskip bigskip hfill hfil vfill clearpage newpage
    pagebreak nopagebreak linebreak nolinebreak protect null strut footnotemark glend leavevmode
    unskip ignorespaces allowbreak sloppy singlespacing maketitle sep itemsep""".split()  # noqa: SIM905
)
"""Macros without argument that leave no trace in the text."""

DROPPED = {
    name: int(count)
    for name, count in (
        pair.split(":")
        for pair in """footnote:1 footnotetext:1 label:1 index:1 is:1 il:1 ia:1 sindex:1 lindex:1
        todo:1 vspace:1 hspace:1 phantom:1 hphantom:1 vphantom:1 marginpar:1 largerpage:0 xspace:0
        hspaceThis:1 spacebr:0 db:0 settowidth:2 jamwidth:0 oneline:0 multicolsep:0
        setcounter:2 addtocounter:2 setlength:2 fontsize:2 vskip:0 hskip:0 end:1 color:1
        pagestyle:1 thispagestyle:1 usefont:4 fontfamily:1 fontseries:1 fontshape:1 nocite:1
        hypertarget:1 rule:2 input:1 include:1 includegraphics:1 exewidth:1 attop:0 selectlanguage:1
        judgewidth:1 resetjudgewidth:0 ExNo:0 glossN:0 nogltOffset:0 gltoffset:0""".split()  # noqa: SIM905
    )
}
"""Macros that leave no trace in the text, with their number of arguments."""

LABELED_BRACKETS = {"lb": "[", "rb": "]"}
"""Brackets of gb4e with a label below, which is left out as an index is."""

KEPT = frozenset(
    """emph textit textbf textrm textsf texttt textup textsl textmd textnormal textlf ul text
    underline uline uuline uwave dashuline dotuline hl ensuremath mbox hbox fbox makebox
    framebox mathrm mathit mathbf mathsf mathnormal mathcal mathbb overline underbar overbar
    widehat oldstylenums MakeLowercase lowercase textlatin textgreek textcyr textcyrillic
    textarab textarabic texthebrew textchinese textjapanese textkorean textthai textulc textln
    llap rlap clap smash smaller larger vtop vbox strong source ulp it bf sl tt""".split()  # noqa: SIM905
)
"""Macros of which the argument is the text, as it stands."""

ENVIRONMENTS = {
    "minipage": 1, "tabular": 1, "tabularx": 2, "tabulary": 2, "array": 1, "adjustbox": 1,
    "multicols": 1, "adjustwidth": 2, "column": 1, "wrapfigure": 2, "spacing": 1, "list": 2,
    "otherlanguage": 1, "varwidth": 1, "longtable": 1, "xltabular": 2, "tcolorbox": 0,
    "scope": 0, "turn": 1, "rotate": 1, "description": 0, "itemize": 0, "enumerate": 0,
}  # fmt: skip
r"""How many arguments follow ``\begin{...}`` in braces; options go with any of them."""

LAST_OF = {
    "textcolor": 2, "colorbox": 2, "fcolorbox": 3, "href": 2, "multicolumn": 3, "multirow": 3,
    "raisebox": 2, "foreignlanguage": 2, "textlanguage": 2, "parbox": 2, "scalebox": 2,
    "resizebox": 3, "hyperref": 1, "hyperlink": 2, "texorpdfstring": 1, "rotatebox": 2,
    "adjustbox": 2, "tikzmark": 1, "rnode": 2, "markover": 1,
}  # fmt: skip
"""Macros of several arguments of which the last is the text."""

QUOTING = frozenset(["qu", "enquote", "sqt", "mkbibquote", "qt", "trs", "q", "ucpenquote", "rede"])
"""Macros that put their argument in quotes."""

CITATIONS = frozenset(
    """cite citep citet citealt citealp citeauthor citeyear citeyearpar parencite textcite footcite
    autocite citeA citeN shortcite posscite citegen citegenitive fullcite cites parencites textcites
    citealtt citeposs Citet Citep Textcite ref pageref autoref cref Cref sectref figref tabref
    eqref exref xref REF""".split()  # noqa: SIM905
)
"""Macros that refer to a source or another place: read as ``(key: pages)``."""

LEIPZIG_MACROS = {
    "First": "1", "Second": "2", "Third": "3", "Fsg": "1SG", "Ssg": "2SG", "Tsg": "3SG",
    "Fpl": "1PL", "Spl": "2PL", "Tpl": "3PL", "Fdu": "1DU", "Sdu": "2DU", "Tdu": "3DU",
    "Aarg": "A", "Parg": "P", "Sarg": "S", "Comp": "COMP", "Excl": "EXCL", "Poss": "POSS",
}  # fmt: skip
"""The glossing macros of the package leipzig whose name is no label of the Leipzig list."""

SHIFTS = frozenset(["textsuperscript", "textsubscript", "up", "textsuper", "textsubscr"])
"""Macros that raise or lower their argument."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzɣʔɦŋɲəʃʒABDEGHIJKLMNOPRTUVW"
        "ʕɥɰʁɹɻʋɪʊɨʉɯɔɛɐɑɒɜɵʌɕʑʂʐɟɡʝɭɱɳɴɸʟθβχð",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻˠˀʱᵑᶮᵊᶴᶾᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"
        "ˤᶣᶭʶʴʵᶹᶦᶷᶤᶶᵚᵓᵋᵄᵅᶛᶟᶱᶺᶝᶽᶳᶼᶡᶢᶨᶩᶬᶯᶰᶲᶫᶿᵝᵡᶞ",
        strict=True,
    )
)
"""Raised characters, where Unicode has them."""

SUBSCRIPTS = dict(
    zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
"""Lowered characters, where Unicode has them."""


_COUNTED = re.compile(r"(one|two|three)([A-Z]\w*)")
_NUMERALS = {"one": "1", "two": "2", "three": "3"}


def label_of(name: str) -> str | None:
    r"""The category label that a macro stands for by its name.

    So do those of the package leipzig, and those that papers define in its manner: ``\Acc``,
    ``\ACC`` and ``\acc`` are ``ACC``, ``\twoP`` is ``2P``, ``\sg`` is ``SG``.
    """
    if name in LEIPZIG_MACROS:
        return LEIPZIG_MACROS[name]
    if match := _COUNTED.fullmatch(name):
        return _NUMERALS[match[1]] + match[2].upper()
    label = name.upper()
    if expand_abbreviation(label) is None or (name.islower() and len(name) == 1):
        return None
    return label

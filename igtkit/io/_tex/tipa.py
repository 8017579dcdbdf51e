r"""TIPA's letters, diacritics and short forms, and their Unicode.

The names are those of ``tipa.sty`` 1.1, ``t3enc.def``, ``tone.sty`` and ``extraipa.sty``, with
what of ``tipx.sty`` has a character; see the TIPA manual (Fukui Rei 2004, appendix A) for each.
Where TIPA has a sign of its own that Unicode has not, no entry stands here, and the macro is
named as unknown.
"""

from __future__ import annotations

__all__ = ["ACCENTS", "LETTERS", "SELECTED", "SHORT", "STACKED", "STARRED", "TONES", "ipa_text"]


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _pairs("""
textbaru ʉ textbari ɨ textturnv ʌ textrevepsilon ɜ textturnh ɥ textturna ɐ textturnscripta ɒ
textramshorns ɤ textbaro ɵ textreve ɘ textschwa ə textscripta ɑ textbeta β textctc ɕ textepsilon ɛ
textphi ɸ textgamma ɣ texthth ɦ textsci ɪ textctj ʝ textinvscr ʁ textturny ʎ textltailm ɱ
textopeno ɔ textglotstop ʔ textrevglotstop ʕ textfishhookr ɾ textesh ʃ texttheta θ textupsilon ʊ
textscriptv ʋ textturnm ɯ textchi χ textscy ʏ textyogh ʒ textscriptg ɡ textprimstress ˈ
textlengthmark ː texthalflength ˑ textpipe ǀ
textscb ʙ texthtb ɓ texthtd ɗ textrtaild ɖ texthtg ɠ textscg ɢ textcrh ħ textbardotlessj ɟ
texthtbardotlessj ʄ textltilde ɫ textbeltl ɬ textrtaill ɭ textturnmrleg ɰ textrtailn ɳ textscn ɴ
textltailn ɲ textbullseye ʘ textrtailr ɽ textturnr ɹ textturnrrtail ɻ textscr ʀ textrtails ʂ
textrtailt ʈ textturnw ʍ textrtailz ʐ textctz ʑ textthorn þ texthvlig ƕ
textsca ᴀ texthtc ƈ textstretchc ʗ textdyoghlig ʤ textrhookschwa ɚ textcloseepsilon ʚ
textcloserevepsilon ɞ textrhookrevepsilon ɝ textbabygamma ɤ texthtscg ʛ texththeng ɧ textsch ʜ
textiota ɩ textObardotlessj ɟ texthtk ƙ textscl ʟ textlyoghlig ɮ textcloseomega ɷ texthtp ƥ
texthtq ʠ textlonglegr ɼ textturnlonglegr ɺ texthtt ƭ textscoelig ɶ textturnt ʇ textteshlig ʧ
textscu ᴜ textinvglotstop ʖ textbarglotstop ʡ textbarrevglotstop ʢ textcommatailz z̦ textwynn ƿ
textcrb ƀ textcrd đ textctd ȡ texthtrtaild ᶑ textsce ᴇ textg g textlhtlongi ɿ textvibyi ʅ
textscj ᴊ textturnk ʞ textbarl ƚ textlambda λ textcrlambda ƛ textOlyoghlig ɮ textctn ȵ
textturncelig ᴔ textomega ω textscomega ꭥ textctesh ʆ textlhookt ƫ textctt ȶ texttslig ʦ
textlhtlongy ʮ textvibyy ʯ textctyogh ʓ textrevyogh ƹ textsoftsign ь texthardsign ъ
textraiseglotstop ˀ textlptr ˂ textrptr ˃ texttoneletterstem |
textceltpal ʹ texthooktop ̉ textrthook ̢ textpalhook ̡ textrevapostrophe ʽ textcorner ̚
textopencorner ˹ textdoublepipe ǁ textdoublebarpipe ǂ textrhoticity ˞ textsecstress ˌ
textvertline | textdoublevertline ‖ textdownstep ꜜ textupstep ꜛ textglobrise ↗ textglobfall ↘
textbarb ƀ textbarc ꞓ textbard đ textbarg ǥ textcrg ǥ textdoublebaresh ʃ̿ textcrtwo ƻ
textcrinvglotstop ƾ textdoublebarslash ≠ textraisevibyi ʅ
textdzlig ʣ textdctzlig ʥ textctdctzlig ȡʑ texttctclig ʨ textcttctclig ȶɕ
textrhooka ᶏ textinvscripta ꭤ textaolig ꜵ textstretchcvar ʗ textfrhookd ᶁ textfrhookdvar ᶁ
textdblig ȸ textrhooke ᶒ textrhookepsilon ᶓ textgrgamma γ textheng ꜧ textctjvar ʝ
texthtbardotlessjvar ʄ textnrleg ƞ textfemale ♀ textuncrfemale ⚲ textrhookopeno ᶗ textqplig ȹ
textlooptoprevesh ƪ textfrhookt ƫ textturntwo ↊ textbenttailyogh ƺ textturnthree ↋ textpipevar ǀ
textdoublepipevar ǁ textdoublebarpipevar ǂ textthornvari þ textthornvarii þ textthornvariii þ
textthornvariv þ textglotstopvari ʔ textglotstopvarii ʔ textglotstopvariii ʔ textscdelta ᴅ
textscf ꜰ textsck ᴋ textscm ᴍ textscp ᴘ textscq ꞯ textrevscr ᴙ textspleftarrow ˿
textdownfullarrow ↓ textupfullarrow ↑ textrectangle ▭
texteng ŋ texteth ð textezh ʒ textbelt ɬ textoe œ textscs ꜱ textsct ᴛ
""")
r"""Letters, modifiers and ligatures by their macro; last, what others call some of them."""

ACCENTS = {
    name: "".join(chr(int(code, 16)) for code in codes.split("+"))
    for name, codes in _pairs("""
textpolhook 328 textrevpolhook 321 textdoublegrave 30F textroundcap 311 textvbaraccent 30D
textdoublevbaraccent 30E textsubgrave 316 textsubacute 317 textsubcircum 32D textsubtilde 330
textsubumlaut 324 textsubring 325 textsubwedge 32C textsubbar 320 textsubdot 323 textsubbridge 32A
textinvsubbridge 33A textsubsquare 33B textsubrhalfring 339 textsublhalfring 31C textsubw 32B
textoverw 1DF1 textseagull 33C textovercross 33D textsubplus 31F textraising 31D textlowering 31E
textadvancing 318 textretracting 319 textsubarch 32F textsyllabic 329 textsuperimposetilde 334
textmidacute 1DC4 textgravemid 1DC5 textgravecircum 1DC8 textcircumacute 1DC9
texthighrise 1DC4 textlowrise 1DC5 textrisefall 1DC8 textfallrise 1DC9
textbottomtiebar 35C texttoptiebar 361
textgravedot 307+300 textdotacute 307+301 textdotbreve 306+307 textacutemacron 304+301
textgravemacron 304+300 textacutewedge 30C+301 textcircumdot 307+302 texttildedot 307+303
textringmacron 304+30A textbrevemacron 304+306
spreadlips 34D overbridge 346 bibridge 32A+346 subdoublebar 347 subdoublevert 348 subcorner 349
whistle 34E sliding 362 crtilde 34A dottedtilde 34B doubletilde 34C partvoiceless 325
inipartvoiceless 325 finpartvoiceless 325 partvoice 32C inipartvoice 32C finpartvoice 32C
sublptr 354 subrptr 355
textsupring 30A textsupwedge 30C textsupbar 304 textsupumlaut 308 textsuptilde 303
""").items()
}
"""Diacritics by their macro: combining marks, the innermost first."""

SHORT = dict(
    zip(
        'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@:;"|!',
        "ɑβɕðɛɸɣɦɪʝʁʎɱŋɔʔʕɾʃθʊʋɯχʏʒʉɨʌɜɥɐɒɤɵɘəːˑˈǀǃ",
        strict=True,
    )
)
r"""What plain characters stand for inside ``\textipa{...}``; the others stand for themselves."""

SELECTED = {
    "*": _pairs("k ʞ f ɟ t ʇ r ɹ w ʍ j ɟ n ɲ h ħ l ɬ z ɮ"),
    ";": _pairs("E ᴇ J ᴊ A ᴀ H ʜ L ʟ U ᴜ B ʙ G ɢ N ɴ R ʀ"),
    ":": _pairs("d ɖ l ɭ n ɳ r ɽ R ɻ s ʂ t ʈ z ʐ"),
    "!": _pairs("G ʛ b ɓ d ɗ g ɠ j ʄ o ʘ"),
    "|": _pairs("[ \u032a ] \u033a ( \u031c ) \u0339 + \u031f ' \u031d ` \u031e < \u0318 > \u0319 "
                "x \u033d w \u032b c \u0311 m \u033c"),
}  # fmt: skip
r"""``\*``, ``\;``, ``\:``, ``\!`` and a letter are another; ``\|`` and a sign is a diacritic."""

STARRED = {
    "`": "\u0316", "'": "\u0317", "^": "\u032d", "~": "\u0330", '"': "\u0324", "H": "\u030f",
    "r": "\u0325", "v": "\u032c", "u": "\u032f", "=": "\u0320", ".": "\u0323", "t": "\u035c",
}  # fmt: skip
r"""What an accent with a star is inside ``\textipa``: the same below the letter."""

STACKED = {
    "`.": "\u0307\u0300", "'=": "\u0304\u0301", "^.": "\u0307\u0302", "~.": "\u0307\u0303",
    "r=": "\u0304\u030a", "v'": "\u030c\u0301", "u=": "\u0304\u0306", ".'": "\u0307\u0301",
    "`=": "\u0304\u0300",
}  # fmt: skip
r"""Accents with a second mark inside ``\textipa``: ``\'=a``."""

TONES = dict(zip("12345", "˩˨˧˦˥", strict=True))
r"""The tone letters of ``\tone{51}``."""


def ipa_text(text: str) -> str:
    r"""Return plain characters inside ``\textipa`` as what they stand for.

    Example:
        >>> ipa_text('""SEN@|m')
        'ˌʃɛŋəǀm'
    """
    text = text.replace('""', "ˌ").replace("||", "ǁ")
    return "".join(SHORT.get(character, character) for character in text)

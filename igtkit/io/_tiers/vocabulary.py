"""What projects call their tiers: the names of each line, in many languages, and of all else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from igtkit._characters import put_in_form

__all__ = ["LANGUAGES", "OTHERS", "VOCABULARY", "words_of"]

_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of(name: str) -> frozenset[str]:
    """The words of a tier's name or type, in small letters without diacritics.

    Example:
        >>> sorted(words_of("freeTranslation_ES")), sorted(words_of("Übersetzung 2"))
        (['es', 'free', 'translation'], ['ubersetzung'])
    """
    plain = put_in_form(name, "NFD")
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return frozenset(word.lower() for word in _WORD.findall(_HUMP.sub(" ", plain)))


def _vocabulary(lines: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {line: words_of(words) for line, words in lines.items()}


VOCABULARY: Mapping[str, frozenset[str]] = _vocabulary(
    {
        "transcription": "tx txt text texto texte testo transcription transcript transcripcion "
        "transcricao trascrizione transkription transkripsi transcriptie transkrypcja utterance "
        "utterances utt ut speech orthographic orthography ortografia orthographie sentence "
        "sentences phrase phrases surface baseline habla orth ort ortho ts spch außerung "
        "ausserung enunciado oracion frase satz kalimat cumle çevriyazı текст транскрипция "
        "высказывание предложение 转写 轉寫 文本 句子 原文 書き起こし 発話 文 نص",
        "words": "wd word words wrd mot mots palabra palabras palavra palavras parola parole "
        "token tokens tok wort worte wörter woord kata kelime sözcük слово слова слов 词 詞 "
        "单词 単語",
        "segmentation": "mb mp mph mr mo morph morphs morpheme morphemes morfema morfemas morfemi "
        "morfem morpho segmentation segmented underlying morphemic morphological morfologico "
        "morfologica segmentacion segmentação segmentazione segmentierung morphemique morphem "
        "morpheem biçimbirim морфема морфемы морфем сегментация разбор 语素 語素 形態素",
        "glosses": "ge gl gls gn gloss glosses glosa glosas glose gloses glossa glosse glossen "
        "glossing glossierung glossaire glos morphemegloss глосса глоссы глосс глоссирование "
        "註解 グロス",
        "translation": "ft fte ftf fe fs tl tr translation translations translate trad traduction "
        "traduccion traducao traducción tradução traduzione translated free english eng en spanish "
        "espanol spa es french francais fra fr german deutsch portuguese portugues pt russian "
        "indonesian mandarin libre livre libera ubersetzung ingles anglais englisch vertaling "
        "oversættelse översättning oversettelse käännös fordítás tłumaczenie překlad çeviri "
        "terjemahan tafsiri dịch перевод переводы русский превод переклад "
        "μετάφραση תרגום traducció tradución traducere prijevod prevod "
        "itzulpena 翻译 翻譯 译文 訳 翻訳 "
        "번역 ترجمة ترجمه",
        "pos": "ps pos category categories categoria categorie rx wps msa wortart частеречный чр "
        "词性 詞性 品詞",
        "notes": "nt note notes nota notas notiz comment comments comentario comentarios "
        "commentaire kommentar catatan com cmt not remark remarks комментарий комментарии "
        "примечание примечания 备注 備註 註 メモ",
    }
)
"""Names in DoReCo, ELAN's corpora and FLEx's exports, and what others call the same."""

LANGUAGES: Mapping[str, str] = {
    word: code
    for code, words in {
        "en": "en eng english ingles anglais englisch inglese английский",
        "es": "es spa spanish espanol castellano espagnol spanisch испанский",
        "fr": "fr fra fre french francais frances franzosisch французский",
        "de": "de deu ger german deutsch aleman allemand немецкий",
        "pt": "pt por portuguese portugues portugais",
        "ru": "ru rus russian русский russe ruso russisch",
        "id": "id ind indonesian indonesia",
        "zh": "zh zho chi cmn chinese mandarin 中文 汉语 漢語",
    }.items()
    for word in words_of(words)
}
"""What a language is called in the names of tiers, and its code."""

OTHERS: Mapping[str, frozenset[str]] = _vocabulary(
    {
        "tier-sounds": "ipa phon phone phones phonem phoneme phonemes phonetic phonetics "
        "phonetisch phonetique fonetica fonetik phonemic phonological phonology ph mau sampa "
        "xsampa syl syll syllable syllables silaba silabas silbe silben syllabe syllabes "
        "sonido sonidos pitch tone tones intonation tobi prosody фонетика фонетическая слог "
        "слоги 音素 音节",
        "tier-identifiers": "id ids lexid morphid wordid entryid lexentry ref refs reference "
        "references segnum number num nr no hn homonym homonyms homograph guid uuid index номер",
        "tier-codes": "lang language languages langue langues lengua lenguas idioma idiomas "
        "sprache lg lgs vcm xds lex mwu ads cds codeswitching codeswitch code codes type types "
        "typ mtype morphtype morphemetype morphtypes gesture gestures gaze emotion sex gender "
        "addressee certainty confidence status tag tags topic topics язык языки тип 语言 語言",
        "tier-else": "context contexts situation setting action actions activity event events "
        "noise noises sound sounds movement movements hand hands head face facial body breath "
        "pause pauses silence laughter music lemma lemmas lemme lexeme lexemes headword etymology "
        "lemmata gesto gestos contexto kontext geste gestes mimik жест жесты контекст лемма",
    }
)
"""For what is no line of a text the words that say so, by the rule of `igtkit.io.GUESSES`."""

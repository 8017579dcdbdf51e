"""Bombs in Xigt, FLEx and ELAN."""

from __future__ import annotations

from fuzz.bomb import SIZE, Files

__all__ = ["BOMBS"]


def _xigt(*tiers: str) -> Files:
    return {"a.xigt": f"<xigt-corpus><igt id='i'>{''.join(tiers)}</igt></xigt-corpus>".encode()}


def _tier(kind: str, items: list[str]) -> str:
    return f"<tier id='{kind[0]}' type='{kind}'>{''.join(items)}</tier>"


def xigt_doubling() -> Files:
    items = [f"<item id='p{n}' content='p{n + 1}+p{n + 1}'/>" for n in range(40)]
    return _xigt(_tier("phrases", [*items, "<item id='p40'>abc</item>"]))


def xigt_circle() -> Files:
    return _xigt(_tier("phrases", ["<item id='a' content='b,b'/><item id='b' content='a,a'/>"]))


def xigt_long_circle() -> Files:
    count = SIZE // 40
    items = [f"<item id='p{n}' content='p{(n + 1) % count},p0'/>" for n in range(count)]
    return _xigt(_tier("phrases", items))


def xigt_chain() -> Files:
    count = SIZE // 40
    items = [f"<item id='p{n}' content='p{n + 1}'/>" for n in range(count)]
    return _xigt(_tier("phrases", [*items, f"<item id='p{count}'>abc</item>"]))


def xigt_one_text_often() -> Files:
    long = f"<item id='p0'>{'a' * (SIZE // 2)}</item>"
    items = [f"<item id='w{n}' content='p0[1:{SIZE}]'/>" for n in range(SIZE // 80)]
    return _xigt(_tier("phrases", [long]), _tier("words", items))


def xigt_long_name() -> Files:
    missing = ",".join(f"x{n}" for n in range(SIZE // 12))
    return _xigt(_tier("phrases", [f"<item id='{'i' * (SIZE // 2)}' content='{missing}'/>"]))


def xigt_gaps() -> Files:
    half = SIZE // 2
    items = [
        f"<item id='m{n}' segmentation='p0[{n % 2 and half}:{n % 2 and half}]'/>"
        for n in range(SIZE // 80)
    ]
    phrase = f"<item id='p0'>{'a' * half}</item>"
    return _xigt(_tier("phrases", [phrase]), _tier("morphemes", items))


_PHRASE = (
    b"<interlinear-text><paragraphs><paragraph><phrases><phrase><words><word>"
    b"<item type='txt' lang='x'>%s</item></word></words></phrase></phrases></paragraph>"
    b"</paragraphs></interlinear-text>"
)


def _flextext(inside: bytes, before: bytes = b"", attributes: bytes = b"") -> Files:
    return {"a.flextext": before + b"<document" + attributes + b">" + inside + b"</document>"}


def attributes_by_default() -> Files:
    text = b"x" * (SIZE // 2)
    doctype = b"<!DOCTYPE document [<!ATTLIST item note CDATA '" + text + b"'>]>"
    words = b"</item><item lang='x'>".join([b"a"] * (SIZE // 50))
    return _flextext(_PHRASE % words, doctype)


def attributes_declared() -> Files:
    declared = b"".join(b"<!ATTLIST item a%d CDATA #IMPLIED>" % n for n in range(SIZE // 64))
    words = b"</item><item>".join([b"a"] * (SIZE // 26))
    return _flextext(_PHRASE % words, b"<!DOCTYPE document [" + declared + b"]>")


def long_namespace() -> Files:
    items = b"".join(b"<a%d/>" % n for n in range(SIZE // 16))
    inside = b"<x xmlns='" + b"n" * (SIZE // 2) + b"'>" + items + b"</x>"
    return _flextext(inside + _PHRASE % b"a")


def namespaces_within() -> Files:
    name = b"n" * 250
    inside = b"<x xmlns='" + name + b"'>" + b"".join(b"<a%d/>" % n for n in range(20_000)) + b"</x>"
    return _flextext(inside + _PHRASE % b"a")


def entities() -> Files:
    doctype = b"<!DOCTYPE a [<!ENTITY a0 'lol'>" + b"".join(
        b"<!ENTITY a%d '&a%d;&a%d;'>" % (n + 1, n, n) for n in range(40)
    )
    return _flextext(_PHRASE % b"&a40;", doctype + b"]>")


def long_attribute() -> Files:
    return _flextext(
        _PHRASE % b"a", attributes=b" version='" + b"\xf0\x9f\x98\x80" * 12_000_000 + b"'"
    )


def long_comment() -> Files:
    return _flextext(_PHRASE % b"a" + b"<!-- " + b"x" * 50_000_000 + b" -->")


def long_instruction() -> Files:
    return _flextext(_PHRASE % b"a" + b"<?x " + b"x" * 50_000_000 + b"?>")


def comment_without_end() -> Files:
    return _flextext(_PHRASE % b"a" + b"<!-- " + b"x" * 50_000_000)


def many_attributes_many_texts() -> Files:
    attributes = b"".join(b" a%d=''" % n for n in range(SIZE // 20))
    return _flextext((_PHRASE % b"a") * (SIZE // 2 // len(_PHRASE)), attributes=attributes)


def rubbish_among_paragraphs() -> Files:
    inside = b"<interlinear-text><paragraphs>" + b"<x/>" * (SIZE // 4)
    inside += b"<paragraph/>" * (SIZE // 4) + b"</paragraphs></interlinear-text>"
    return _flextext(inside)


def deep() -> Files:
    return _flextext(b"<a>" * SIZE)


def tiers_refused() -> Files:
    tiers = b"".join(
        b"<TIER TIER_ID='t%d' LINGUISTIC_TYPE_REF='x' PARENT_REF='none'/>" % n
        for n in range(SIZE // 50)
    )
    return {"a.eaf": b"<ANNOTATION_DOCUMENT>" + tiers + b"</ANNOTATION_DOCUMENT>"}


def vocabulary_of_one_long_entry() -> Files:
    entry = b"<CV_ENTRY_ML CVE_ID='c'><CVE_VALUE>" + b"ev-ler  " * (SIZE // 16)
    head = b"<TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER>"
    head += b"<CONTROLLED_VOCABULARY>" + entry + b"</CVE_VALUE></CV_ENTRY_ML>"
    rows = b"".join(
        b"<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a%d' CVE_REF='c' TIME_SLOT_REF1='s' "
        b"TIME_SLOT_REF2='s'><ANNOTATION_VALUE/></ALIGNABLE_ANNOTATION></ANNOTATION>" % n
        for n in range(SIZE // 150)
    )
    tier = b"<TIER TIER_ID='mb' LINGUISTIC_TYPE_REF='d'>" + rows + b"</TIER>"
    root = b"<ANNOTATION_DOCUMENT>%b</CONTROLLED_VOCABULARY>%b</ANNOTATION_DOCUMENT>"
    return {"a.eaf": root % (head, tier)}


def infixes() -> Files:
    stem = b"<morph type='stem'><item type='txt' lang='x'>%b</item></morph>" % (b"ab" * 30)
    infix = b"<morph type='infix'><item type='txt' lang='x'>um</item></morph>"
    word = b"a</item><morphemes>" + stem + infix * 40 + b"</morphemes><item type='gls' lang='x'>b"
    return _flextext(_PHRASE % word)


def many_morphs() -> Files:
    morph = b"<morph><item type='txt' lang='x'>-a-</item></morph>"
    word = b"a</item><morphemes>" + morph * (10 * SIZE // 50) + b"</morphemes><item>"
    return _flextext(_PHRASE % word)


def _pangloss(sentences: int, words: int, head: str = "") -> Files:
    said = "".join(
        f'<W><M><FORM kindOf="k{n}">a</FORM><TRANSL xml:lang="l{n}">b</TRANSL></M></W>'
        for n in range(words)
    )
    sentence = f"<S>{said}</S>"
    return {"a.xml": f"<TEXT>{sentence}{head}{sentence * sentences}</TEXT>".encode()}


def pangloss_each_word_of_its_kind() -> Files:
    return _pangloss(1, SIZE // 75)


def pangloss_some_kinds_in_each_sentence() -> Files:
    return _pangloss(SIZE // 75 // 15, 15)


def pangloss_titles_of_many_sentences() -> Files:
    titles = "<TITLE>a</TITLE>" * (SIZE // 2 // 16)
    return _pangloss(SIZE // 2 // 80, 1, f"<HEADER>{titles}</HEADER>")


BOMBS = (
    *(xigt_doubling, xigt_circle, xigt_long_circle, xigt_chain, xigt_one_text_often),
    *(xigt_long_name, xigt_gaps, attributes_by_default, attributes_declared),
    *(long_namespace, namespaces_within, entities, long_attribute, long_comment),
    *(long_instruction, comment_without_end, many_attributes_many_texts),
    *(rubbish_among_paragraphs, deep, tiers_refused, vocabulary_of_one_long_entry, infixes),
    many_morphs,
    *(pangloss_each_word_of_its_kind, pangloss_some_kinds_in_each_sentence),
    pangloss_titles_of_many_sentences,
)

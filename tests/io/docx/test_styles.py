"""The styles of a Word document, which its user changes."""

from __future__ import annotations

import pytest

from igtkit.io.docx.styles import STYLES, add_numbering, add_styles, style_id, text_width

docx = pytest.importorskip("docx", reason="Word documents need python-docx")


def test_every_style_is_there_and_based_on_one():
    document = docx.Document()
    add_styles(document)
    for use, style in STYLES.items():
        found = document.styles[style.name]
        assert found.style_id == style_id(use)
        assert found.base_style.name == ("Normal" if use == "base" else "IGT")


def test_the_list_stands_before_the_others():
    document = docx.Document()
    add_numbering(document)
    tags = [child.tag.split("}")[1] for child in document.part.numbering_part.element]
    assert tags == sorted(tags)  # abstractNum before num


def test_the_width_of_a_page():
    section = (document := docx.Document()).sections[0]
    section.page_width, section.left_margin, section.right_margin = (
        docx.shared.Inches(each) for each in (8, 1, 1)
    )
    assert text_width(document) == 6 * 1440

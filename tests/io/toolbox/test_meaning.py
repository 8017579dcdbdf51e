"""What a record says, told from its fields and the markers of the file."""

from __future__ import annotations

from igtkit.igt import IGT
from igtkit.io.toolbox.markers import guess_markers
from igtkit.io.toolbox.meaning import Heading, Meaning
from igtkit.io.toolbox.records import Record

HEAD = ["id", "ref", "tx", "mb", "ge", "ft", "nt"]


def entry_of(*pairs, text=(), media=(), laid_out=None):
    meaning = Meaning(guess_markers(HEAD, {}), "utf-8", laid_out or {}, media)
    fields = [(marker, value, at, False) for at, (marker, value) in enumerate(pairs, 1)]
    return meaning.entry(Record(1, fields, list(text)))


RECORD = [("ref", "1"), ("tx", "evler"), ("mb", "ev    -ler"), ("ge", "house -PL")]


def test_a_record_is_a_text_under_a_heading():
    entry = entry_of(*RECORD, ("ft", " Houses. "), ("zz", "z"), text=[("id", "A"), ("au", "Ann")])
    assert entry.igt == IGT("evler", "ev-ler", "house-PL", "Houses.", id="1", source="A")
    assert entry.igt.metadata == {"toolbox": {"text": [["au", "Ann"]], "fields": [["zz", "z"]]}}
    heading = entry.meaning.heading(entry.record.text)
    assert heading == Heading([("id", "A"), ("au", "Ann")], "A", None, [["au", "Ann"]])


def test_a_record_can_be_read_with_other_fields():
    entry = entry_of(*RECORD)
    changed = [*entry.record.fields[:-1], ("ge", "home -PL", 4, False)]
    assert entry.reread(changed) == entry.igt.replace(glosses="home-PL")
    assert entry.reread(entry.record.fields) == entry.igt


def test_records_are_told_together_each_under_its_own_heading():
    texts = [[("id", "A")], [("id", "B")]]
    fields = [(marker, value, at, False) for at, (marker, value) in enumerate(RECORD, 1)]
    records = [
        Record(1, fields, texts[0]),
        Record(5, fields * 2, texts[0]),
        Record(9, [], texts[1]),
    ]
    meaning = Meaning(guess_markers(HEAD, {}), "utf-8")
    entries = [*meaning.entries(records)]
    assert entries == [meaning.entry(record) for record in records]
    assert [entry.igt.source for entry in entries] == ["A", "A", "B"]
    assert [len(entry.blocks) for entry in entries] == [1, 2, 0]


def test_lines_of_several_blocks_follow_each_other():
    igt = entry_of(*RECORD, ("tx", "ev o"), ("mb", "ev o"), ("ge", "house")).igt
    assert (igt.transcription, igt.segmentation) == ("evler ev o", "ev-ler ev o")
    issue = "block 2: tokens: 2 in \\mb, 1 in \\ge"
    assert igt.metadata == {"toolbox": {"issues": [issue]}}


def test_a_further_line_is_one_of_the_block_where_it_is_laid_out():
    lines = [*RECORD, ("gn", "maison -PL")]
    in_columns = {"toolbox": {"lines": {"gn": "maison-PL"}}}
    assert entry_of(*lines, laid_out={"gn": True}).igt.metadata == in_columns
    assert entry_of(*lines).igt.metadata == in_columns
    free = {"toolbox": {"fields": [["gn", "maison -PL"]]}}
    assert entry_of(*lines, laid_out={"gn": False}).igt.metadata == free


def test_each_text_names_the_recordings_of_the_file():
    media = [{"url": "a.wav"}]
    igt = entry_of(*RECORD, ("ELANMediaURL", "a.wav"), ("nt", "n"), media=media).igt
    assert igt.metadata == {"notes": ["n"], "media": media}

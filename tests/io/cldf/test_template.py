"""A table of examples changed in place: every byte stays but those of the cells that change."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import igtkit
from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.io.cldf.template import conformance_of

pytest.importorskip("pycldf", reason="reading CLDF needs the extra cldf")

HEADER = "ID,Language_ID,Primary_Text,Analyzed_Word,Gloss,Translated_Text,Note"
METADATA = """{
  "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
  "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
  "tables": [{
    "url": "examples.csv",
    "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#ExampleTable",
    "tableSchema": {"columns": [
      {"name": "ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#id"},
      {"name": "Language_ID"},
      {"name": "Primary_Text", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#primaryText"},
      {"name": "Analyzed_Word", "separator": "\\t",
       "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#analyzedWord"},
      {"name": "Gloss", "separator": "\\t",
       "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#gloss"},
      {"name": "Translated_Text",
       "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#translatedText"},
      {"name": "Note"}
    ]}
  }]%s
}
"""


def make(folder, table, more=""):
    folder.mkdir(exist_ok=True)
    (folder / "Generic-metadata.json").write_text(METADATA % more, encoding="utf-8")
    (folder / "examples.csv").write_bytes(table.encode())
    return folder / "Generic-metadata.json"


def change(metadata, items):
    report = igtkit.write(items, metadata.parent / "examples.csv", "cldf", template=metadata)
    return (metadata.parent / "examples.csv").read_bytes().decode(), dict(report.lost)


def test_only_the_cell_is_written_with_quotes_and_line_ends_as_they_were(tmp_path):
    table = (
        f'\ufeff{HEADER}\r\n"1",x,"ev, ""ev""","ev\tev","house\thouse",,"a\r\nb"\r\n'
        "\r\n2,x,kim,kim,,,  c\n"
    )
    metadata = make(tmp_path, table)
    first, second = igtkit.read(metadata)
    text, lost = change(metadata, [second.replace(glosses="who")])
    assert (text, lost) == (table.replace("kim,kim,,", "kim,kim,who,"), {})
    text, lost = change(metadata, [first.replace(translation='A "house", no'), second])
    assert text.startswith(table[:57].split(",,", 1)[0])
    assert '"house\thouse","A ""house"", no","a\r\nb"\r\n\r\n2,x,' in text
    assert igtkit.read(metadata)[0].translation == 'A "house", no'
    assert lost == {}


APART = f"{HEADER}\n1,x,hínu wíi,hin\\t-u\\twíi,be\\t-MSG\\twater,,\n"


def test_cells_that_reading_joins_stay_apart(tmp_path):
    metadata = make(tmp_path, APART)
    [igt] = igtkit.read(metadata)
    assert (igt.segmentation, igt.glosses) == ("hin-u wíi", "be-MSG water")
    text, _ = change(metadata, [igt.replace(glosses="be-M.SG water")])
    assert text == APART.replace("-MSG", "-M.SG")
    [igt] = igtkit.read(metadata)
    text, _ = change(metadata, [igt.replace(segmentation="hín-u wii")])
    assert text == APART.replace("-MSG", "-M.SG").replace("hin\\t-u\\twíi", "hín\\t-u\\twii")


def test_cells_that_cannot_stay_apart_are_written_whole(tmp_path):
    metadata = make(tmp_path, APART)
    [igt] = igtkit.read(metadata)
    text, _ = change(metadata, [igt.replace(glosses="be water")])
    assert text == f"{HEADER}\n1,x,hínu wíi,hin-u\\twíi,be\\twater,,\n"


def test_what_is_not_written_is_reported(tmp_path):
    table = f"{HEADER}\n1,x,ev,ev,house,,\n2,x,kim,kim,who,,\n2,x,ne,ne,what,,"
    metadata = make(tmp_path, table)
    first, second, _ = igtkit.read(metadata)
    items = [first.replace(transcription="EV", pos="N"), second, IGT("x", id="9")]
    text, lost = change(metadata, items)
    assert text == table
    assert lost == {
        "changes of pos": 1,
        "changes of transcription": 1,
        "entries not in the template": 1,
        "ids that the template repeats": 1,
    }
    with pytest.raises(InputError, match="none of the entries is an example"):
        change(metadata, [IGT("x", id="9")])
    with pytest.raises(InputError, match="example 1: a suggestion that nobody has confirmed"):
        change(metadata, [Prediction("ev", "home", system="x").to_igt(first)])
    assert (tmp_path / "examples.csv").read_text() == table


@pytest.mark.parametrize("dialect", ['{"quoteChar": "\'"}', '{"skipRows": 1}'])
def test_tables_that_cannot_be_written_as_they_were(tmp_path, dialect):
    first = "about\n" if "skip" in dialect else ""
    table = f"{first}{HEADER}\n1,x,ev,ev,house,,\n"
    metadata = make(tmp_path, table, f',"dialect": {dialect}')
    items = igtkit.read(metadata)
    with pytest.raises(InputError, match="this form of CSV"):
        change(metadata, items)
    assert (tmp_path / "examples.csv").read_bytes() == table.encode()


def test_a_zipped_table_is_refused(tmp_path):
    metadata = make(tmp_path, f"{HEADER}\n1,x,ev,ev,house,,\n")
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.write(tmp_path / "examples.csv", "examples.csv")
    (tmp_path / "examples.csv").unlink()
    items = igtkit.read(metadata)
    with pytest.raises(InputError, match="unpack it"):
        change(metadata, items)


CELL = st.text("ab,\"\n\r\t'#;é ", max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_any_table_keeps_every_other_cell(tmp_path, rows, end, data):
    out = io.StringIO(newline="")
    kinds = [csv.QUOTE_ALL, csv.QUOTE_MINIMAL][: 1 + (end == "\r\n")]  # a lone CR needs quotes
    quoting = data.draw(st.sampled_from(kinds))
    writer = csv.writer(out, lineterminator=end, quoting=quoting)
    writer.writerow(HEADER.split(","))
    cells = [
        [f"i{n}", language, f"w{text}", "a-b", "x-y", "t", note]
        for n, (language, text, note) in enumerate(rows)
    ]
    writer.writerows(cells)
    metadata = make(tmp_path, out.getvalue())
    items = igtkit.read(metadata)
    text, lost = change(metadata, [items[-1].replace(glosses="x-NEW", translation=None)])
    cells[-1][4:6] = ["x-NEW", ""]
    assert lost == {}
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == cells
    at = out.getvalue().rindex("i" + str(len(rows) - 1))
    assert text[:at] == out.getvalue()[:at]


@pytest.mark.parametrize(
    ("segmentation", "glosses", "said"),
    [
        ("ev-de kim", "house-LOC who", "MORPHEME_ALIGNED"),
        ("ev-de kim", "house who", "WORD_ALIGNED"),
        ("ev-de kim", "house", None),
        ("ev-de", None, None),
    ],
)
def test_how_far_glosses_are_aligned_is_said_in_cldfs_terms(segmentation, glosses, said):
    assert conformance_of(IGT("x", segmentation, glosses)) == said

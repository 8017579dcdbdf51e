"""Faults of real Toolbox files, kind by kind: the shared cases, and others of the same kinds."""

from __future__ import annotations

import re

import pytest
from documents.toolbox import parse, render

from igtkit.io import inspect, read

HEAD = "\\_sh v3.0  400  Text\n\n"


def lines(corpus):
    return [(igt.segmentation, igt.glosses, igt.translation) for igt in corpus]


def fields(igt):
    return igt.metadata.get("toolbox", {}).get("fields", [])


class TestWhereRecordsBegin:
    def test_an_id_within_records_begins_no_text(self, shared):
        first, second = read(shared / "cases/t01.txt")
        assert [first.id, second.id] == ["001", "002"]
        assert [first.metadata["speaker"], second.metadata["speaker"]] == ["CHI", "MOT"]
        assert first.source is second.source is None
        assert fields(first) == [["id", "100234"]]
        assert (first.metadata["begin"], second.metadata["begin"]) == (62.0, 69.0)

    def test_an_id_at_the_end_of_records_begins_no_text(self):
        record = "\\ref {0}\n\\tx ev\n\\mb ev\n\\ge house\n\\ft A house.\n\\id 77{0}\n\n"
        corpus = parse(HEAD + "".join(record.format(number) for number in range(1, 4)))
        assert [igt.id for igt in corpus] == ["1", "2", "3"]
        assert [fields(igt) for igt in corpus] == [[["id", f"77{n}"]] for n in range(1, 4)]

    def test_identifiers_of_morphemes_begin_no_text(self):
        record = "\\ref {0}\n\\tx evler\n\\mb ev    -ler\n\\ge house -PL\n\\id 4     12\n\\ft Houses.\n\n"
        corpus = parse(HEAD + record.format(1) + record.format(2))
        assert [igt.id for igt in corpus] == ["1", "2"]
        assert lines(corpus) == [("ev-ler", "house-PL", "Houses.")] * 2

    def test_a_text_may_lack_its_id(self):
        record = "\\ref {}\n\\tx ev\n\\mb ev\n\\ge house\n\\ft A house.\n\n"
        text = "".join(record.format(number) for number in range(1, 6))
        corpus = parse(HEAD + text + "\\id Second\n" + text)
        assert [igt.source for igt in corpus] == [None] * 5 + ["Second"] * 5

    def test_a_text_without_records_keeps_its_fields_to_itself(self, shared, caplog):
        [igt] = read(shared / "cases/t07.sfm")
        assert (igt.id, igt.source) == ("2.1", "Two")
        assert "toolbox" not in igt.metadata
        assert "notes" not in igt.metadata
        assert "texts without records" in caplog.text
        assert "One" in caplog.text
        assert "Three" in caplog.text

    def test_texts_without_records_are_listed(self, shared):
        left = [part for part in inspect(shared / "cases/t07.sfm").parts if part.kind == "text"]
        assert [(part.name, part.line, part.count) for part in left] == [
            ("One", None, 1),
            ("Three", None, 1),
        ]

    def test_the_markers_of_texts_are_listed(self, shared):
        parts = {part.name: part for part in inspect(shared / "cases/t08.sfm").parts}
        assert (parts["\\name"].line, parts["\\name"].count) == ("title", 2)

    def test_a_title_begins_a_text(self, shared):
        first, second = read(shared / "cases/t08.sfm")
        assert (first.metadata["title"], second.metadata["title"]) == ("First tale", "Second tale")
        assert fields(first) == []

    def test_a_title_below_an_id_is_of_the_same_text(self):
        head = "\\id {0}\n\\name The {0}\n\\ref {0}.1\n\\tx ev\n\\ft A house.\n\n"
        corpus = parse(HEAD + head.format("Fox") + head.format("Hare"))
        assert [(igt.source, igt.metadata["title"]) for igt in corpus] == [
            ("Fox", "The Fox"),
            ("Hare", "The Hare"),
        ]

    def test_a_title_within_records_is_a_field(self):
        record = "\\ref {0}\n\\ti Line {0}\n\\tx ev\n\\ft A house.\n\n"
        corpus = parse(HEAD + record.format(1) + record.format(2))
        assert [fields(igt) for igt in corpus] == [[["ti", "Line 1"]], [["ti", "Line 2"]]]

    def test_a_text_line_after_a_translation_begins_a_sentence(self, shared):
        corpus = read(shared / "cases/t12.sfm")
        assert lines(corpus) == [
            ("ev git-ti", "house go-PST", "The house went."),
            ("kedi gel-di", "cat come-PST", "The cat came."),
        ]
        assert [igt.id for igt in corpus] == ["T.001", None]

    def test_wrapped_blocks_above_one_translation_are_one_sentence(self):
        [igt] = parse(
            "\\ref 1\n\\tx ev\n\\mb ev\n\\ge house\n\n\\tx gitti\n\\mb git -ti\n\\ge go  -PST\n\n"
            "\\ft It went.\n"
        )
        assert lines([igt]) == [("ev git-ti", "house go-PST", "It went.")]

    def test_a_translation_above_the_lines_ends_nothing(self):
        record = "\\ref {}\n\\ft It went.\n\\tx ev\n\\mb ev\n\\ge house\n\n\\tx gitti\n\\mb git -ti\n\\ge go  -PST\n\n"
        corpus = parse(record.format(1) + record.format(2))
        assert lines(corpus) == [("ev git-ti", "house go-PST", "It went.")] * 2

    def test_morphemes_below_a_translation_belong_to_its_sentence(self):
        record = "\\tx evler\n\\ft Houses.\n\\mb ev    -ler\n\\ge house -PL\n"
        for number in ("", "\\ref 1\n"):
            corpus = parse(number + record)
            assert lines(corpus) == [("ev-ler", "house-PL", "Houses.")]

    def test_what_stands_above_every_text_line_belongs_to_what_follows(self, shared):
        corpus = read(shared / "cases/t15.sfm")
        told = ("begin", "end", "speaker")
        assert [[igt.segmentation, *map(igt.metadata.get, told)] for igt in corpus] == [
            ["ev", 0.5, 1.2, "AAA"],
            ["kedi", 1.5, 2.5, "BBB"],
            ["o", 3.5, 4.5, "CCC"],
        ]
        assert [igt.id for igt in corpus] == ["X.001", "X.002", "X.003"]

    @pytest.mark.parametrize("marker", ["block", "utt_no", "A_Transcription", "rec"])
    def test_a_record_marker_of_any_name(self, marker):
        record = "\\{0} {1}\n\\dur 7\n\\tx ev\n\\mb ev\n\\ge house\n\\ft A house.\n\\cf {1}\n\n"
        corpus = parse(HEAD + "".join(record.format(marker, number) for number in range(1, 5)))
        assert [igt.id for igt in corpus] == ["1", "2", "3", "4"]
        assert fields(corpus[1]) == [["dur", "7"], ["cf", "2"]]

    def test_times_alone_above_the_lines(self):
        record = (
            "\\ELANBegin {0}.5\n\\ELANEnd {0}.9\n\\ELANParticipant P{0}\n\\tx ev{0}\n\\ge house\n\n"
        )
        for count in (1, 2, 4):
            corpus = parse(HEAD + "".join(map(record.format, range(count))))
            assert [
                (igt.transcription, igt.metadata["begin"], igt.metadata["speaker"])
                for igt in corpus
            ] == [(f"ev{n}", n + 0.5, f"P{n}") for n in range(count)]

    def test_a_translation_above_every_text_line(self):
        corpus = parse(
            "\\ft A.\n\\tx a\n\\ge A\n\n\\ft B.\n\\tx b\n\\ge B\n\n\\ft C.\n\\tx c\n\\ge C\n"
        )
        assert [(igt.transcription, igt.translation) for igt in corpus] == [
            ("a", "A."),
            ("b", "B."),
            ("c", "C."),
        ]

    def test_the_author_of_each_text_begins_no_record(self):
        text = "\\id {0}\n\\au Ana\n\\tx a\n\\ft A.\n\\tx b\n\\ft B.\n\\tx c\n\\ft C.\n\n"
        corpus = parse(HEAD + text.format("One") + text.format("Two"))
        assert [(igt.source, igt.transcription) for igt in corpus] == [
            (text, line) for text in ("One", "Two") for line in "abc"
        ]
        assert corpus[0].metadata["toolbox"]["text"] == [["au", "Ana"]]


class TestFreeText:
    def test_a_free_line_in_a_block_stays_as_it_is(self, shared):
        corpus = read(shared / "cases/t04.sfm")
        assert [fields(igt) for igt in corpus] == [
            [["ot", "haos blong hem - i go"]],
            [["ot", "han blong hem"]],
        ]
        written, lost = render(corpus)
        assert not lost
        assert "\\ot haos blong hem - i go\n" in written
        assert "\\ot han blong hem\n" in written
        assert [fields(igt) for igt in parse(written)] == [fields(igt) for igt in corpus]

    def test_two_spaces_after_a_full_stop_lay_out_nothing(self):
        text = (
            "\\ref 1\n\\tx ev gitti\n\\mb ev git -ti\n\\ge house go -PST\n\\nl Ja.  He went away.\n"
        )
        [igt] = parse(text)
        assert fields(igt) == [["nl", "Ja.  He went away."]]

    @pytest.mark.parametrize(
        "line", ["haus blo mi", "Rumah terbakar.", "la maison est partie", "x"]
    )
    def test_the_number_of_words_alone_lays_out_nothing_where_columns_stand(self, line):
        text = "\\ref {0}\n\\tx evler      gitti\n\\mb ev    -ler gitti\n\\ge house -PL  went\n\\nl {1}\n\n"
        for igt in parse(HEAD + text.format(1, line) + text.format(2, line)):
            assert fields(igt) == [["nl", line]]

    def test_a_further_line_in_the_columns_is_one_of_the_block(self):
        text = "\\ref 1\n\\tx evler       gitti\n\\mb ev     -ler gitti\n\\ge house  -PL  went\n\\gf maison -PL  partie\n"
        [igt] = parse(text)
        assert igt.metadata["toolbox"]["lines"] == {"gf": "maison-PL partie"}

    def test_a_further_line_where_no_line_keeps_columns_is_told_by_number(self):
        text = "\\ref {}\n\\tx evler gitti\n\\mb ev -ler gitti\n\\ge house -PL went\n\\gf maison -PL partie\n"
        for igt in parse(text.format(1) + text.format(2)):
            assert igt.metadata["toolbox"]["lines"] == {"gf": "maison-PL partie"}

    def test_free_text_is_listed_as_such(self, shared):
        parts = {part.name: part for part in inspect(shared / "cases/t04.sfm").parts}
        assert (parts["\\ot"].line, parts["\\ot"].rule) == (None, "marker-free")


class TestColumns:
    def test_a_stray_hyphen_does_not_unseat_a_line(self, shared):
        [igt] = read(shared / "cases/t06.sfm")
        assert (igt.segmentation, igt.glosses) == ("uc adam gel-di", "three- man come-PST")

    @pytest.mark.parametrize(
        ("tx", "mb", "ge", "segmentation", "glosses"),
        [
            ("uc adam geldi", "uc adam gel -di", "three- man come -PST", "uc adam gel-di", "three- man come-PST"),
            ("uc  adam geldi", "uc  adam gel  -di", "3   -man come -PST", "uc adam gel-di", "3 -man come-PST"),
            ("adam geldi", "adam gel -di", "man come -PST", "adam gel-di", "man come-PST"),
            # two letters of one byte more: where columns and marks differ, and marks fit the words
            ("čeqi zoqʼes", "čeq  -i   zoqʼe -s", "forest -IN be -PST", "čeq-i zoqʼe-s", "forest-IN be-PST"),
        ],
    )  # fmt: skip
    def test_words_stay_words(self, tx, mb, ge, segmentation, glosses):
        [igt] = parse(f"\\ref 1\n\\tx {tx}\n\\mb {mb}\n\\ge {ge}\n")
        assert (igt.segmentation, igt.glosses) == (segmentation, glosses)


class TestElan:
    def test_times_in_hours_minutes_and_seconds(self, shared):
        [igt] = read(shared / "cases/t03.sfm")
        assert (igt.metadata["begin"], igt.metadata["end"]) == (3011.15, 3022.35)
        assert igt.metadata["speaker"] == "AAA"

    @pytest.mark.parametrize(
        ("time", "seconds"),
        [("00:00:01.5", 1.5), ("1:02", 62.0), ("62.25", 62.25), ("10:00:00", 36000.0), ("1:2:3,5", 3723.5)],
    )  # fmt: skip
    def test_every_form_of_time(self, time, seconds):
        [igt] = parse(f"\\ref 1\n\\ELANBegin {time}\n\\ELANEnd {time}\n\\tx ev\n")
        assert (igt.metadata["begin"], igt.metadata["end"]) == (seconds, seconds)

    @pytest.mark.parametrize("time", ["-1.0", "??:??:??", "late", "1:99:99", "nan"])
    def test_what_is_no_time_is_kept_as_it_is(self, time):
        [igt] = parse(f"\\ref 1\n\\ELANBegin {time}\n\\tx ev\n")
        assert "begin" not in igt.metadata
        assert fields(igt) == [["ELANBegin", time]]

    def test_the_old_markers_of_elan(self):
        [igt] = parse("\\ref 1\n\\EUDICOt0 1.5\n\\EUDICOt1 2.5\n\\EUDICOp Ana\n\\tx ev\n")
        assert igt.metadata == {"begin": 1.5, "end": 2.5, "speaker": "Ana"}

    def test_media_at_the_end_belong_to_the_file(self, tmp_path):
        media = (
            "\n\\ELANMediaURL file:///C:/rec/a.mpg\n\\ELANMediaMIME video/mpeg\n"
            "\\ELANMediaOrigin 1500\n\\ELANMediaURL file:///C:/rec/a.wav\n"
            "\\ELANMediaMIME audio/x-wav\n\\ELANMediaExtracted file:///C:/rec/a.mpg\n"
        )
        record = "\\ref {0}\n\\ELANBegin {0}.5\n\\ELANEnd {0}.9\n\\tx ev\n\\ge house\n\n"
        path = tmp_path / "export.txt"
        path.write_text(HEAD + record.format(1) + record.format(2) + media, encoding="utf-8")
        corpus = read(path)
        assert [fields(igt) for igt in corpus] == [[], []]
        assert corpus[0].metadata["media"] == corpus[1].metadata["media"] == [
            {"url": "file:///C:/rec/a.mpg", "mime_type": "video/mpeg", "time_origin": 1.5},
            {
                "url": "file:///C:/rec/a.wav",
                "mime_type": "audio/x-wav",
                "extracted_from": "file:///C:/rec/a.mpg",
            },
        ]  # fmt: skip


class TestUnknownMarkers:
    def test_what_unknown_markers_could_be_is_said(self, shared, caplog):
        read(shared / "cases/t14.sfm")
        [said] = [one for one in caplog.messages if "no marker" in one]
        assert re.search(r"transcription.*glosses.*translation", said)
        assert "\\gw could be the transcription" in said
        assert "\\mgl could be the glosses" in said
        assert "\\eng could be the translation" in said
        assert "markers=" in said

    def test_what_an_unknown_marker_could_be_is_listed(self, shared):
        parts = {part.name: part for part in inspect(shared / "cases/t14.sfm").parts}
        assert [parts[name].rule for name in ("\\gw", "\\mgl", "\\eng")] == [
            "marker-could-be-words",
            "marker-could-be-glosses",
            "marker-could-be-translation",
        ]
        assert [parts[name].line for name in ("\\gw", "\\mgl", "\\eng")] == [None] * 3

    def test_nothing_is_said_where_every_line_has_a_marker(self, caplog):
        parse("\\ref 1\n\\tx ev\n\\mb ev\n\\ge house\n\\ft A house.\n\\xy one more\n")
        assert not caplog.messages

    def test_nothing_is_said_of_dates_and_sources(self, caplog):
        parse("\\ref 1\n\\tx ev\n\\mb ev\n\\ge house\n\\dt 12/Mar/2001\n\\src notebook 3\n")
        assert not caplog.messages


class TestEncodings:
    def test_the_end_of_file_of_dos_is_no_text(self, shared):
        [igt] = read(shared / "cases/t09.sfm")
        assert igt.translation == "A house."

    def test_a_stray_byte_is_named_and_the_rest_can_be_read(self, shared):
        with pytest.raises(ValueError, match=r"t10\.txt:3: .*0xa0, the 7\. of the line") as caught:
            read(shared / "cases/t10.txt")
        assert "1 byte" in str(caught.value)
        assert "latin" not in str(caught.value)
        corpus = read(shared / "cases/t10.txt", errors="skip")
        assert lines(corpus) == [
            ("čeq-i zoqʼe-s", "forest-IN be-PST", "In the forest there was one.")
        ]
        assert len(corpus.skipped) == 1

    def test_two_encodings_in_one_file(self, tmp_path):
        path = tmp_path / "a.sfm"
        record = "\\ref {0}\n\\tx éé   b\n\\mb éé   b\n\\ge a    c\n\\ft maison\n"
        path.write_bytes(
            record.format(1).encode()
            + record.format(2).replace("maison", "château").encode("latin-1")
        )
        with pytest.raises(ValueError, match=r":7: not in utf-8: .* 5 bytes are not UTF-8"):
            read(path)
        corpus = read(path, errors="skip")
        assert [igt.glosses for igt in corpus] == ["a c", "a c"]
        assert [one.line for one in corpus.skipped] == [7, 8, 10]

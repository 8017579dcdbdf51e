"""``igtkit gloss``: from a file that is glossed in part to one with suggestions."""

from __future__ import annotations

import difflib
import json

import pytest
from models.quick import quick_glosser

import igtkit
from igtkit import IGT, load_sample, read, write

SAMPLE = [igt.replace(split=None) for igt in load_sample()[:60]]
OPEN = [igt.replace(segmentation=None, glosses=None) for igt in SAMPLE[57:]]


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    """A folder with a glosser that has learned from the 57: what is not about learning spares it."""
    folder = tmp_path_factory.mktemp("taught")
    quick_glosser().fit(SAMPLE[:57]).save_pretrained(folder)
    return folder


@pytest.fixture
def begun(tmp_path):
    """A file with 57 glossed sentences and three that are not."""
    path = tmp_path / "story.jsonl"
    write([*SAMPLE[:57], *OPEN], path)
    return path


def test_what_is_open_is_suggested_beside_the_file(run, begun):
    before = begun.read_bytes()
    status, out, err = run("gloss", begun)
    assert (status, out) == (0, "")
    assert err.startswith("learning from 57 glossed sentences …\nsuggested ")
    assert "in 3 sentences; by its own estimate " in err
    assert begun.read_bytes() == before
    written = read(begun.with_name("story.suggested.jsonl"))
    assert list(written[:57]) == SAMPLE[:57]
    for igt in written[57:]:
        assert igtkit.check(igt) == ()
        assert igt.metadata["prediction"]["confirmed"] is False


def test_a_share_of_few_words_is_not_told(run, tmp_path):
    few = tmp_path / "few.jsonl"
    write([*SAMPLE[:57], IGT("Kirpi uyudu .")], few)
    status, _, err = run("gloss", few)
    assert status == 0
    assert "\nsuggested 2 words in 1 sentence\n" in err


def test_sentences_that_are_refused_are_told_and_many_are_summed_up(run, taught, tmp_path):
    path = tmp_path / "story.jsonl"
    odd = [IGT(f"Adam ev{n} geldi .", None, "man ???") for n in range(5)]
    write([*odd, IGT("Adam geldi .", None, "man come-PST one ???")], path)
    status, _, err = run("gloss", path, "--model", taught)
    said = err.splitlines()
    assert status == 3
    assert said[0].startswith(
        "  not glossed: entry 1: the transcription has 3 words, the glosses 2"
    )
    assert said[2] == (
        "  not glossed: 4 more, likewise; igtkit check --notes names each whose lines do not pair up"
    )
    assert "6 sentences could not be glossed" in said[3]
    write(odd, path)
    *_, err = run("gloss", path, "--model", taught)
    assert err.count("  not glossed: entry ") == 5
    write([IGT("Adam geldi .", None, "man come-PST one ???")], path)
    *_, err = run("gloss", path, "--model", taught)
    assert "2 words, the glosses 4: it takes as many; a space within a word is written as" in err


def test_what_is_open_tells_of_its_new_stems(run, taught, tmp_path):
    path = tmp_path / "story.jsonl"
    new = ("Kirpi geldi .", "Kirpiler uyudu .", "Adam geldi .")
    write([*SAMPLE[:57], *map(IGT, new)], path)
    assert run("gloss", path, "--model", taught)[0] == 0
    systems = [
        igt.metadata["prediction"]["system"]
        for igt in read(tmp_path / "story.suggested.jsonl")[57:]
    ]
    together = "CrfGlosser (texts glossed together)"
    assert systems == [together, together, "CrfGlosser"]


def test_suggestions_are_not_written_over(run, begun, taught):
    asked = ("gloss", begun, "--model", taught)
    run(*asked)
    status, _, err = run(*asked)
    assert status == 2
    assert "story.suggested.jsonl is there already, perhaps with your corrections" in err
    assert run(*asked, "-o", begun.with_name("story.suggested.jsonl"))[0] == 0


def test_the_file_itself_is_written_only_on_request(run, begun, taught):
    before = begun.read_bytes()
    asked = ("gloss", begun, "--model", taught)
    status, _, err = run(*asked, "-o", begun)
    assert (status, begun.read_bytes()) == (2, before)
    assert "--in-place" in err
    assert run(*asked, "--in-place")[0] == 0
    assert begun.with_name("story.jsonl.bak").read_bytes() == before
    assert all(igt.glosses for igt in read(begun))
    assert run(*asked, "--in-place", "-o", "x")[0] == 2


def test_processes_share_the_work_and_give_the_same(run, begun, tmp_path):
    alone, together = tmp_path / "alone.jsonl", tmp_path / "shared.jsonl"
    assert run("gloss", begun, "-o", alone)[0] == 0
    assert run("gloss", begun, "--jobs", 2, "-o", together)[0] == 0
    assert together.read_bytes() == alone.read_bytes()


def test_a_dry_run_writes_nothing(run, begun, taught):
    status, out, _ = run("gloss", begun, "--model", taught, "--dry-run", "--json")
    assert status == 0
    said = json.loads(out)
    assert (said["sentences"], said["refused"]) == (3, 0)
    assert 0 < said["expected_right"] < said["judged"] == said["words"]
    assert [path.name for path in begun.parent.iterdir()] == ["story.jsonl"]


def test_suggestions_are_not_suggested_again(run, begun, taught):
    run("gloss", begun, "--model", taught)
    status, _, err = run("gloss", begun.with_name("story.suggested.jsonl"))
    assert status == 3
    assert "3 sentences with suggestions that nobody has confirmed" in err


def test_nothing_open_and_nothing_glossed_have_a_status_of_their_own(run, tmp_path):
    write(SAMPLE[:30], tmp_path / "done.jsonl")
    status, _, err = run("gloss", tmp_path / "done.jsonl")
    assert (status, err.count("\n")) == (3, 1)
    assert "nothing to suggest: every word is glossed" in err
    write(OPEN, tmp_path / "open.jsonl")
    status, _, err = run("gloss", tmp_path / "open.jsonl")
    assert (status, err.count("\n")) == (3, 1)
    assert "nothing is glossed yet" in err
    assert "--learn" in err


def test_it_learns_from_other_files(run, tmp_path):
    write(SAMPLE[:30], tmp_path / "done.jsonl")
    write(OPEN, tmp_path / "open.jsonl")
    status, _, err = run(
        "gloss", tmp_path / "open.jsonl", "--learn", tmp_path / "done.jsonl", "-o",
        tmp_path / "out.csv",
    )  # fmt: skip
    assert status == 0
    assert "learning from 30 glossed sentences" in err
    assert "that is little" in err
    assert len(read(tmp_path / "out.csv")) == 3


def test_a_saved_glosser_is_used_as_it_is(run, begun, tmp_path):
    igtkit.models.LookupGlosser().fit(SAMPLE[:57]).save_pretrained(tmp_path / "model")
    status, _, err = run("gloss", begun, "--model", tmp_path / "model")
    assert status == 0
    assert "learning" not in err
    status, _, err = run("gloss", begun, "--dry-run", "--model", tmp_path / "model", "--evidence")
    assert status == 2
    assert "LookupGlosser has no --evidence" in err
    assert run("gloss", begun, "--dry-run", "--model", tmp_path / "none")[0] == 2


def test_of_several_languages_one_is_chosen(run, tmp_path):
    finnish = [IGT("talo", "talo", "house", language="Finnish"), IGT("talo", language="Finnish")]
    turkish = [igt.replace(language="Turkish") for igt in [*SAMPLE[:30], *OPEN]]
    path = tmp_path / "both.jsonl"
    write([*turkish, *finnish], path)
    status, _, err = run("gloss", path)
    assert status == 2
    assert "several languages: Turkish (33), Finnish (2); choose one with --language" in err
    assert run("gloss", path, "--language", "turkish")[0] == 0
    written = read(tmp_path / "both.suggested.jsonl")
    assert list(written[-2:]) == finnish
    assert all(igt.glosses for igt in written[:33])
    status, _, err = run("gloss", path, "--language", "Lezgi", "--dry-run")
    assert status == 2
    assert "no text is in Lezgi; there are: Turkish (33), Finnish (2)" in err


def test_labels_lexicon_and_threshold(run, begun, taught, tmp_path):
    words = tmp_path / "words.csv"
    words.write_text("form,gloss\nçocuk,KID\n", encoding="utf-8")
    output = tmp_path / "out.jsonl"
    status, *_ = run("gloss", begun, "--lexicon", words, "--labels", "PST=PRET", "-o", output)
    assert status == 0
    glosses = " ".join(igt.glosses for igt in read(output)[57:])
    assert "PRET" in glosses
    assert "PST" not in glosses
    assert run("gloss", begun, "--labels", "PST", "-o", output)[0] == 2
    assert run("gloss", begun, "--model", taught, "--threshold", 0.9, "-o", output)[0] == 0
    assert any("???" in igt.glosses for igt in read(output)[57:])
    assert run("gloss", begun, "--threshold", 7, "-o", output)[0] == 2


@pytest.mark.parametrize("ending", ["eaf", "flextext"])
def test_a_file_of_elan_or_flex_keeps_all_that_is_in_it(run, taught, tmp_path, ending):
    path = tmp_path / f"story.{ending}"
    write([*SAMPLE[:57], *OPEN], path)
    assert run("gloss", path, "--model", taught)[0] == 0
    written = path.with_name(f"story.suggested.{ending}")
    lines = [each.read_text(encoding="utf-8").splitlines() for each in (path, written)]
    changes = list(difflib.ndiff(*lines))
    assert not [line for line in changes if line.startswith("- ")]
    assert [igt.glosses for igt in read(written)[:57]] == [igt.glosses for igt in SAMPLE[:57]]
    assert all(igt.glosses for igt in read(written)[57:])


def test_real_files_of_elan_and_flex(run, shared, tmp_path):
    folder = shared / "data" / "interchange"
    for file, words in (
        ("eaf/lingview_aingae_kuke_chiste.eaf", 49),
        ("flextext/cldflex_apalai.flextext", 3),
    ):
        path = tmp_path / (folder / file).name
        path.write_bytes((folder / file).read_bytes())
        status, out, _ = run("gloss", path, "--json")
        assert (status, json.loads(out)["words"]) == (0, words)
        before, after = (read(each) for each in (path, json.loads(out)["output"]))
        pairs = [
            (a, b) for a, b in zip(before, after, strict=True) if "???" not in (a.glosses or "?")
        ]
        assert all(a.glosses == b.glosses for a, b in pairs)


def test_standard_input_needs_a_name_for_the_output(run, begun):
    status, _, err = run("gloss", "-")
    assert status == 2
    assert "-o" in err


def test_a_dataset_gets_a_folder_of_its_own(run, taught, tmp_path):
    metadata = tmp_path / "data/Generic-metadata.json"
    metadata.parent.mkdir()
    write([*SAMPLE[:57], *OPEN], metadata, "cldf")
    before = {path: path.read_bytes() for path in metadata.parent.iterdir()}
    assert run("gloss", metadata)[0] == 0
    assert {path: path.read_bytes() for path in metadata.parent.iterdir()} == before
    written = read(tmp_path / "data.suggested/Generic-metadata.json")
    assert all(igt.glosses for igt in written)
    status, _, err = run("gloss", metadata, "--in-place")
    assert status == 2
    assert "a CLDF dataset is several files" in err
    assert run("gloss", metadata)[0] == 2  # suggestions that are there already
    asked = ("gloss", metadata.parent, "--model", taught, "--format", "cldf")
    assert run(*asked, "-o", tmp_path / "out.jsonl")[0] == 0


def test_alternatives_and_reasons_are_kept_where_they_are_asked_for(run, begun, taught, tmp_path):
    output = tmp_path / "out.jsonl"
    asked = ("gloss", begun, "--model", taught)
    assert run(*asked, "--n-best", 3, "--evidence", "-o", output)[0] == 0
    for igt in read(output)[57:]:
        mark = igt.metadata["prediction"]
        assert len(mark["alternatives"]) == len(mark["evidence"]) == len(mark["probabilities"])
        assert any(mark["evidence"])
        assert all(len(others) <= 2 for others in mark["alternatives"])
    assert any(
        others for igt in read(output)[57:] for others in igt.metadata["prediction"]["alternatives"]
    )
    run(*asked)
    plain = read(begun.with_name("story.suggested.jsonl"))[57].metadata["prediction"]
    assert plain.keys() == {"system", "score", "confirmed", "probabilities"}


def test_what_makes_no_sense_is_refused_before_anything_is_learned(run, begun):
    for wrong in (("--labels", "PST"), ("--threshold", 1.5), ("--threshold", "nan")):
        status, _, err = run("gloss", begun, *wrong)
        assert (status, err.count("\n")) == (2, 1)
        assert wrong[0] in err


def test_where_nothing_is_sure_enough_nothing_is_written(run, begun):
    finnish = igtkit.models.LookupGlosser().fit([IGT("talo", "talo", "house")])
    finnish.save_pretrained(begun.parent / "other")
    status, _, err = run("gloss", begun, "--model", begun.parent / "other")
    assert status == 3
    assert "nothing could be suggested, so nothing is written" in err
    assert not begun.with_name("story.suggested.jsonl").exists()

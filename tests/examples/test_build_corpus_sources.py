r"""The adapters of the script that builds a corpus, each on its source's layout as it is published.

Names and structure are those of sigmorphon/2023glossingST, foltaProject/glosslm (ODIN, Guarani),
wav2gloss/fieldwork (branches ``src`` and ``main``), langsci/imtvault and lecslab/glosslm-corpus; the
texts are our own.
"""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

import igtkit
from igtkit import IGT, Language

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "examples" / "build_corpus.py"
TURKISH = Language("nucl1301", "Turkish", "tur")
ENGLISH = Language("stan1293", "English", "eng")


def load_script():
    spec = importlib.util.spec_from_file_location("build_corpus_sources", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT_MODULE = load_script()


def read_source(name, path):
    """The texts, what could not be read, and the rules by which files were passed over."""
    unreadable, accounts = [], []
    texts = list(SCRIPT_MODULE.read_source(name, path, unreadable, accounts))
    [account] = accounts
    assert account["entries"] == len(texts)
    passed = Counter(each["rule"] for each in account["passed over"])
    return texts, unreadable, passed


def write(path, text=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


ENTRY = "\\t {0}ler geldi\n{1}\\g {2}\n\\l Houses came.\n\n"


def write_task(folder, code="git", splits=("train", "dev", "test"), tracks=("1", "2")):
    for split in splits:
        for track in tracks:
            for covering in ("covered", "uncovered"):
                segmentation = f"\\m {split}-ler gel-di\n" if track == "2" else ""
                glosses = "house-PL come-PST" if covering == "uncovered" else ""
                write(
                    folder / f"{code}-{split}-track{track}-{covering}",
                    ENTRY.format(split, segmentation, glosses),
                )


# The shared task


def test_of_the_shared_task_each_entry_comes_once_with_its_segmentation(tmp_path):
    write(tmp_path / "README.md", "# SIGMORPHON 2023")
    write(tmp_path / "baseline/src/data.py", "import re")
    write(tmp_path / "baseline/requirements.txt", "torch")
    for folder in ("data", "data_v1", "data_v2"):
        write_task(tmp_path / folder / "Gitksan")
        write(tmp_path / folder / "Gitksan" / "LICENSE.txt", "CC")
    write_task(tmp_path / "data" / "Uspanteko", "usp", tracks=("1",))
    texts, unreadable, passed = read_source("sigmorphon", tmp_path)
    assert unreadable == []
    assert [(igt.id, igt.segmentation) for igt in texts] == [
        ("git-dev-1", "dev-ler gel-di"),
        ("git-test-1", "test-ler gel-di"),
        ("git-train-1", "train-ler gel-di"),
        ("usp-dev-1", None),
        ("usp-test-1", None),
        ("usp-train-1", None),
    ]
    assert [igt.split for igt in texts[:3]] == ["dev", "test", "train"]
    assert {igt.metalanguage.iso639_3 for igt in texts[3:]} == {"spa"}
    assert all(igt.glosses == "house-PL come-PST" for igt in texts)
    assert passed == {
        "covered": 18 + 3,
        "older release": 12,
        "segmented elsewhere": 3,
        "no corpus by its name": 6,
    }


def test_an_older_release_that_is_named_is_read(tmp_path):
    write_task(tmp_path / "data" / "data_v1" / "Gitksan")
    texts, _, passed = read_source("sigmorphon", tmp_path / "data" / "data_v1")
    assert len(texts) == 3
    assert "older release" not in passed


def test_what_systems_have_made_of_the_shared_task_is_no_corpus(tmp_path):
    write_task(tmp_path / "data" / "Gitksan", splits=("train",))
    write(tmp_path / "submissions/Team_1/git-test-track1-covered.txt", ENTRY.format("x", "", "X Y"))
    write(tmp_path / "notes.txt", "remarks")
    texts, unreadable, passed = read_source("sigmorphon", tmp_path)
    assert [igt.split for igt in texts] == ["train"]
    assert passed["covered"] == 3
    assert [Path(row["path"]).name for row in unreadable] == ["notes.txt"]


def test_a_shared_task_with_covered_files_alone_is_an_error(tmp_path):
    write(tmp_path / "lez-test-track2-covered", ENTRY.format("a", "\\m a-ler gel-di\n", ""))
    with pytest.raises(igtkit.errors.InputError, match=r"nothing was read .*covered"):
        read_source("sigmorphon", tmp_path)


def test_one_file_of_the_shared_task(tmp_path):
    write_task(tmp_path, "ddo")
    texts, _, _ = read_source("sigmorphon", tmp_path / "ddo-dev-track1-uncovered")
    assert [(igt.language.name, igt.split) for igt in texts] == [("Tsez", "dev")]


# Guarani


def test_of_guarani_the_mended_stories_are_read(tmp_path):
    story = "\\t Aha ógape .\n\\m A-ha óga-pe .\n\\g 1Sg-go house-Loc .\n\\l I go home .\n\n"
    write(tmp_path / "Guarani Corpus/data-fixed/Story1-fixed.txt", story + "\\t Néi\n\\g yes\n")
    write(tmp_path / "Guarani Corpus/data-scraped/Story1.txt", story)
    write(tmp_path / "Guarani Corpus/Story1.html", "<p>")
    texts, unreadable, passed = read_source("guarani", tmp_path / "Guarani Corpus")
    assert unreadable == []
    assert [(igt.id, igt.metalanguage) for igt in texts] == [
        ("Story1-1", ENGLISH),
        ("Story1-2", None),
    ]
    assert {igt.language.iso639_3 for igt in texts} == {"gug"}
    assert passed == {"before mending": 1, "no corpus by its name": 1}


# Fieldwork

ROW = {
    "transcription": "evlerde",
    "surface": "ev - ler =de",
    "underlying": "ev -lAr =DA",
    "gloss": "house - PL =LOC",
    "translation": "in the houses",
    "translation_language": "en",
    "discard": False,
}
WHOLE = IGT(
    "evlerde",
    "ev-ler=de",
    "house-PL=LOC",
    "in the houses",
    language=TURKISH,
    metalanguage=ENGLISH,
    source="fieldwork",
)


def test_fieldwork_s_json_by_language_and_split(tmp_path):
    folder = tmp_path / "data" / "nucl1301"
    for split in ("train", "dev", "test"):
        name = f"{split}_1.wav"
        write(folder / f"{split}.json", json.dumps({name: ROW, "b.wav": {**ROW, "gloss": None}}))
        write(folder / "audio" / f"{split}.tar.gz")
    write(folder / "notes.json", json.dumps({"x": 1}))
    texts, unreadable, passed = read_source("fieldwork", tmp_path)
    assert texts[0] == WHOLE.replace(id="dev_1", split="dev", metadata=texts[0].metadata)
    assert texts[0].metadata == {"underlying": "ev -lAr =DA"}
    assert [igt.split for igt in texts] == ["dev", "dev", "test", "test", "train", "train"]
    assert [Path(row["path"]).name for row in unreadable] == ["notes.json"]
    assert passed == {"recordings": 3}


def test_fieldwork_s_tables_keep_what_is_held_out_and_no_sound(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    for split in ("train", "validation", "test"):
        row = {
            **ROW,
            "id": f"{split}-1",
            "audio": {"bytes": bytes(1000), "path": "a.wav"},
            "language": "nucl1301",
            "length": 1.5,
            "discard": True,
        }
        path = tmp_path / "data" / f"{split}-00000-of-00001.parquet"
        path.parent.mkdir(exist_ok=True)
        parquet.write_table(pyarrow.Table.from_pylist([row]), path)
    texts, unreadable, _ = read_source("fieldwork", tmp_path)
    assert unreadable == []
    assert [(igt.split, igt.id) for igt in texts] == [
        ("dev", "validation-1"),
        ("test", "test-1"),
        ("train", "train-1"),
    ]
    assert texts[0].metadata == {
        "underlying": "ev -lAr =DA",
        "audio": "a.wav",
        "length": 1.5,
        "discard": True,
    }


@pytest.mark.parametrize("content", ["[1, 2]", "{", '"x"', '{"a.wav": {"transcription": 3}}'])
def test_fieldwork_s_json_that_makes_no_sense_is_told(tmp_path, content):
    write(tmp_path / "nucl1301" / "dev.json", json.dumps({"a.wav": ROW}))
    write(tmp_path / "nucl1301" / "train.json", content)
    texts, unreadable, _ = read_source("fieldwork", tmp_path)
    assert len(texts) == 1
    assert len(unreadable) in (1, 2)


# GlossLM and PolyGloss


def test_the_tables_of_glosslm_have_their_splits_in_their_names(tmp_path):
    header = "id,source,transcription,glosses,is_segmented\n"
    for name in ("train", "eval_ID", "test_OOD", "train_ID"):
        rows = f"1,uratyp,{name}ev,house-LOC,no\n1,uratyp,{name}e-v,house-LOC,yes\n"
        write(tmp_path / "data" / f"{name}-00000-of-00001.csv", header + rows)
    write(tmp_path / "dataset_info.txt", "x")
    texts, unreadable, _ = read_source("glosslm", tmp_path)
    assert [(igt.split, igt.transcription) for igt in texts] == [
        ("dev", "eval_IDev"),
        ("test", "test_OODev"),
        ("train", "trainev"),
        ("train", "train_IDev"),
    ]
    assert all(igt.segmentation == igt.transcription[:-1] + "-v" for igt in texts)
    assert [Path(row["path"]).name for row in unreadable] == ["dataset_info.txt"]


# CLDF


def write_dataset(folder, texts):
    pytest.importorskip("pycldf", reason="pycldf is not installed (the extra `cldf`)")
    folder.mkdir(parents=True)
    igtkit.write(texts, folder / "Generic-metadata.json", "cldf")


def test_a_cldf_dataset_as_it_is_published(tmp_path):
    write_dataset(
        tmp_path / "imtvault" / "cldf",
        [
            IGT("Evde", "ev-de", "house-LOC", language=TURKISH, id="1"),
            IGT("Ev var", "ev var", "house exist", id="2"),
        ],
    )
    write(tmp_path / "imtvault" / "setup.py", "x")
    write(tmp_path / "imtvault" / "metadata.json", '{"title": "IMTVault"}')
    texts, unreadable, _ = read_source("imtvault", tmp_path / "imtvault")
    assert unreadable == []
    assert [(igt.transcription, igt.segmentation, igt.language) for igt in texts] == [
        ("evde", "ev-de", TURKISH),
        ("ev var", None, None),
    ]


def test_several_datasets_in_a_folder(tmp_path):
    for name in ("one", "other"):
        write_dataset(tmp_path / name, [IGT(name, name, "x")])
    texts, _, _ = read_source("cldf", tmp_path)
    assert [igt.transcription for igt in texts] == ["one", "other"]
    texts, unreadable, passed = read_source("mine", tmp_path)
    assert len(texts) == 2
    assert unreadable == []
    assert passed == {"table of a dataset": 4}


# ODIN


def test_other_files_beside_odin_s_are_told(tmp_path):
    folder = tmp_path / "ODIN" / "odin_data_sigmorphon"
    for name in ("tur.txt", "*xxx*.txt", "TOTAL.txt"):
        write(folder / name, "\\t ev\n\\g house\n\n")
    write(folder / "tur.xml", "<xigt-corpus/>")
    texts, unreadable, passed = read_source("odin", tmp_path / "ODIN")
    assert [(igt.id, igt.language) for igt in texts] == [("*xxx*-1", None), ("tur-1", TURKISH)]
    assert [Path(row["path"]).name for row in unreadable] == ["tur.xml"]
    assert passed == {"totals": 1}


def test_odin_has_languages_by_three_letters_only(tmp_path):
    write(tmp_path / "tur.txt", "\\t Kedi uyudu.\n\\g cat sleep-PST\n")
    write(tmp_path / "tur-aze.txt", "\\t Su ver\n\\g water give\n")
    write(tmp_path / "tr.txt", "\\t Na wa\n\\g 1SG see\n")
    items, _, _ = read_source("odin", tmp_path)
    languages = {igt.id: igt.language for igt in items}
    assert languages == {
        "tr-1": None,  # two letters are no ISO 639-1 there
        "tur-aze-1": None,  # one of two
        "tur-1": TURKISH,
    }
    assert items[1].metadata["odin_codes"] == ["tur", "aze"]


def test_cldf_as_the_paper_took_it(tmp_path):
    pytest.importorskip("pycldf", reason="pycldf is not installed (the extra `cldf`)")
    texts = [
        IGT("Evlerde!", "ev-ler-de", "house-PL-LOC", language=TURKISH, id="1"),
        IGT("Kedi var", "kedi var", "cat exist", language=TURKISH, id="2"),
    ]
    igtkit.write(texts, tmp_path / "cldf-metadata.json", "cldf")
    items, _, _ = read_source("uratyp", tmp_path)
    assert [(igt.transcription, igt.segmentation) for igt in items] == [
        ("evlerde", "ev-ler-de"),
        ("kedi var", None),
    ]


def test_fieldwork_closes_the_spaces_at_boundaries(tmp_path):
    (tmp_path / "validation.csv").write_text(
        "id,transcription,surface,gloss,translation,language,translation_language\n"
        "f1,evlerde,ev - ler =de,house - PL =LOC,in the houses,nucl1301,stan1293\n",
        encoding="utf-8",
    )
    items, _, _ = read_source("fieldwork", tmp_path)
    assert items == [
        IGT(
            "evlerde",
            "ev-ler=de",
            "house-PL=LOC",
            "in the houses",
            language=TURKISH,
            metalanguage=Language("stan1293", "English", "eng"),
            split="dev",
            source="fieldwork",
            id="f1",
        )
    ]
    assert items[0].metadata == {}


def test_the_two_rows_of_glosslm_become_one(tmp_path):
    (tmp_path / "train.csv").write_text(
        "transcription,glosses,translation,glottocode,id,source,metalang_glottocode,is_segmented,language,metalang\n"
        "evde,house-LOC,at home,nucl1301,1,x,stan1293,no,Turkish,English\n"
        "ev-de,house-LOC,at home,nucl1301,1,x,stan1293,yes,Turkish,English\n",
        encoding="utf-8",
    )
    (igt,), _, _ = read_source("glosslm", tmp_path)
    assert (igt.transcription, igt.segmentation, igt.source) == ("evde", "ev-de", "glosslm")
    assert igt.metadata == {"text": "x"}


def test_real_odin_files_go_through(shared, tmp_path):
    odin = tmp_path / "odin"
    odin.mkdir()
    for name in ("aar", "fao", "en", "bin-lew", "wls"):
        text = (shared / f"data/odin/{name}.txt").read_bytes()
        (odin / f"{name}.txt").write_bytes(text)
    items, unreadable, _ = read_source("odin", odin)
    marks = sum(
        line.startswith(b"\\t")
        for file in odin.iterdir()
        for line in file.read_bytes().split(b"\n")
    )
    assert len(items) + len(unreadable) == marks
    assert {igt.language.iso639_3 for igt in items if igt.language} == {"aar", "fao", "wls"}


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("sigmorphon", "sig_tracks", [("dev", "ev-ler dev gel-di"), ("test", "ev-ler test gel-di"),
                                      ("train", "ev-ler train gel-di")]),
        ("guarani", "guarani_metalang", [(None, "A-ha óga-pe ."), (None, "O-u che sy .")]),
        ("fieldwork", "nothing_read", [("train", "ev-ler")]),
    ],
)  # fmt: skip
def test_small_sources_that_others_made_us_write(shared, name, case, expected):
    texts, unreadable, _ = read_source(name, shared / "cases/corpora" / case)
    assert [(igt.split, igt.segmentation) for igt in texts] == expected
    assert unreadable == []
    assert {igt.metalanguage for igt in texts} == {ENGLISH}

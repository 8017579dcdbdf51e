"""What the desk answers, and whom."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import time

import pytest

import igtkit
from igtkit.corpus import work_state
from igtkit.io import leave_open
from igtkit.models import known_words


@pytest.fixture
def desk(start, story):
    return start(story)


def get(desk, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def words(sentence):
    """What to send to accept a sentence as it is suggested."""
    return [
        {"at": at, "form": word["options"][0]["form"], "gloss": word["options"][0]["gloss"]}
        for at, word in enumerate(sentence["words"])
    ]


def test_only_who_was_told_may_ask(desk_of_all):
    for path in ("/", "/desk.js", "/desk.css", "/?token=wrong"):
        answer, content = get(desk_of_all, path)
        assert (answer.status, json.loads(content).keys()) == (403, {"error"})
    for path in (
        "/state",
        "/order",
        "/sentence",
        "/check",
        "/accept",
        "/save",
        "/reread",
        "/leave",
    ):
        assert desk_of_all.ask(path, Authorization="Bearer wrong")[0] == 403
    answer, _ = get(
        desk_of_all, "/", Host="evil.example", Authorization=f"Bearer {desk_of_all.token}"
    )
    assert answer.status == 400
    assert desk_of_all.ask("/state", Host="evil.example")[0] == 400


def test_the_page_runs_no_script_but_its_own(desk_of_all):
    bearer = {"Authorization": f"Bearer {desk_of_all.token}"}
    answer, content = get(desk_of_all, "/", **bearer)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = content.decode()
    assert page.count("<script") == page.count('<script type="module" src="desk.js">') == 1
    assert " on" + "click" not in page
    assert " style=" not in page
    for path in ("/desk.js", "/desk.css"):
        answer, _ = get(desk_of_all, path, **bearer)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_wrong_is_said(desk_of_all):
    for path, asked, status in (
        ("/sentence", {"number": 0}, 404),  # it was glossed before
        ("/sentence", {"number": "x"}, 404),
        ("/accept", {"number": 20}, 400),
        ("/accept", {"number": 20, "words": [{"at": 0}]}, 400),
        ("/accept", {"number": 20, "words": [{"at": 99, "form": "a", "gloss": "b"}]}, 400),
        ("/accept", {"number": 20, "words": [{"at": 0, "form": "a-b", "gloss": "c"}]}, 400),
        ("/accept", {"number": 20, "words": [{"at": 0, "form": 1, "gloss": "c"}]}, 400),
        ("/state", b"[]", 400),
        ("/state", b"{", 400),
        ("/nowhere", {}, 404),
    ):
        found, content = desk_of_all.ask(path, asked)
        assert (found, content.keys()) == (status, {"error"}), (path, asked, content)
    assert desk_of_all.ask("/state", Content_Type="text/plain")[0] == 415
    assert desk_of_all.ask("/state")[1]["unsaved"] == 0


@pytest.mark.parametrize(
    ("form", "gloss", "problem", "remarks"),
    [
        ("kedi-ler", "cat-PL", None, []),
        ("kedi-ler", "cat", "has 2 morphemes", []),
        ("", "cat", "the form is missing", []),
        ("kedi", "", "the gloss is missing", []),
        ("kedi ler", "cat PL", "a space parts words", []),
        ("kedi", "???", "stands for what nobody knows", []),
        ("kedi", "!", "has no letter", []),
        ("kedi-ler", "cat-PLU", None, ["PLU is a new label", "PLU (1) gloss the same forms"]),
    ],
)
def test_a_word_is_looked_at_while_it_is_typed(desk_of_all, form, gloss, problem, remarks):
    status, found = desk_of_all.ask("/check", {"number": 20, "form": form, "gloss": gloss})
    assert status == 200
    assert (problem is None) == (found["problem"] is None)
    assert problem is None or problem in found["problem"]
    for remark in remarks:
        assert any(remark in said for said in found["remarks"]), found
    assert bool(found["remarks"]) == bool(remarks)


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory):
    """One desk for questions that change nothing."""
    from examples.desk import conftest

    folder = tmp_path_factory.mktemp("desk")
    path = conftest.story.__wrapped__(folder)
    runs = conftest.start.__wrapped__()
    start = next(runs)
    yield start(path)
    next(runs, None)


def test_what_is_accepted_is_known_at_once_and_in_the_file_in_the_end(desk, story):
    order = desk.ask("/order", {"by": "text"})[1]["order"]
    assert order == [20, 21, 22]
    sentence = desk.ask("/sentence", {"number": 20})[1]
    changed = words(sentence)
    changed[0] |= {"form": "zurna-cı", "gloss": "shawm-AGT"}
    status, content = desk.ask("/accept", {"number": 20, "words": changed})
    assert (status, content["sentence"]["done"], content["state"]["unsaved"]) == (200, True, 1)
    assert content["state"]["done"] == 1
    journal = story.with_name("story.flextext.desk.jsonl")
    assert "zurna-cı" in journal.read_text(encoding="utf-8")
    assert work_state(igtkit.read(story)[20]) == "open"
    assert set(desk.ask("/order", {"by": "doubt"})[1]["order"]) == {21, 22}
    before = story.read_bytes()
    code, said = desk.stop()
    assert (code, "Traceback" in said) == (0, False), said
    assert work_state(igtkit.read(story)[20]) == "glossed"
    assert igtkit.read(story)[20].segmentation.startswith("zurna-cı ")
    assert story.with_name("story.flextext.bak").read_bytes() == before
    assert not journal.exists()


def test_nothing_accepted_is_lost_when_it_is_killed(start, story):
    desk = start(story)
    sentence = desk.ask("/sentence", {"number": 21})[1]
    first = {"at": 0, "form": "zurna-cı", "gloss": "shawm-AGT"}
    assert desk.ask("/accept", {"number": 21, "words": [first]})[0] == 200
    desk.ask("/accept", {"number": 20, "words": words(desk.ask("/sentence", {"number": 20})[1])})
    first |= {"gloss": "piper-AGT"}  # thinks better of it
    assert desk.ask("/accept", {"number": 21, "words": [first]})[0] == 200
    before = story.read_bytes()
    desk.process.send_signal(signal.SIGKILL)
    desk.process.wait(60)
    assert story.read_bytes() == before
    journal = story.with_name("story.flextext.desk.jsonl")
    with journal.open("ab") as stream:
        stream.write(b'{"transcription": "not fin')
    desk = start(story)
    state = desk.ask("/state")[1]
    assert (state["done"], state["unsaved"]) == (1, 2)
    assert "back from the journal" in state["told"]
    again = desk.ask("/sentence", {"number": 21})[1]
    [option] = again["words"][0]["options"]
    assert (option["gloss"], again["words"][0]["done"]) == ("piper-AGT", True)
    assert [word["done"] for word in again["words"][1:]] == [
        False for word in sentence["words"][1:]
    ]
    assert desk.stop()[0] == 0
    assert igtkit.read(story)[21].glosses.startswith("piper-AGT ")


def test_a_correction_after_saving_outlives_a_kill(start, story):
    desk = start(story)
    for gloss in ("shawm-AGT", "piper-AGT"):
        word = {"at": 0, "form": "zurna-cı", "gloss": gloss}
        assert desk.ask("/accept", {"number": 21, "words": [word]})[0] == 200
        if gloss == "shawm-AGT":
            assert desk.ask("/save")[0] == 200
    desk.process.kill()
    desk.process.wait(60)
    assert igtkit.read(story)[21].glosses.startswith("shawm-AGT ")
    desk = start(story)
    assert desk.ask("/save")[0] == 200
    assert igtkit.read(story)[21].glosses.startswith("piper-AGT ")


def test_what_another_program_wrote_stays(start, story):
    desk = start(story)
    for number in (20, 21):
        chosen = words(desk.ask("/sentence", {"number": number})[1])
        desk.ask("/accept", {"number": number, "words": chosen})
    texts = list(igtkit.read(story))
    foreign = texts[20].transcription.rstrip(".").split()
    texts[20] = texts[20].replace(glosses=" ".join(["theirs"] * len(foreign)))
    igtkit.write(texts, story)
    status, content = desk.ask("/save")
    assert status == 409
    assert "has been changed by another program" in content["error"]
    assert igtkit.read(story)[20].glosses.startswith("theirs ")
    assert not story.with_name("story.flextext.bak").exists()
    assert desk.ask("/reread")[0] == 200
    assert desk.ask("/save")[0] == 200
    found = igtkit.read(story)
    assert found[20].glosses.startswith("theirs ")
    assert work_state(found[21]) == "glossed"


def test_the_end_tells_where_the_work_is_if_it_cannot_be_written(start, story):
    desk = start(story)
    desk.ask("/accept", {"number": 20, "words": words(desk.ask("/sentence", {"number": 20})[1])})
    igtkit.write(igtkit.read(story)[:22], story)
    code, said = desk.stop()
    assert code == 1
    assert "igtkit merge" in said
    assert story.with_name("story.flextext.desk.jsonl").exists()


def test_one_desk_for_a_file(start, story, capfd):
    start(story)
    with pytest.raises(pytest.fail.Exception, match="another program holds it"):
        start(story)


def test_leaving_ends_the_program(desk, story):
    assert desk.ask("/leave")[0] == 200
    assert desk.process.wait(60) == 0
    assert sorted(each.name for each in story.parent.iterdir()) == ["story.flextext"]


@pytest.mark.parametrize("name", ["a.eaf", "a.jsonl", "a.csv", "a.sfm"])
def test_files_of_other_formats(start, tmp_path, name):
    path = tmp_path / name
    texts = [igtkit.normalize(text.replace(split=None)) for text in igtkit.load_sample()[:21]]
    texts[20] = texts[20].replace(segmentation=None, glosses=None, pos=None)
    igtkit.write(texts, path)
    desk = start(path)
    chosen = words(desk.ask("/sentence", {"number": 20})[1])
    assert desk.ask("/accept", {"number": 20, "words": chosen})[0] == 200
    assert desk.stop()[0] == 0
    assert work_state(igtkit.read(path)[20]) == "glossed"
    assert sorted(each.name for each in tmp_path.iterdir()) == [name, f"{name}.bak"]


def test_a_file_that_cannot_be_written_back_is_refused(start, tmp_path):
    igtkit.write(igtkit.load_sample()[:3], tmp_path / "a.tex")
    with pytest.raises(pytest.fail.Exception, match="format latex can hold more than its texts"):
        start(tmp_path / "a.tex")


def test_it_begins_with_nothing(start, tmp_path):
    path = tmp_path / "new.jsonl"
    texts = [each.replace(segmentation=None, glosses=None) for each in igtkit.load_sample()[:3]]
    igtkit.write(texts, path)
    desk = start(path)
    assert desk.ask("/state")[1]["knows"] is False
    sentence = desk.ask("/sentence", {"number": 0})[1]
    said = [
        {"at": at, "form": word["surface"], "gloss": "x"}
        for at, word in enumerate(sentence["words"])
    ]
    answer = desk.ask("/accept", {"number": 0, "words": said})[1]
    assert (answer["state"]["knows"], answer["state"]["done"]) == (True, 1)
    assert desk.ask("/sentence", {"number": 1})[1]["words"][0]["options"][0]["probability"]


@pytest.mark.parametrize("name", ["a.eaf", "a.jsonl"])
def test_words_of_sentences_that_are_only_begun_teach_it(start, tmp_path, name):
    """Not one sentence is glossed wholly; what keeps the place of a gloss is none."""
    begun = [
        igtkit.IGT("evler var", "ev-ler ***", "house-PL ???", "there are houses"),
        igtkit.IGT("kediler evler", "kedi-ler ???", "cat-PL ???", "cats, houses"),
    ]
    igtkit.write(begun, tmp_path / name)
    desk = start(tmp_path / name)
    assert desk.ask("/state")[1]["knows"] is True
    done, open_ = desk.ask("/sentence", {"number": 1})[1]["words"]
    assert (done["done"], open_["done"]) == (True, False)
    assert open_["options"][0]["gloss"] == "house-PL"
    other = desk.ask("/sentence", {"number": 0})[1]["words"][1]
    assert not any("*" in each["form"] or "?" in each["form"] for each in other["options"])


def test_other_files_teach_it(start, story, tmp_path):
    path = tmp_path / "new.jsonl"
    igtkit.write([igtkit.IGT("Bir domates .")], path)
    desk = start(path, "--learn", story)
    assert desk.ask("/sentence", {"number": 0})[1]["words"][0]["options"][0]["gloss"] == "one"


def test_own_tiers_are_named_and_kept(start, tmp_path):
    texts = [text.replace(split=None, id=None) for text in igtkit.load_sample()[:4]]
    first, second = tmp_path / "first.eaf", tmp_path / "second.eaf"
    igtkit.write(texts[:3], first)
    igtkit.write([texts[3].replace(segmentation=None, glosses=None)], second)
    for path in (first, second):
        content = path.read_text(encoding="utf-8")
        path.write_text(content.replace("translation", "zz").replace("transcription", "yy"))
    named = ("--option", "tiers.transcription=yy*", "--option", "tiers.translation=zz*")
    desk = start(second, "--learn", first, *named)
    sentence = desk.ask("/sentence", {"number": 0})[1]
    assert sentence["translation"] == texts[3].translation
    assert desk.ask("/accept", {"number": 0, "words": words(sentence)})[0] == 200
    assert desk.stop()[0] == 0
    tiers = {"transcription": "yy*", "translation": "zz*"}
    assert work_state(igtkit.read(second, tiers=tiers)[0]) == "glossed"
    with pytest.raises(pytest.fail.Exception, match="encoding is said with --encoding"):
        start(second, "--option", "encoding=utf-8")


def test_a_mistake_is_forgotten_when_all_is_learned_anew(start, tmp_path):
    """Of four sentences half as many more are enough for that; it is done beside the work."""
    forms = ["ev", "at", "su", "kuş"]
    texts = [igtkit.IGT(f"{form}ler", f"{form}-ler", f"{form}s-PL") for form in forms]
    texts += [igtkit.IGT(word) for word in ("zilde", "zilde", "evde", "atlar")]
    path = tmp_path / "new.jsonl"
    igtkit.write(texts, path)
    desk = start(path)

    def accept(number, form, gloss):
        word = {"at": 0, "form": form, "gloss": gloss}
        assert desk.ask("/accept", {"number": number, "words": [word]})[0] == 200

    def offered():
        return [
            one["gloss"] for one in desk.ask("/sentence", {"number": 5})[1]["words"][0]["options"]
        ]

    accept(4, "zil-de", "mistake-LOC")
    assert offered()[0] == "mistake-LOC"
    accept(4, "zil-de", "bell-LOC")
    assert "mistake-LOC" in offered()
    accept(6, "ev-de", "house-LOC")
    until = time.monotonic() + 60
    while "mistake-LOC" in offered():
        assert time.monotonic() < until
        time.sleep(0.05)
    assert offered()[0] == "bell-LOC"


def test_a_real_flex_text(start, shared, tmp_path):
    """Three sentences of it are begun: what is done of them stays, nothing else changes."""
    path = tmp_path / "apalai.flextext"
    shutil.copy(shared / "data" / "interchange" / "flextext" / "cldflex_apalai.flextext", path)
    before = list(igtkit.read(path))
    desk = start(path)
    order = desk.ask("/order", {"by": "text"})[1]["order"]
    assert [work_state(before[number]) for number in order] == ["begun"] * 3
    for number in order:
        sentence = desk.ask("/sentence", {"number": number})[1]
        said = [
            {"at": at, "form": word["surface"], "gloss": "x"}
            for at, word in enumerate(sentence["words"])
            if not word["done"]
        ]
        answer = desk.ask("/accept", {"number": number, "words": said})
        assert (answer[0], answer[1]["sentence"]["done"]) == (200, True), answer
    assert desk.stop()[0] == 0
    after = list(igtkit.read(path))
    assert [
        k for k, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
    ] == order
    for number in order:
        known = zip(
            known_words(leave_open(before[number])), known_words(after[number]), strict=True
        )
        assert all(None in old or "???" in old[1] or old == new for old, new in known)

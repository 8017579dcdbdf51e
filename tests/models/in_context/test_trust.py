"""A saved folder does not speak for its user: where texts go, and what is read, the caller says."""

from __future__ import annotations

import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from forgery import change_manifest

from igtkit import IGT
from igtkit.errors import EndpointError, InputError, ModelFileError
from igtkit.models import InContextGlosser
from igtkit.models.in_context import EndpointChat, build_messages
from igtkit.models.in_context.cache import Cache

pytest.importorskip("openai", reason="needs openai (the extra `api`)")

MESSAGES = build_messages(IGT("gizli metin"))


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, dict(self.headers), body))
        if self.server.sends_on_to:
            self.send_response(307)
            self.send_header("Location", self.server.sends_on_to)
            self.end_headers()
            return
        message = {"role": "assistant", "content": "X(metin)"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        answer = json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "m",
                             "choices": [choice]}).encode()  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def servers():
    made = []

    def start(sends_on_to=None):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.heard, server.sends_on_to = [], sends_on_to
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.append(server)
        return server, f"http://127.0.0.1:{server.server_port}/v1"

    yield start
    for server in made:
        server.shutdown()
        server.server_close()


def saved(folder, address="http://localhost:9/v1", **settings):
    chat = EndpointChat(address, "model", api_key="secret-key-of-mine", **settings)
    InContextGlosser(chat, examples=0).save_pretrained(folder)


def test_an_address_in_a_folder_is_not_asked(tmp_path, servers, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "key-of-the-environment")
    evil, address = servers()
    saved(tmp_path, address)
    with pytest.raises(InputError, match="a file does not decide: pass base_url="):
        InContextGlosser.from_pretrained(tmp_path)
    assert evil.heard == []
    good, mine = servers()
    loaded = InContextGlosser.from_pretrained(tmp_path, base_url=mine)
    assert loaded.predict([IGT("metin")])[0].glosses == "X"
    assert evil.heard == []
    assert len(good.heard) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"cache": "made/by/a/file.sqlite"},
        {"api_key": "x"},
        {"timeout": 10**9},
        {"retries": 10**9},
        {"workers": 10**9},
        {"directory": "/etc"},
    ],
)
def test_only_what_settings_gives_is_read(tmp_path, servers, monkeypatch, more):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "model")
    chat = {"kind": "endpoint", "base_url": "http://localhost:9/v1", "model": "m",
            "max_tokens": 5, "temperature": 0.0, "thinking": None}  # fmt: skip
    change_manifest(tmp_path / "model", chat=chat | more)
    _, mine = servers()
    loaded = InContextGlosser.from_pretrained(tmp_path / "model", base_url=mine)
    assert loaded.chat._workers == 4
    assert loaded.chat._client.max_retries == 5
    assert loaded.predict([IGT("metin")])[0].glosses == "X"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model"]


@pytest.mark.parametrize(
    "changes",
    [{"kind": "os.system"}, {"model": 3}, {"max_tokens": 0}, {"max_tokens": "9"},
     {"temperature": -1}, {"thinking": "yes"}],
)  # fmt: skip
def test_settings_that_make_no_sense(tmp_path, changes):
    saved(tmp_path)
    chat = {"kind": "endpoint", "model": "m", "max_tokens": 5, "temperature": 0.0, "thinking": None}
    change_manifest(tmp_path, chat=chat | changes)
    with pytest.raises((ModelFileError, InputError)):
        InContextGlosser.from_pretrained(tmp_path, base_url="http://localhost:9/v1")


@pytest.mark.parametrize("name", ["../model.gguf", "/tmp/model.gguf", "a/../../b", "C:\\x", ".."])
def test_a_file_of_a_local_model_lies_in_its_folder(tmp_path, name):
    saved(tmp_path)
    chat = {"kind": "local", "directory": "x", "gguf_file": name, "chat_template": None,
            "stop": [], "max_new_tokens": 5, "batch_size": 1, "constrained": False,
            "thinking": None}  # fmt: skip
    change_manifest(tmp_path, chat=chat)
    with pytest.raises(ModelFileError, match="the name of a file"):
        InContextGlosser.from_pretrained(tmp_path, chat_directory=tmp_path)


def test_a_redirect_is_not_followed(servers):
    other, elsewhere = servers()
    asked, address = servers(f"{elsewhere}/chat/completions?key=of-the-server")
    with pytest.raises(EndpointError, match="sends on to") as caught:
        EndpointChat(address, "m", api_key="k", retries=0).answer([MESSAGES])
    assert len(asked.heard) == 1
    assert other.heard == []
    assert "of-the-server" not in str(caught.value)


def test_secrets_in_an_address_are_neither_saved_nor_shown(tmp_path):
    address = "http://me:pass-word@127.0.0.1:9/v1?api-key=query-key"
    saved(tmp_path, address)
    written = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    chat = EndpointChat(address, "m", api_key="secret-key-of-mine", retries=0)
    with pytest.raises(EndpointError) as caught:
        chat.answer([MESSAGES])
    for text in (written, str(caught.value), repr(chat), str(chat.settings())):
        for secret in ("pass-word", "query-key", "secret-key-of-mine", "me:"):
            assert secret not in text
    assert "http://127.0.0.1:9/v1" in written


def test_no_names_of_the_environment_go_along(servers, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-mine")
    server, address = servers()
    EndpointChat(address, "m", api_key="k").answer([MESSAGES])
    assert "of-mine" not in str(server.heard[0][1])


def test_answers_are_private(tmp_path):
    for name in ("new.sqlite", "old.sqlite"):
        path = tmp_path / name
        if name == "old.sqlite":
            path.touch()
            path.chmod(0o644)
        cache = Cache(path)
        cache.put({}, [], "answer")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        cache.close()

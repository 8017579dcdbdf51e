"""Desks that run as programs of their own, on files of the sample corpus."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

pytest.importorskip("starlette", reason="starlette is not installed (the extra `serve`)")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (the extra `serve`)")

import igtkit

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "docs" / "examples"


@attrs.frozen
class Desk:
    """A desk that runs.

    Attributes:
        address: The address that it has printed, token and all.
        process: Its process.
    """

    address: str
    process: subprocess.Popen

    @property
    def port(self):
        return int(re.search(r":(\d+)/", self.address)[1])

    @property
    def token(self):
        return self.address.partition("token=")[2]

    def ask(self, path, asked=None, **headers):
        """The status, and what was answered, to one who has the token."""
        body = asked if isinstance(asked, bytes) else json.dumps(asked or {})
        given = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("POST", path, body, given)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        connection.close()
        return answer.status, content

    def stop(self):
        """End it as Ctrl-C does; what it says, and its exit status."""
        self.process.terminate()
        said = self.process.communicate(timeout=120)
        return self.process.returncode, "".join(said)


@pytest.fixture
def start():
    """Starts a desk on a file."""
    with contextlib.ExitStack() as stack:

        def run(path, *options):
            process = subprocess.Popen(
                [sys.executable, "-m", "desk", str(path), "--no-browser", *map(str, options)],
                cwd=EXAMPLES,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            stack.callback(_end, process)
            for line in process.stdout:
                if line.startswith("http://"):
                    return Desk(line.strip(), process)
            pytest.fail(process.stderr.read())

        yield run


def _end(process):
    if process.poll() is None:
        process.kill()
        process.communicate()
    for stream in (process.stdout, process.stderr):
        stream.close()


@pytest.fixture
def story(tmp_path):
    """A FLEx text: twenty sentences that are glossed, and three that are not."""
    texts = [text.replace(split=None, source="Pazar") for text in igtkit.load_sample()[20:43]]
    texts[20:] = [each.replace(segmentation=None, glosses=None, pos=None) for each in texts[20:]]
    path = tmp_path / "story.flextext"
    igtkit.write(texts, path, vernacular="tr", analysis="en")
    return path

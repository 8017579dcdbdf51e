"""``python -m igtkit``."""

from __future__ import annotations

import subprocess
import sys

STOPPED = """
import sys

class Stop:
    def find_spec(self, name, *_):
        if name == "igtkit.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
from igtkit.__main__ import run
sys.exit(run())
"""


def test_it_is_the_command():
    command = [sys.executable, "-m", "igtkit", "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.startswith("igtkit ")


def test_it_can_be_stopped_while_it_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", STOPPED], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "igtkit: stopped\n")

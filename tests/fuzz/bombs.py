"""Small files that ask for much time or memory, by format; each is refused or read in little.

python tests/fuzz/bombs.py [NAME ...]    # what each takes, in a process of its own
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import igtkit
from fuzz import bombs_in_tables, bombs_in_texts, bombs_in_xml
from fuzz.bomb import Files
from igtkit.errors import IGTError

SECONDS = 2.0
MIB = 300

BOMBS: dict[str, Callable[[], Files]] = {
    bomb.__name__: bomb
    for bombs in (bombs_in_xml, bombs_in_texts, bombs_in_tables)
    for bomb in bombs.BOMBS
}


def taken(files: Files) -> dict[str, float | str]:
    """What reading takes in a process of its own: seconds of the processor, MiB, and what came."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        command = [sys.executable, __file__, "--read", str(Path(folder, next(iter(files))))]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _read(path: Path) -> dict[str, float | str]:
    start = time.process_time()
    format_ = "cldf" if path.suffix == ".json" else None
    try:
        corpus = igtkit.read(path, format_, errors="skip")
        found = f"{len(corpus)} entries, {len(corpus.skipped)} refused"
    except IGTError as error:
        found = f"{type(error).__name__}: {error!s:.100}"
    seconds = time.process_time() - start
    return {"seconds": seconds, "MiB": _peak(), "found": found}


def _peak() -> float:
    """The most memory that this process had, in MiB; Linux tells it."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (kib,) = re.findall(r"VmHWM:\s*(\d+) kB", told)
    return int(kib) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(_read(Path(sys.argv[2]))))
    else:
        for name in sys.argv[1:] or BOMBS:
            print(name, taken(BOMBS[name]()), flush=True)

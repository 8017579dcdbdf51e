"""How fast ``igtkit serve`` answers: ``python benchmarks/serve.py``; it needs Linux for the memory.

A CrfGlosser of 400 sentences of the sample corpus answers 1, 8 and 32 clients, each a process of
its own that asks for a sentence with its translation as soon as it has the last answer. The same is
then done while one more client asks for as much as a request may hold, again and again.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from igtkit import load_sample
from igtkit.models import CrfGlosser

SECONDS = 10
CLIENTS = (1, 8, 32)
HEAD = """\
| clients | beside 100 long lines | requests a second | 50th percentile, ms | 99th percentile, ms |
|---|---|---|---|---|"""


def ask(connection, texts):
    body = json.dumps({"texts": texts})
    connection.request("POST", "/suggest", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(content)


def client(port, number, until, waits):
    corpus = load_sample()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    while time.time() < until:
        igt = corpus[(number * 37 + len(taken)) % len(corpus)]
        before = time.perf_counter()
        ask(connection, [{"transcription": igt.transcription, "translation": igt.translation}])
        taken.append(time.perf_counter() - before)
    waits.put(taken)


def greedy(port, until):
    corpus = load_sample()
    text = " ".join(igt.transcription for igt in corpus[:40])[:1900]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while time.time() < until:
        ask(connection, [{"transcription": text}] * 100)


def measure(port, clients, *, beside_greedy):
    until = time.time() + SECONDS
    waits = multiprocessing.Queue()
    made = [
        multiprocessing.Process(target=client, args=(port, number, until, waits))
        for number in range(clients)
    ]
    if beside_greedy:
        made.append(multiprocessing.Process(target=greedy, args=(port, until)))
    for each in made:
        each.start()
    taken = np.concatenate([waits.get() for _ in range(clients)])
    for each in made:
        each.join()
    median, slowest = np.percentile(taken, [50, 99]) * 1000
    beside = "yes" if beside_greedy else "no"
    print(f"| {clients} | {beside} | {len(taken) / SECONDS:.0f} | {median:.1f} | {slowest:.1f} |")
    return len(taken)


def resident(process):
    """The memory of a process, in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "sample")
        CrfGlosser().fit(load_sample()[:400]).save_pretrained(folder)
        command = [sys.executable, "-m", "igtkit", "serve", folder, "--port", "0"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        found = None
        while found is None:
            found = re.search(r"running on http://127\.0\.0\.1:(\d+)", process.stderr.readline())
        port = int(found[1])
        try:
            print(HEAD)
            measure(port, 1, beside_greedy=False)
            before, asked = resident(process), 0
            for beside_greedy in (False, True):
                for clients in CLIENTS:
                    asked += measure(port, clients, beside_greedy=beside_greedy)
            print(f"\nMemory before {before:.0f} MiB, after {asked:,} requests "
                  f"{resident(process):.0f} MiB.")  # fmt: skip
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()

"""A server that speaks the protocol of OpenAI, in a process of its own, as bad as it is asked to be.

It prints its port. The answer to a transcription is each word with the gloss ``X``. What is in the
model's name decides how it behaves: ``busy`` refuses the first two requests of each text for being
too many, ``broken`` fails always, ``dies`` when it is asked about ``boom``, ``slow`` does not answer
in time, ``odd`` answers something else,
``thinks`` thinks aloud. Requests are counted at ``/count``.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COUNTS = Counter()
LOCK = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._send(200, {"count": COUNTS["all"]})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model, question = asked["model"], asked["messages"][-1]["content"]
        with LOCK:
            COUNTS["all"] += 1
            COUNTS[question] += 1
            times = COUNTS[question]
        if self.headers["Authorization"] != "Bearer secret":
            self._send(401, {"error": {"message": "a wrong key"}})
        elif model == "busy" and times < 3:
            self._send(429, {"error": {"message": "too many"}}, {"Retry-After": "0.01"})
        elif model == "broken" or (model == "dies" and "boom" in question):
            self._send(500, {"error": {"message": "out of order"}}, {"Retry-After": "0.01"})
        elif model == "odd":
            self._send(200, {"choices": []})
        else:
            if model == "slow":
                time.sleep(3)
            words = question.splitlines()[0].removeprefix("Transcription: ").split()
            line = " ".join(f"X({word})" for word in words)
            if model == "thinks":
                line = f"<think>X(no) or Y?</think>\n{line}"
            message = {"role": "assistant", "content": line}
            self._send(200, {"id": "1", "object": "chat.completion", "created": 0, "model": model,
                             "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})  # fmt: skip

    def _send(self, status, content, headers=()):
        body = json.dumps(content).encode()
        try:
            self.send_response(status)
            for name, value in {**dict(headers), "Content-Type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            pass

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()

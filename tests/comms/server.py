"""A local server that answers as it is told: fails, stalls, drops the connection, and remembers all that it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    key: str
    token: str
    body: dict[str, Any]


@dataclass
class Channel:
    """The server: it gives ``answers`` in turn, and 200 when they are used up.

    An answer is a status, a status with headers, "drop" (the connection is closed) or "stall" (nothing is said).
    """

    answers: list[Any] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=lambda: {"ok": True})
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def listening(*answers: Any, **says: Any) -> Iterator[Channel]:
    """Run a server while the block runs."""
    channel = Channel(list(answers), says or {"ok": True})

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = self.headers
            key, token = headers.get("Idempotency-Key", ""), headers.get("Authorization", "")
            channel.asked.append(Asked(self.command, self.path, key, token, body))
            answer = channel.answers.pop(0) if channel.answers else 200
            if answer == "drop":
                self.connection.close()
                return
            if answer == "stall":
                channel.over.wait()
                return
            status, more = answer if isinstance(answer, tuple) else (answer, {})
            content = json.dumps(channel.says).encode()
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PATCH = answer  # noqa: N815 - the names that http.server asks for

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[assignment] - a connection that was dropped is no error here
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    channel.url = f"http://127.0.0.1:{server.server_port}/hook/secret"
    try:
        yield channel
    finally:
        channel.over.set()
        server.shutdown()
        server.server_close()
        thread.join()

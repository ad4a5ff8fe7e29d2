"""A GitHub for tests: issues of one repository and pull requests of another, in memory, with faults on order."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Plain = dict[str, Any]
FAULTS = ("primary", "secondary", "busy", "500", "500 after", "cut", "cut after")
ASKED = 7  # seconds that a secondary limit asks for


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.at, self.waits = 1_750_000_000.0, list[float]()

    def now(self) -> float:
        """Return seconds since 1970."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Wait without waiting."""
        self.waits.append(seconds)
        self.at += seconds


class Fake:
    """A repository and its issues; ``faults`` says what goes wrong, by the number of the request, counted from 1."""

    def __init__(self, name: str = "acme/ops", *, private: bool = True) -> None:
        self.name, self.private, self.clock = name, private, Clock()
        self.address = ""
        self.issues: dict[int, Plain] = {}
        self.closers: dict[int, Plain] = {}
        self.faults: dict[int, str] = {}
        self.requests: list[tuple[str, str, Any]] = []
        self.book, self.pulls = (
            "acme/book",
            list[Plain](),
        )  # the repository of the knowledge base, and its pull requests
        self.drops_labels = False
        self.tells_closers = True

    def add(self, title: str, body: str = "", **more: Any) -> int:
        """Make an issue as a person would, and return its number."""
        number = len(self.issues) + 1
        self.issues[number] = {
            "number": number, "title": title, "body": body, "state": "open", "state_reason": None, "labels": [],
            "assignees": [], "milestone": None, "closed_at": None, "html_url": f"https://github.com/{self.name}/issues/{number}",
            "url": f"{self.address}/repos/{self.name}/issues/{number}",
        } | more  # fmt: skip
        return number

    def close(self, number: int, reason: str | None = "completed", *, by: str = "") -> None:
        """Close an issue: by a pull request where ``by`` is its address, else by hand."""
        self.issues[number] |= {"state": "closed", "state_reason": reason, "closed_at": "2025-01-20T23:30:00Z"}
        if by:
            kind = "PullRequest" if "/pull/" in by else "Commit"
            self.closers[number] = {"__typename": kind, "url": by} | ({"merged": True} if kind == "PullRequest" else {})

    def due(self, number: int, day: str) -> None:
        """Put an issue into a milestone that is due on a day, at the time of day that GitHub gives it."""
        self.issues[number]["milestone"] = {"number": 1, "title": "M", "due_on": f"{day}T08:00:00Z"}

    @property
    def bodies(self) -> dict[str, list[int]]:
        """The numbers of the issues that stand for each item."""
        found: dict[str, list[int]] = {}
        for number, issue in self.issues.items():
            for item in re.findall(r"<!-- incidentbook: (\S+) -->", issue["body"] or ""):
                found.setdefault(item, []).append(number)
        return found

    @property
    def writes(self) -> list[tuple[str, str, Any]]:
        """What was sent to change something."""
        return [one for one in self.requests if one[0] in ("POST", "PATCH") and one[1] != "/graphql"]

    def answer(
        self, method: str, path: str, query: dict[str, list[str]], sent: Plain
    ) -> tuple[int, Any, dict[str, str]]:
        """Do what is asked for."""
        base = f"/repos/{self.name}"
        if method == "GET" and path in (base, f"/repos/{self.book}"):
            private = self.private or path != base
            return 200, {"full_name": path.removeprefix("/repos/"), "private": private, "default_branch": "main"}, {}
        if path.startswith(f"/repos/{self.book}/pulls"):
            return self._pulled(method, path, query, sent)
        if path == "/graphql":
            node = {"closer": self.closers.get(sent["variables"]["number"])}
            if not self.tells_closers:
                return 200, {"data": None, "errors": [{"type": "FORBIDDEN", "message": "Resource not accessible"}]}, {}
            return 200, {"data": {"repository": {"issue": {"timelineItems": {"nodes": [node]}}}}}, {}
        if method == "GET" and path == f"{base}/issues":
            return self._listed(query)
        if method == "POST" and path == f"{base}/issues":
            labels = [] if self.drops_labels else [{"name": name} for name in sent.get("labels", [])]
            return 201, self.issues[self.add(sent["title"], sent["body"], labels=labels)], {}
        number = int(path.rpartition("/")[2]) if path.startswith(f"{base}/issues/") else 0
        if number not in self.issues:
            return 404, {"message": "Not Found"}, {}
        if method == "PATCH":
            if sent.get("state") in (None, self.issues[number]["state"]):  # GitHub takes a reason with a change only
                sent.pop("state_reason", None)
            self.issues[number] |= sent
            if sent.get("state") == "open":
                self.issues[number]["closed_at"] = None
        return 200, self.issues[number], {}

    def _pulled(
        self, method: str, path: str, query: dict[str, list[str]], sent: Plain
    ) -> tuple[int, Any, dict[str, str]]:
        owner = self.book.partition("/")[0]
        if method == "GET":
            wanted = query["head"][0].removeprefix(f"{owner}:")
            assert query["state"] == ["open"]
            return 200, [one for one in self.pulls if (one["state"], one["head"]["ref"]) == ("open", wanted)], {}
        if method == "PATCH":
            self.pulls[int(path.rpartition("/")[2]) - 1] |= sent
            return 200, self.pulls[int(path.rpartition("/")[2]) - 1], {}
        if any((one["state"], one["head"]["ref"]) == ("open", sent["head"]) for one in self.pulls):
            said = f"A pull request already exists for {owner}:{sent['head']}."
            return 422, {"message": "Validation Failed", "errors": [{"message": said}]}, {}
        number = len(self.pulls) + 1
        made = {"number": number, "html_url": f"https://github.com/{self.book}/pull/{number}", "state": "open"}
        self.pulls.append({**sent, **made, "head": {"ref": sent["head"]}, "base": {"ref": sent["base"]}})
        return 201, self.pulls[-1], {}

    def _listed(self, query: dict[str, list[str]]) -> tuple[int, Any, dict[str, str]]:
        wanted = set(query["labels"][0].split(","))
        found = [one for one in self.issues.values() if wanted <= {label["name"] for label in one["labels"]}]
        if query.get("state") != ["all"]:
            found = [one for one in found if one["state"] == "open"]
        found.sort(key=lambda one: -one["number"])
        size, page = int(query["per_page"][0]), int(query.get("page", ["1"])[0])
        return 200, found[(page - 1) * size : page * size], {}


@contextmanager
def serving(fake: Fake) -> Iterator[Fake]:
    """Serve it at ``fake.address`` for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(length)) if length else {}
            fake.requests.append((self.command, parts.path, sent or parse_qs(parts.query)))
            fault = fake.faults.pop(len(fake.requests), "")
            if fault in ("primary", "secondary", "busy", "500"):
                self.reply(*refusal(fault, fake.clock))
                return
            if fault == "cut":
                self.cut()
                return
            answer = fake.answer(self.command, parts.path, parse_qs(parts.query), sent)
            if fault == "cut after":
                self.cut()
            elif fault == "500 after":
                self.reply(*refusal("500", fake.clock))
            else:
                if fault == "late":
                    time.sleep(1.5)
                self.reply(*answer)

        do_POST = do_PATCH = do_GET  # noqa: N815 - the names that the base class calls

        def cut(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def reply(self, status: int, value: object, headers: dict[str, str]) -> None:
            data = json.dumps(value).encode()
            try:
                self.send_response(status)
                for name, text in {
                    "Content-Type": "application/json",
                    "Content-Length": str(len(data)),
                    **headers,
                }.items():
                    self.send_header(name, text)
                self.end_headers()
                self.wfile.write(data)
            except OSError:  # who asked has not waited
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refusal(fault: str, clock: Clock) -> tuple[int, Plain, dict[str, str]]:
    """Return how GitHub refuses."""
    match fault:
        case "primary":
            headers = {
                "x-ratelimit-remaining": "0",
                "x-ratelimit-limit": "5000",
                "x-ratelimit-reset": str(int(clock.at) + 30),
            }
            return 403, {"message": "API rate limit exceeded for user ID 1."}, headers
        case "secondary":
            return 403, {"message": "You have exceeded a secondary rate limit."}, {"retry-after": str(ASKED)}
        case "busy":
            return 429, {"message": "Too many requests"}, {}
        case _:
            return 500, {"message": "Server Error"}, {}
